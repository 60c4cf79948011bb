import type { Category } from '#domain/kernel/category.ts';
import type { CalendarDate, Instant, NodeId } from '#domain/kernel/ids.ts';

/** A time of work in one unit, in one category. Both days inclusive. */
export interface Engagement {
  /** Absent for who has not been placed in a unit. */
  readonly unit?: NodeId | undefined;
  readonly category: Category;
  readonly from: CalendarDate;
  /** Open-ended for employees. */
  readonly to?: CalendarDate | undefined;
}

/** Both days inclusive. */
export interface Leave {
  readonly from: CalendarDate;
  readonly to?: CalendarDate | undefined;
}

/**
 * What the employer says about somebody's work, from the moment it was recorded until something else is. Never edited:
 * a change is a new one, so that the state of any past day can be asked for again as it was known that day.
 */
export interface Staffing {
  readonly recordedAt: Instant;
  readonly engagements: readonly Engagement[];
  readonly leaves: readonly Leave[];
}

/** Whoever has a record of work. Oldest first, at least one; the last holds now. */
export interface Staffed {
  readonly staffing: readonly Staffing[];
}

/** What was known about somebody's work at a moment; before the first record, nothing. */
export function staffingAt(person: Staffed, at: Instant): Staffing | undefined {
  return person.staffing.findLast(({ recordedAt }) => recordedAt <= at);
}

export function currentStaffing(person: Staffed): Staffing {
  const last = person.staffing.at(-1);
  if (!last) throw new RangeError('a person has at least one staffing record');
  return last;
}

/** Whether somebody works in a unit on a day or later, by what holds now. */
export function worksThereFrom(person: Staffed, unit: NodeId, date: CalendarDate): boolean {
  return currentStaffing(person).engagements.some(
    (engagement) => engagement.unit === unit && (engagement.to === undefined || engagement.to >= date),
  );
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
  const byStart = engagements.toSorted((one, other) => inOrder(one.from, other.from));
  const found =
    byStart.find((engagement) => isActive(engagement, date)) ??
    byStart.find(({ from }) => from > date) ??
    byStart.toSorted((one, other) => inOrder(one.to ?? '', other.to ?? '')).at(-1);
  if (!found) throw new RangeError('a staffing record has at least one engagement');
  return found;
}

/** The last day of somebody's work in a category on this day and later, as far as it is known; undefined while it is open, and for none. */
export function lastDayIn(staffing: Staffing, category: Category, date: CalendarDate): CalendarDate | undefined {
  const ends = staffing.engagements
    .filter((engagement) => engagement.category === category && (engagement.to === undefined || engagement.to >= date))
    .map(({ to }) => to);
  if (ends.length === 0 || ends.includes(undefined)) return undefined;
  return ends.reduce((one, other) => ((one ?? '') > (other ?? '') ? one : other));
}

function inOrder(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
