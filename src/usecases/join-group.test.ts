import { describe, expect, test } from 'vitest';
import type { Group } from '#domain/person.ts';
import { day, sampleGroup, samplePerson } from '../../tests/contract/sample-documents.ts';
import { acting } from '../../tests/support/acting.ts';
import { testServices } from '../../tests/support/test-services.ts';
import { closeGroup } from './close-group.ts';
import { createGroup } from './create-group.ts';
import { findGroup, joinGroup, newTicket } from './join-group.ts';
import { signInWithCode } from './sign-in.ts';

const address = '10.0.0.1';

async function openGroup(fields: Partial<Group> = {}) {
  const world = testServices();
  const group = sampleGroup('g', { code: 'AB12CD34', ...fields });
  await world.services.store.groups.create(group);
  const join = (ticket = newTicket(world.services), name = 'Åsa Öberg') =>
    joinGroup(world.services, group, { name, ticket, language: 'sv' });
  const members = () => world.services.store.people.findByGroup(group.id);
  return { ...world, group, join, members };
}

describe('joining a group', () => {
  test('makes a participant of the group’s track, to its last day, with the name they gave themselves', async () => {
    const { signedIn, group, join } = await openGroup();
    const joined = await join();
    expect(joined.ok && (await signedIn(joined.cookie))).toMatchObject({
      name: 'Åsa Öberg',
      nameGivenBy: 'self',
      groupId: group.id,
      grants: [],
      staffing: [{ engagements: [{ category: 'summer-worker', from: '2026-06-10', to: '2026-07-05' }], leaves: [] }],
    });
  });

  test('gives a code of five words that opens the same account elsewhere', async () => {
    const { services, signedIn, join, members } = await openGroup();
    const joined = await join();
    const code = joined.ok ? joined.code : '';
    expect(code.split(' ')).toHaveLength(5);
    const elsewhere = await signInWithCode(services, { code, address });
    expect(elsewhere.ok && (await signedIn(elsewhere.cookie))?.id).toBe((await members())[0]?.id);
  });

  test('twice with the same form makes one person and shows the same code', async () => {
    const { services, join, members } = await openGroup();
    const ticket = newTicket(services);
    const [first, again] = [await join(ticket), await join(ticket)];
    expect(first.ok && again.ok && first.code === again.code).toBe(true);
    expect(await members()).toHaveLength(1);
  });

  test('twenty times at once with the same form makes one person and one code', async () => {
    const { services, join, members } = await openGroup();
    const ticket = newTicket(services);
    const results = await Promise.all(Array.from({ length: 20 }, () => join(ticket)));
    expect(new Set(results.map((result) => (result.ok ? result.code : result.reason))).size).toBe(1);
    expect(results[0]?.ok).toBe(true);
    expect(await members()).toHaveLength(1);
  });

  test('with forms of one’s own gives each a code of their own', async () => {
    const { join } = await openGroup();
    const results = [await join(), await join(), await join()];
    expect(new Set(results.map((result) => (result.ok ? result.code : ''))).size).toBe(3);
  });

  test('with the same ticket in two groups makes two people', async () => {
    const { services, group, join } = await openGroup();
    const other = { ...group, ...sampleGroup('h') };
    await services.store.groups.create(other);
    const ticket = newTicket(services);
    const [here, there] = [
      await join(ticket),
      await joinGroup(services, other, { name: 'Åsa Öberg', ticket, language: 'sv' }),
    ];
    expect(here.ok && there.ok && here.code !== there.code).toBe(true);
    expect(await services.store.people.count()).toBe(2);
  });

  test.for([
    '',
    'ABC',
    'ABCDEFGHIJKLMNOPQRSTUVWXY',
    'abcdefghijklmnopqrstuvwxyz',
    '../../../../../etc/passwd',
    'A'.repeat(27),
  ])('with the ticket “%s”, which no form of ours has, is refused', async (ticket) => {
    const { join, members } = await openGroup();
    expect(await join(ticket)).toEqual({ ok: false, reason: 'form-too-old' });
    expect(await members()).toEqual([]);
  });
});

describe('a group', () => {
  test('takes no more than it has places for', async () => {
    const { join, members } = await openGroup({ size: 2 });
    expect([(await join()).ok, (await join()).ok]).toEqual([true, true]);
    expect(await join()).toEqual({ ok: false, reason: 'group-full' });
    expect(await members()).toHaveLength(2);
  });

  test('takes no more than it has places for when twenty come at once', async () => {
    const { join, members } = await openGroup({ size: 5 });
    const results = await Promise.all(Array.from({ length: 20 }, () => join()));
    expect(await members()).toHaveLength(5);
    expect(results.filter(({ ok }) => ok)).toHaveLength(5);
    expect(results.filter(({ ok }) => !ok)).toEqual(Array(15).fill({ ok: false, reason: 'group-full' }));
  });

  test('that is full, closed or over still knows those who have joined', async () => {
    const { services, group, join, pass } = await openGroup({ size: 1 });
    const ticket = newTicket(services);
    const first = await join(ticket);
    await closeGroup(services, await acting(services, samplePerson('manager')), group);
    pass({ minutes: 365 * 24 * 60 });
    const again = await join(ticket);
    expect(first.ok && again.ok && first.code === again.code).toBe(true);
  });

  test('can be joined through its last day, by the date in Stockholm', async () => {
    const { join, pass } = await openGroup({ lastDay: day('2026-06-10') });
    pass({ minutes: 9.5 * 60 });
    expect((await join()).ok).toBe(true);
    pass({ minutes: 30 });
    expect(await join()).toEqual({ ok: false, reason: 'group-ended' });
  });

  test('that has been closed takes nobody', async () => {
    const { services, group } = await openGroup();
    await closeGroup(services, await acting(services, samplePerson('manager')), group);
    const found = await findGroup(services, group.code, address);
    const refused =
      found.ok &&
      (await joinGroup(services, found.group, { name: 'Åsa', ticket: newTicket(services), language: 'sv' }));
    expect(refused).toEqual({ ok: false, reason: 'group-closed' });
  });

  test('stays closed from the moment it was first closed', async () => {
    const { services, group, pass } = await openGroup();
    await closeGroup(services, await acting(services, samplePerson('manager')), group);
    const first = await services.store.groups.get(group.id);
    pass({ minutes: 5 });
    await closeGroup(services, await acting(services, samplePerson('manager')), group);
    expect(await services.store.groups.get(group.id)).toEqual(first);
  });
});

describe('looking a group up', () => {
  test('finds it however its code is typed', async () => {
    const { services } = testServices();
    const wanted = { name: 'Feriearbetare', category: 'summer-worker', lastDay: day('2026-07-05'), size: 20 } as const;
    const grants = [{ role: 'administrator', place: 'everything' }] as const;
    const administrator = await acting(services, samplePerson('admin', { grants }));
    const group = await createGroup(services, administrator, wanted);
    if (!group) throw new Error('no group was made');
    expect(group.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    for (const typed of [group.code, group.code.toLowerCase(), `${group.code.slice(0, 4)} - ${group.code.slice(4)} `]) {
      expect(await findGroup(services, typed, address)).toEqual({ ok: true, group });
    }
  });

  test('changes nothing', async () => {
    const { services, group, members } = await openGroup();
    for (let look = 0; look < 5; look++) await findGroup(services, group.code, address);
    expect(await members()).toEqual([]);
    expect(await services.store.groups.get(group.id)).toEqual(group);
  });

  test('by guessing is stopped for that network address, not for others', async () => {
    const { services, group } = await openGroup();
    for (let guess = 0; guess < 200; guess++) {
      expect(await findGroup(services, `GISS${guess}`, address)).toEqual({ ok: false, reason: 'group-unknown' });
    }
    expect(await findGroup(services, group.code, address)).toEqual({
      ok: false,
      reason: 'too-many-tries',
      until: '2026-06-10T12:15:00.000Z',
    });
    expect((await findGroup(services, group.code, '10.0.0.2')).ok).toBe(true);
  });
});
