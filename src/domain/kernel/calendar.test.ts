import { afterEach, describe, expect, test, vi } from 'vitest';
import { day } from '../../../tests/contract/sample-documents.ts';
import { seededRandom } from '../../../tests/support/seeded-random.ts';
import {
  addDays,
  addMinutes,
  addMonths,
  dateOf,
  earlier,
  endOfDay,
  hourOf,
  instantOf,
  isoWeekOf,
  parseCalendarDate,
  weekdayOf,
} from './calendar.ts';

const hour = 60 * 60 * 1000;

describe('a date that was typed', () => {
  test.for(['2026-02-28', '2028-02-29', '2000-02-29', '2026-12-31'])('%s exists', (text) => {
    expect(parseCalendarDate(text)).toBe(text);
  });

  test.for([
    '2026-02-29',
    '2100-02-29',
    '2026-02-30',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-1-2',
    '26-01-02',
    ' 2026-01-02',
    '2026-01-02T00:00',
    '2026/01/02',
    'i morgon',
    '',
  ])('“%s” is none', (text) => {
    expect(parseCalendarDate(text)).toBeUndefined();
  });
});

describe('the date in Stockholm', () => {
  afterEach(() => void vi.unstubAllEnvs());

  test.for([
    ['half past eleven on a winter night', '2026-01-15T22:30:00Z', '2026-01-15'],
    ['the last moment of a winter day', '2026-01-15T22:59:59.999Z', '2026-01-15'],
    ['midnight in winter', '2026-01-15T23:00:00Z', '2026-01-16'],
    ['half past eleven on a summer night', '2026-07-15T21:30:00Z', '2026-07-15'],
    ['midnight in summer', '2026-07-15T22:00:00Z', '2026-07-16'],
    ['half past eleven, the night before the clock goes forward', '2026-03-28T22:30:00Z', '2026-03-28'],
    ['half past eleven, the day the clock has gone forward', '2026-03-29T21:30:00Z', '2026-03-29'],
    ['an hour later', '2026-03-29T22:30:00Z', '2026-03-30'],
    ['half past eleven, the night before the clock goes back', '2026-10-24T21:30:00Z', '2026-10-24'],
    ['half past eleven, the day the clock has gone back', '2026-10-25T22:30:00Z', '2026-10-25'],
    ['an hour later', '2026-10-25T23:30:00Z', '2026-10-26'],
    ['New Year’s Eve', '2027-12-31T22:59:00Z', '2027-12-31'],
    ['the leap day', '2028-02-29T22:30:00Z', '2028-02-29'],
  ] as const)('%s', ([, instant, date]) => {
    expect(dateOf(new Date(instant))).toBe(date);
  });

  test.for(['America/Los_Angeles', 'Pacific/Kiritimati', 'UTC'])('is the same on a server in %s', (zone) => {
    vi.stubEnv('TZ', zone);
    expect(dateOf(new Date('2026-07-15T21:30:00Z'))).toBe('2026-07-15');
    expect(addDays(day('2026-03-28'), 1)).toBe('2026-03-29');
    expect(addMonths(day('2026-10-25'), 1)).toBe('2026-11-25');
  });

  test('comes round once each 24 hours, but 23 and 25 where the clock is changed', () => {
    const hours = new Map<string, number>();
    const from = Date.parse('2025-12-31T23:00:00Z');
    const until = Date.parse('2028-12-31T23:00:00Z');
    let before = day('2025-12-31');
    for (let at = from; at < until; at += hour) {
      const date = dateOf(new Date(at));
      expect(date === before || date === addDays(before, 1), `${before} → ${date}`).toBe(true);
      hours.set(date, (hours.get(date) ?? 0) + 1);
      before = date;
    }
    expect(hours.size).toBe(365 + 365 + 366);
    const unusual = [...hours].filter(([, count]) => count !== 24);
    expect(unusual).toEqual([
      ['2026-03-29', 23],
      ['2026-10-25', 25],
      ['2027-03-28', 23],
      ['2027-10-31', 25],
      ['2028-03-26', 23],
      ['2028-10-29', 25],
    ]);
  });
});

describe('the end of a day in Stockholm', () => {
  test.for([
    ['in winter', '2026-01-15', '2026-01-15T22:59:59.999Z'],
    ['in summer', '2026-07-15', '2026-07-15T21:59:59.999Z'],
    ['before the clock goes forward', '2026-03-28', '2026-03-28T22:59:59.999Z'],
    ['once it has gone forward', '2026-03-29', '2026-03-29T21:59:59.999Z'],
    ['before the clock goes back', '2026-10-24', '2026-10-24T21:59:59.999Z'],
    ['once it has gone back', '2026-10-25', '2026-10-25T22:59:59.999Z'],
    ['on New Year’s Eve', '2027-12-31', '2027-12-31T22:59:59.999Z'],
    ['on the leap day', '2028-02-29', '2028-02-29T22:59:59.999Z'],
  ] as const)('%s', ([, date, instant]) => {
    expect(endOfDay(day(date))).toBe(instant);
  });

  test('is a millisecond before the next day, every day for three years', () => {
    for (let days = 0; days < 3 * 366; days++) {
      const date = addDays(day('2026-01-01'), days);
      const last = Date.parse(endOfDay(date));
      expect(dateOf(new Date(last))).toBe(date);
      expect(dateOf(new Date(last + 1))).toBe(addDays(date, 1));
    }
  });
});

describe('months later', () => {
  test.for([
    ['2026-02-12', 12, '2027-02-12'],
    ['2027-01-31', 1, '2027-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2028-02-29', 48, '2032-02-29'],
    ['2026-08-31', 1, '2026-09-30'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-05-05', 0, '2026-05-05'],
  ] as const)('%s and %i months: %s', ([date, months, expected]) => {
    expect(addMonths(day(date), months)).toBe(expected);
  });

  test('keep to the day of the month, or to the last there is', () => {
    const next = seededRandom(1);
    for (let round = 0; round < 2000; round++) {
      const date = addDays(day('2024-01-01'), Math.floor(next() * 3000));
      const months = Math.floor(next() * 40);
      const later = addMonths(date, months);
      const month = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
      const dayOf = (text: string) => Number(text.slice(8));
      expect(parseCalendarDate(later), later).toBe(later);
      expect(month(later) - month(date)).toBe(months);
      const isLastOfMonth = month(addDays(later, 1)) === month(later) + 1;
      expect(dayOf(later) === dayOf(date) || (isLastOfMonth && dayOf(later) < dayOf(date)), `${date} ${months}`).toBe(
        true,
      );
    }
  });
});

test('days later pass over leap days, years and changes of the clock', () => {
  expect(addDays(day('2028-02-28'), 1)).toBe('2028-02-29');
  expect(addDays(day('2026-02-28'), 1)).toBe('2026-03-01');
  expect(addDays(day('2026-12-31'), 1)).toBe('2027-01-01');
  expect(addDays(day('2026-03-28'), 2)).toBe('2026-03-30');
  expect(addDays(day('2026-01-01'), -1)).toBe('2025-12-31');
});

test('minutes later are counted on the clock that is never changed', () => {
  expect(addMinutes('2026-03-29T00:30:00.000Z', 60)).toBe('2026-03-29T01:30:00.000Z');
  expect(addMinutes('2026-10-25T00:30:00.000Z', 60)).toBe('2026-10-25T01:30:00.000Z');
});

test('the earlier of two dates', () => {
  expect(earlier(day('2026-09-30'), day('2026-10-01'))).toBe('2026-09-30');
  expect(earlier(day('2027-01-01'), day('2026-12-31'))).toBe('2026-12-31');
});

test('a moment is written in UTC', () => {
  expect(instantOf(new Date('2026-07-15T23:30:00+02:00'))).toBe('2026-07-15T21:30:00.000Z');
});

describe('the hour, the weekday and the week in Sweden', () => {
  test.for([
    ['2026-03-29T00:59:59Z', 1],
    ['2026-03-29T01:00:00Z', 3],
    ['2026-10-25T00:30:00Z', 2],
    ['2026-10-25T01:30:00Z', 2],
    ['2026-06-30T22:00:00Z', 0],
  ] as const)('at %s it is %i', ([instant, expected]) => {
    expect(hourOf(new Date(instant))).toBe(expected);
  });

  test.for([
    ['2026-12-31', 4, '2026-W53'],
    ['2027-01-01', 5, '2026-W53'],
    ['2027-01-03', 7, '2026-W53'],
    ['2027-01-04', 1, '2027-W01'],
    ['2024-12-30', 1, '2025-W01'],
    ['2026-06-15', 1, '2026-W25'],
  ] as const)('%s is day %i of %s', ([date, weekday, week]) => {
    expect(weekdayOf(day(date))).toBe(weekday);
    expect(isoWeekOf(day(date))).toBe(week);
  });
});
