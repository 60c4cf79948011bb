import { expect, test } from 'vitest';
import { day, sampleGroup } from '../../tests/contract/sample-documents.ts';
import { displayGroupCode, refuseJoin } from './group.ts';

const group = sampleGroup('g', { lastDay: day('2026-06-26'), size: 20 });
const midsummer = new Date('2026-06-10T12:00:00Z');

test('one may join until the group is full', () => {
  expect(refuseJoin(group, 0, midsummer)).toBeUndefined();
  expect(refuseJoin(group, 19, midsummer)).toBeUndefined();
  expect(refuseJoin(group, 20, midsummer)).toBe('group-full');
  expect(refuseJoin(group, 21, midsummer)).toBe('group-full');
});

test('one may join through the last day, by the date in Stockholm', () => {
  expect(refuseJoin(group, 0, new Date('2026-06-26T21:30:00Z'))).toBeUndefined();
  expect(refuseJoin(group, 0, new Date('2026-06-26T22:00:00Z'))).toBe('group-ended');
});

test('nobody joins a closed group; that is said before anything else', () => {
  const closed = { ...group, closedAt: '2026-06-01T08:00:00.000Z' };
  expect(refuseJoin(closed, 0, midsummer)).toBe('group-closed');
  expect(refuseJoin(closed, 20, new Date('2027-01-01T12:00:00Z'))).toBe('group-closed');
});

test('a group’s code is shown in two parts', () => {
  expect(displayGroupCode('AB12CD34')).toBe('AB12-CD34');
});
