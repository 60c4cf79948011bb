import { expect, test, vi } from 'vitest';
import { employee, goodPassword, testServices } from '../../tests/support/test-services.ts';
import { acceptInvitation, findInvitation } from './accept-invitation.ts';
import { ensureFirstAdministrator } from './ensure-first-administrator.ts';

// Hashing passwords is slow on purpose, and more so on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const maria = { password: goodPassword, language: 'sv', name: 'Maria Ek', email: 'maria@lindala.example' } as const;

test('until its link is used, each start prints a new one and the old one is dead', async () => {
  const world = testServices();
  const first = (await ensureFirstAdministrator(world.services)) ?? '';
  const second = (await ensureFirstAdministrator(world.services)) ?? '';
  expect(await findInvitation(world.services, first)).toBeUndefined();
  expect(await findInvitation(world.services, second)).toMatchObject({ state: 'open' });
  expect(await world.services.store.people.count()).toBe(1);
});

test('a link that expired is replaced at the next start', async () => {
  const world = testServices();
  await ensureFirstAdministrator(world.services);
  world.pass({ minutes: 15 * 24 * 60 });
  const token = (await ensureFirstAdministrator(world.services)) ?? '';
  expect((await acceptInvitation(world.services, token, maria)).ok).toBe(true);
});

test('with an administrator there, no start prints a link', async () => {
  const world = testServices();
  await acceptInvitation(world.services, (await ensureFirstAdministrator(world.services)) ?? '', maria);
  expect(await ensureFirstAdministrator(world.services)).toBeUndefined();
});

test('a folder with people in it gets no new administrator by itself', async () => {
  const world = testServices();
  await employee(world);
  expect(await ensureFirstAdministrator(world.services)).toBeUndefined();
});
