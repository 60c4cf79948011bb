import { describe, expect, test } from 'vitest';
import { displayCode } from '#domain/exam/certificate.ts';
import type { Person } from '#domain/people/person.ts';
import { aboutHolder, certificateWords } from '#i18n/certificate-words.ts';
import { translate } from '#i18n/translate.ts';
import { day, pseudonymOf, sampleCertificate, samplePerson } from '../../../tests/contract/sample-documents.ts';
import { everybody, testServices } from '../../../tests/support/test-services.ts';
import { findCertificate } from './find-certificate.ts';

const certificate = sampleCertificate('a', { validUntil: day('2026-06-10') });

async function issued() {
  const world = testServices();
  await world.services.store.people.create(samplePerson('anna', { certificates: [certificate] }));
  return world;
}

describe('a stranger who checks a certificate', () => {
  test('sees that it is valid, through its last day in Stockholm, and then that it has expired', async () => {
    const { services, pass } = await issued();
    expect(await findCertificate(services, certificate.code, undefined)).toEqual({
      certificate,
      state: 'valid',
      identity: undefined,
      isOwn: false,
      isNameHidden: false,
    });
    pass({ minutes: 9.9 * 60 });
    expect(await findCertificate(services, certificate.code, undefined)).toMatchObject({ state: 'valid' });
    pass({ minutes: 0.1 * 60 });
    expect(await findCertificate(services, certificate.code, undefined)).toMatchObject({ state: 'expired' });
  });

  test('may type the code as it stands on the paper, or carelessly', async () => {
    const { services } = await issued();
    for (const typed of [
      displayCode(certificate.code),
      displayCode(certificate.code).toLowerCase(),
      ` ${certificate.code} `,
    ]) {
      expect(await findCertificate(services, typed, undefined)).toMatchObject({ certificate });
    }
  });

  test('learns nothing from a code that does not exist', async () => {
    const { services } = await issued();
    const other = sampleCertificate('b').code;
    for (const typed of [other, '', 'ABC', certificate.code.slice(1)])
      expect(await findCertificate(services, typed, undefined)).toBeUndefined();
  });

  test('leaves no trace', async () => {
    const world = await issued();
    const before = await everybody(world);
    await findCertificate(world.services, certificate.code, undefined);
    expect(await everybody(world)).toEqual(before);
  });

  test('is never told that a genuine certificate does not exist, however many others at the same address have mistyped', async () => {
    const { services } = await issued();
    for (let miss = 0; miss < 300; miss++) await findCertificate(services, 'ABC', undefined);
    expect(await findCertificate(services, certificate.code, undefined)).toBeDefined();
  });
});

describe('the holder’s identity', () => {
  async function confirmed(fields: Partial<Person>) {
    const world = testServices();
    await world.services.store.people.create(samplePerson('anna', { certificates: [certificate], ...fields }));
    return findCertificate(world.services, certificate.code, undefined);
  }
  // Half past midnight in Stockholm.
  const identity = { by: pseudonymOf('chef'), at: '2026-06-08T22:30:00.000Z' };

  test('is said to be confirmed when the employer has done that, with the date in Stockholm and never by whom', async () => {
    expect((await confirmed({}))?.identity).toBeUndefined();
    expect((await confirmed({ identity }))?.identity).toEqual({ confirmedOn: '2026-06-09', onPaper: false });
    expect((await confirmed({ identity: { ...identity, onPaper: true } }))?.identity).toEqual({
      confirmedOn: '2026-06-09',
      onPaper: true,
    });
    expect(JSON.stringify(await confirmed({ identity }))).not.toContain(identity.by);
  });

  test('is put in words for who checks, and goes before “the participant has typed the name”', async () => {
    const t = translate('sv');
    const own = { ...certificate, nameGivenBy: 'self' } as const;
    const about = async (fields: Partial<Person>) => {
      const found = await confirmed({ certificates: [own], ...fields });
      return found && aboutHolder(found, t, 'sv');
    };
    expect(await about({})).toBe(t('certificate.nameGivenBySelf'));
    expect(await about({ identity })).toBe(t('certificate.identity', { date: '9 juni 2026' }));
    expect(await about({ identity: { ...identity, onPaper: true } })).toBe(
      t('certificate.identityOnPaper', { date: '9 juni 2026' }),
    );
    const onPaper = { ...own, takenOnPaper: day('2026-06-08') };
    expect(await about({ identity: { ...identity, onPaper: true }, certificates: [onPaper] })).toBe(
      `${t('certificate.identity', { date: '9 juni 2026' })} ${t('certificate.takenOnPaper', { date: '8 juni 2026' })}`,
    );
    expect(await about({ protectedIdentity: true })).toBeUndefined();
  });
});

describe('the name of a holder with protected identity', () => {
  const holder = samplePerson('anna', { certificates: [certificate], protectedIdentity: true });
  const seenBy = async (viewer: Person | undefined) => {
    const world = testServices();
    await world.services.store.people.create(holder);
    return findCertificate(world.services, certificate.code, viewer);
  };

  test('is shown to nobody else, signed in or not, in the page’s words or the paper’s', async () => {
    for (const viewer of [undefined, samplePerson('bo')]) {
      const found = await seenBy(viewer);
      expect(found).toMatchObject({ state: 'valid', isOwn: false, isNameHidden: true });
      expect(JSON.stringify(found)).not.toContain(certificate.name);
      expect(JSON.stringify(found && certificateWords(found))).not.toContain(certificate.name);
    }
  });

  test('is shown to themself', async () => {
    const found = await seenBy(holder);
    expect(found).toMatchObject({ certificate, isOwn: true, isNameHidden: true });
    expect(found && certificateWords(found).documentTitle).toContain(certificate.name);
  });

  test('stays in the certificate, which is never edited', async () => {
    const world = testServices();
    await world.services.store.people.create(holder);
    await findCertificate(world.services, certificate.code, undefined);
    expect((await world.person(holder.id)).certificates).toEqual([certificate]);
  });
});
