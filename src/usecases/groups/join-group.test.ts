import { describe, expect, test } from 'vitest';
import type { Group } from '#domain/groups/group.ts';
import type { Person } from '#domain/people/person.ts';
import { signInWithCode } from '#usecases/account/sign-in.ts';
import { day, sampleGroup, samplePerson } from '../../../tests/contract/sample-documents.ts';
import { acting } from '../../../tests/support/acting.ts';
import { wanted } from '../../../tests/support/group-world.ts';
import { testServices } from '../../../tests/support/test-services.ts';
import { closeGroup } from './close-group.ts';
import { createGroup } from './create-group.ts';
import { findGroup, joinGroup, type Wanted } from './join-group.ts';
import { newTicket } from './join-ticket.ts';

const address = '10.0.0.1';
const device = 'DEVICE';

async function openGroup(fields: Partial<Group> = {}) {
  const world = testServices();
  const group = sampleGroup('g', { code: 'AB12CD34', ...fields });
  await world.services.store.groups.create(group);
  const form = () => ({ ticket: newTicket(world.services, group, device), device });
  const join = (more: Partial<Wanted> = {}) =>
    joinGroup(world.services, group, { ...wanted, name: 'Åsa Öberg', ...form(), ...more });
  const members = () => world.services.store.people.findByGroup(group.id);
  return { ...world, group, form, join, members };
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
    const { form, join, members } = await openGroup();
    const sent = form();
    const [first, again] = [await join(sent), await join(sent)];
    expect(first.ok && again.ok && first.code === again.code).toBe(true);
    expect(await members()).toHaveLength(1);
  });

  test('twenty times at once with the same form makes one person and one code', async () => {
    const { form, join, members } = await openGroup();
    const sent = form();
    const results = await Promise.all(Array.from({ length: 20 }, () => join(sent)));
    expect(new Set(results.map((result) => (result.ok ? result.code : result.reason))).size).toBe(1);
    expect(results[0]?.ok).toBe(true);
    expect(await members()).toHaveLength(1);
  });

  test('with forms of one’s own gives each a code of their own', async () => {
    const { join } = await openGroup();
    const results = [await join(), await join(), await join()];
    expect(new Set(results.map((result) => (result.ok ? result.code : ''))).size).toBe(3);
  });

  test('with the form of one group opens no other', async () => {
    const { services, group, form } = await openGroup();
    const other = { ...group, ...sampleGroup('h') };
    await services.store.groups.create(other);
    const there = await joinGroup(services, other, { ...wanted, name: 'Åsa Öberg', ...form() });
    expect(there).toEqual({ ok: false, reason: 'form-too-old' });
    expect(await services.store.people.count()).toBe(0);
  });

  test('security F8: with a ticket of one’s own making is refused', async () => {
    const { join, members } = await openGroup();
    expect(await join({ ticket: '0'.repeat(26) })).toEqual({ ok: false, reason: 'form-too-old' });
    expect(await join({ ticket: '0'.repeat(61) })).toEqual({ ok: false, reason: 'form-too-old' });
    expect(await members()).toEqual([]);
  });

  test('security F8: with a ticket that has been changed in any letter is refused', async () => {
    const { form, join, members } = await openGroup();
    const { ticket } = form();
    for (let place = 0; place < ticket.length; place++) {
      const changed = ticket.slice(0, place) + (ticket[place] === '0' ? '1' : '0') + ticket.slice(place + 1);
      expect((await join({ ticket: changed })).ok).toBe(false);
    }
    expect(await members()).toEqual([]);
  });

  test('security F8: with a form that has stood open for half an hour is refused, and that makes nobody', async () => {
    const { form, join, members, pass } = await openGroup();
    const sent = form();
    pass({ minutes: 29 });
    expect((await join(sent)).ok).toBe(true);
    pass({ minutes: 1 });
    expect(await join(sent)).toEqual({ ok: false, reason: 'form-too-old' });
    expect(await members()).toHaveLength(1);
  });

  test('bugs F2: with a form that another device asked for opens nothing, used or not', async () => {
    const { form, join, members } = await openGroup();
    const sent = form();
    expect(await join({ ...sent, device: 'OTHER' })).toEqual({ ok: false, reason: 'form-too-old' });
    await join(sent);
    expect(await join({ ...sent, device: 'OTHER' })).toEqual({ ok: false, reason: 'form-too-old' });
    expect(await members()).toHaveLength(1);
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
    expect(await join({ ticket })).toEqual({ ok: false, reason: 'form-too-old' });
    expect(await members()).toEqual([]);
  });
});

describe('learners S1: who may have joined before is asked', () => {
  const ask = { isNew: false };

  test.each(['Åsa Öberg', 'asa oberg', 'Öberg Åsa', 'Åsa Öbergh'])('Åsa Öberg, who writes %s', async (name) => {
    const { join, members } = await openGroup();
    await join();
    expect(await join({ ...ask, name })).toEqual({ ok: false, reason: 'joined-before' });
    expect(await members()).toHaveLength(1);
    expect((await join({ name })).ok).toBe(true);
    expect(await members()).toHaveLength(2);
  });

  test('but nobody whose name is another', async () => {
    const { join } = await openGroup();
    await join();
    expect((await join({ ...ask, name: 'Amina Hassan' })).ok).toBe(true);
  });

  test('and a form sent twice asks nobody', async () => {
    const { form, join } = await openGroup();
    const sent = { ...ask, ...form() };
    expect([(await join(sent)).ok, (await join(sent)).ok]).toEqual([true, true]);
  });

  test('decision 0026: nobody is asked because of a protected person', async () => {
    const { services, join, members } = await openGroup();
    await join();
    const [{ id }] = (await members()) as [Person];
    await services.store.people.update(id, (person) => ({ save: { ...person, protectedIdentity: true }, result: 0 }));
    expect((await join({ ...ask })).ok).toBe(true);
  });

  test('decision 0026: ten names are told apart from one network, and then everybody there is asked', async () => {
    const { join, pass } = await openGroup({ size: 400 });
    await join();
    for (let guess = 0; guess < 10; guess++) expect((await join(ask)).ok).toBe(false);
    expect(await join({ ...ask, name: 'Amina Hassan' })).toEqual({ ok: false, reason: 'joined-before' });
    expect((await join({ ...ask, name: 'Amina Hassan', address: '10.0.0.2' })).ok).toBe(true);
    pass({ minutes: 60 });
    expect((await join({ ...ask, name: 'Bo Ek' })).ok).toBe(true);
  });
});

test('security F8: a program fills no group from one network in a moment, and others go on', async () => {
  const { join, members, pass } = await openGroup({ size: 500 });
  for (let place = 0; place < 60; place++) expect((await join()).ok).toBe(true);
  expect(await join()).toEqual({ ok: false, reason: 'too-many-joins', until: '2026-06-10T12:01:00.000Z' });
  expect(await members()).toHaveLength(60);
  expect((await join({ address: '10.0.0.2' })).ok).toBe(true);
  pass({ minutes: 1 });
  expect((await join()).ok).toBe(true);
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
    const { services, group, form, join, pass } = await openGroup({ size: 1, lastDay: day('2026-06-10') });
    pass({ minutes: 9 * 60 + 50 });
    const sent = form();
    const first = await join(sent);
    await closeGroup(services, await acting(services, samplePerson('manager')), group);
    pass({ minutes: 15 });
    const again = await join(sent);
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
    const { services, group, form } = await openGroup();
    await closeGroup(services, await acting(services, samplePerson('manager')), group);
    const found = await findGroup(services, group.code, address);
    const refused = found.ok && (await joinGroup(services, found.group, { ...wanted, name: 'Åsa', ...form() }));
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
