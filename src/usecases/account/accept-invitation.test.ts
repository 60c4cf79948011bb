import { describe, expect, test, vi } from 'vitest';
import { inviteAgain } from '#usecases/invitations/invite-person.ts';
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
import { acceptInvitation, findInvitation } from './accept-invitation.ts';
import { changeCredentials } from './change-credentials.ts';
import { ensureFirstAdministrator } from './ensure-first-administrator.ts';
import { signIn } from './sign-in.ts';

// Hashing passwords is slow on purpose, and more so on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const chosen = { password: goodPassword, language: 'sv' } as const;
const twoWeeks = { minutes: 14 * 24 * 60 };

describe('an invitation', () => {
  test('leads to a password of one’s own, and in', async () => {
    const world = testServices();
    const { id, token, email } = await invited(world);
    const accepted = await acceptInvitation(world.services, token, { password: goodPassword, language: 'en' });
    expect(accepted.ok && (await world.signedIn(accepted.cookie))).toMatchObject({ id, email, language: 'en' });
    const back = await signIn(world.services, { email, password: goodPassword, address: '10.0.0.1' });
    expect(back.ok).toBe(true);
  });

  test('is not used by looking at it, however often', async () => {
    const world = testServices();
    const { token } = await invited(world);
    const before = await everybody(world);
    for (let look = 0; look < 5; look++) {
      expect(await findInvitation(world.services, token)).toMatchObject({
        state: 'open',
        person: { name: 'Anna Andersson' },
      });
    }
    expect(await everybody(world)).toEqual(before);
  });

  test('can be used once', async () => {
    const world = testServices();
    const { id, token } = await invited(world);
    await acceptInvitation(world.services, token, chosen);
    const { passwordHash } = await world.person(id);
    expect(await findInvitation(world.services, token)).toMatchObject({ state: 'used' });
    const again = await acceptInvitation(world.services, token, { ...chosen, password: 'en annan mening' });
    expect(again).toEqual({ ok: false, reason: 'link-used' });
    expect((await world.person(id)).passwordHash).toBe(passwordHash);
  });

  test('used twice at once lets one in, with the password that one chose', async () => {
    const world = testServices();
    const { token, email } = await invited(world);
    const passwords = ['gurka hatt cykel', 'moln ponny lampa', 'kaktus melodi ko', 'paraply i solsken'];
    const results = await Promise.all(
      passwords.map((password) => acceptInvitation(world.services, token, { ...chosen, password })),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.filter(({ ok }) => !ok)).toEqual(Array(3).fill({ ok: false, reason: 'link-used' }));
    const opens = await Promise.all(
      passwords.map((password) => signIn(world.services, { email, password, address: '10.0.0.1' })),
    );
    expect(opens.map(({ ok }) => ok)).toEqual(results.map(({ ok }) => ok));
  });

  test('expires after two weeks', async () => {
    const world = testServices();
    const { id, token } = await invited(world);
    world.pass({ minutes: twoWeeks.minutes - 1 });
    expect(await findInvitation(world.services, token)).toMatchObject({ state: 'open' });
    world.pass({ minutes: 1 });
    expect(await findInvitation(world.services, token)).toMatchObject({ state: 'expired' });
    expect(await acceptInvitation(world.services, token, chosen)).toEqual({ ok: false, reason: 'link-expired' });
    expect((await world.person(id)).passwordHash).toBeUndefined();
  });

  test('that was never sent is unknown', async () => {
    const world = testServices();
    await invited(world);
    expect(await findInvitation(world.services, 'gissning')).toBeUndefined();
    expect(await acceptInvitation(world.services, 'gissning', chosen)).toEqual({ ok: false, reason: 'link-unknown' });
  });

  test.for([
    ['kort', 'password-too-short'],
    ['aaaaaaaaaaaaaaaa', 'password-too-simple'],
    ['Anna Andersson 1', 'password-too-simple'],
    ['x'.repeat(201), 'password-too-long'],
  ] as const)('stays open after the password “%s”', async ([password, reason]) => {
    const world = testServices();
    const { token } = await invited(world);
    expect(await acceptInvitation(world.services, token, { ...chosen, password })).toEqual({ ok: false, reason });
    expect(await findInvitation(world.services, token)).toMatchObject({ state: 'open' });
  });

  test('cannot be used to take another name or address than the employer gave', async () => {
    const world = testServices();
    const { id, token, email } = await invited(world);
    await acceptInvitation(world.services, token, { ...chosen, name: 'Någon Annan', email: 'annan@lindala.example' });
    expect(await world.person(id)).toMatchObject({ name: 'Anna Andersson', email, nameGivenBy: 'employer' });
  });

  test('that is sent again replaces the first', async () => {
    const world = testServices();
    const { id, token } = await invited(world);
    expect(await inviteAgain(world.services, id)).toEqual({ ok: true });
    expect(await acceptInvitation(world.services, token, chosen)).toEqual({ ok: false, reason: 'link-replaced' });
  });

  test('bugs F20: the first of two says that there is a newer one, and once that is used that it was used or ended, never that it is unknown', async () => {
    const world = testServices();
    const { id, token, email } = await invited(world);
    const stateOf = async (one: string) => (await findInvitation(world.services, one))?.state;
    await inviteAgain(world.services, id);
    await afterTheReply();
    const newest = tokenIn(world.mails, email);
    expect([await stateOf(token), await stateOf(newest)]).toEqual(['replaced', 'open']);
    expect((await acceptInvitation(world.services, newest, chosen)).ok).toBe(true);
    expect([await stateOf(token), await stateOf(newest)]).toEqual(['withdrawn', 'used']);
    expect(await stateOf(token.slice(0, -1))).toBeUndefined();
  });

  test('bugs F20: an address that is changed withdraws what was sent to the old one, and does not speak of a newer mail there', async () => {
    const world = testServices();
    const { id, token } = await invited(world);
    await inviteAgain(world.services, id);
    await changeCredentials(world.services, id, 'email-changed', () => ({
      change: { kind: 'email', email: 'ny@lindala.example' },
      result: undefined,
    }));
    await afterTheReply();
    expect((await findInvitation(world.services, token))?.state).toBe('withdrawn');
    expect((await findInvitation(world.services, tokenIn(world.mails, 'ny@lindala.example')))?.state).toBe('open');
  });

  test('sent again while the old one is being used lets one in by one of them, never by both', async () => {
    const world = testServices();
    const { id, token } = await invited(world);
    const [old, renewed] = await Promise.all([
      acceptInvitation(world.services, token, chosen),
      inviteAgain(world.services, id),
    ]);
    expect(old.ok).toBe(!renewed.ok);
  });
});

async function firstToken({ services }: TestWorld): Promise<string> {
  const first = await ensureFirstAdministrator(services);
  if (first === undefined || first === 'waiting') throw new Error('no link was made');
  return first.token;
}

describe('the first administrator', () => {
  const maria = { ...chosen, name: 'Maria Ek', email: 'maria@lindala.example' };

  test('says who they are', async () => {
    const world = testServices();
    const token = await firstToken(world);
    const accepted = await acceptInvitation(world.services, token, maria);
    expect(accepted.ok && (await world.signedIn(accepted.cookie))).toMatchObject({
      name: 'Maria Ek',
      email: 'maria@lindala.example',
      grants: [{ role: 'administrator', place: 'everything' }],
    });
  });

  test('who gives an address that is taken keeps the link', async () => {
    const world = testServices();
    const token = await firstToken(world);
    const { email } = await employee(world);
    expect(await acceptInvitation(world.services, token, { ...maria, email })).toEqual({
      ok: false,
      reason: 'email-taken',
    });
    expect((await acceptInvitation(world.services, token, maria)).ok).toBe(true);
  });
});
