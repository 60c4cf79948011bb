import { describe, expect, test } from 'vitest';
import { treeOf } from '#domain/people/organisation.ts';
import { day, nodeId, pseudonymOf, sampleStaffing } from '../../../tests/contract/sample-documents.ts';
import { type ReviewedLook, type ReviewRules, relationOf, unusualLooks } from './audit-review.ts';

const rules: ReviewRules = {
  manyPeople: 3,
  otherUnits: 2,
  formerStaff: 1,
  refused: 2,
  outsideHours: { from: '06:00', to: '20:00', weekends: true, looks: 2 },
};
const [chief, other] = [pseudonymOf('chief'), pseudonymOf('other')];
const unit = nodeId('north');

/** A Wednesday at noon, of somebody in the own unit. */
const look = (fields: Partial<ReviewedLook> = {}): ReviewedLook => ({
  at: '2026-06-10T10:00:00.000Z',
  day: day('2026-06-10'),
  actor: chief,
  kind: 'person',
  subject: pseudonymOf('anna'),
  places: [unit],
  relation: 'own',
  ...fields,
});
const people = (count: number, fields: Partial<ReviewedLook> = {}) =>
  Array.from({ length: count }, (_, number) => look({ subject: pseudonymOf(`p${number}`), ...fields }));
const kindsOf = (looks: readonly ReviewedLook[]) => unusualLooks(looks, rules).map(({ kind }) => kind);

describe('what is unusual', () => {
  test('is nothing in an ordinary day’s work', () => {
    expect(unusualLooks([...people(2), look({ kind: 'list', subject: undefined })], rules)).toEqual([]);
    expect(unusualLooks([], rules)).toEqual([]);
  });

  test('is many different people in one day, from the number in the rules', () => {
    expect(unusualLooks(people(3), rules)).toEqual([
      { kind: 'many-people', actor: chief, day: '2026-06-10', count: 3, places: [unit] },
    ]);
    expect(kindsOf([...people(2), ...people(2)])).toEqual([]);
  });

  test('counts each day and each one who looks by themselves', () => {
    expect(kindsOf([...people(2), ...people(3, { day: day('2026-06-11') }).slice(2)])).toEqual([]);
    expect(kindsOf([...people(2), ...people(3, { actor: other }).slice(2)])).toEqual([]);
  });

  test('is people of other units, and somebody who has left', () => {
    expect(kindsOf(people(1, { relation: 'other-unit' }))).toEqual([]);
    expect(kindsOf(people(2, { relation: 'other-unit' }))).toEqual(['other-units']);
    expect(kindsOf(people(1, { relation: 'former-staff' }))).toEqual(['former-staff']);
  });

  test('is attempts that were refused, each of them', () => {
    const refused = look({ kind: 'refused', subject: undefined, places: [], relation: undefined });
    expect(kindsOf([refused])).toEqual([]);
    expect(unusualLooks([refused, refused], rules)).toMatchObject([{ kind: 'refused', count: 2, places: [] }]);
  });

  test.for([
    ['early', '2026-06-10T03:59:00.000Z', true],
    ['at six in summer', '2026-06-10T04:00:00.000Z', false],
    ['at six in winter', '2026-12-09T05:00:00.000Z', false],
    ['before eight in the evening', '2026-06-10T17:59:00.000Z', false],
    ['at eight in the evening', '2026-06-10T18:00:00.000Z', true],
    ['on a Saturday', '2026-06-13T10:00:00.000Z', true],
  ] as const)('odd hours: %s', ([, at, isOdd]) => {
    expect(kindsOf([look({ at }), look({ at, kind: 'list' })])).toEqual(isOdd ? ['outside-hours'] : []);
    expect(kindsOf([look({ at })])).toEqual([]);
  });

  test('comes newest day first, with the places once each', () => {
    const [june, may] = [people(3), people(3, { day: day('2026-05-10') })];
    const found = unusualLooks([...may, ...june], rules);
    expect(found.map((one) => [one.day, one.places])).toEqual([
      ['2026-06-10', [unit]],
      ['2026-05-10', [unit]],
    ]);
  });
});

describe('how one stands to who is looked at', () => {
  const at = '2026-01-01T00:00:00.000Z';
  const tree = treeOf({
    id: 'organisation',
    nodes: [
      { id: nodeId('area'), kind: 'department', versions: [{ recordedAt: at, name: 'Area' }] },
      { id: unit, kind: 'unit', versions: [{ recordedAt: at, name: 'Norr', parent: nodeId('area') }] },
      { id: nodeId('south'), kind: 'unit', versions: [{ recordedAt: at, name: 'Söder' }] },
    ],
  });
  const in_ = (id: string, fields = {}) => ({ staffing: [sampleStaffing({ unit: nodeId(id), ...fields })] });
  const relation = (actor: Partial<Parameters<typeof relationOf>[0]>, subject: Parameters<typeof relationOf>[1]) =>
    relationOf({ ...in_('nowhere'), grants: [], ...actor }, subject, day('2026-06-10'), tree);

  test('own: by working in the unit, managing it or managing what it belongs to', () => {
    expect(relation(in_('north'), in_('north'))).toBe('own');
    expect(relation({ grants: [{ role: 'unit-manager', place: unit }] }, in_('north'))).toBe('own');
    expect(relation({ grants: [{ role: 'unit-manager', place: nodeId('area') }] }, in_('north'))).toBe('own');
  });

  test('other unit: also for an administrator who reaches it', () => {
    expect(relation(in_('south'), in_('north'))).toBe('other-unit');
    expect(relation({ grants: [{ role: 'administrator', place: 'everything' }] }, in_('north'))).toBe('other-unit');
    expect(relation(in_('north', { to: '2026-06-09' }), in_('north'))).toBe('other-unit');
  });

  test('former staff: from the day after the last', () => {
    expect(relation(in_('north'), in_('north', { to: '2026-06-09' }))).toBe('former-staff');
    expect(relation(in_('north'), in_('north', { to: '2026-06-10' }))).toBe('own');
  });
});
