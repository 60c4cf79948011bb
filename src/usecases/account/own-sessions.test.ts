import { describe, expect, test, vi } from 'vitest';
import type { SignedInSession } from '#ports/sessions.ts';
import {
  afterTheReply,
  employee,
  goodPassword,
  type TestWorld,
  testServices,
} from '../../../tests/support/test-services.ts';
import { changePassword } from './change-password.ts';
import { endOwnSessions } from './end-sessions.ts';
import { proveAgain } from './prove-again.ts';
import { signIn } from './sign-in.ts';

// Hashing passwords is slow on purpose, and more so on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const from = { address: '192.0.2.1' };
const newPassword = 'moln ponny lampa';

async function sessionFrom(world: TestWorld, cookie: string): Promise<SignedInSession | undefined> {
  return world.services.sessions.read(/=([^;]*)/.exec(cookie)?.[1] ?? '');
}

/** Somebody who is signed in here and on another device. */
async function signedInTwice() {
  const world = testServices();
  const { id, email, cookie } = await employee(world);
  const elsewhere = await world.services.sessions.open(await world.person(id), { by: 'password' });
  const session = await sessionFrom(world, cookie);
  if (!session) throw new Error('not signed in');
  const open = async (cookies: readonly string[]) =>
    Promise.all(cookies.map(async (one) => (await sessionFrom(world, one)) !== undefined));
  const actions = async () =>
    (await world.services.audit.since('2026-01-01T00:00:00.000Z')).map(({ action, actor, subject }) => [
      action,
      actor === subject,
    ]);
  return { world, id, email, cookie, elsewhere, session, open, actions };
}

describe('changing one’s password', () => {
  test('ASVS 6.2.3: takes the present one, ends every other session, goes on here under a new cookie, is logged and told', async () => {
    const { world, email, cookie, elsewhere, session, open, actions } = await signedInTwice();
    const tried = { present: goodPassword, wanted: newPassword, from };
    const result = await changePassword(world.services, session, tried);
    if (!result.ok) throw new Error(result.reason);
    expect(await open([cookie, elsewhere, result.cookie])).toEqual([false, false, true]);
    expect(await actions()).toEqual(expect.arrayContaining([['change-password', true]]));
    await afterTheReply();
    expect(world.mails.at(-1)).toMatchObject({ to: email });
    const withPassword = (password: string) => signIn(world.services, { email, password, ...from });
    expect(await withPassword(goodPassword)).toMatchObject({ ok: false });
    expect(await withPassword(newPassword)).toMatchObject({ ok: true });
  });

  test('changes nothing with another than the present one, nor to a bad one', async () => {
    const { world, id, cookie, elsewhere, session, open, actions } = await signedInTwice();
    const before = await world.person(id);
    const change = (present: string, wanted: string) =>
      changePassword(world.services, session, { present, wanted, from });
    expect(await change('fel lösenord', newPassword)).toEqual({ ok: false, reason: 'wrong-password' });
    expect(await change('', newPassword)).toEqual({ ok: false, reason: 'wrong-password' });
    expect(await change(goodPassword, 'kort')).toEqual({ ok: false, reason: 'password-too-short' });
    expect(await world.person(id)).toEqual(before);
    expect(await open([cookie, elsewhere])).toEqual([true, true]);
    expect(await actions()).not.toEqual(expect.arrayContaining([['change-password', true]]));
  });

  test('stops whoever guesses the present one, the right one too', async () => {
    const { world, session } = await signedInTwice();
    const change = (present: string) => changePassword(world.services, session, { present, wanted: newPassword, from });
    for (let tries = 0; tries < 10; tries++) await change('fel lösenord');
    expect(await change(goodPassword)).toMatchObject({ ok: false, reason: 'too-many-tries' });
  });
});

describe('ending one’s sessions', () => {
  test('ASVS 7.5.2: one, the others or all of them, with proof from within the hour', async () => {
    const { world, cookie, elsewhere, session, open, actions } = await signedInTwice();
    world.pass({ minutes: 60 });
    expect(await endOwnSessions(world.services, session, { kind: 'all' })).toEqual({
      ok: false,
      reason: 'not-confirmed',
    });
    expect(await open([cookie, elsewhere])).toEqual([true, true]);
    const shown = { way: 'password', typed: goodPassword } as const;
    const proven = await proveAgain(world.services, session, shown, from);
    if (!proven.ok) throw new Error(proven.reason);
    const again = await sessionFrom(world, proven.cookie);
    if (!again) throw new Error('not signed in');
    expect(await endOwnSessions(world.services, again, { kind: 'others' })).toEqual({ ok: true, here: false });
    expect(await open([proven.cookie, elsewhere])).toEqual([true, false]);
    expect(await endOwnSessions(world.services, again, { kind: 'one', id: again.id })).toEqual({
      ok: true,
      here: true,
    });
    expect(await open([proven.cookie])).toEqual([false]);
    expect(await actions()).toEqual(expect.arrayContaining([['end-sessions', true]]));
  });

  test('does not reach anybody else’s', async () => {
    const { world, session } = await signedInTwice();
    const other = await employee(world, { email: 'bo@lindala.example' });
    const theirs = await sessionFrom(world, other.cookie);
    await endOwnSessions(world.services, session, { kind: 'one', id: theirs?.id ?? '' });
    await endOwnSessions(world.services, session, { kind: 'all' });
    expect(await sessionFrom(world, other.cookie)).toBeDefined();
  });
});

describe('showing again who one is', () => {
  test('takes what the person signs in with, and goes on under a new cookie', async () => {
    const { world, cookie, session, open } = await signedInTwice();
    const show = (way: 'password' | 'words', typed: string) =>
      proveAgain(world.services, session, { way, typed }, from);
    expect(await show('password', 'fel lösenord')).toEqual({ ok: false, reason: 'wrong-password' });
    expect(await show('words', 'ett två tre fyra fem')).toEqual({ ok: false, reason: 'wrong-code' });
    expect(await show('words', '')).toEqual({ ok: false, reason: 'wrong-code' });
    const right = await show('password', goodPassword);
    if (!right.ok) throw new Error(right.reason);
    expect(await open([cookie, right.cookie])).toEqual([false, true]);
  });
});
