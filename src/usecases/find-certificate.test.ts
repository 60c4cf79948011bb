import { describe, expect, test } from 'vitest';
import { displayCode } from '#domain/certificate.ts';
import { day, sampleCertificate, samplePerson } from '../../tests/contract/sample-documents.ts';
import { everybody, testServices } from '../../tests/support/test-services.ts';
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
    expect(await findCertificate(services, certificate.code)).toEqual({ certificate, state: 'valid' });
    pass({ minutes: 9.9 * 60 });
    expect(await findCertificate(services, certificate.code)).toMatchObject({ state: 'valid' });
    pass({ minutes: 0.1 * 60 });
    expect(await findCertificate(services, certificate.code)).toMatchObject({ state: 'expired' });
  });

  test('may type the code as it stands on the paper, or carelessly', async () => {
    const { services } = await issued();
    for (const typed of [
      displayCode(certificate.code),
      displayCode(certificate.code).toLowerCase(),
      ` ${certificate.code} `,
    ]) {
      expect(await findCertificate(services, typed)).toMatchObject({ certificate });
    }
  });

  test('learns nothing from a code that does not exist', async () => {
    const { services } = await issued();
    const other = sampleCertificate('b').code;
    for (const typed of [other, '', 'ABC', certificate.code.slice(1)])
      expect(await findCertificate(services, typed)).toBeUndefined();
  });

  test('leaves no trace', async () => {
    const world = await issued();
    const before = await everybody(world);
    await findCertificate(world.services, certificate.code);
    expect(await everybody(world)).toEqual(before);
  });

  test('is never told that a genuine certificate does not exist, however many others at the same address have mistyped', async () => {
    const { services } = await issued();
    for (let miss = 0; miss < 300; miss++) await findCertificate(services, 'ABC');
    expect(await findCertificate(services, certificate.code)).toBeDefined();
  });
});
