import type { CalendarDate, Instant } from './ids.ts';

/** Due dates, validity and engagements are dates where the municipality is, whatever the server's clock says. */
const timeZone = 'Europe/Stockholm';

const dateInStockholm = new Intl.DateTimeFormat('sv-SE', {
  timeZone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

const millisecondsOfDay = 86_400_000;

const shape = /^(\d{4})-(\d{2})-(\d{2})$/;

/** @returns the date, or undefined if the text is no date that exists (`2026-02-30`). */
export function parseCalendarDate(text: string): CalendarDate | undefined {
  const parts = shape.exec(text);
  if (!parts) return undefined;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? (text as CalendarDate) : undefined;
}

const hourInStockholm = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' });

/** The hour of the day in Europe/Stockholm at a moment, 0–23. */
export function hourOf(now: Date): number {
  return Number(hourInStockholm.format(now));
}

/** 1 is Monday, 7 Sunday. */
export function weekdayOf(date: CalendarDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

/** The Monday of the day's week. */
export function mondayOf(date: CalendarDate): CalendarDate {
  return addDays(date, 1 - weekdayOf(date));
}

/**
 * The week by ISO 8601: weeks begin on Mondays, and belong to the year that has their Thursday.
 *
 * @example isoWeekOf('2027-01-01') // '2026-W53'
 */
export function isoWeekOf(date: CalendarDate): string {
  const thursday = addDays(date, 4 - weekdayOf(date));
  const year = thursday.slice(0, 4);
  const days = (Date.parse(thursday) - Date.parse(`${year}-01-01`)) / 86_400_000;
  return `${year}-W${String(Math.floor(days / 7) + 1).padStart(2, '0')}`;
}

const hour = 60 * 60 * 1000;
/** About two years of hours. */
const hoursKept = 20_000;
const datesByHour = new Map<number, CalendarDate>();

/** The date in Europe/Stockholm at a moment. Each page asks many times, and the format is slow: midnight there is on a whole hour of UTC. */
export function dateOf(now: Date): CalendarDate {
  const hours = Math.floor(now.getTime() / hour);
  const known = datesByHour.get(hours);
  if (known !== undefined) return known;
  const date = dateInStockholm.format(now) as CalendarDate;
  if (datesByHour.size >= hoursKept) datesByHour.clear();
  datesByHour.set(hours, date);
  return date;
}

export function instantOf(now: Date): Instant {
  return now.toISOString();
}

/**
 * The same day so many months later; where that month is shorter, its last day.
 *
 * @example addMonths('2027-01-31', 1) // '2027-02-28'
 */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const lastDay = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return utcDate(year, month - 1 + months, Math.min(day, lastDay));
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return dateInUtc(new Date(Date.parse(date) + days * millisecondsOfDay));
}

/** The week's number in Sweden (ISO 8601): the first week is the one with the year's first Thursday. */
export function weekNumber(date: CalendarDate): number {
  const day = new Date(`${date}T00:00:00Z`);
  const thursday = new Date(day.getTime() + (3 - ((day.getUTCDay() + 6) % 7)) * 86_400_000);
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return 1 + Math.floor((thursday.getTime() - first) / (7 * 86_400_000));
}

/** Dates of the form `YYYY-MM-DD` sort as text. */
export function earlier(a: CalendarDate, b: CalendarDate): CalendarDate {
  return a < b ? a : b;
}

/**
 * The last moment of a day in Europe/Stockholm, for asking what was known that day.
 *
 * @example endOfDay('2026-06-10') // '2026-06-10T21:59:59.999Z'
 */
export function endOfDay(date: CalendarDate): Instant {
  const summer = new Date(`${date}T22:00:00.000Z`);
  const midnight = dateOf(summer) > date ? summer : new Date(`${date}T23:00:00.000Z`);
  return instantOf(new Date(midnight.getTime() - 1));
}

export function addMinutes(instant: Instant, minutes: number): Instant {
  return new Date(Date.parse(instant) + minutes * 60_000).toISOString();
}

function utcDate(year: number, monthIndex: number, day: number): CalendarDate {
  return dateInUtc(new Date(Date.UTC(year, monthIndex, day)));
}

/** Dates are counted up for everybody in every list: put together like this it takes a third of what `toISOString` does. */
function dateInUtc(time: Date): CalendarDate {
  const year = String(time.getUTCFullYear()).padStart(4, '0');
  return `${year}-${twoDigits(time.getUTCMonth() + 1)}-${twoDigits(time.getUTCDate())}` as CalendarDate;
}

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : `${number}`;
}
