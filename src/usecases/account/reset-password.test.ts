import { describe, expect, test, vi } from 'vitest';
import type { CalendarDate } from '#domain/kernel/ids.ts';
import { newPerson } from '#usecases/shared/new-person.ts';
import {
  afterTheReply,
  employee,
  everybody,
  goodPassword,
  invited,
  type TestWorld,
  testServices,
  tokenIn,
} from '../../../tests/support/test-services.ts';
import { acceptInvitation } from './accept-invitation.ts';
import { findPasswordReset, requestPasswordReset, resetPassword } from './reset-password.ts';
import { signIn } from './sign-in.ts';

// Hashing passwords is slow on purpose, and more so on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const newPassword = 'moln ponny lampa';

function ask(world: TestWorld, email: string, address = '10.0.0.1') {
  return requestPasswordReset(world.services, { email, address });
}

/** Asks for a link. @returns its token */
async function resetFor(world: TestWorld, email: string): Promise<string> {
  await ask(world, email);
  await afterTheReply();
  return tokenIn(world.mails, email);
}

describe('asking for a new password', () => {
  test('sends a link to whoever has an account, however the address is typed', async () => {
    const world = testServices();
    const { email } = await employee(world);
    await ask(world, `  ${email.toUpperCase()} `);
    await afterTheReply();
    expect(world.mails.at(-1)?.text).toMatch(/https:\/\/sekretess\.lindala\.example\/nytt-losenord\/[\w-]{43}/);
  });

  test('sends nothing where nobody is known', async () => {
    const world = testServices();
    await invited(world);
    for (const one of ['ingen@lindala.example', '', 'inte en adress']) await ask(world, one);
    await afterTheReply();
    expect(world.mails).toHaveLength(1);
  });

  test('managers B1: sends whoever never chose one the invitation again, and the first link works too', async () => {
    const world = testServices();
    const { email, token } = await invited(world);
    world.pass({ minutes: 3 * 24 * 60 });
    expect(await ask(world, email)).toEqual({ ok: true });
    await afterTheReply();
    expect(world.mails).toHaveLength(2);
    expect(world.mails[1]?.text).toContain(`https://sekretess.lindala.example/valkommen/${token}`);
    expect(world.mails[1]?.text).toContain('27 juni 2026');
    expect((await acceptInvitation(world.services, token, { password: goodPassword, language: 'sv' })).ok).toBe(true);
  });

  test('managers B1: is answered alike for who was never invited, and sends the first invitation', async () => {
    const world = testServices();
    const known = { name: 'Ny Person', nameGivenBy: 'employer', email: 'ny@lindala.example' } as const;
    const { store, clock, random } = world.services;
    await store.people.create(newPerson(known, { category: 'new-employee' }, clock(), random));
    const asked = { email: known.email, address: '192.0.2.1' };
    const nobody = { email: 'ingen@lindala.example', address: '192.0.2.2' };
    expect(await requestPasswordReset(world.services, asked)).toEqual(
      await requestPasswordReset(world.services, nobody),
    );
    await afterTheReply();
    expect(world.mails.map(({ to }) => to)).toEqual([known.email]);
    const token = tokenIn(world.mails, known.email);
    expect((await acceptInvitation(world.services, token, { password: goodPassword, language: 'sv' })).ok).toBe(true);
  });

  test('managers B1: sends nothing to who never had an account and works here no more', async () => {
    const world = testServices();
    const { email } = await invited(world, { to: '2026-06-12' as CalendarDate });
    world.pass({ minutes: 3 * 24 * 60 });
    await ask(world, email);
    await afterTheReply();
    expect(world.mails).toHaveLength(1);
  });

  test('changes nothing before the link is used: the password and the sessions stay', async () => {
    const world = testServices();
    const { email, cookie } = await employee(world);
    await resetFor(world, email);
    expect(await world.signedIn(cookie)).toBeDefined();
    expect((await signIn(world.services, { email, password: goodPassword, address: '10.0.0.1' })).ok).toBe(true);
  });

  test('bugs F20: asked for twice, the first link says that there is a newer one; used, expired and mangled ones say their own', async () => {
    const world = testServices();
    const { email } = await employee(world);
    const stateOf = async (token: string) => (await findPasswordReset(world.services, token))?.state;
    const [first, second] = [await resetFor(world, email), await resetFor(world, email)];
    expect([await stateOf(first), await stateOf(second)]).toEqual(['replaced', 'open']);
    expect(await resetPassword(world.services, first, newPassword)).toEqual({ ok: false, reason: 'link-replaced' });
    expect((await resetPassword(world.services, second, newPassword)).ok).toBe(true);
    expect([await stateOf(first), await stateOf(second)]).toEqual(['withdrawn', 'used']);
    const third = await resetFor(world, email);
    expect([await stateOf(second), await stateOf(third)]).toEqual(['used', 'open']);
    world.pass({ minutes: 61 });
    expect(await stateOf(third)).toBe('expired');
    expect(await stateOf(`${third}x`)).toBeUndefined();
    // So many of the last are remembered, and no more is ever kept of anybody.
    for (let time = 0; time < 9; time++) {
      world.pass({ minutes: 61 });
      await resetFor(world, email);
    }
    const person = await world.services.store.people.findByEmail(email);
    expect(person?.pastLinks).toHaveLength(6);
    expect(await stateOf(second)).toBeUndefined();
  });

  test('again and again sends five letters an hour, no more', async () => {
    const world = testServices();
    const { email } = await employee(world);
    for (let time = 0; time < 20; time++) await resetFor(world, email);
    expect(world.mails).toHaveLength(2 + 5);
    world.pass({ minutes: 60 });
    await resetFor(world, email);
    expect(world.mails).toHaveLength(2 + 6);
  });
});

describe('the link', () => {
  test('sets the new password, ends every session that was open, and signs in here', async () => {
    const world = testServices();
    const { id, email, cookie } = await employee(world);
    const elsewhere = await signIn(world.services, { email, password: goodPassword, address: '10.0.0.2' });
    const result = await resetPassword(world.services, await resetFor(world, email), newPassword);
    expect(await world.signedIn(cookie)).toBeUndefined();
    expect(elsewhere.ok && (await world.signedIn(elsewhere.cookie))).toBeUndefined();
    expect(result.ok && (await world.signedIn(result.cookie))).toMatchObject({ id });
    const passwords = [goodPassword, newPassword].map((password) =>
      signIn(world.services, { email, password, address: '10.0.0.1' }),
    );
    expect((await Promise.all(passwords)).map(({ ok }) => ok)).toEqual([false, true]);
  });

  test('leaves other people’s sessions alone', async () => {
    const world = testServices();
    const { email } = await employee(world);
    const other = await employee(world, { name: 'Bo Ek', email: 'bo@lindala.example' });
    await resetPassword(world.services, await resetFor(world, email), newPassword);
    expect(await world.signedIn(other.cookie)).toMatchObject({ id: other.id });
  });

  test('is not used by looking at it', async () => {
    const world = testServices();
    const { email } = await employee(world);
    const token = await resetFor(world, email);
    const before = await everybody(world);
    for (let look = 0; look < 5; look++)
      expect(await findPasswordReset(world.services, token)).toMatchObject({ state: 'open' });
    expect(await everybody(world)).toEqual(before);
  });

  test('can be used once, also by two at once', async () => {
    const world = testServices();
    const { email } = await employee(world);
    const token = await resetFor(world, email);
    const results = await Promise.all(
      [newPassword, 'kaktus melodi ko'].map((password) => resetPassword(world.services, token, password)),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results).toContainEqual({ ok: false, reason: 'link-used' });
    expect(await resetPassword(world.services, token, newPassword)).toEqual({ ok: false, reason: 'link-used' });
  });

  test('holds for an hour', async () => {
    const world = testServices();
    const { email } = await employee(world);
    const token = await resetFor(world, email);
    world.pass({ minutes: 60 });
    expect(await findPasswordReset(world.services, token)).toMatchObject({ state: 'expired' });
    expect(await resetPassword(world.services, token, newPassword)).toEqual({ ok: false, reason: 'link-expired' });
  });

  test('stays open after a password that will not do', async () => {
    const world = testServices();
    const { email } = await employee(world);
    const token = await resetFor(world, email);
    expect(await resetPassword(world.services, token, 'kort')).toEqual({ ok: false, reason: 'password-too-short' });
    expect(await resetPassword(world.services, token, 'Anna Andersson')).toEqual({
      ok: false,
      reason: 'password-too-simple',
    });
    expect((await resetPassword(world.services, token, newPassword)).ok).toBe(true);
  });

  test('of an earlier letter is dead when a newer one has been sent', async () => {
    const world = testServices();
    const { email } = await employee(world);
    const first = await resetFor(world, email);
    await resetFor(world, email);
    expect(await resetPassword(world.services, first, newPassword)).toEqual({ ok: false, reason: 'link-replaced' });
  });

  test('of an invitation does not reset, nor the other way round', async () => {
    const world = testServices();
    const { token } = await invited(world);
    expect(await resetPassword(world.services, token, newPassword)).toEqual({ ok: false, reason: 'link-unknown' });
  });
});
