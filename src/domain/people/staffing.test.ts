import { describe, expect, test } from 'vitest';
import type { Category } from '#domain/kernel/category.ts';
import { day } from '../../../tests/contract/sample-documents.ts';
import type { Engagement, Leave, Staffing } from './staffing.ts';
import { currentStaffing, engagementOn, isActive, isOnLeave, lastDayIn, staffingAt } from './staffing.ts';

const work = (category: Category, from: string, to?: string): Engagement => ({
  category,
  from: day(from),
  to: to === undefined ? undefined : day(to),
});

function recorded(recordedAt: string, engagements: readonly Engagement[], leaves: readonly Leave[] = []): Staffing {
  return { recordedAt, engagements, leaves };
}

describe('what was known about somebody’s work', () => {
  const first = recorded('2026-06-01T08:00:00.000Z', [work('student', '2026-06-01')]);
  const second = recorded('2026-06-10T08:00:00.000Z', [work('new-employee', '2026-06-10')]);
  const person = { staffing: [first, second] };

  test('at a moment is what was recorded last by then', () => {
    expect(staffingAt(person, '2026-06-01T07:59:59.999Z')).toBeUndefined();
    expect(staffingAt(person, '2026-06-01T08:00:00.000Z')).toBe(first);
    expect(staffingAt(person, '2026-06-10T07:59:59.999Z')).toBe(first);
    expect(staffingAt(person, '2026-06-10T08:00:00.000Z')).toBe(second);
  });

  test('now is what was recorded last', () => {
    expect(currentStaffing(person)).toBe(second);
    expect(() => currentStaffing({ staffing: [] })).toThrow(RangeError);
  });
});

test('a time of work holds through both its days, an open one from its first', () => {
  const week = work('student', '2026-06-08', '2026-06-14');
  const days = ['2026-06-07', '2026-06-08', '2026-06-14', '2026-06-15'].map(day);
  expect(days.map((date) => isActive(week, date))).toEqual([false, true, true, false]);
  expect(days.map((date) => isActive(work('student', '2026-06-14'), date))).toEqual([false, false, true, true]);
});

test('somebody is on leave on any day of any of their leaves', () => {
  const leaves = [
    { from: day('2026-06-01'), to: day('2026-06-02') },
    { from: day('2026-06-20'), to: undefined },
  ];
  const staffing = recorded('2026-01-01T08:00:00.000Z', [work('student', '2026-01-01')], leaves);
  const days = ['2026-05-31', '2026-06-01', '2026-06-02', '2026-06-03', '2026-06-20', '2027-06-20'].map(day);
  expect(days.map((date) => isOnLeave(staffing, date))).toEqual([false, true, true, false, true, true]);
});

describe('the engagement that says which course somebody takes', () => {
  const on = (date: string, ...engagements: readonly Engagement[]) =>
    engagementOn(recorded('2026-01-01T08:00:00.000Z', engagements), day(date)).category;

  test('is one that holds on the day, whatever else is to come or has been', () => {
    const all = [
      work('unit-manager', '2026-09-01'),
      work('student', '2026-01-01', '2026-03-01'),
      work('temporary-staff', '2026-06-01', '2026-06-30'),
    ];
    expect(on('2026-02-01', ...all)).toBe('student');
    expect(on('2026-06-01', ...all)).toBe('temporary-staff');
    expect(on('2026-09-01', ...all)).toBe('unit-manager');
  });

  test('of several is the one that began first, and of those the one that was written first', () => {
    const later = work('unit-manager', '2026-06-10');
    expect(on('2026-06-10', later, work('new-employee', '2026-06-01'))).toBe('new-employee');
    expect(on('2026-06-10', later, work('new-employee', '2026-06-10'))).toBe('unit-manager');
    expect(on('2026-06-10', work('new-employee', '2026-06-10'), later)).toBe('new-employee');
  });

  test('between two is the next to begin, and before all of them the first', () => {
    const all = [
      work('student', '2026-01-01', '2026-03-01'),
      work('unit-manager', '2026-09-01'),
      work('temporary-staff', '2026-06-01', '2026-06-30'),
    ];
    expect(on('2026-04-01', ...all)).toBe('temporary-staff');
    expect(on('2026-07-01', ...all)).toBe('unit-manager');
    expect(on('2025-01-01', ...all)).toBe('student');
  });

  test('after all of them is the one that ended last', () => {
    const all = [work('new-employee', '2026-01-01', '2026-08-31'), work('student', '2026-06-01', '2026-06-30')];
    expect(on('2027-01-01', ...all)).toBe('new-employee');
    expect(on('2027-01-01', ...all.toReversed())).toBe('new-employee');
  });

  test('is a bug to ask for where there is none', () => {
    expect(() => on('2026-01-01')).toThrow(RangeError);
  });
});

describe('the last day of somebody’s work in a category', () => {
  const last = (date: string, ...engagements: readonly Engagement[]) =>
    lastDayIn(recorded('2026-01-01T08:00:00.000Z', engagements), 'temporary-staff', day(date));

  test('is the latest of all that have not ended', () => {
    const all = [
      work('temporary-staff', '2026-06-01', '2026-06-30'),
      work('temporary-staff', '2026-08-01', '2026-08-15'),
      work('temporary-staff', '2026-05-01', '2026-07-05'),
      work('new-employee', '2026-01-01', '2027-01-01'),
    ];
    expect(last('2026-06-10', ...all)).toBe('2026-08-15');
  });

  test('is not known while one of them is open, nor where there is none', () => {
    const open = work('temporary-staff', '2026-06-01');
    expect(last('2026-06-10', open, work('temporary-staff', '2026-06-01', '2026-06-30'))).toBeUndefined();
    expect(last('2026-06-10', work('student', '2026-06-01', '2026-06-30'))).toBeUndefined();
  });

  test('is never that of work which is over', () => {
    expect(last('2026-06-10', work('temporary-staff', '2025-06-01', '2025-08-31'))).toBeUndefined();
    expect(last('2026-06-10', work('temporary-staff', '2026-06-01', '2026-06-10'))).toBe('2026-06-10');
  });
});
