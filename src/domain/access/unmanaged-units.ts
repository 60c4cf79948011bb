import { addDays } from '#domain/kernel/calendar.ts';
import type { CalendarDate, NodeId } from '#domain/kernel/ids.ts';
import type { Tree } from '#domain/people/organisation.ts';
import type { Grant, Role } from '#domain/people/person.ts';
import { covers } from './access.ts';
import { type AwakeGrant, type GrantBasis, grantState, type Holder } from './grant-days.ts';

/** How far ahead it is said that a unit will be without a manager: time enough to give somebody the role. */
export const unmanagedAhead = 30;

export interface UnmanagedUnit {
  readonly unit: NodeId;
  /** The first day without a manager or a deputy. */
  readonly from: CalendarDate;
}

/** Whether a role is that of whoever leads a unit's work. */
export function leadsUnits({ role }: Grant): boolean {
  return role === 'unit-manager' || role === 'deputy';
}

/** The units that nobody leads today or on a day within so many days, by what is known now. */
export function unitsWithoutManager(
  units: readonly NodeId[],
  granted: readonly Holder[],
  basis: GrantBasis,
  days: number,
): readonly UnmanagedUnit[] {
  const leaders = granted.flatMap((holder) => holder.grants.filter(leadsUnits).map((grant) => ({ holder, grant })));
  const last = addDays(basis.date, days);
  return units.flatMap((unit) => {
    const path = basis.tree.pathOf(unit);
    const own = leaders.filter(({ grant }) => covers(grant, path));
    for (let date = basis.date; date <= last; ) {
      const through = ledThrough(own, { ...basis, date });
      if (through === 'nobody') return { unit, from: date };
      if (through === undefined) return [];
      date = addDays(through, 1);
    }
    return [];
  });
}

function ledThrough(
  leaders: readonly { readonly holder: Holder; readonly grant: Grant }[],
  basis: GrantBasis,
): CalendarDate | undefined | 'nobody' {
  let latest: CalendarDate | undefined;
  for (const { holder, grant } of leaders) {
    const state = grantState(grant, holder, basis);
    if (state.state !== 'awake') continue;
    if (state.through === undefined) return undefined;
    if (latest === undefined || state.through > latest) latest = state.through;
  }
  return latest ?? 'nobody';
}

/**
 * Who takes over a unit without a manager: whoever has the role at the innermost place at or above it where anybody has. An
 * administrator sees names; a department head sees numbers.
 */
export function nearestWith<H extends { readonly grants: readonly AwakeGrant[] }>(
  role: Extract<Role, 'administrator' | 'department-head'>,
  unit: NodeId,
  people: readonly H[],
  tree: Tree,
): readonly H[] {
  for (const place of [...tree.pathOf(unit), 'everything' as const]) {
    const there = people.filter(({ grants }) => grants.some((grant) => grant.role === role && grant.place === place));
    if (there.length > 0) return there;
  }
  return [];
}
