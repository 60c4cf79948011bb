import { type AsOf, type AssignmentPolicy, workAloneBlock } from '#domain/assignment/assignment.ts';
import { addDays, endOfDay, mondayOf } from '#domain/kernel/calendar.ts';
import type { CalendarDate, Instant, NodeId } from '#domain/kernel/ids.ts';
import type { Place, Tree } from '#domain/people/organisation.ts';
import type { StaffRecord } from '#domain/people/staff-record.ts';
import { isActive, isOnLeave, staffingAt } from '#domain/people/staffing.ts';
import { dueOf, noCounts, placementOf, type RowState, stateOf, type ViewContext, worstOf } from './unit-view.ts';

/** Fewer people than this are never a group of their own in figures without names. */
export const smallestGroup = 5;

/** So many weeks ahead, the present one included. */
export const weeksAhead = 8;

/** Figures of one group. Who works in two of its units counts in both, so that parts always add up to their whole. */
export interface Tally {
  readonly people: number;
  /** Each person by the course that needs doing first. */
  readonly counts: Readonly<Record<RowState, number>>;
  /** May not work alone on the day that is asked about. */
  readonly barred: number;
  /** Courses with their last day in this week, and in each of the next. */
  readonly dueWeeks: readonly number[];
}

/** How the figures of a department are looked at: states as of one day, who may not work alone on the same or on a later one. */
export interface FiguresContext extends Pick<ViewContext, 'tree' | 'policy' | 'asOf'> {
  /** None: the same. */
  readonly askedDay?: CalendarDate | undefined;
}

/** Figures of each unit, in one pass over the people. */
export function tallyUnits(
  records: readonly StaffRecord[],
  units: ReadonlySet<NodeId>,
  look: FiguresContext,
): ReadonlyMap<NodeId, Tally> {
  const tallies = new Map<NodeId, Mutable>();
  const monday = mondayOf(look.asOf.date);
  const asked = { ...look.asOf, date: look.askedDay ?? look.asOf.date };
  const isSameDay = asked.date === look.asOf.date;
  const weekEnds = Array.from({ length: weeksAhead }, (_, week) => addDays(monday, 7 * week + 6));
  for (const record of records) {
    for (const unit of unitsOn(record, units, look.asOf)) {
      const place = placementOf(record, unit, look);
      if (!place) continue;
      const tally = tallies.get(unit) ?? emptyTally();
      tallies.set(unit, tally);
      const states = place.assignments.map((one) => stateOf(one, place.isOnLeave));
      const state = states.length > 0 ? worstOf(states) : place.isOnLeave ? 'on-leave' : 'no-course';
      tally.people += 1;
      tally.counts[state] += 1;
      // Only who has something unfinished can be barred the same day, and most have not.
      const isOpen = !isSameDay || states.some(isUnfinished);
      if (isOpen && workAloneBlock(record, unit, look.policy, asked)) tally.barred += 1;
      for (const assignment of place.assignments) {
        const due = dueOf(assignment, place.isOnLeave);
        if (due === undefined || due < monday) continue;
        const week = weekEnds.findIndex((end) => due <= end);
        if (week !== -1) tally.dueWeeks[week] = (tally.dueWeeks[week] ?? 0) + 1;
      }
    }
  }
  return tallies;
}

interface Mutable {
  people: number;
  readonly counts: Record<RowState, number>;
  barred: number;
  readonly dueWeeks: number[];
}

function emptyTally(): Mutable {
  return { people: 0, counts: noCounts(), barred: 0, dueWeeks: Array.from({ length: weeksAhead }, () => 0) };
}

export function sumOf(tallies: readonly Tally[]): Tally {
  const sum = emptyTally();
  for (const { people, counts, barred, dueWeeks } of tallies) {
    sum.people += people;
    sum.barred += barred;
    for (const state of Object.keys(counts) as RowState[]) sum.counts[state] += counts[state];
    for (const [week, count] of dueWeeks.entries()) sum.dueWeeks[week] = (sum.dueWeeks[week] ?? 0) + count;
  }
  return sum;
}

function isUnfinished(state: RowState): boolean {
  return state === 'overdue' || state === 'not-started' || state === 'under-way';
}

/** Units where the person works on the day or later, once each. */
function unitsOn(record: StaffRecord, units: ReadonlySet<NodeId>, { date, known }: AsOf): readonly NodeId[] {
  const found: NodeId[] = [];
  for (const { unit, to } of staffingAt(record, known)?.engagements ?? []) {
    if (unit && units.has(unit) && (to === undefined || to >= date) && !found.includes(unit)) found.push(unit);
  }
  return found;
}

/** One line of a place's figures: a part of it, or several small parts together. */
export type Group =
  | { readonly kind: 'part'; readonly place: Place; readonly tally: Tally }
  | { readonly kind: 'rest'; readonly places: readonly Place[]; readonly tally: Tally };

export interface PlaceFigures {
  readonly whole: Tally;
  /** Together they are the whole. Parts where nobody works are left out. */
  readonly groups: readonly Group[];
}

/**
 * The figures of a place, without names and with no group under five: neither one that is shown, nor one that is left when
 * groups that are shown, on this page or on those of the places above and below, are taken from each other. Groups therefore
 * follow the tree: a place's parts are shown by themselves or merged, and what has been merged has no figures of its own on
 * any page that the same reader can open.
 *
 * @param root the outermost place that the reader may see figures of
 * @param tallies of the units at and below the place
 * @param headcounts of the units at and below the root
 * @returns undefined where the place is too small, or has been merged with others
 */
export function placeFigures(
  tree: Tree,
  place: Place,
  root: NodeId,
  tallies: ReadonlyMap<NodeId, Tally>,
  headcounts: ReadonlyMap<NodeId, number>,
): PlaceFigures | undefined {
  const path = tree.pathOf(place.id);
  const fromRoot = path.slice(0, path.indexOf(root) + 1).reverse();
  if (fromRoot[0] !== root) return undefined;
  for (const [step, id] of fromRoot.entries()) {
    const child = fromRoot[step + 1];
    if (child === undefined) break;
    const parts = tree.childrenOf(id).map((part) => ({ id: part.id, people: headcountOf(tree, part, headcounts) }));
    if (!mergeSmall(parts, ({ people }) => people).shown.some((part) => part.id === child)) return undefined;
  }
  const whole = tallyOf(tree, place, tallies);
  return whole.people < smallestGroup ? undefined : { whole, groups: groupsOf(tree, place.id, tallies) };
}

function groupsOf(tree: Tree, id: NodeId, tallies: ReadonlyMap<NodeId, Tally>): readonly Group[] {
  const parts = tree.childrenOf(id).map((place) => ({ place, tally: tallyOf(tree, place, tallies) }));
  const { shown, merged } = mergeSmall(parts, ({ tally }) => tally.people);
  const groups: Group[] = shown.map((part) => ({ kind: 'part', ...part }));
  if (merged.length === 0) return groups;
  const places = merged.map(({ place }) => place);
  return [...groups, { kind: 'rest', places, tally: sumOf(merged.map(({ tally }) => tally)) }];
}

function headcountOf(tree: Tree, place: Place, headcounts: ReadonlyMap<NodeId, number>): number {
  const own = headcounts.get(place.id) ?? 0;
  return tree.childrenOf(place.id).reduce((sum, child) => sum + headcountOf(tree, child, headcounts), own);
}

function tallyOf(tree: Tree, place: Place, tallies: ReadonlyMap<NodeId, Tally>): Tally {
  const own = tallies.get(place.id);
  const children = tree.childrenOf(place.id);
  if (children.length === 0) return own ?? emptyTally();
  return sumOf([...(own ? [own] : []), ...children.map((child) => tallyOf(tree, child, tallies))]);
}

/**
 * Parts of fewer than five are merged; if they are fewer than five together, so is the smallest of the others, until they
 * are enough. Empty parts fall away: they tell nothing of anybody.
 *
 * @example mergeSmall([12, 3, 7], (size) => size) // shown: [12], merged: [3, 7]
 */
export function mergeSmall<P>(
  parts: readonly P[],
  sizeOf: (part: P) => number,
): { readonly shown: readonly P[]; readonly merged: readonly P[] } {
  const peopled = parts.filter((part) => sizeOf(part) > 0);
  const bySize = peopled.toSorted((one, other) => sizeOf(one) - sizeOf(other));
  const merged = new Set<P>();
  let together = 0;
  for (const part of bySize) {
    const size = sizeOf(part);
    if (size >= smallestGroup && (merged.size === 0 || together >= smallestGroup)) break;
    merged.add(part);
    together += size;
  }
  return {
    shown: peopled.filter((part) => !merged.has(part)),
    merged: peopled.filter((part) => merged.has(part)),
  };
}

/** A day, and how many of those at work on it had a certificate that held. */
export interface Completion {
  readonly date: CalendarDate;
  readonly people: number;
  readonly done: number;
}

/** The last days of the eleven months before, and the day itself. */
export function monthEnds(today: CalendarDate, count = 12): readonly CalendarDate[] {
  const [year, month] = today.split('-').map(Number) as [number, number];
  const ends = Array.from({ length: count - 1 }, (_, back) => {
    const end = new Date(Date.UTC(year, month - count + 1 + back, 0));
    return end.toISOString().slice(0, 10) as CalendarDate;
  });
  return [...ends, today];
}

/**
 * Completion over time, as it was known on each day. Far cheaper for each day than a whole list of states: for whoever was
 * at work and had a course to take, only whether a certificate held.
 */
export function completionOver(
  records: readonly StaffRecord[],
  units: ReadonlySet<NodeId>,
  policy: AssignmentPolicy,
  dates: readonly CalendarDate[],
  now: Instant,
): readonly Completion[] {
  const days = dates.map((date) => {
    const end = endOfDay(date);
    return { asOf: { date, known: end < now ? end : now }, people: 0, done: 0 };
  });
  // All days of one person, then the next: twelve walks through everybody would fetch each record from memory twelve times.
  for (const record of records) {
    for (const day of days) {
      const held = holdsIn(record, units, policy, day.asOf);
      day.people += held.length;
      for (const holds of held) if (holds) day.done += 1;
    }
  }
  return days.map(({ asOf: { date }, people, done }) => ({ date, people, done }));
}

const nothing: readonly boolean[] = [];

/** Completion of several units together, over the same days. */
export function sumOfCompletion(units: readonly (readonly Completion[])[]): readonly Completion[] {
  const [first = []] = units;
  return first.map(({ date }, day) => {
    const ofDay = units.flatMap((unit) => unit[day] ?? []);
    const people = ofDay.reduce((sum, one) => sum + one.people, 0);
    return { date, people, done: ofDay.reduce((sum, one) => sum + one.done, 0) };
  });
}

/** For each of the units where somebody is at work on the day: whether every course that the work asks for is passed. */
function holdsIn(
  record: StaffRecord,
  units: ReadonlySet<NodeId>,
  policy: AssignmentPolicy,
  { date, known }: AsOf,
): readonly boolean[] {
  const staffing = staffingAt(record, known);
  if (!staffing || isOnLeave(staffing, date)) return nothing;
  const byUnit = new Map<NodeId, boolean>();
  for (const engagement of staffing.engagements) {
    const { unit } = engagement;
    if (!unit || !units.has(unit) || !isActive(engagement, date)) continue;
    const rule = policy.ruleFor(engagement, date);
    if (!rule) continue;
    const holds = record.certificates.some(
      ({ track, issuedAt, issuedOn, validUntil }) =>
        (track === rule.track || rule.accepts.includes(track)) &&
        issuedAt <= known &&
        issuedOn <= date &&
        date <= validUntil,
    );
    byUnit.set(unit, holds && (byUnit.get(unit) ?? true));
  }
  return byUnit.size === 0 ? nothing : [...byUnit.values()];
}

/** Lessons that at least so many people of a unit have had to read again. No number goes with them. */
export function weakLessons(records: readonly StaffRecord[], unit: NodeId, asOf: AsOf): readonly string[] {
  const missed = new Map<string, number>();
  const since = `${addDays(asOf.date, -365)}T00:00:00.000Z`;
  for (const record of records) {
    const works = staffingAt(record, asOf.known)?.engagements.some(
      (one) => one.unit === unit && isActive(one, asOf.date),
    );
    if (!works) continue;
    for (const { lesson, at } of record.missedLessons) {
      if (at >= since && at <= asOf.known) missed.set(lesson, (missed.get(lesson) ?? 0) + 1);
    }
  }
  return [...missed]
    .filter(([, people]) => people >= smallestGroup)
    .sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1))
    .map(([lesson]) => lesson);
}
