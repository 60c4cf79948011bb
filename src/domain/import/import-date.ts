import { addDays, parseCalendarDate } from '#domain/kernel/calendar.ts';
import type { CalendarDate } from '#domain/kernel/ids.ts';

/** Day 0 of Excel's calendar for Windows, which has a 29 February 1900 that never was. */
const excelStart = '1899-12-30' as CalendarDate;
/** Five digits from here on are days of 1954 and later, and never a year with a month. */
const firstSerial = 20_000;
const lastSerial = 80_000;

const yearFirst = /^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$|^(\d{4})(\d\d)(\d\d)$/;
const dayFirst = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/;
const timeOfDay = /[ T]\d{1,2}[:.]\d{2}([:.]\d{2})?$/;

/**
 * A date as lists have it: `2026-11-22`, `20261122`, `22/11/2026`, `22.11.2026` (the day first, as in Swedish), with a time of
 * day or not, or the number of a day in Excel (46348).
 *
 * @returns undefined for what is no date that exists
 */
export function parseImportDate(text: string): CalendarDate | undefined {
  const date = text.trim().replace(timeOfDay, '');
  const [year, month, day] = (yearFirst.exec(date) ?? []).slice(1).filter((part) => part !== undefined);
  if (year && month && day) return calendarDate(year, month, day);
  const [, first, second, last] = dayFirst.exec(date) ?? [];
  if (first && second && last) return calendarDate(last, second, first);
  const serial = /^\d{5}$/.test(date) ? Number(date) : 0;
  return serial >= firstSerial && serial <= lastSerial ? addDays(excelStart, serial) : undefined;
}

/** Whether a date can only be read with the month first, as in American English: `11/22/2026`. */
export function isMonthFirst(text: string): boolean {
  const [, first, second] = dayFirst.exec(text.trim().replace(timeOfDay, '')) ?? [];
  return first !== undefined && Number(first) <= 12 && Number(second) > 12;
}

/** Whether the day could be the month and the month the day: `03/04/2026`. */
export function isReadEitherWay(text: string): boolean {
  const [, first, second] = dayFirst.exec(text.trim().replace(timeOfDay, '')) ?? [];
  return first !== undefined && Number(first) <= 12 && Number(second) <= 12;
}

function calendarDate(year: string, month: string, day: string): CalendarDate | undefined {
  return parseCalendarDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}
