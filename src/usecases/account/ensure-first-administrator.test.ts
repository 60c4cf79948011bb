import { expect, test, vi } from 'vitest';
import { invitationMinutes } from '#domain/account/sent-link.ts';
import { addMinutes } from '#domain/kernel/calendar.ts';
import { employee, goodPassword, testServices } from '../../../tests/support/test-services.ts';
import { acceptInvitation, findInvitation } from './accept-invitation.ts';
import { ensureFirstAdministrator } from './ensure-first-administrator.ts';

// Hashing passwords is slow on purpose, and more so on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const maria = { password: goodPassword, language: 'sv', name: 'Maria Ek', email: 'maria@lindala.example' } as const;

async function firstToken(world: ReturnType<typeof testServices>): Promise<string> {
  const first = await ensureFirstAdministrator(world.services);
  if (first === undefined || first === 'waiting') throw new Error('no link was made');
  return first.token;
}

test('security F18: the first start shows a link, and no later one; it goes on being good', async () => {
  const world = testServices();
  const token = await firstToken(world);
  expect(await ensureFirstAdministrator(world.services)).toBe('waiting');
  expect(await findInvitation(world.services, token)).toMatchObject({ state: 'open' });
  expect(await world.services.store.people.count()).toBe(1);
});

test('with an administrator there, no start says anything', async () => {
  const world = testServices();
  await acceptInvitation(world.services, await firstToken(world), maria);
  expect(await ensureFirstAdministrator(world.services)).toBeUndefined();
});

test('a folder with people in it gets no new administrator by itself', async () => {
  const world = testServices();
  await employee(world);
  expect(await ensureFirstAdministrator(world.services)).toBeUndefined();
});

test('is invited to what there is to do: the invitation is of the moment when the work is recorded, however fast the clock goes', async () => {
  const world = testServices();
  let ticks = world.services.clock().getTime();
  const clock = () => new Date(ticks++);
  await ensureFirstAdministrator({ ...world.services, clock });
  const [first] = await world.services.store.people.list({ limit: 1 });
  expect(first?.invitation?.expiresAt).toBe(addMinutes(first?.staffing[0]?.recordedAt ?? '', invitationMinutes));
});
