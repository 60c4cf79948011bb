import { describe, expect, test } from 'vitest';
import type { CalendarDate, PersonId } from '#domain/kernel/ids.ts';
import { currentStaffing } from '#domain/people/staffing.ts';
import { engagementKey } from '#domain/people/staffing-change.ts';
import {
  administrator,
  justNow,
  logOf,
  node,
  put,
  withOrganisation,
} from '../../../tests/support/small-organisation.ts';
import { afterTheReply, testServices } from '../../../tests/support/test-services.ts';
import {
  administeredPerson,
  changeContact,
  changeStaffing,
  inviteAgainAs,
  inviteAs,
  protectIdentity,
} from './administer-person.ts';

const day = (date: string) => date as CalendarDate;
const from = day('2026-01-01');

async function scene() {
  const world = await withOrganisation(testServices());
  return {
    world,
    care: await administrator(world, 'care'),
    all: await administrator(world, 'everything', { seesProtected: true }),
    both: await put(world, 'Bo Båda', [
      { unit: node('north'), from },
      { unit: node('school-unit'), from },
    ]),
    pupil: await put(world, 'Siv Skola', [{ unit: node('school-unit'), from }]),
  };
}

test('an administrator of one committee sees and moves the work there, and the rest stays untouched', async () => {
  const { world, care, both } = await scene();
  const shown = await administeredPerson(world.services, care, both.id);
  expect(shown?.staffing.engagements.map(({ unit }) => unit)).toEqual(['north']);
  const [here, there] = currentStaffing(both).engagements;
  if (!here || !there) throw new Error('two engagements were put');
  const move = { kind: 'move', unit: node('south'), from: day('2026-07-01') } as const;
  expect(await changeStaffing(world.services, care, both.id, { ...move, engagement: engagementKey(here) })).toEqual({
    ok: true,
  });
  const after = await world.person(both.id);
  expect(after.staffing).toHaveLength(2);
  expect(after.staffing[0]).toEqual(both.staffing[0]);
  expect(currentStaffing(after).engagements).toEqual([
    { ...here, to: '2026-06-30' },
    { ...here, unit: 'south', from: '2026-07-01' },
    there,
  ]);
  expect(await changeStaffing(world.services, care, both.id, { ...move, engagement: engagementKey(there) })).toEqual({
    ok: false,
    reason: 'engagement-unknown',
  });
  expect(await world.person(both.id)).toEqual(after);
});

test('nobody is placed in another committee, or in none, by who is not given everything', async () => {
  const { world, care, both, all } = await scene();
  const add = (unit: string | undefined) => ({
    kind: 'add' as const,
    engagement: { unit: unit === undefined ? undefined : node(unit), category: 'new-employee' as const, from },
  });
  for (const unit of ['school-unit', 'care', 'no-such', undefined]) {
    expect(await changeStaffing(world.services, care, both.id, add(unit))).toEqual({
      ok: false,
      reason: 'place-unknown',
    });
  }
  expect(await changeStaffing(world.services, all, both.id, add(undefined))).toEqual({ ok: true });
});

test('another committee’s people are answered as those who do not exist, and each try is in the log', async () => {
  const { world, care, pupil } = await scene();
  const leave = { kind: 'leave', leave: { from } } as const;
  for (const id of [pupil.id, 'NOBODY' as PersonId]) {
    expect(await administeredPerson(world.services, care, id)).toBeUndefined();
    expect(await changeStaffing(world.services, care, id, leave)).toEqual({ ok: false, reason: 'not-found' });
    expect(await inviteAgainAs(world.services, care, id)).toEqual({ ok: false, reason: 'not-found' });
  }
  expect((await logOf(world, care.pseudonym)).map(({ action }) => action)).toEqual(Array(6).fill('refused'));
});

describe('an address', () => {
  test('that somebody else has is refused, and nothing changes', async () => {
    const { world, all, both, pupil } = await scene();
    const contact = { name: 'Bo Båda', email: 'bo@lindala.example', employmentNumber: '007' };
    expect(await changeContact(world.services, justNow(world, all), both.id, contact)).toEqual({ ok: true });
    const taken = { name: 'Siv', email: 'bo@lindala.example', employmentNumber: undefined };
    expect(await changeContact(world.services, justNow(world, all), pupil.id, taken)).toEqual({
      ok: false,
      reason: 'email-taken',
    });
    const number = { name: 'Siv', email: undefined, employmentNumber: '007' };
    expect(await changeContact(world.services, justNow(world, all), pupil.id, number)).toEqual({
      ok: false,
      reason: 'employment-number-taken',
    });
    expect(await world.person(pupil.id)).toEqual(pupil);
  });

  test('that is another makes links to the old one worthless, and who has not come yet gets a new one', async () => {
    const { world, all } = await scene();
    const invitee = {
      name: 'Ny Nilsson',
      email: 'fel@lindala.example',
      category: 'new-employee',
      to: undefined,
    } as const;
    expect(await inviteAs(world.services, all, invitee)).toMatchObject({ ok: true });
    await afterTheReply();
    const invited = await world.services.store.people.findByEmail('fel@lindala.example');
    if (!invited) throw new Error('not invited');
    const contact = { name: 'Ny Nilsson', email: 'ratt@lindala.example', employmentNumber: undefined };
    await changeContact(world.services, justNow(world, all), invited.id, contact);
    const renewed = await world.person(invited.id);
    expect(renewed.invitation?.tokenHash).not.toBe(invited.invitation?.tokenHash);
    await afterTheReply();
    expect(world.mails.at(-1)?.to).toBe('ratt@lindala.example');
  });
});

test('who is invited gets a unit and a first day; into another committee nobody is', async () => {
  const { world, care } = await scene();
  const invitee = { name: 'Ny Nilsson', category: 'new-employee', from: day('2026-07-01'), to: undefined } as const;
  const there = { ...invitee, email: 'ny@lindala.example', unit: node('school-unit') };
  expect(await inviteAs(world.services, care, there)).toEqual({ ok: false, reason: 'place-unknown' });
  expect(await inviteAs(world.services, care, { ...there, unit: node('north') })).toMatchObject({ ok: true });
  const invited = await world.services.store.people.findByEmail('ny@lindala.example');
  expect(invited && currentStaffing(invited).engagements).toEqual([
    { unit: 'north', category: 'new-employee', from: '2026-07-01' },
  ]);
});

test('protected identity is decided by who is named for it, and hides the name and the address from others', async () => {
  const { world, care, all, both } = await scene();
  expect(await protectIdentity(world.services, care, both.id, true)).toEqual({ ok: false, reason: 'not-found' });
  expect(await protectIdentity(world.services, all, both.id, true)).toEqual({ ok: true });
  expect((await administeredPerson(world.services, care, both.id))?.mayName).toBe(false);
  const contact = { name: 'Annat Namn', email: undefined, employmentNumber: undefined };
  expect(await changeContact(world.services, justNow(world, care), both.id, contact)).toEqual({
    ok: false,
    reason: 'not-found',
  });
  expect(await protectIdentity(world.services, care, both.id, false)).toEqual({ ok: false, reason: 'not-found' });
  expect((await world.person(both.id)).protectedIdentity).toBe(true);
  expect(await protectIdentity(world.services, all, both.id, false)).toEqual({ ok: true });
  expect((await world.person(both.id)).protectedIdentity).toBeUndefined();
});
