import { expect, test } from 'vitest';
import {
  day,
  personId,
  sampleAttempt,
  sampleGroup,
  samplePerson,
  sampleSheet,
} from '../../../tests/contract/sample-documents.ts';
import { displayGroupCode, mayMendName, refuseJoin, takeSeat, withoutSeat } from './group.ts';

const taken = (count: number) => Array.from({ length: count }, (_, place) => personId(`p${place}`));
const group = (seats = 0) => sampleGroup('g', { lastDay: day('2026-06-26'), size: 20, seats: taken(seats) });
const midsummer = new Date('2026-06-10T12:00:00Z');

test('one may join until the group is full', () => {
  expect(refuseJoin(group(0), midsummer)).toBeUndefined();
  expect(refuseJoin(group(19), midsummer)).toBeUndefined();
  expect(refuseJoin(group(20), midsummer)).toBe('group-full');
  expect(refuseJoin(group(21), midsummer)).toBe('group-full');
});

test('one may join through the last day, by the date in Stockholm', () => {
  expect(refuseJoin(group(), new Date('2026-06-26T21:30:00Z'))).toBeUndefined();
  expect(refuseJoin(group(), new Date('2026-06-26T22:00:00Z'))).toBe('group-ended');
});

test('nobody joins a closed group; that is said before anything else', () => {
  const closedAt = '2026-06-01T08:00:00.000Z';
  expect(refuseJoin({ ...group(), closedAt }, midsummer)).toBe('group-closed');
  expect(refuseJoin({ ...group(20), closedAt }, new Date('2027-01-01T12:00:00Z'))).toBe('group-closed');
});

test('a seat is taken once; who has one keeps it in a full or closed group', () => {
  const first = takeSeat(group(19), personId('new'), midsummer);
  expect(first).toMatchObject({ ok: true });
  expect(first.ok && first.group.seats).toEqual([...taken(19), personId('new')]);
  expect(takeSeat(group(20), personId('new'), midsummer)).toEqual({ ok: false, reason: 'group-full' });
  const closed = { ...group(20), closedAt: '2026-06-01T08:00:00.000Z' };
  expect(takeSeat(closed, personId('p3'), midsummer)).toEqual({ ok: true, group: closed });
});

test('with a seat the sheets that were the person’s go, and no others; who has neither leaves the group as it is', () => {
  const sheets = [
    sampleSheet(1, { person: personId('p0') }),
    sampleSheet(2, { person: personId('p1') }),
    sampleSheet(3),
  ];
  const before = { ...group(2), sheets };
  expect(withoutSeat(before, personId('p0'))).toEqual({ ...before, seats: [personId('p1')], sheets: sheets.slice(1) });
  expect(withoutSeat(before, personId('p7'))).toBe(before);
});

test('a group’s code is shown in two parts', () => {
  expect(displayGroupCode('AB12CD34')).toBe('AB12-CD34');
});

test('learners M6: who typed their own name mends it until it is vouched for or an exam is begun', () => {
  const participant = samplePerson('anna', { nameGivenBy: 'self', groupId: group().id });
  const { pseudonym: by, createdAt: at } = participant;
  expect(mayMendName(participant)).toBe(true);
  expect(mayMendName({ ...participant, identity: { by, at } })).toBe(false);
  expect(mayMendName({ ...participant, nameGivenBy: 'employer' })).toBe(false);
  expect(mayMendName({ ...participant, groupId: undefined })).toBe(false);
  expect(mayMendName({ ...participant, attempts: [sampleAttempt('one', [])] })).toBe(false);
});
