import { beforeEach, describe, expect, test, vi } from 'vitest';
import { totpCode, totpStep } from '#domain/account/totp.ts';
import type { PersonId } from '#domain/kernel/ids.ts';
import type { Grant, Person } from '#domain/people/person.ts';
import type { SignedInSession } from '#ports/sessions.ts';
import { whoLooked } from '#usecases/oversight/who-looked.ts';
import { newPerson } from '#usecases/shared/new-person.ts';
import { bytesOfSecret } from '../../../tests/support/second-factor.ts';
import { afterTheReply, type TestWorld, testServices } from '../../../tests/support/test-services.ts';
import { addTotp, offerTotp } from './add-second-factor.ts';
import { changeSecondFactors, resetSecondFactors } from './change-second-factors.ts';
import { showSecondFactor } from './show-second-factor.ts';

let world: TestWorld;
beforeEach(() => {
  world = testServices();
});

const administrator: readonly Grant[] = [{ role: 'administrator', place: 'everything' }];

async function personWith(grants: readonly Grant[]): Promise<Person> {
  const { services } = world;
  const person = newPerson(
    { name: 'Maria Ek', nameGivenBy: 'employer', grants },
    { category: 'new-employee' },
    services.clock(),
    services.random,
  );
  await services.store.people.create(person);
  return person;
}

async function sessionFrom(cookie: string): Promise<SignedInSession> {
  const session = await world.services.sessions.read(/=([^;]*)/.exec(cookie)?.[1] ?? '');
  if (!session) throw new Error('no such session');
  return session;
}

async function signedIn(person: Person): Promise<SignedInSession> {
  return sessionFrom(await world.services.sessions.open(person, { by: 'password' }));
}

/** What the app shows, by the secret that the page showed. */
function codeFor(secret: string): string {
  return totpCode(bytesOfSecret(secret), totpStep(world.services.clock()), world.services.secrets.hmacSha1);
}

async function withApp(person: Person) {
  const { services } = world;
  const offer = offerTotp(services, await signedIn(person), 'Sekretesskörkortet');
  const session = await signedIn(person);
  const own = offerTotp(services, session, 'Sekretesskörkortet');
  expect(own.secret).not.toBe(offer.secret);
  const added = await addTotp(services, session, { sealed: own.sealed, code: codeFor(own.secret) });
  if (!added.ok) throw new Error(added.reason);
  return { session: await sessionFrom(added.cookie), secret: own.secret, codes: added.recoveryCodes ?? [] };
}

describe('adding an app', () => {
  test('makes the session strong, gives ten recovery codes, and stores neither them nor the secret as they are', async () => {
    const person = await personWith(administrator);
    const { session, secret, codes } = await withApp(person);
    expect(session.strongAt).toBe(world.services.clock().toISOString());
    expect(codes).toHaveLength(10);
    const stored = JSON.stringify(await world.person(person.id));
    for (const text of [secret, secret.replaceAll(' ', ''), ...codes]) expect(stored).not.toContain(text);
  });

  test('takes no secret that was offered in another session', async () => {
    const { services } = world;
    const person = await personWith(administrator);
    const { sealed, secret } = offerTotp(services, await signedIn(person), 'Sekretesskörkortet');
    const result = await addTotp(services, await signedIn(person), { sealed, code: codeFor(secret) });
    expect(result).toEqual({ ok: false, reason: 'form-too-old' });
  });

  test('is for the password alone only while there is no factor, also when two add one at once', async () => {
    const { services } = world;
    const person = await personWith(administrator);
    const adding = async () => {
      const session = await signedIn(person);
      const { sealed, secret } = offerTotp(services, session, 'Sekretesskörkortet');
      return addTotp(services, session, { sealed, code: codeFor(secret) });
    };
    const results = await Promise.all([adding(), adding()]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.find(({ ok }) => !ok)).toEqual({ ok: false, reason: 'not-confirmed' });
  });

  test('in place of one there is, asks for the factor just now', async () => {
    const { services } = world;
    const { session } = await withApp(await personWith(administrator));
    const change = async () => {
      const { sealed, secret } = offerTotp(services, session, 'Sekretesskörkortet');
      return changeSecondFactors(services, session, { action: 'app', sealed, code: codeFor(secret), endOthers: false });
    };
    world.pass({ minutes: 11 });
    expect(await change()).toEqual({ ok: false, reason: 'not-confirmed' });
  });
});

test('a change of one’s own factors is in the log, and told to the person by mail', async () => {
  const { services, mails } = world;
  const person = await personWith(administrator);
  await services.store.people.update(person.id, (before) => ({
    save: { ...before, email: 'rolf@lindala.example' },
    result: undefined,
  }));
  const session = await signedIn(await world.person(person.id));
  const { sealed, secret } = offerTotp(services, session, 'Sekretesskörkortet');
  const change = { action: 'app', sealed, code: codeFor(secret), endOthers: true } as const;
  const other = await services.sessions.open(person, { by: 'password' });
  const added = await changeSecondFactors(services, session, change);
  if (!added.ok) throw new Error(added.reason);
  expect(await world.signedIn(other)).toBeUndefined();
  const strong = await sessionFrom(added.cookie ?? '');
  await changeSecondFactors(services, strong, { action: 'recovery', endOthers: false });
  await afterTheReply();
  const logged = await services.audit.since('2000-01-01T00:00:00.000Z');
  expect(logged.map(({ action }) => action)).toEqual(['add-factor', 'renew-recovery-codes']);
  expect(mails.map(({ to }) => to)).toEqual(['rolf@lindala.example', 'rolf@lindala.example']);
});

describe('showing it', () => {
  test('one code opens one session, though it is sent from two at once', async () => {
    const person = await personWith(administrator);
    const { secret } = await withApp(person);
    world.pass({ minutes: 5 });
    const sessions = await Promise.all([signedIn(person), signedIn(person)]);
    const typed = codeFor(secret);
    const results = await Promise.all(
      sessions.map((session) =>
        showSecondFactor(world.services, session, { way: 'app', typed }, { address: '127.0.0.1' }),
      ),
    );
    expect(results.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });

  test('ASVS 6.5.5: a code of the half-minute before is late, which is no guess, and the next one is right', async () => {
    const person = await personWith(administrator);
    const { secret } = await withApp(person);
    world.pass({ minutes: 5 });
    const session = await signedIn(person);
    for (let tries = 0; tries < 12; tries++) {
      const typed = codeFor(secret);
      world.pass({ minutes: 0.5 });
      const shown = await showSecondFactor(world.services, session, { way: 'app', typed }, { address: '127.0.0.1' });
      expect(shown).toEqual({ ok: false, reason: 'late-app-code' });
    }
    const typed = codeFor(secret);
    expect(
      await showSecondFactor(world.services, session, { way: 'app', typed }, { address: '127.0.0.1' }),
    ).toMatchObject({ ok: true });
  });

  test('another person’s recovery code is wrong', async () => {
    const { codes } = await withApp(await personWith(administrator));
    const { session } = await withApp(await personWith(administrator));
    const shown = { way: 'recovery', typed: codes[0] ?? '' } as const;
    expect(await showSecondFactor(world.services, session, shown, { address: '127.0.0.1' })).toEqual({
      ok: false,
      reason: 'wrong-recovery-code',
    });
  });

  test('thirty wrong answers in a day are the end of it for that day, however slowly', async () => {
    const { session, codes } = await withApp(await personWith(administrator));
    const wrong = () =>
      showSecondFactor(world.services, session, { way: 'app', typed: '000' }, { address: '127.0.0.1' });
    for (let tries = 0; tries < 30; tries++) {
      expect(await wrong()).toMatchObject({ reason: 'wrong-app-code' });
      world.pass({ minutes: 16 });
    }
    const right = { way: 'recovery', typed: codes[0] ?? '' } as const;
    const late = await showSecondFactor(world.services, session, right, { address: '127.0.0.1' });
    expect(late).toMatchObject({ ok: false, reason: 'too-many-tries' });
    world.pass({ minutes: 24 * 60 });
    expect(await showSecondFactor(world.services, session, right, { address: '127.0.0.1' })).toMatchObject({
      ok: true,
    });
  });

  test('is remembered when the session is prolonged', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const { services } = world;
      const person = await personWith(administrator);
      const cookie = await services.sessions.open(person, { by: 'password', strongAt: '2026-06-10T12:00:00.000Z' });
      vi.setSystemTime(Date.now() + 8 * 24 * 60 * 60_000);
      const prolonged = await sessionFrom(cookie);
      expect(prolonged).toMatchObject({ strongAt: '2026-06-10T12:00:00.000Z', renewed: expect.any(String) });
      expect((await sessionFrom(cookie)).strongAt).toBe('2026-06-10T12:00:00.000Z');
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('resetting somebody’s factors', () => {
  const actions = async () =>
    (await world.services.audit.since('2000-01-01T00:00:00.000Z')).map(({ action, subject }) => [action, subject]);

  test('takes them away, signs the person out everywhere, and is in the log', async () => {
    const { session } = await withApp(await personWith(administrator));
    const person = await personWith([{ role: 'unit-manager', place: 'everything' }]);
    const theirs = await withApp(person);
    expect(await resetSecondFactors(world.services, session, person.id, 'seen')).toEqual({ ok: true });
    expect((await world.person(person.id)).secondFactors).toBeUndefined();
    expect(await world.services.store.sessions.get(theirs.session.id)).toBeUndefined();
    expect(await actions()).toEqual([['reset-factors', person.pseudonym]]);
  });

  test('ASVS 6.4.4: asks how the person was recognised, keeps it in the log and shows it to the person', async () => {
    const { session } = await withApp(await personWith(administrator));
    const person = await personWith([{ role: 'unit-manager', place: 'everything' }]);
    await withApp(person);
    expect(await resetSecondFactors(world.services, session, person.id, undefined)).toEqual({
      ok: false,
      reason: 'not-recognised',
    });
    expect((await world.person(person.id)).secondFactors).toBeDefined();
    expect(await actions()).toEqual([]);
    expect(await resetSecondFactors(world.services, session, person.id, 'called')).toEqual({ ok: true });
    const [entry] = await world.services.audit.since('2000-01-01T00:00:00.000Z');
    expect(entry).toMatchObject({ action: 'reset-factors', subject: person.pseudonym, why: 'called' });
    const looks = await whoLooked(world.services, await world.person(person.id));
    expect(looks.map(({ action, why }) => [action, why])).toContainEqual(['reset-factors', 'called']);
  });

  test('is not for who cannot edit the person, and that is answered as for who does not exist', async () => {
    const { session } = await withApp(await personWith([{ role: 'unit-manager', place: 'everything' }]));
    const person = await personWith(administrator);
    await withApp(person);
    const refused = { ok: false, reason: 'not-found' };
    expect(await resetSecondFactors(world.services, session, person.id, 'called')).toEqual(refused);
    expect(await resetSecondFactors(world.services, session, 'nobody' as PersonId, 'called')).toEqual(refused);
    expect((await world.person(person.id)).secondFactors).toBeDefined();
    expect(await actions()).toEqual([
      ['refused', person.pseudonym],
      ['refused', undefined],
    ]);
  });

  test('asks for one’s own factor just now, and is never for oneself', async () => {
    const { session } = await withApp(await personWith(administrator));
    const person = await personWith([]);
    expect(await resetSecondFactors(world.services, session, session.person.id, 'seen')).toMatchObject({
      reason: 'own-factors',
    });
    world.pass({ minutes: 10 });
    expect(await resetSecondFactors(world.services, session, person.id, 'seen')).toMatchObject({
      reason: 'not-confirmed',
    });
  });
});
