import { addDays } from '#domain/kernel/calendar.ts';
import type { CalendarDate, NodeId } from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';
import { currentStaffing, isActive } from '#domain/people/staffing.ts';
import { type GrantBasis, heldGrants } from './grant-days.ts';
import { leadsUnits } from './unmanaged-units.ts';

/** A summer with what comes before and after; who is away for longer needs somebody whom an administrator gives the role. */
export const longestDeputyDays = 92;

/** How far ahead a deputy can be appointed. */
const daysAhead = 366;

/** Whether a deputy can be appointed for these days, both inclusive. */
export function areDeputyDays(from: CalendarDate, to: CalendarDate, today: CalendarDate): boolean {
  return from >= today && from <= addDays(today, daysAhead) && to >= from && to < addDays(from, longestDeputyDays);
}

/**
 * Whether a manager can appoint somebody as deputy for a unit: they work in its committee today (what belongs to one committee stays
 * there, OSL 8:1), sign in with an address and a password, and do not lead the unit already. Never somebody with protected identity:
 * a deputy's name is shown.
 */
export function canBeDeputy(
  person: Pick<
    Person,
    'pseudonym' | 'grants' | 'staffing' | 'createdAt' | 'email' | 'passwordHash' | 'protectedIdentity'
  >,
  unit: NodeId,
  basis: GrantBasis,
): boolean {
  const { tree, date } = basis;
  const committee = tree.committeeOf(unit);
  const worksThere = currentStaffing(person).engagements.some(
    (one) => one.unit !== undefined && isActive(one, date) && tree.committeeOf(one.unit) === committee,
  );
  const leads = heldGrants(person, basis).some((grant) => leadsUnits(grant) && grant.place === unit);
  const canSignIn = person.email !== undefined && person.passwordHash !== undefined;
  return worksThere && canSignIn && !leads && !person.protectedIdentity;
}
