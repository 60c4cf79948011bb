import { addDays, dateOf, earlier } from '#domain/kernel/calendar.ts';
import type { CalendarDate, Instant, Pseudonym } from '#domain/kernel/ids.ts';
import type { Tree } from '#domain/people/organisation.ts';
import type { Grant, Person } from '#domain/people/person.ts';
import type { Engagement, Leave, Staffing } from '#domain/people/staffing.ts';
import { currentStaffing, isActive } from '#domain/people/staffing.ts';

/** A grant that holds today. Only `awakeGrants` makes one, so that nobody acts by a role that rests. */
export type AwakeGrant = Grant & { readonly brand: 'AwakeGrant' };

/** Somebody who may act: the person with those grants alone that are awake. Made by `acting`, and never stored. */
export type ActingPerson = Omit<Person, 'grants'> & { readonly grants: readonly AwakeGrant[] };

/** What a grant's days are worked out from. `StaffRecord` and `Person` are both one. */
export type Holder = Pick<Person, 'pseudonym' | 'grants' | 'staffing' | 'createdAt'>;

/** What grants rest on besides their holder's own record. */
export interface GrantBasis {
  readonly tree: Tree;
  /** The day that is asked about: today, or one that comes. */
  readonly date: CalendarDate;
  /** Whoever appointed a deputy. */
  readonly appointerOf: (pseudonym: Pseudonym) => Holder | undefined;
}

/**
 * - `awake`: holds on the day, through `through` as far as it is known (undefined: no end is known).
 * - `asleep`: does not hold on the day, and wakes by itself when its first day comes, the work begins or a leave is over. One whose
 *   first day comes may have a last day too (`through`).
 * - `ended`: never holds again, unless it is given again. `last`: the last day on which it could be used.
 */
export type GrantState =
  | { readonly state: 'awake'; readonly through: CalendarDate | undefined }
  | { readonly state: 'asleep'; readonly why: 'work' | 'leave'; readonly from: CalendarDate | undefined }
  | {
      readonly state: 'asleep';
      readonly why: 'first-day';
      readonly from: CalendarDate;
      readonly through: CalendarDate | undefined;
    }
  | { readonly state: 'ended'; readonly last: CalendarDate | undefined };

/**
 * How a grant stands on a day (decision 0018). It rests on current work: at a place, on work in the same committee, as soon as
 * there has been any since it was given; else on any work. Once that work has ended, by what was known at the time, the grant
 * has ended for good: somebody who comes back, or whose dates are changed afterwards, is given it again or does without.
 */
export function grantState(grant: Grant, holder: Holder, basis: GrantBasis): GrantState {
  const own = ownState(grant, holder, basis, 'rests');
  return grant.role === 'deputy' ? withAppointer(own, grant, basis) : own;
}

/** The grants that hold on the day. The only place where a grant becomes one to act by. */
export function awakeGrants(holder: Holder, basis: GrantBasis): readonly AwakeGrant[] {
  return holder.grants.filter((grant): grant is AwakeGrant => grantState(grant, holder, basis).state === 'awake');
}

/** The grants that hold or will: those that rest for now too, and not those that have ended for good. */
export function heldGrants(holder: Holder, basis: GrantBasis): readonly Grant[] {
  return holder.grants.filter((grant) => grantState(grant, holder, basis).state !== 'ended');
}

export function acting(person: Person, basis: GrantBasis): ActingPerson {
  return { ...person, grants: awakeGrants(person, basis) };
}

/** @param leave whether leave puts the grant to rest */
function ownState(grant: Grant, holder: Holder, { tree, date }: GrantBasis, leave: 'rests' | 'aside'): GrantState {
  const counts = workThatCounts(grant, holder, tree);
  const first = grant.from ?? dateOf(new Date(givenAt(grant, holder)));
  const lastOfWork = lastDayOfWork(first, grant, holder, counts, date);
  const isOver = grant.to !== undefined && grant.to < date;
  if (lastOfWork !== undefined) return { state: 'ended', last: isOver ? earlier(lastOfWork, grant.to) : lastOfWork };
  if (isOver) return { state: 'ended', last: grant.to };
  const { engagements, leaves } = currentStaffing(holder);
  const work = engagements.filter(counts);
  if (first > date) {
    const lastFromThen = lastDayInARow(work, first);
    const through = firstOf([lastFromThen === 'none' ? undefined : lastFromThen, grant.to]);
    return { state: 'asleep', why: 'first-day', from: first, through };
  }
  const lastInARow = lastDayInARow(work, date);
  if (lastInARow === 'none') return { state: 'asleep', why: 'work', from: nextStart(work, date) };
  const away = leave === 'rests' ? leaves : [];
  const now = away.find((one) => isActive(one, date));
  if (now) return { state: 'asleep', why: 'leave', from: now.to && addDays(now.to, 1) };
  const next = nextStart(away, date);
  return { state: 'awake', through: firstOf([lastInARow, grant.to, next && addDays(next, -1)]) };
}

/**
 * A deputy stands in for whoever appointed them, and so has the role no longer than that one has theirs. A manager's leave is the very reason
 * for a deputy and ends nothing; a manager who was given the role anew appoints anew.
 */
function withAppointer(own: GrantState, grant: Grant, basis: GrantBasis): GrantState {
  const manager = grant.by === undefined ? undefined : basis.appointerOf(grant.by);
  const path: readonly string[] = grant.place === 'everything' ? [] : basis.tree.pathOf(grant.place);
  const states = (manager?.grants ?? []).flatMap((one) =>
    manager && mayAppoint(one, path) && givenAt(one, manager) <= (grant.givenAt ?? '')
      ? ownState(one, manager, basis, 'aside')
      : [],
  );
  if (own.state === 'ended') return own;
  const standing = states.find(({ state }) => state === 'awake') ?? states.find(({ state }) => state === 'asleep');
  if (!standing || standing.state === 'ended') return { state: 'ended', last: undefined };
  if (own.state === 'asleep' || standing.state === 'asleep') return own.state === 'asleep' ? own : standing;
  return { state: 'awake', through: firstOf([own.through, standing.through]) };
}

/** A unit's manager, or an administrator of it where it has none. */
function mayAppoint({ role, place }: Grant, path: readonly string[]): boolean {
  return (role === 'unit-manager' || role === 'administrator') && (place === 'everything' || path.includes(place));
}

/** From when on a grant is watched. One from before there were days is held to everything that is known of its holder. */
function givenAt(grant: Grant, { createdAt }: Pick<Holder, 'createdAt'>): Instant {
  return grant.givenAt ?? createdAt;
}

/** Work outside all units belongs to no committee, and carries a role in any: only who is given everything can record it. */
function workThatCounts(grant: Grant, holder: Holder, tree: Tree): (engagement: Engagement) => boolean {
  const committee = grant.place === 'everything' ? undefined : tree.committeeOf(grant.place);
  if (committee === undefined) return () => true;
  const isInCommittee = ({ unit }: Engagement) => unit !== undefined && tree.committeeOf(unit) === committee;
  const isEver = spansSince(givenAt(grant, holder), holder.staffing).some(({ staffing, from }) =>
    staffing.engagements.some((one) => isInCommittee(one) && (one.to === undefined || one.to >= from)),
  );
  return isEver ? (one) => one.unit === undefined || isInCommittee(one) : () => true;
}

/**
 * The last day of the work that a grant rests on, where that has ended by what was known on the day after; undefined while it
 * goes on, or has not begun. Work that comes keeps a grant that has not begun to hold, and wakes none that has.
 *
 * @param first the grant's own first day
 */
function lastDayOfWork(
  first: CalendarDate,
  grant: Grant,
  holder: Holder,
  counts: (engagement: Engagement) => boolean,
  date: CalendarDate,
): CalendarDate | undefined {
  let hasBegun = false;
  let restsThere = false;
  for (const { staffing, from, to = date } of spansSince(givenAt(grant, holder), holder.staffing)) {
    const there = staffing.engagements.filter(counts);
    const begins: CalendarDate | undefined = restsThere ? undefined : firstInUnit(there, from);
    const work = restsThere ? there : [...there, ...until(begins, staffing.engagements)];
    restsThere ||= begins !== undefined && begins <= to;
    for (let day = from; day <= to; ) {
      const last = lastDayInARow(work, day);
      if (last !== 'none') {
        const reached = firstOf([last, to]) ?? to;
        hasBegun ||= reached >= first;
        if (last === undefined) break;
        day = addDays(last, 1);
        continue;
      }
      const next = nextStart(work, day);
      if (hasBegun || next === undefined) return addDays(day, -1);
      day = next;
    }
  }
  return undefined;
}

/** The first day of work in a unit, of that which goes on from a day or comes. */
function firstInUnit(work: readonly Engagement[], day: CalendarDate): CalendarDate | undefined {
  return firstOf(
    work.filter(({ unit, to }) => unit !== undefined && (to === undefined || to >= day)).map(({ from }) => from),
  );
}

/** Work through the day before: a role rests on whatever work there is until some in its committee begins, and then on that. */
function until(day: CalendarDate | undefined, work: readonly Engagement[]): readonly Engagement[] {
  if (day === undefined) return work;
  const last = addDays(day, -1);
  return work.filter(({ from }) => from <= last).map((one) => ({ ...one, to: one.to ? earlier(one.to, last) : last }));
}

/**
 * What was known about somebody's work from a moment on, with the days on which it was. The newest is known still, and so has no
 * last day.
 */
function spansSince(
  since: Instant,
  all: readonly Staffing[],
): readonly { readonly staffing: Staffing; readonly from: CalendarDate; readonly to: CalendarDate | undefined }[] {
  const start = Math.max(
    0,
    all.findLastIndex(({ recordedAt }) => recordedAt <= since),
  );
  return all.slice(start).flatMap((staffing, index, { length }) => {
    const next = all[start + index + 1]?.recordedAt;
    const begin = index === 0 && since > staffing.recordedAt ? since : staffing.recordedAt;
    // Replaced at the moment it was made.
    if (next !== undefined && next <= begin && length > 1) return [];
    const to = next === undefined ? undefined : dateOf(new Date(Date.parse(next) - 1));
    return { staffing, from: dateOf(new Date(begin)), to };
  });
}

/** The last day of work that goes on without a day between from this one; undefined where it is open. */
function lastDayInARow(work: readonly Engagement[], day: CalendarDate): CalendarDate | undefined | 'none' {
  let last: CalendarDate | undefined;
  for (let at = day; ; ) {
    const current = work.filter((one) => isActive(one, at));
    if (current.length === 0) return last ?? 'none';
    if (current.some(({ to }) => to === undefined)) return undefined;
    last = current.flatMap(({ to }) => to ?? []).reduce((one, other) => (one > other ? one : other));
    at = addDays(last, 1);
  }
}

function nextStart(spans: readonly Leave[], day: CalendarDate): CalendarDate | undefined {
  // One that ends before it begins was taken back, and never comes.
  const real = spans.filter(({ from, to }) => to === undefined || from <= to);
  return firstOf(real.map(({ from }) => from).filter((from) => from > day));
}

function firstOf(days: readonly (CalendarDate | undefined)[]): CalendarDate | undefined {
  const known = days.filter((day) => day !== undefined);
  return known.length === 0 ? undefined : known.reduce(earlier);
}
