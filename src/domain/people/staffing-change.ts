import { addDays } from '#domain/kernel/calendar.ts';
import type { Category } from '#domain/kernel/category.ts';
import type { CalendarDate, Instant, NodeId } from '#domain/kernel/ids.ts';
import type { Engagement, Leave, Staffing } from './staffing.ts';
import { isActive } from './staffing.ts';

export type StaffingChange =
  | { readonly kind: 'add'; readonly engagement: Engagement }
  /** Other days for work that is recorded: it ends, goes on longer, or began another day. */
  | {
      readonly kind: 'dates';
      readonly engagement: string;
      readonly from: CalendarDate;
      readonly to?: CalendarDate | undefined;
    }
  /** The same work in another unit, from a day. */
  | { readonly kind: 'move'; readonly engagement: string; readonly unit: NodeId; readonly from: CalendarDate }
  | { readonly kind: 'leave'; readonly leave: Leave }
  | { readonly kind: 'leave-ends'; readonly from: CalendarDate; readonly to: CalendarDate };

export type StaffingRefusal =
  | 'dates-reversed'
  | 'date-unlikely'
  | 'last-day-needed'
  | 'engagement-unknown'
  | 'engagement-overlaps'
  | 'move-outside'
  | 'same-unit'
  | 'leave-unknown'
  | 'leave-overlaps';

/** What one engagement is called in a form: no two of a record have the same unit, category and first day. */
export function engagementKey({ unit, category, from }: Engagement): string {
  return `${unit ?? ''}:${category}:${from}`;
}

/** Whose work has no last day while it goes on; all others leave some day, and their certificate ends with it (course.yaml). */
export function needsLastDay(category: Category): boolean {
  return category !== 'new-employee' && category !== 'unit-manager';
}

/** A record to add, never an edited one. @param today bounds what a first day can be */
export function changedStaffing(
  staffing: Staffing,
  change: StaffingChange,
  at: Instant,
  today: CalendarDate,
): { readonly ok: true; readonly staffing: Staffing } | { readonly ok: false; readonly reason: StaffingRefusal } {
  if (change.kind === 'leave' || change.kind === 'leave-ends') return changedLeave(staffing, change, at);
  const engagements = changedEngagements(staffing.engagements, change);
  if (typeof engagements === 'string') return { ok: false, reason: engagements };
  const changed = engagements.filter((one) => !staffing.engagements.includes(one));
  const reason = changed.map((one) => refuseDates(one, today)).find((found) => found !== undefined);
  if (reason) return { ok: false, reason };
  if (changed.some((one) => overlapsAnother(one, engagements))) return { ok: false, reason: 'engagement-overlaps' };
  return { ok: true, staffing: { recordedAt: at, engagements, leaves: staffing.leaves } };
}

function changedEngagements(
  engagements: readonly Engagement[],
  change: Exclude<StaffingChange, { kind: 'leave' | 'leave-ends' }>,
): readonly Engagement[] | StaffingRefusal {
  if (change.kind === 'add') return [...engagements, change.engagement];
  const old = engagements.find((one) => engagementKey(one) === change.engagement);
  if (!old) return 'engagement-unknown';
  if (change.kind === 'dates') {
    return engagements.map((one) => (one === old ? { ...old, from: change.from, to: change.to } : one));
  }
  const { unit, from } = change;
  if (unit === old.unit) return 'same-unit';
  if (old.to !== undefined && from > old.to) return 'move-outside';
  const moved = { ...old, unit, from };
  // Moved before the first day: the work in the old unit never was.
  if (from <= old.from) return engagements.map((one) => (one === old ? { ...moved, from: old.from } : one));
  return engagements.flatMap((one) => (one === old ? [{ ...old, to: addDays(from, -1) }, moved] : one));
}

function changedLeave(
  staffing: Staffing,
  change: Extract<StaffingChange, { kind: 'leave' | 'leave-ends' }>,
  at: Instant,
): ReturnType<typeof changedStaffing> {
  const old = change.kind === 'leave-ends' ? staffing.leaves.find(({ from }) => from === change.from) : undefined;
  if (change.kind === 'leave-ends' && !old) return { ok: false, reason: 'leave-unknown' };
  const leave = change.kind === 'leave' ? change.leave : { from: change.from, to: change.to };
  const others = staffing.leaves.filter((one) => one !== old);
  if (leave.to !== undefined && leave.to < leave.from) return { ok: false, reason: 'dates-reversed' };
  if (others.some((one) => overlap(one, leave))) return { ok: false, reason: 'leave-overlaps' };
  const leaves = [...others, leave].sort((one, other) => (one.from < other.from ? -1 : 1));
  return { ok: true, staffing: { ...staffing, recordedAt: at, leaves } };
}

/** Nobody has worked for longer than sixty years, and nobody is employed more than two years ahead. */
function refuseDates({ category, from, to }: Engagement, today: CalendarDate): StaffingRefusal | undefined {
  if (from < addDays(today, -60 * 366) || from > addDays(today, 2 * 366)) return 'date-unlikely';
  if (to === undefined) return needsLastDay(category) ? 'last-day-needed' : undefined;
  return to < from ? 'dates-reversed' : undefined;
}

/** Twice at once in the same unit, in the same category, is one and the same work. */
function overlapsAnother(engagement: Engagement, all: readonly Engagement[]): boolean {
  return all.some(
    (other) =>
      other !== engagement &&
      other.unit === engagement.unit &&
      other.category === engagement.category &&
      overlap(other, engagement),
  );
}

function overlap(one: Leave, other: Leave): boolean {
  return isActive(one, other.from) || isActive(other, one.from);
}
