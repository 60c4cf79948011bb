import { describe, expect, test, vi } from 'vitest';
import { joinGroup } from '#usecases/groups/join-group.ts';
import { newTicket } from '#usecases/groups/join-ticket.ts';
import { sampleGroup } from '../../../tests/contract/sample-documents.ts';
import { wanted } from '../../../tests/support/group-world.ts';
import {
  afterTheReply,
  employee,
  goodPassword,
  invited,
  testServices,
  typedCarelessly,
} from '../../../tests/support/test-services.ts';
import { signIn, signInWithCode } from './sign-in.ts';

// Hashing passwords is slow on purpose, and more so on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const address = '10.0.0.1';

describe('with e-mail and password', () => {
  test('one comes in, however the address is typed', async () => {
    const world = testServices();
    const { id, email } = await employee(world);
    const result = await signIn(world.services, { email: ` ${email.toUpperCase()} `, password: goodPassword, address });
    expect(result.ok && (await world.signedIn(result.cookie))).toMatchObject({ id });
  });

  test('a wrong password, an unknown address and an invitation not accepted are answered alike', async () => {
    const world = testServices();
    const { email } = await employee(world);
    const waiting = await invited(world, { email: 'bo@lindala.example' });
    for (const tried of [email, 'ingen@lindala.example', waiting.email, '']) {
      expect(await signIn(world.services, { email: tried, password: 'fel lösenord här', address })).toEqual({
        ok: false,
        reason: 'wrong-credentials',
      });
    }
  });

  test('a password with å is the same however the keyboard makes it', async () => {
    const world = testServices();
    const { email } = await employee(world);
    const composed = await signIn(world.services, { email, password: goodPassword.normalize('NFD'), address });
    expect(composed.ok).toBe(true);
  });

  test('ten wrong tries from one network close an account there for a quarter of an hour, known or not, to the right password too', async () => {
    const world = testServices();
    const { email } = await employee(world);
    for (const tried of [email, 'ingen@lindala.example']) {
      for (let time = 0; time < 10; time++) {
        expect(await signIn(world.services, { email: tried, password: 'fel', address })).toMatchObject({
          reason: 'wrong-credentials',
        });
      }
      expect(await signIn(world.services, { email: tried, password: goodPassword, address })).toEqual({
        ok: false,
        reason: 'too-many-tries',
        until: '2026-06-10T12:15:00.000Z',
      });
    }
    // What a stranger does elsewhere locks nobody out here (F5).
    expect((await signIn(world.services, { email, password: goodPassword, address: '10.9.9.9' })).ok).toBe(true);
    world.pass({ minutes: 15 });
    expect((await signIn(world.services, { email, password: goodPassword, address })).ok).toBe(true);
  });

  test('a burst of tries at once gets no more than ten guesses', async () => {
    const world = testServices();
    const { email } = await employee(world);
    const burst = await Promise.all(
      Array.from({ length: 30 }, () => signIn(world.services, { email, password: 'fel', address })),
    );
    expect(burst.filter((result) => !result.ok && result.reason === 'wrong-credentials')).toHaveLength(10);
  });

  test('coming in forgets the wrong tries', async () => {
    const world = testServices();
    const { email } = await employee(world);
    for (let round = 0; round < 4; round++) {
      for (let time = 0; time < 6; time++) await signIn(world.services, { email, password: 'fel', address });
      expect((await signIn(world.services, { email, password: goodPassword, address })).ok).toBe(true);
    }
  });

  test('a class that shares an address is not locked out by the mistakes of some', async () => {
    const world = testServices();
    const { email } = await employee(world);
    for (let pupil = 0; pupil < 30; pupil++) {
      await signIn(world.services, { email: `elev${pupil}@lindala.example`, password: 'fel', address });
    }
    expect((await signIn(world.services, { email, password: goodPassword, address })).ok).toBe(true);
  });
});

describe('with a personal code', () => {
  async function participant() {
    const world = testServices();
    const group = sampleGroup('g');
    await world.services.store.groups.create(group);
    const joined = await joinGroup(world.services, group, {
      ...wanted,
      name: 'Åsa Öberg',
      ticket: newTicket(world.services, group, 'device'),
      device: 'device',
    });
    if (!joined.ok) throw new Error(joined.reason);
    return { world, code: joined.code };
  }

  test('one comes back on another phone, however the words are typed', async () => {
    const { world, code } = await participant();
    for (const typed of [code, typedCarelessly(code)]) {
      const result = await signInWithCode(world.services, { code: typed, address });
      expect(result.ok && (await world.signedIn(result.cookie))).toMatchObject({
        name: 'Åsa Öberg',
        nameGivenBy: 'self',
      });
    }
  });

  test('the words are not stored', async () => {
    const { world, code } = await participant();
    const stored = JSON.stringify(await world.services.store.people.list({ limit: 10 }));
    expect(stored).not.toContain(code);
    expect(stored).toMatch(/"codeHash":"[0-9a-f]{64}"/);
  });

  test.for(['', '   ', 'fem ord som inte finns', 'gurka katt cykel moln'])('“%s” leads nowhere', async (code) => {
    const { world } = await participant();
    expect(await signInWithCode(world.services, { code, address })).toEqual({ ok: false, reason: 'wrong-code' });
  });

  test('guessing from one address is stopped', async () => {
    const { world, code } = await participant();
    for (let guess = 0; guess < 300; guess++) {
      expect(await signInWithCode(world.services, { code: `gissning ${guess}`, address })).toMatchObject({
        reason: 'wrong-code',
      });
    }
    const next = await signInWithCode(world.services, { code: 'en till', address });
    expect(next).toEqual({ ok: false, reason: 'too-many-tries', until: '2026-06-10T12:15:00.000Z' });
    expect((await signInWithCode(world.services, { code, address: '10.0.0.2' })).ok).toBe(true);
  });
});

describe('security F14: the security log', () => {
  const all = { since: '2026-01-01T00:00:00.000Z', most: 100 };

  test('knows of who came in, who failed and which limit was reached, and nothing that was typed', async () => {
    const world = testServices();
    const { id, email } = await employee(world);
    const { pseudonym } = await world.person(id);
    const tried = { email, password: 'fel', address: '192.0.2.7' };
    await world.services.whereabouts.within(
      { address: tried.address, userAgent: 'Firefox/140.0 (X11; Linux)' },
      async () => {
        for (let count = 0; count < 11; count += 1) await signIn(world.services, tried);
        await signIn(world.services, { ...tried, email: 'nobody@lindala.example', password: 'hemligt fel' });
      },
    );
    await afterTheReply();
    const { events } = await world.services.securityLog.newest(all);
    const told = events.filter(({ event }) => event === 'told-of-failures');
    expect(told).toEqual([{ at: expect.any(String), event: 'told-of-failures', person: pseudonym }]);
    expect(world.mails.at(-1)).toMatchObject({ to: email });
    const others = events.filter((event) => !told.includes(event));
    expect(others.toReversed().map(({ event, what, person }) => ({ event, what, person }))).toEqual([
      { event: 'sign-in', what: 'invitation', person: pseudonym },
      { event: 'sign-in-failed', what: 'password', person: pseudonym },
      { event: 'limit-reached', what: 'account', person: undefined },
      { event: 'sign-in-failed', what: 'password', person: undefined },
    ]);
    expect(JSON.stringify(events)).not.toMatch(/192\.0|lindala|hemligt|Firefox/);
    expect(events[0]?.device).toMatch(/^linux-/);
  });
});
