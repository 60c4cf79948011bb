import { can } from '#domain/access/access.ts';
import { personSubject } from '#domain/access/access-subjects.ts';
import { type GrantRefusal, grantKey, mayGrantAt, refuseGrant } from '#domain/access/grant.ts';
import {
  type ActingPerson,
  type GrantBasis,
  type GrantState,
  grantState,
  heldGrants,
} from '#domain/access/grant-days.ts';
import { dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { CalendarDate, Instant, PersonId, Pseudonym } from '#domain/kernel/ids.ts';
import { type Tree, treeOf } from '#domain/people/organisation.ts';
import type { Grant, Person } from '#domain/people/person.ts';
import type { StaffRecord } from '#domain/people/staff-record.ts';
import { grantBasis } from '#ports/acting-person.ts';
import type { Services } from '#src/services.ts';
import { type CredentialNeeds, changeCredentials } from '#usecases/account/change-credentials.ts';
import { guardingAdministration } from './keep-administrator.ts';

type Needs = Pick<Services, 'store' | 'audit' | 'clock'>;

export interface HeldRole {
  readonly record: StaffRecord;
  readonly grant: Grant;
  readonly mayName: boolean;
  readonly state: GrantState;
  /** Of a deputy: who appointed them, where they may be named. */
  readonly appointedBy: string | undefined;
}

/** Who has which role at the places where the actor gives roles, by place. One entry in the log for the list. */
export async function listRoles(
  { store, audit, clock }: Needs,
  actor: ActingPerson,
): Promise<{ readonly roles: readonly HeldRole[]; readonly tree: Tree }> {
  const now = clock();
  const basis = await grantBasis(store, dateOf(now));
  const { tree } = basis;
  const places = actor.grants.filter(({ place }) => mayGrantAt(actor, place, tree)).map(({ place }) => place);
  for (const place of new Set(places)) {
    const named = place === 'everything' ? undefined : place;
    await audit.append({ at: instantOf(now), actor: actor.pseudonym, action: 'open-list', place: named });
  }
  const granted = await store.people.staffWithGrants();
  const nameBy = (pseudonym: Pseudonym | undefined) => {
    const manager = granted.find((one) => one.pseudonym === pseudonym);
    return manager?.protectedIdentity ? undefined : manager?.name;
  };
  const roles = granted.flatMap((record) => {
    const mayName = !record.protectedIdentity || can(actor, 'name:person', personSubject(record, tree, now));
    const grants = record.grants.filter(({ place }) => mayGrantAt(actor, place, tree));
    return grants.map((grant) => {
      const state = grantState(grant, record, basis);
      return { record, grant, mayName, state, appointedBy: grant.by && nameBy(grant.by) };
    });
  });
  const nameOf = ({ place }: Grant) => (place === 'everything' ? '' : tree.pathOf(place).toReversed().join());
  return { roles: roles.sort((one, other) => (nameOf(one.grant) < nameOf(other.grant) ? -1 : 1)), tree };
}

export type RoleChanged =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason:
        | GrantRefusal
        | 'role-person'
        | 'role-no-address'
        | 'role-no-work'
        | 'role-over'
        | 'dates-reversed'
        | 'last-administrator';
    };

/**
 * Gives a role to somebody within the actor's reach, on its days. It holds once they have signed in again: sessions, links and a
 * personal code from before it are gone.
 *
 * @param who an e-mail address or an employment number
 */
export function giveRole(
  needs: Needs & CredentialNeeds,
  actor: ActingPerson,
  who: string,
  wanted: Omit<Grant, 'givenAt' | 'by'>,
): Promise<RoleChanged> {
  return guardingAdministration(needs, async (losesIt) => {
    const { store, audit, clock } = needs;
    const now = clock();
    const basis = await grantBasis(store, dateOf(now));
    const { tree } = basis;
    const typed = who.trim();
    const person =
      (await store.people.findByEmail(typed.toLowerCase())) ?? (await store.people.findByEmploymentNumber(typed));
    const entry = { at: instantOf(now), actor: actor.pseudonym, subject: person?.pseudonym };
    const place = wanted.place === 'everything' ? undefined : wanted.place;
    // Who has left the actor's places is no longer theirs to give a role to.
    const subject = person && { ...personSubject(person, tree, now), formerPaths: [] };
    if (!person || !subject || !can(actor, 'edit:person', subject) || !can(actor, 'name:person', subject)) {
      await audit.append({ ...entry, action: 'refused' });
      return { ok: false, reason: 'role-person' };
    }
    const reason = refuseGrant(actor, heldGrants(person, basis), wanted, tree) ?? refuseDays(wanted, dateOf(now));
    if (reason) {
      if (reason === 'role-out-of-reach') await audit.append({ ...entry, action: 'refused' });
      return { ok: false, reason };
    }
    // A role is used with a password and a second factor, which a personal code is not enough for.
    if (!person.email) return { ok: false, reason: 'role-no-address' };
    const grant = withMoment(wanted, person, basis, instantOf(now));
    if (grantState(grant, person, basis).state === 'ended') return { ok: false, reason: 'role-no-work' };
    const others = ({ grants }: Person) => grants.filter((one) => grantKey(one) !== grantKey(grant));
    if (losesIt(person.id, { ...person, grants: [...others(person), grant] })) return lastAdministrator;
    await audit.append({ ...entry, action: 'grant-role', place });
    const decide = (current: Person) =>
      ({ change: { kind: 'grants', grants: [...others(current), grant] }, result: undefined }) as const;
    await changeCredentials(needs, person.id, 'role-given', decide, { grant, tree });
    return { ok: true };
  });
}

const lastAdministrator = { ok: false, reason: 'last-administrator' } as const;

function refuseDays({ from, to }: Pick<Grant, 'from' | 'to'>, today: CalendarDate) {
  if (to === undefined) return undefined;
  if (to < today) return 'role-over' as const;
  return from !== undefined && to < from ? ('dates-reversed' as const) : undefined;
}

/** Other days for a role that somebody has leave it the same role, which goes on resting on the same work. */
function withMoment(wanted: Omit<Grant, 'givenAt' | 'by'>, person: Person, basis: GrantBasis, now: Instant): Grant {
  const same = heldGrants(person, basis).find((one) => grantKey(one) === grantKey(wanted));
  return { ...wanted, givenAt: same ? (same.givenAt ?? person.createdAt) : now };
}

/** Takes a role back, a deputy's too. The last administrator of everything keeps theirs: nobody could give it again. */
export function takeRoleBack(
  needs: Needs & CredentialNeeds,
  actor: ActingPerson,
  id: PersonId,
  key: string,
): Promise<RoleChanged> {
  return guardingAdministration(needs, async (losesIt) => {
    const { store, audit, clock } = needs;
    const tree = treeOf(await store.organisation.get());
    const person = await store.people.get(id);
    const grant = person?.grants.find((one) => grantKey(one) === key);
    const entry = { at: instantOf(clock()), actor: actor.pseudonym, subject: person?.pseudonym };
    if (!person || !grant || !mayGrantAt(actor, grant.place, tree)) {
      await audit.append({ ...entry, action: 'refused' });
      return { ok: false, reason: 'role-has-not' };
    }
    const without = ({ grants }: Person) => grants.filter((one) => grantKey(one) !== key);
    if (losesIt(id, { ...person, grants: without(person) })) return lastAdministrator;
    const place = grant.place === 'everything' ? undefined : grant.place;
    const isDeputy = grant.role === 'deputy';
    await audit.append({ ...entry, action: isDeputy ? 'end-deputy' : 'revoke-role', place });
    const decide = (current: Person) =>
      ({ change: { kind: 'grants', grants: without(current) }, result: undefined }) as const;
    await changeCredentials(needs, id, isDeputy ? 'deputy-ended' : 'role-taken', decide, { grant, tree });
    return { ok: true };
  });
}
