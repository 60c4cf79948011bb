import { describe, expect, test } from 'vitest';
import { at, day, groupId, nodeId, sampleGroup } from '../../../tests/contract/sample-documents.ts';
import { groupWorld } from '../../../tests/support/group-world.ts';
import { closeGroup } from './close-group.ts';
import { createGroup } from './create-group.ts';
import { openGroup, openMembers, openUnitGroups } from './open-group.ts';

describe('a group', () => {
  test.each([
    ['the manager of its unit', 'unit-manager', 'north', true],
    ['an administrator of its committee', 'administrator', 'social', true],
    ['an administrator of everything', 'administrator', 'everything', true],
    ['the manager of another unit', 'unit-manager', 'south', false],
    ['an administrator of another committee', 'administrator', 'elderly', false],
    ['the head of its department', 'department-head', 'home-care', false],
  ] as const)('and %s', async (_who, role, place, isOpened) => {
    const { services, withGrant, group, entries } = await groupWorld();
    const actor = await withGrant('actor', role, place);
    const opened = await openGroup(services, actor, group.id);
    expect(opened?.group.id).toBe(isOpened ? group.id : undefined);
    const refused = { actor: actor.pseudonym, action: 'refused', place: 'north' };
    expect(await entries()).toEqual(isOpened ? [] : [refused]);
  });

  test.each([
    ['unit-manager', 'north', false],
    ['administrator', 'social', false],
    ['administrator', 'everything', true],
  ] as const)(
    'without a unit is not for %s at %s but for whose right holds everywhere',
    async (role, place, isOpened) => {
      const { services, withGrant, group } = await groupWorld({ unit: undefined });
      const actor = await withGrant('actor', role, place);
      expect((await openGroup(services, actor, group.id)) !== undefined).toBe(isOpened);
    },
  );

  test('that is not there is refused in the same way, and logged', async () => {
    const { services, manager, entries } = await groupWorld();
    expect(await openGroup(services, manager, '../x')).toBeUndefined();
    expect((await entries()).map(({ action }) => action)).toEqual(['refused']);
  });
});

describe('who is in a group', () => {
  test('is shown oldest first, by one entry that names the unit’s list', async () => {
    const { services, manager, group, join, pass, entries } = await groupWorld();
    const one = await join('Åsa Öberg');
    pass({ minutes: 1 });
    const other = await join('Bo Ek');
    const opened = await openMembers(services, manager, { group, place: undefined });
    expect(opened.members.map(({ person, mayName }) => [person.id, mayName])).toEqual([
      [one.id, true],
      [other.id, true],
    ]);
    expect(await entries()).toEqual([{ actor: manager.pseudonym, action: 'open-list', place: 'north' }]);
  });

  test('is logged for each person where there is no unit whose list it could be', async () => {
    const { services, withGrant, group, join, person, entries } = await groupWorld({ unit: undefined });
    const { id } = await join('Åsa Öberg');
    const administrator = await withGrant('admin', 'administrator', 'everything');
    await openMembers(services, administrator, { group, place: undefined });
    const { pseudonym: subject } = await person(id);
    expect(await entries()).toEqual([{ actor: administrator.pseudonym, action: 'open-list', subject }]);
  });

  test('is hidden from the manager when the work is over, and counted', async () => {
    const { services, manager, group, join, pass } = await groupWorld();
    await join('Åsa Öberg');
    pass({ minutes: 60 * 24 * 60 });
    expect(await openMembers(services, manager, { group, place: undefined })).toEqual({ members: [], hidden: 1 });
  });

  test('may not be named where the identity is protected', async () => {
    const { services, manager, group, join } = await groupWorld();
    const { id } = await join('Åsa Öberg');
    await services.store.people.update(id, (one) => ({ save: { ...one, protectedIdentity: true }, result: undefined }));
    const { members } = await openMembers(services, manager, { group, place: undefined });
    expect(members.map(({ mayName }) => mayName)).toEqual([false]);
  });
});

describe('the groups of a unit', () => {
  const wanted = { name: 'Feriearbetare', category: 'summer-worker', lastDay: day('2026-07-05'), size: 20 } as const;

  test('come newest first, open before ended before closed, with how many have joined', async () => {
    const { services, manager, group, join } = await groupWorld();
    const { groups } = services.store;
    const unit = nodeId('north');
    await groups.create(sampleGroup('newer', { unit, createdAt: at(5) }));
    await groups.create(sampleGroup('ended', { unit, createdAt: at(6), lastDay: day('2026-06-09') }));
    await groups.create(sampleGroup('closed', { unit, createdAt: at(7), closedAt: at(8) }));
    await groups.create(sampleGroup('elsewhere', { unit: nodeId('south') }));
    await join('Åsa Öberg');
    const opened = await openUnitGroups(services, manager, 'north');
    expect(opened?.groups.map((one) => [one.group.id, one.joined])).toEqual([
      [groupId('newer'), 0],
      [group.id, 1],
      [groupId('ended'), 0],
      [groupId('closed'), 0],
    ]);
  });

  test.each(['south', 'oak', 'home-care', 'social', 'nowhere'])('%s is not theirs, or no unit', async (place) => {
    const { services, manager } = await groupWorld();
    expect(await openUnitGroups(services, manager, place)).toBeUndefined();
  });

  test('are made by its manager, in the log, and closed for new people', async () => {
    const { services, manager, entries } = await groupWorld();
    const made = await createGroup(services, manager, { ...wanted, unit: nodeId('north') });
    expect(made).toMatchObject({ ...wanted, unit: 'north', createdBy: manager.pseudonym, seats: [] });
    if (made) await closeGroup(services, manager, made);
    expect((await services.store.groups.get(groupId(made?.id ?? '')))?.closedAt).toBe('2026-06-10T12:00:00.000Z');
    expect((await entries()).map(({ action, place }) => [action, place])).toEqual([
      ['make-group', 'north'],
      ['close-group', 'north'],
    ]);
  });

  test.each([nodeId('south'), nodeId('home-care'), nodeId('nowhere'), undefined])(
    'are not made for %s by the manager of another unit',
    async (unit) => {
      const { services, manager, entries } = await groupWorld();
      const before = await services.store.groups.list();
      expect(await createGroup(services, manager, { ...wanted, unit })).toBeUndefined();
      expect(await services.store.groups.list()).toEqual(before);
      expect((await entries()).map(({ action }) => action)).toEqual(['refused']);
    },
  );
});
