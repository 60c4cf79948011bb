import { type Candidate, losesAdministration } from '#domain/access/administration.ts';
import { type GrantBasis, type GrantState, grantState, type Holder } from '#domain/access/grant-days.ts';
import type { CalendarDate, Instant } from '#domain/kernel/ids.ts';
import type { Grant } from '#domain/people/person.ts';
import type { StaffRecord } from '#domain/people/staff-record.ts';
import type { ImportPlan, PersonChange } from './plan-import.ts';

/** A role that ends, with its last day, as far as it ever had one. */
export interface RoleEnd {
  readonly grant: Grant;
  readonly last: CalendarDate | undefined;
}

/** The roles that a change of somebody's work ends, or ends earlier. */
export function rolesEndedBy(before: Holder, after: Holder, basis: GrantBasis): readonly RoleEnd[] {
  return before.grants.flatMap((grant) => {
    const [then, now] = [endOf(grantState(grant, before, basis)), endOf(grantState(grant, after, basis))];
    return order(now) < order(then) ? { grant, last: now === 'over' ? undefined : now } : [];
  });
}

function endOf(state: GrantState): CalendarDate | 'over' | undefined {
  if (state.state === 'ended') return state.last ?? 'over';
  return state.state === 'awake' ? state.through : undefined;
}

function order(end: CalendarDate | 'over' | undefined): string {
  return end === 'over' ? '' : (end ?? '9999-12-31');
}

/** A plan with what it does to roles. */
export interface PlanWithRoles extends ImportPlan {
  /** By the person whose work it is about. */
  readonly roleEnds: ReadonlyMap<PersonChange, readonly RoleEnd[]>;
  /** People who stay as they are: without them nobody would administer everything. */
  readonly heldBack: readonly PersonChange[];
}

/**
 * What a plan does to the roles of those whose work it changes. A change by which the last administrator of everything would be lost
 * is left out of it.
 *
 * @param granted everybody with a role
 */
export function planWithRoles(
  plan: ImportPlan,
  granted: readonly StaffRecord[],
  basis: GrantBasis,
  at: Instant,
): PlanWithRoles {
  const roleEnds = new Map<PersonChange, readonly RoleEnd[]>();
  const heldBack: PersonChange[] = [];
  let candidates: readonly Candidate[] = granted;
  const byId = new Map(granted.map((record) => [record.id, record]));
  for (const change of plan.changes) {
    const record = change.id && byId.get(change.id);
    if (!record) continue;
    const after = { ...record, staffing: [...record.staffing, { recordedAt: at, ...change.staffing }] };
    const next = candidates.map((one) => (one.id === record.id ? after : one));
    if (losesAdministration(candidates, next, basis)) {
      heldBack.push(change);
      continue;
    }
    candidates = next;
    const ends = rolesEndedBy(record, after, basis);
    if (ends.length > 0) roleEnds.set(change, ends);
  }
  const changes = plan.changes.filter((change) => !heldBack.includes(change));
  return { ...plan, changes, roleEnds, heldBack };
}
