import { expect, test, vi } from 'vitest';
import { put, withOrganisation } from '../../../tests/support/small-organisation.ts';
import { afterTheReply, goodPassword, testServices } from '../../../tests/support/test-services.ts';
import { acceptInvitation } from './accept-invitation.ts';
import { ensureFirstAdministrator } from './ensure-first-administrator.ts';
import { resetAdministrator } from './reset-administrator.ts';
import { resetPassword } from './reset-password.ts';

// Hashing passwords is slow on purpose, and more so on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const newPassword = 'paraply sten moln';
const tokenOf = (link: string) => link.split('/').at(-1) ?? '';

async function scene() {
  const world = await withOrganisation(testServices());
  const grants = [{ role: 'administrator', place: 'everything', seesProtected: true }] as const;
  const secondFactors = { passkeys: [], totp: { secret: 'x', addedAt: '2026-01-01T00:00:00.000Z' }, recoveryCodes: [] };
  const maria = await put(world, 'Maria Ek', [{}], {
    ...{ email: 'maria@lindala.example', passwordHash: '$argon2id$x', grants, secondFactors },
  });
  return { world, maria, grants };
}

test('managers S9: an only administrator who has lost everything gets in again by a link made on the server', async () => {
  const { world, maria } = await scene();
  const cookie = await world.services.sessions.open(maria, { by: 'password' });
  const made = await resetAdministrator(world.services, undefined);
  if (!made.ok) throw new Error(made.reason);
  // Nothing is changed before it is used.
  expect(await world.signedIn(cookie)).toBeDefined();
  expect((await world.person(maria.id)).secondFactors).toEqual(maria.secondFactors);
  expect(await resetPassword(world.services, tokenOf(made.link), newPassword)).toMatchObject({ ok: true });
  expect((await world.person(maria.id)).secondFactors).toBeUndefined();
  expect(await world.signedIn(cookie)).toBeUndefined();
  expect(await resetPassword(world.services, tokenOf(made.link), newPassword)).toMatchObject({ reason: 'link-used' });
  await afterTheReply();
  expect(world.mails.map(({ to, subject }) => [to, subject])).toEqual([
    ['maria@lindala.example', 'En länk till ett administratörskonto har skapats'],
    ['maria@lindala.example', 'Du har valt ett nytt lösenord'],
  ]);
  const log = await world.services.audit.about(maria.pseudonym, []);
  expect(log.map(({ action, actor }) => [action, actor])).toEqual([
    ['reset-account', maria.pseudonym],
    ['reset-account', 'system'],
  ]);
});

test('the link holds for an hour', async () => {
  const { world } = await scene();
  const made = await resetAdministrator(world.services, undefined);
  world.pass({ minutes: 61 });
  expect(made.ok && (await resetPassword(world.services, tokenOf(made.link), newPassword))).toMatchObject({
    reason: 'link-expired',
  });
});

test('of several, it is said whose; all are told; nobody else’s account can be chosen', async () => {
  const { world, grants } = await scene();
  await put(world, 'Bo Ek', [{}], { email: 'bo@lindala.example', passwordHash: '$argon2id$x', grants });
  await put(world, 'Vera', [{}], { email: 'vera@lindala.example', passwordHash: '$argon2id$x' });
  expect(await resetAdministrator(world.services, undefined)).toEqual({ ok: false, reason: 'which' });
  expect(await resetAdministrator(world.services, 'vera@lindala.example')).toEqual({ ok: false, reason: 'unknown' });
  expect(await resetAdministrator(world.services, 'Bo@lindala.example')).toMatchObject({ ok: true, whose: 'chosen' });
  await afterTheReply();
  expect(world.mails.map(({ to }) => to).sort()).toEqual(['bo@lindala.example', 'maria@lindala.example']);
});

test('where nobody can sign in as administrator, whoever has the link becomes one', async () => {
  const world = await withOrganisation(testServices());
  await put(world, 'Vera', [{}], { email: 'vera@lindala.example', passwordHash: '$argon2id$x' });
  const made = await resetAdministrator(world.services, undefined);
  if (!made.ok) throw new Error(made.reason);
  expect(made.whose).toBe('first');
  const chosen = { password: goodPassword, language: 'sv', name: 'Maria Ek', email: 'maria@lindala.example' } as const;
  expect(await acceptInvitation(world.services, tokenOf(made.link), chosen)).toMatchObject({ ok: true });
});

test('a first link that nobody has used is replaced, and dead', async () => {
  const world = testServices();
  const first = await ensureFirstAdministrator(world.services);
  if (first === 'waiting' || !first) throw new Error('no link');
  const made = await resetAdministrator(world.services, undefined);
  const chosen = { password: goodPassword, language: 'sv', name: 'Maria Ek', email: 'maria@lindala.example' } as const;
  expect(await acceptInvitation(world.services, first.token, chosen)).toMatchObject({ reason: 'link-replaced' });
  expect(made.ok && (await acceptInvitation(world.services, tokenOf(made.link), chosen))).toMatchObject({ ok: true });
});
