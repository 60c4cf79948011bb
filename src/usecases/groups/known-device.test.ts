import { describe, expect, test, vi } from 'vitest';
import { unknownDevice } from '#domain/account/device.ts';
import { throttleRules } from '#domain/account/throttle.ts';
import type { PersonId } from '#domain/kernel/ids.ts';
import type { Browser } from '#ports/sessions.ts';
import { requestPasswordReset } from '#usecases/account/reset-password.ts';
import { signIn, signInWithCode } from '#usecases/account/sign-in.ts';
import { sampleGroup } from '../../../tests/contract/sample-documents.ts';
import { wanted } from '../../../tests/support/group-world.ts';
import { employee, goodPassword, type TestWorld, testServices } from '../../../tests/support/test-services.ts';
import { joinGroup } from './join-group.ts';
import { newTicket } from './join-ticket.ts';

// Hashing passwords is slow on purpose, and more so on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

/** A browser that the person has signed in with. */
async function ownBrowser({ services, person }: TestWorld, id: PersonId): Promise<Browser> {
  const cookie = services.knownDevices.remember(undefined, await person(id), services.clock());
  return { device: unknownDevice, mark: /=([^;]*)/.exec(cookie ?? '')?.[1] };
}

const school = '203.0.113.9';

/** As many tries as the network allows, of accounts that are not there: nothing is hashed for who is refused. */
async function fillNetwork({ services }: TestWorld) {
  for (let tried = 0; tried < throttleRules.network.tries; tried++)
    await signInWithCode(services, { code: `gissning ${tried}`, address: school });
}

describe('security F5: nobody is locked out by others', () => {
  test('ten wrong passwords from elsewhere, again and again, do not keep the owner out', async () => {
    const world = testServices();
    const { id, email } = await employee(world);
    const browser = await ownBrowser(world, id);
    for (let round = 0; round < 3; round++) {
      for (let tried = 0; tried < throttleRules.account.tries; tried++)
        await signIn(world.services, { email, password: 'fel', address: `198.51.100.${round}` });
      // On the device that is known, on the very network that guesses, and on a new device elsewhere.
      for (const from of [
        { browser, address: school },
        { browser, address: `198.51.100.${round}` },
        { address: school },
      ])
        expect((await signIn(world.services, { email, password: goodPassword, ...from })).ok).toBe(true);
    }
  });

  test('a network that guesses at everything does not keep a known device of the same network out', async () => {
    const world = testServices();
    const { id, email } = await employee(world);
    const browser = await ownBrowser(world, id);
    await fillNetwork(world);
    const right = { email, password: goodPassword, address: school };
    expect(await signIn(world.services, right)).toMatchObject({ reason: 'too-many-tries' });
    expect((await signIn(world.services, { ...right, browser })).ok).toBe(true);
  });

  test('nor a participant with the right code on the phone they joined with', async () => {
    const world = testServices();
    const group = sampleGroup('g');
    await world.services.store.groups.create(group);
    const form = { ticket: newTicket(world.services, group, 'DEVICE'), device: 'DEVICE' };
    const joined = await joinGroup(world.services, group, { ...wanted, ...form, name: 'Åsa Öberg' });
    if (!joined.ok) throw new Error(joined.reason);
    const id = (await world.signedIn(joined.cookie))?.id;
    const browser = await ownBrowser(world, id as PersonId);
    await fillNetwork(world);
    const right = { code: joined.code, address: school };
    expect(await signInWithCode(world.services, right)).toMatchObject({ reason: 'too-many-tries' });
    expect((await signInWithCode(world.services, { ...right, browser })).ok).toBe(true);
    // The mark is for its person: it opens no door to guess other codes by.
    expect(await signInWithCode(world.services, { code: 'gissning', address: school, browser })).toMatchObject({
      reason: 'too-many-tries',
    });
  });

  test('a device’s own wrong tries close it, and nothing else', async () => {
    const world = testServices();
    const { id, email } = await employee(world);
    const [browser, other] = [await ownBrowser(world, id), await ownBrowser(world, id)];
    for (let tried = 0; tried < throttleRules.knownDevice.tries; tried++)
      expect(await signIn(world.services, { email, password: 'fel', address: school, browser })).toMatchObject({
        reason: 'wrong-credentials',
      });
    const right = { email, password: goodPassword, address: school };
    expect(await signIn(world.services, { ...right, browser })).toMatchObject({ reason: 'too-many-tries' });
    expect((await signIn(world.services, { ...right, browser: other })).ok).toBe(true);
    expect((await signIn(world.services, right)).ok).toBe(true);
  });

  test('many networks together guess slower and slower at one account, and never close it for more than an hour', async () => {
    const world = testServices();
    const { id, email } = await employee(world);
    const guess = (number: number) => signIn(world.services, { email, password: 'fel', address: `10.${number}.0.1` });
    for (let tried = 0; tried < throttleRules.accountAnywhere.tries; tried++)
      expect(await guess(tried)).toMatchObject({ reason: 'wrong-credentials' });
    expect(await guess(200)).toEqual({ ok: false, reason: 'too-many-tries', until: '2026-06-10T12:01:00.000Z' });
    for (let minutes = 1; minutes <= throttleRules.accountAnywhere.growing.atMost; minutes *= 2) {
      world.pass({ minutes });
      expect(await guess(201)).toMatchObject({ reason: 'wrong-credentials' });
      expect(await guess(202)).toMatchObject({ reason: 'too-many-tries' });
    }
    const browser = await ownBrowser(world, id);
    const right = { email, password: goodPassword, address: school };
    expect((await signIn(world.services, { ...right, browser })).ok).toBe(true);
    world.pass({ minutes: throttleRules.accountAnywhere.growing.atMost });
    expect((await signIn(world.services, right)).ok).toBe(true);
  });

  test('right sign-ins are given back: a class of three hundred comes in from one address', async () => {
    const world = testServices();
    const { email } = await employee(world);
    for (let round = 0; round < 40; round++)
      expect((await signIn(world.services, { email, password: goodPassword, address: school })).ok).toBe(true);
    expect((await world.services.throttle.count([{ rule: 'network', key: school }], world.services.clock())).ok).toBe(
      true,
    );
  });

  test('security F7: one person does not sign in on and on, each time writing a session', async () => {
    const world = testServices();
    const { id, email } = await employee(world);
    const browser = await ownBrowser(world, id);
    const right = { email, password: goodPassword, address: school, browser };
    for (let time = 0; time < throttleRules.signIns.tries; time++)
      expect((await signIn(world.services, right)).ok).toBe(true);
    expect(await signIn(world.services, right)).toMatchObject({ ok: false, reason: 'too-many-tries' });
  });
});

describe('letters about a new password', () => {
  const ask = ({ services }: TestWorld, email: string, from: { address?: string; browser?: Browser } = {}) =>
    requestPasswordReset(services, { email, address: school, ...from });

  test('security F3: one network asks for so many, whoever has an account, and others go on', async () => {
    const world = testServices();
    const { id, email } = await employee(world);
    for (let made = 0; made < throttleRules.resetNetwork.tries; made++)
      expect(await ask(world, `paahittad.${made}@example.org`)).toEqual({ ok: true });
    const until = '2026-06-10T12:15:00.000Z';
    expect(await ask(world, 'paahittad@example.org')).toEqual({ ok: false, reason: 'too-many-tries', until });
    expect(await ask(world, email)).toEqual({ ok: false, reason: 'too-many-tries', until });
    expect(await ask(world, email, { address: '198.51.100.7' })).toEqual({ ok: true });
    expect(await ask(world, email, { browser: await ownBrowser(world, id) })).toEqual({ ok: true });
  });

  test('the answer is the same for an address that nobody has', async () => {
    const world = testServices();
    const { email } = await employee(world);
    for (const one of [email, 'ingen@lindala.example']) {
      for (let time = 0; time < throttleRules.reset.tries; time++) expect(await ask(world, one)).toEqual({ ok: true });
      expect(await ask(world, one)).toEqual({
        ok: false,
        reason: 'too-many-letters',
        until: '2026-06-10T13:00:00.000Z',
      });
    }
  });

  test('so many wait and no more, and what is not done is not counted', async () => {
    const world = testServices();
    const { email } = await employee(world);
    const services = { ...world.services, later: { add: () => false } };
    for (let time = 0; time < 10; time++)
      expect(await requestPasswordReset(services, { email, address: school })).toEqual({
        ok: false,
        reason: 'too-busy',
      });
    expect(await ask(world, email)).toEqual({ ok: true });
  });
});
