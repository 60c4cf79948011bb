import type { CalendarDate, Instant } from './ids.ts';
import type { Category, Engagement, Leave, Person, Staffing } from './person.ts';

/** What was known about somebody's work at a moment; before the first record, nothing. */
export function staffingAt(person: Pick<Person, 'staffing'>, at: Instant): Staffing | undefined {
  return person.staffing.findLast(({ recordedAt }) => recordedAt <= at);
}

export function currentStaffing(person: Pick<Person, 'staffing'>): Staffing {
  const last = person.staffing.at(-1);
  if (!last) throw new RangeError('a person has at least one staffing record');
  return last;
}

export function isActive(span: Engagement | Leave, date: CalendarDate): boolean {
  return span.from <= date && (span.to === undefined || date <= span.to);
}

export function isOnLeave(staffing: Staffing, date: CalendarDate): boolean {
  return staffing.leaves.some((leave) => isActive(leave, date));
}

/**
 * The engagement that says which course somebody takes on a day: one that has begun and not ended; else the next to
 * begin; else the last that was.
 */
export function engagementOn(staffing: Staffing, date: CalendarDate): Engagement {
  const { engagements } = staffing;
  const byStart = engagements.toSorted((one, other) => (one.from < other.from ? -1 : 1));
  const found =
    byStart.find((engagement) => isActive(engagement, date)) ??
    byStart.find(({ from }) => from > date) ??
    byStart.toSorted((one, other) => ((one.to ?? '') < (other.to ?? '') ? -1 : 1)).at(-1);
  if (!found) throw new RangeError('a staffing record has at least one engagement');
  return found;
}

/** The last day of somebody's work in a category, as far as it is known; undefined while it is open. */
export function lastDayIn(staffing: Staffing, category: Category): CalendarDate | undefined {
  const ends = staffing.engagements.filter((engagement) => engagement.category === category).map(({ to }) => to);
  if (ends.length === 0 || ends.includes(undefined)) return undefined;
  return ends.reduce((one, other) => ((one ?? '') > (other ?? '') ? one : other));
}
