import { afterEach, describe, expect, test, vi } from 'vitest';
import { dayInQuestion } from '#i18n/day-words.ts';
import { translate } from '#i18n/translate.ts';
import { daysToAsk, firstDay } from './asked-day.ts';
import { addDays, dateOf, weekdayOf } from './calendar.ts';
import type { CalendarDate } from './ids.ts';

const date = (text: string) => text as CalendarDate;
const daysBetween = (from: CalendarDate, to: CalendarDate) => (Date.parse(to) - Date.parse(from)) / 86_400_000;
const everyDay = (from: string, to: string) => {
  const days: CalendarDate[] = [];
  for (let day = date(from); day <= date(to); day = addDays(day, 1)) days.push(day);
  return days;
};

afterEach(() => void vi.unstubAllEnvs());

describe('managers B3: the day that is meant when none is asked for', () => {
  const years = everyDay('2026-01-01', '2028-12-31');

  test('is today when people work today: all weekdays, New Year’s Day, Midsummer, Christmas and the leap day alike', () => {
    for (const today of years) expect(firstDay(today, () => true)).toBe(today);
  });

  // Every pattern of who works on which of the coming nine days.
  test('is today or the first day somebody works, and never more than six days away', () => {
    for (const today of years.slice(0, 21)) {
      for (let pattern = 0; pattern < 2 ** 9; pattern += 1) {
        const works = (day: CalendarDate) => ((pattern >> daysBetween(today, day)) & 1) === 1;
        const first = firstDay(today, works);
        const ahead = daysBetween(today, first);
        expect(ahead).toBeGreaterThanOrEqual(0);
        expect(ahead).toBeLessThanOrEqual(6);
        if (works(today)) expect(first).toBe(today);
        // None before it is passed over, and nobody at all within the week is an answer about today.
        for (const day of everyDay(today, addDays(first, -1))) expect(works(day)).toBe(false);
        if (!works(first)) expect(first).toBe(today);
      }
    }
  });

  const edges = [
    ['a Monday before six', '2026-06-15T03:45:00Z', '2026-06-15'],
    ['the last minute of a Sunday', '2026-11-29T22:59:00Z', '2026-11-29'],
    ['the first minute of a Monday', '2026-11-29T23:00:00Z', '2026-11-30'],
    ['the last minute of a Monday in summer', '2026-06-15T21:59:59Z', '2026-06-15'],
    ['midnight in summer', '2026-06-15T22:00:00Z', '2026-06-16'],
    ['the night the clock goes forward', '2026-03-28T23:30:00Z', '2026-03-29'],
    ['the night the clock goes back', '2026-10-24T22:30:00Z', '2026-10-25'],
    ['Christmas Day', '2026-12-24T23:00:00Z', '2026-12-25'],
    ['New Year', '2026-12-31T23:00:00Z', '2027-01-01'],
  ] as const;
  for (const zone of ['UTC', 'America/Los_Angeles', 'Asia/Tokyo', 'Pacific/Kiritimati']) {
    test.for(edges)(`is the Swedish day on a server in ${zone}: %s`, ([, instant, today]) => {
      vi.stubEnv('TZ', zone);
      const now = dateOf(new Date(instant));
      expect(now).toBe(today);
      expect(firstDay(now, () => true)).toBe(today);
      expect(daysToAsk(now)[0]).toEqual({ name: 'today', date: today });
      expect(daysToAsk(now).map((day) => day.date)).toContain(addDays(now, 8 - weekdayOf(now)));
    });
  }
});

describe('managers B3: the days that are one tap away', () => {
  test('are today, tomorrow and a Monday to come, each once; “on Monday” is never the day that is today nor a week away', () => {
    for (const today of everyDay('2026-01-01', '2028-12-31')) {
      const days = daysToAsk(today);
      expect(days.slice(0, 2)).toEqual([
        { name: 'today', date: today },
        { name: 'tomorrow', date: addDays(today, 1) },
      ]);
      expect(new Set(days.map((day) => day.date)).size).toBe(days.length);
      expect(days.filter((day) => day.date > today && weekdayOf(day.date) === 1)).toHaveLength(1);
      const monday = days[2];
      if (monday?.name === 'monday') expect(daysBetween(today, monday.date)).toBeLessThanOrEqual(6);
      if (monday?.name === 'next-monday') expect(weekdayOf(today)).toBe(1);
      if (monday === undefined) expect(weekdayOf(today)).toBe(7);
    }
  });

  test.for([
    ['2026-11-30', '2026-11-30', 'i dag, måndag 30 november'],
    ['2026-12-01', '2026-11-30', 'i morgon, tisdag 1 december'],
    ['2026-12-07', '2026-11-30', 'nästa måndag 7 december'],
    ['2026-12-07', '2026-12-03', 'på måndag 7 december'],
    ['2026-12-07', '2026-12-06', 'i morgon, måndag 7 december'],
    ['2026-12-24', '2026-12-03', 'torsdag 24 december'],
    ['2027-01-01', '2026-12-31', 'i morgon, fredag 1 januari 2027'],
  ] as const)('%s, seen from %s, is written out: %s', ([day, today, words]) => {
    expect(dayInQuestion(date(day), date(today), translate('sv'), 'sv')).toBe(words);
  });
});
