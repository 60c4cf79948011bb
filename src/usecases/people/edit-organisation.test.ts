import { expect, test } from 'vitest';
import type { CalendarDate } from '#domain/kernel/ids.ts';
import { treeOf } from '#domain/people/organisation.ts';
import { administrator, logOf, node, put, withOrganisation } from '../../../tests/support/small-organisation.ts';
import { type TestWorld, testServices } from '../../../tests/support/test-services.ts';
import { editOrganisation } from './edit-organisation.ts';

const treeIn = async ({ services }: TestWorld) => treeOf(await services.store.organisation.get());

async function scene() {
  const world = await withOrganisation(testServices());
  const care = await administrator(world, 'care');
  const all = await administrator(world, 'everything');
  return { world, care, all };
}

test('a place is added, renamed, moved and removed, each once in the log', async () => {
  const { world, care } = await scene();
  const place = { kind: 'unit', name: 'Björken', parent: node('home-care') } as const;
  expect(await editOrganisation(world.services, care, { kind: 'add', place })).toEqual({ ok: true });
  const made = (await treeIn(world)).places.find(({ name }) => name === 'Björken');
  if (!made) throw new Error('not added');
  const moved = { kind: 'change', id: made.id, name: 'Linden', parent: node('care') } as const;
  expect(await editOrganisation(world.services, care, moved)).toEqual({ ok: true });
  expect((await treeIn(world)).get(made.id)).toMatchObject({ name: 'Linden', parent: 'care' });
  expect(await editOrganisation(world.services, care, { kind: 'remove', id: made.id })).toEqual({ ok: true });
  expect((await treeIn(world)).get(made.id)).toBeUndefined();
  expect((await logOf(world, care.pseudonym)).map(({ action }) => action)).toEqual(Array(3).fill('edit-organisation'));
});

test('an administrator of a committee changes what is below it, and neither it nor another', async () => {
  const { world, care } = await scene();
  const before = await world.services.store.organisation.get();
  for (const change of [
    { kind: 'change', id: node('care'), name: 'Annan nämnd' },
    { kind: 'remove', id: node('school-unit') },
    { kind: 'change', id: node('north'), name: 'Norr', parent: node('school') },
    { kind: 'add', place: { kind: 'unit', name: 'Ny', parent: node('school') } },
    { kind: 'add', place: { kind: 'committee', name: 'Ny nämnd' } },
  ] as const) {
    expect(await editOrganisation(world.services, care, change)).toEqual({ ok: false, reason: 'place-unknown' });
  }
  expect(await world.services.store.organisation.get()).toEqual(before);
  expect((await logOf(world, care.pseudonym)).map(({ action }) => action)).toEqual(Array(5).fill('refused'));
});

test('loops, kinds, names, codes and units with people are refused, and nothing is changed or logged', async () => {
  const { world, all } = await scene();
  await put(world, 'Anna Öberg', [{ unit: node('north') }]);
  const before = await world.services.store.organisation.get();
  const cases = [
    ['place-loop', { kind: 'change', id: node('home-care'), name: 'Hemtjänst', parent: node('home-care') }],
    ['place-kind', { kind: 'change', id: node('north'), name: 'Norr', parent: node('south') }],
    ['place-has-people', { kind: 'remove', id: node('north') }],
    ['place-has-places', { kind: 'remove', id: node('home-care') }],
    ['place-name-taken', { kind: 'change', id: node('north'), name: 'Söder', parent: node('home-care') }],
    ['place-code-taken', { kind: 'add', place: { kind: 'unit', name: 'Ny', code: 'H1', parent: node('care') } }],
  ] as const;
  for (const [reason, change] of cases) {
    expect(await editOrganisation(world.services, all, change)).toEqual({ ok: false, reason });
  }
  expect(await world.services.store.organisation.get()).toEqual(before);
  expect(await logOf(world, all.pseudonym)).toEqual([]);
});

test('a unit that people have left can be removed', async () => {
  const { world, all } = await scene();
  await put(world, 'Anna Öberg', [{ unit: node('north'), from: day('2020-01-01'), to: day('2026-06-09') }]);
  expect(await editOrganisation(world.services, all, { kind: 'remove', id: node('north') })).toEqual({ ok: true });
});

function day(date: string): CalendarDate {
  return date as CalendarDate;
}
