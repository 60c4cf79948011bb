import { addDays, mondayOf } from './calendar.ts';
import type { CalendarDate } from './ids.ts';

/** What people call a day that they ask about. */
export type DayName = 'today' | 'tomorrow' | 'monday' | 'next-monday';

export interface NamedDay {
  readonly name: DayName;
  readonly date: CalendarDate;
}

/** So far ahead a day is looked for when nobody works today: the answer is about the week that has begun. */
const daysLookedAhead = 6;

/**
 * The days that are one tap away: today, tomorrow and Monday, in order. On a Sunday tomorrow is Monday, and there are two;
 * on a Monday the third is the one a week later, and is called so.
 *
 * @example daysToAsk('2026-11-30') // a Monday: today, tomorrow, next-monday 2026-12-07
 */
export function daysToAsk(today: CalendarDate): readonly NamedDay[] {
  const monday = addDays(mondayOf(today), 7);
  const tomorrow = addDays(today, 1);
  const days: NamedDay[] = [
    { name: 'today', date: today },
    { name: 'tomorrow', date: tomorrow },
  ];
  if (monday !== tomorrow) days.push({ name: monday === addDays(today, 7) ? 'next-monday' : 'monday', date: monday });
  return days;
}

/** What a day is called as seen from today; undefined where it is told by its date alone. */
export function nameOfDay(date: CalendarDate, today: CalendarDate): DayName | undefined {
  return daysToAsk(today).find((day) => day.date === date)?.name;
}

/**
 * The day that is meant when none is asked for: today when anybody works, a holiday or a Sunday as well as any other day;
 * else the next day somebody does. Where nobody works within the week, it is today: that nobody does is then the answer.
 */
export function firstDay(today: CalendarDate, isAnybodyAtWork: (date: CalendarDate) => boolean): CalendarDate {
  for (let ahead = 0; ahead <= daysLookedAhead; ahead += 1) {
    const date = addDays(today, ahead);
    if (isAnybodyAtWork(date)) return date;
  }
  return today;
}
