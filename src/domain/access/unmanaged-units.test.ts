import { describe, expect, test } from 'vitest';
import { treeOf } from '#domain/people/organisation.ts';
import type { Grant, Person } from '#domain/people/person.ts';
import type { Leave } from '#domain/people/staffing.ts';
import { day, samplePerson } from '../../../tests/contract/sample-documents.ts';
import { awake } from '../../../tests/support/acting.ts';
import { node, smallOrganisation } from '../../../tests/support/small-organisation.ts';
import { nearestWith, unitsWithoutManager } from './unmanaged-units.ts';

const tree = treeOf(smallOrganisation);
const at = '2026-01-01T08:00:00.000Z';

function manager(id: string, grant: Partial<Grant> = {}, to?: string, leaves: readonly Leave[] = []): Person {
  const engagement = { unit: node('north'), category: 'unit-manager', from: day('2026-01-01') } as const;
  return samplePerson(id, {
    createdAt: at,
    grants: [{ role: 'unit-manager', place: node('north'), givenAt: at, ...grant }],
    staffing: [
      { recordedAt: at, engagements: [{ ...engagement, to: to === undefined ? undefined : day(to) }], leaves },
    ],
  });
}
const without = (...granted: readonly Person[]) => {
  const basis = {
    tree,
    date: day('2026-06-10'),
    appointerOf: (pseudonym: string) => granted.find((one) => one.pseudonym === pseudonym),
  };
  return unitsWithoutManager([node('north')], granted, basis, 30)[0]?.from;
};

describe('managers B2: a unit without a manager', () => {
  test('is seen today, and from the day that comes', () => {
    expect(without()).toBe('2026-06-10');
    expect(without(manager('mia'))).toBeUndefined();
    expect(without(manager('mia', {}, '2026-06-09'))).toBe('2026-06-10');
    expect(without(manager('mia', {}, '2026-06-30'))).toBe('2026-07-01');
    expect(without(manager('mia', { to: day('2026-07-10') }))).toBeUndefined();
    expect(without(manager('mia', { to: day('2026-07-09') }))).toBe('2026-07-10');
    expect(without(manager('mia', {}, undefined, [{ from: day('2026-06-20') }]))).toBe('2026-06-20');
  });

  test('is not one where somebody else takes over the day after', () => {
    const leaving = manager('mia', {}, '2026-06-30');
    expect(without(leaving, manager('ny', { from: day('2026-07-01') }))).toBeUndefined();
    expect(without(leaving, manager('ny', { from: day('2026-07-02') }))).toBe('2026-07-01');
  });

  test('is not one while a deputy stands in', () => {
    const away = manager('mia', {}, undefined, [{ from: day('2026-06-01') }]);
    const deputy = { role: 'deputy', by: away.pseudonym, givenAt: '2026-05-01T08:00:00.000Z' } as const;
    expect(
      without(away, manager('vik', { ...deputy, from: day('2026-06-01'), to: day('2026-08-31') })),
    ).toBeUndefined();
    expect(without(away, manager('vik', { ...deputy, from: day('2026-06-01'), to: day('2026-06-12') }))).toBe(
      '2026-06-13',
    );
  });
});

test('the nearest place above with somebody in the role takes over', () => {
  const holding = (id: string, place: string) => ({
    id,
    grants: awake([{ role: 'administrator', place: place as Grant['place'] }]),
  });
  const [all, committee, department] = [
    holding('all', 'everything'),
    holding('care', 'care'),
    holding('hc', 'home-care'),
  ];
  const nearest = (unit: string, ...people: readonly ReturnType<typeof holding>[]) =>
    nearestWith('administrator', node(unit), people, tree).map(({ id }) => id);
  expect(nearest('north', all, committee, department)).toEqual(['hc']);
  expect(nearest('elderly', all, committee, department)).toEqual(['care']);
  expect(nearest('school-unit', all, committee, department)).toEqual(['all']);
  expect(nearest('school-unit', committee)).toEqual([]);
});
