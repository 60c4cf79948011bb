import { mayGrantAt } from '#domain/access/grant.ts';
import { type ActingPerson, awakeGrants, type GrantBasis } from '#domain/access/grant-days.ts';
import { rolesEndedBy } from '#domain/import/role-ends.ts';
import { dateOf } from '#domain/kernel/calendar.ts';
import type { Grant, Person } from '#domain/people/person.ts';
import type { StaffRecord } from '#domain/people/staff-record.ts';
import { grantBasis } from '#ports/acting-person.ts';
import type { Services } from '#src/services.ts';
import { tellOfChange } from './tell-of-change.ts';

type Needs = Pick<Services, 'store' | 'clock'> & Parameters<typeof tellOfChange>[0];

/**
 * Tells that roles end with the work they rest on. Whoever administers a unit says who works there, also about somebody whose role
 * reaches further than their own: that is no change of the role, which must not outlive the work (decision 0018), and so it is not
 * refused. The person is told; and where whoever said it could not have given the role, so are those who could, nearest to it: they
 * may give it again, or find out what happened.
 *
 * @param actor who changed the work; undefined where that is nobody any more
 */
export async function tellOfEndedRoles(
  needs: Needs,
  before: Person,
  after: Person,
  actor: ActingPerson | undefined,
): Promise<void> {
  if (before.grants.length === 0) return;
  const basis = await grantBasis(needs.store, dateOf(needs.clock()));
  const { tree } = basis;
  for (const { grant } of rolesEndedBy(before, after, basis)) {
    tellOfChange(needs, after, 'role-ends', { grant, tree });
    if (mayGrantAt(actor, grant.place, tree)) continue;
    const granted = await needs.store.people.staffWithGrants();
    for (const one of nearestGivers(granted, grant, basis)) {
      if (one.id !== after.id) tellOfChange(needs, one, 'role-of-other-ends', { grant, tree });
    }
  }
}

/** Administrators who could give the role, and of those the ones whose own place is the smallest. */
function nearestGivers(granted: readonly StaffRecord[], { place }: Grant, basis: GrantBasis): readonly StaffRecord[] {
  const { tree } = basis;
  const depth = (one: Grant['place']) => (one === 'everything' ? 0 : tree.pathOf(one).length);
  const givers = granted.flatMap((record) => {
    const own = awakeGrants(record, basis).filter((one) => mayGrantAt({ id: record.id, grants: [one] }, place, tree));
    return own.length > 0 ? [{ record, depth: Math.max(...own.map((one) => depth(one.place))) }] : [];
  });
  const nearest = Math.max(...givers.map((giver) => giver.depth));
  return givers.filter((giver) => giver.depth === nearest).map(({ record }) => record);
}
