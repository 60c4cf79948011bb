import { nameOfDay } from '#domain/kernel/asked-day.ts';
import type { CalendarDate } from '#domain/kernel/ids.ts';
import type { Language } from '#domain/kernel/language.ts';
import { type Translate, weekdayDate } from './translate.ts';

/**
 * A day as it stands in a question, with what it is called today and always its weekday and date; the year only where it is
 * another than this.
 *
 * @example dayInQuestion('2026-11-30', '2026-11-30', t, 'sv') // 'i dag, måndag 30 november'
 * @example dayInQuestion('2026-12-24', '2026-11-30', t, 'sv') // 'torsdag 24 december'
 */
export function dayInQuestion(date: CalendarDate, today: CalendarDate, t: Translate, language: Language): string {
  return t(`day.asked.${nameOfDay(date, today) ?? 'other'}`, { date: dayAndDate(date, today, language) });
}

/**
 * The same in a heading that has little room: what it is called, or its weekday and date.
 *
 * @example shortDay('2026-12-01', '2026-11-30', t, 'sv') // 'i morgon'
 */
export function shortDay(date: CalendarDate, today: CalendarDate, t: Translate, language: Language): string {
  const name = nameOfDay(date, today);
  return name ? t(`day.short.${name}`) : dayInQuestion(date, today, t, language);
}

/** `måndag 30 november`, with the year where it is another than today's. */
export function dayAndDate(date: CalendarDate, today: CalendarDate, language: Language): string {
  return weekdayDate(date, language, { withYear: date.slice(0, 4) !== today.slice(0, 4) });
}
