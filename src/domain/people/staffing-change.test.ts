import { describe, expect, test } from 'vitest';
import type { CalendarDate, NodeId } from '#domain/kernel/ids.ts';
import type { Engagement, Staffing } from './staffing.ts';
import { changedStaffing, engagementKey, type StaffingChange } from './staffing-change.ts';

const day = (date: string) => date as CalendarDate;
const unit = (id: string) => id as NodeId;
const north: Engagement = { unit: unit('north'), category: 'new-employee', from: day('2026-01-01') };
const shifts: Engagement = {
  unit: unit('south'),
  category: 'temporary-staff',
  from: day('2026-03-01'),
  to: day('2026-08-31'),
};
const staffing: Staffing = {
  recordedAt: '2026-01-01T08:00:00.000Z',
  engagements: [north, shifts],
  leaves: [{ from: day('2026-02-01'), to: day('2026-02-14') }],
};
const at = '2026-06-10T12:00:00.000Z';
const change = (wanted: StaffingChange) => changedStaffing(staffing, wanted, at, day('2026-06-10'));
const refused = (wanted: StaffingChange) => {
  const changed = change(wanted);
  return changed.ok ? undefined : changed.reason;
};
const done = (wanted: StaffingChange) => {
  const changed = change(wanted);
  if (!changed.ok) throw new Error(changed.reason);
  return changed.staffing;
};

test('a change is a record of its own, from the moment it was made; the old one is as it was', () => {
  const before = structuredClone(staffing);
  const after = done({ kind: 'dates', engagement: engagementKey(north), from: north.from, to: day('2026-06-30') });
  expect(after).toEqual({
    recordedAt: at,
    engagements: [{ ...north, to: '2026-06-30' }, shifts],
    leaves: staffing.leaves,
  });
  expect(staffing).toEqual(before);
});

test('who moves works in the old unit through the day before, and in the new one as long as was said', () => {
  const after = done({ kind: 'move', engagement: engagementKey(shifts), unit: unit('west'), from: day('2026-07-01') });
  expect(after.engagements).toEqual([
    north,
    { ...shifts, to: '2026-06-30' },
    { ...shifts, unit: 'west', from: '2026-07-01' },
  ]);
});

test('who moves before the first day has never worked in the old unit', () => {
  const after = done({ kind: 'move', engagement: engagementKey(shifts), unit: unit('west'), from: day('2026-02-01') });
  expect(after.engagements).toEqual([north, { ...shifts, unit: 'west' }]);
});

test('the same person can work in several units at once', () => {
  const extra: Engagement = { ...shifts, unit: unit('west') };
  expect(done({ kind: 'add', engagement: extra }).engagements).toEqual([north, shifts, extra]);
});

describe('what cannot be is refused', () => {
  const key = engagementKey(shifts);
  test.for<[string, StaffingChange]>([
    ['dates-reversed', { kind: 'dates', engagement: key, from: day('2026-03-01'), to: day('2026-02-28') }],
    ['last-day-needed', { kind: 'dates', engagement: key, from: day('2026-03-01') }],
    ['date-unlikely', { kind: 'dates', engagement: key, from: day('2062-03-01'), to: day('2062-04-01') }],
    ['date-unlikely', { kind: 'dates', engagement: key, from: day('0206-03-01'), to: day('2026-04-01') }],
    ['engagement-unknown', { kind: 'dates', engagement: 'no such', from: day('2026-03-01') }],
    ['engagement-overlaps', { kind: 'add', engagement: { ...north, from: day('2026-05-01') } }],
    ['same-unit', { kind: 'move', engagement: key, unit: unit('south'), from: day('2026-07-01') }],
    ['move-outside', { kind: 'move', engagement: key, unit: unit('west'), from: day('2026-09-01') }],
    ['leave-overlaps', { kind: 'leave', leave: { from: day('2026-01-20'), to: day('2026-02-01') } }],
    ['dates-reversed', { kind: 'leave', leave: { from: day('2026-05-20'), to: day('2026-05-01') } }],
    ['leave-unknown', { kind: 'leave-ends', from: day('2026-05-20'), to: day('2026-06-01') }],
  ])('%s', ([reason, wanted]) => {
    expect(refused(wanted)).toBe(reason);
  });
});

test('leave is put in, and its last day moved', () => {
  const longer = done({ kind: 'leave-ends', from: day('2026-02-01'), to: day('2026-02-20') });
  expect(longer.leaves).toEqual([{ from: '2026-02-01', to: '2026-02-20' }]);
  const more = done({ kind: 'leave', leave: { from: day('2026-02-15') } });
  expect(more.leaves).toEqual([...staffing.leaves, { from: '2026-02-15' }]);
});
