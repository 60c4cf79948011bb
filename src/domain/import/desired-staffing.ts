import { addDays, earlier } from '#domain/kernel/calendar.ts';
import type { Category } from '#domain/kernel/category.ts';
import type { CalendarDate, NodeId } from '#domain/kernel/ids.ts';
import type { Engagement, Leave, Staffing } from '#domain/people/staffing.ts';

/** What the file says about somebody's work in one place. A date that the file does not give is undefined. */
export interface DesiredEngagement {
  readonly unit: NodeId;
  readonly category: Category | undefined;
  readonly from: CalendarDate | undefined;
  readonly to: CalendarDate | undefined;
}

export interface Desired {
  readonly engagements: readonly DesiredEngagement[];
  readonly leaves: readonly Leave[];
  /** Which columns the file has: what it has none for stays as it was. */
  readonly tells: { readonly to: boolean; readonly leaves: boolean };
}

/** Names for what the file does not give. */
interface Circumstances {
  readonly today: CalendarDate;
  /** Whether the administrator reaches the unit: what lies outside is left as it is. */
  readonly isReached: (unit: NodeId | undefined) => boolean;
  readonly otherCategory: Category;
}

/**
 * Somebody's work as it is after a file has been read. The rows about a person say all of their work in the units that are
 * reached: work there that they do not speak of ends. What has ended already, and work elsewhere, stays.
 */
export function staffingAfter(
  before: Pick<Staffing, 'engagements' | 'leaves'> | undefined,
  desired: Desired,
  at: Circumstances,
): Pick<Staffing, 'engagements' | 'leaves'> {
  const known = before?.engagements ?? [];
  const open = known.filter((one) => at.isReached(one.unit));
  const kept = known.filter((one) => !at.isReached(one.unit));
  const rows = withoutRepeated(desired.engagements);
  const pairs = paired(rows, open, at.today);
  const unspoken = open.filter((one) => ![...pairs.values()].includes(one));
  const added = rows.filter((row) => !pairs.has(row));
  const wanted = rows.map((row): Engagement => {
    const same = pairs.get(row);
    return {
      unit: row.unit,
      category: row.category ?? (same ?? open[0])?.category ?? at.otherCategory,
      from: row.from ?? same?.from ?? firstDayOf(row, at.today),
      to: endOf(row, same, desired, at.today),
    };
  });
  const isBack = (row: DesiredEngagement) => {
    const same = pairs.get(row);
    const to = endOf(row, same, desired, at.today);
    return hasEnded(same, at.today) && (to === undefined || to >= at.today);
  };
  const starts = [...added.map((row) => firstDayOf(row, at.today)), ...rows.filter(isBack).map(() => at.today)];
  // Work with an end already, before other work of the list begins: a move that is known.
  const handedOver = ({ to }: Engagement) => to !== undefined && wanted.some(({ from }) => from > to);
  const ended = unspoken.flatMap((one) => (handedOver(one) ? [one] : endedBy(one, starts, at.today)));
  const leaves = desired.tells.leaves ? leavesAfter(before?.leaves ?? [], desired.leaves, at.today) : before?.leaves;
  return { engagements: inOrder([...kept, ...ended, ...wanted]), leaves: leaves ?? [] };
}

/** Somebody who is not in a full list: all work in the units that are reached ends today. */
export function staffingOfMissing(
  before: Pick<Staffing, 'engagements' | 'leaves'>,
  { today, isReached }: Pick<Circumstances, 'today' | 'isReached'>,
): Pick<Staffing, 'engagements' | 'leaves'> {
  const engagements = before.engagements.flatMap((one) => (isReached(one.unit) ? endedOn(one, today) : [one]));
  if (engagements.length > 0) return { engagements, leaves: before.leaves };
  // A record has at least one engagement. Work that never began is kept as a day that is over, which counts nowhere.
  const [never] = before.engagements;
  const yesterday = addDays(today, -1);
  return { engagements: never ? [{ ...never, from: yesterday, to: yesterday }] : [], leaves: before.leaves };
}

/** Work that each row speaks of: in the same unit with the same first day, else of the same category at the same time. */
function paired(
  rows: readonly DesiredEngagement[],
  known: readonly Engagement[],
  today: CalendarDate,
): ReadonlyMap<DesiredEngagement, Engagement> {
  const pairs = new Map<DesiredEngagement, Engagement>();
  const left = new Set(known);
  const sameCategory = (row: DesiredEngagement, one: Engagement) =>
    row.category === undefined || row.category === one.category;
  const passes: readonly ((row: DesiredEngagement, one: Engagement) => boolean)[] = [
    (row, one) => row.from === one.from && sameCategory(row, one),
    (row, one) => row.from === one.from,
    (row, one) => sameCategory(row, one) && overlap(row, one, today),
  ];
  for (const fits of passes) {
    for (const row of rows) {
      if (pairs.has(row)) continue;
      const same = [...left].find((one) => one.unit === row.unit && fits(row, one));
      if (!same) continue;
      pairs.set(row, same);
      left.delete(same);
    }
  }
  return pairs;
}

/** A list without a column for it says nothing of an end that is known, but who stands in it after that day is back. */
function endOf(
  row: DesiredEngagement,
  same: Engagement | undefined,
  { tells }: Desired,
  today: CalendarDate,
): CalendarDate | undefined {
  if (tells.to) return row.to;
  return hasEnded(same, today) ? undefined : same?.to;
}

function hasEnded(work: Engagement | undefined, today: CalendarDate): boolean {
  return work?.to !== undefined && work.to < today;
}

/** A row without a first day is about now, or about the end that it gives. */
function firstDayOf({ from, to }: DesiredEngagement, today: CalendarDate): CalendarDate {
  return from ?? (to === undefined ? today : earlier(to, today));
}

function overlap(row: DesiredEngagement, one: Engagement, today: CalendarDate): boolean {
  const start = firstDayOf(row, today);
  return (one.to === undefined || start <= one.to) && (row.to === undefined || one.from <= row.to);
}

/** Somebody with two leaves has two rows with the same work. */
function withoutRepeated(rows: readonly DesiredEngagement[]): readonly DesiredEngagement[] {
  const key = ({ unit, category, from, to }: DesiredEngagement) => [unit, category, from, to].join();
  return [...new Map(rows.map((row) => [key(row), row])).values()];
}

/**
 * Work that the rows do not speak of, and that has not ended: over the day before what takes its place begins, or with
 * nothing in its place, today. What has not begun never will.
 */
function endedBy(one: Engagement, starts: readonly CalendarDate[], today: CalendarDate): readonly Engagement[] {
  if (one.to !== undefined && one.to <= today) return [one];
  if (one.from > today) return [];
  if (starts.length === 0) return endedOn(one, today);
  const [next] = starts.filter((start) => start > one.from).sort();
  return endedOn(one, addDays(next ?? today, -1));
}

/** Never later than it was to end; nothing where it would end before it began. */
function endedOn(one: Engagement, last: CalendarDate): readonly Engagement[] {
  if (one.to !== undefined && one.to <= last) return [one];
  return one.from > last ? [] : [{ ...one, to: last }];
}

/** Leave that is over stays; what goes on and the list does not have is over since yesterday, or will not be. */
function leavesAfter(before: readonly Leave[], listed: readonly Leave[], today: CalendarDate): readonly Leave[] {
  const yesterday = addDays(today, -1);
  const gone = before.flatMap((leave) => {
    if (listed.some(({ from }) => from === leave.from)) return [];
    if (leave.to !== undefined && leave.to < today) return [leave];
    return leave.from < today ? [{ ...leave, to: yesterday }] : [];
  });
  return [...gone, ...listed].sort((one, other) => (one.from < other.from ? -1 : 1));
}

function inOrder(engagements: readonly Engagement[]): readonly Engagement[] {
  return engagements.toSorted((one, other) => (one.from < other.from ? -1 : 1));
}
