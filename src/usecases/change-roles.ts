import { can } from '#domain/access.ts';
import { instantOf } from '#domain/calendar.ts';
import { type GrantRefusal, grantKey, isForEverything, mayGrantAt, refuseGrant } from '#domain/grant.ts';
import type { ActingPerson } from '#domain/grant-days.ts';
import type { PersonId } from '#domain/ids.ts';
import { type Tree, treeOf } from '#domain/organisation.ts';
import type { Grant, Person } from '#domain/person.ts';
import type { StaffRecord } from '#domain/staff-record.ts';
import type { Services } from '#src/services.ts';
import { type CredentialNeeds, changeCredentials } from './change-credentials.ts';
import { personSubject } from './subjects.ts';

type Needs = Pick<Services, 'store' | 'audit' | 'clock'>;

export interface HeldRole {
  readonly record: StaffRecord;
  readonly grant: Grant;
  readonly mayName: boolean;
}

/** Who has which role at the places where the actor gives roles, by place. One entry in the log for the list. */
export async function listRoles(
  { store, audit, clock }: Needs,
  actor: ActingPerson,
): Promise<{ readonly roles: readonly HeldRole[]; readonly tree: Tree }> {
  const now = clock();
  const tree = treeOf(await store.organisation.get());
  const places = actor.grants.filter(({ place }) => mayGrantAt(actor, place, tree)).map(({ place }) => place);
  for (const place of new Set(places)) {
    const named = place === 'everything' ? undefined : place;
    await audit.append({ at: instantOf(now), actor: actor.pseudonym, action: 'open-list', place: named });
  }
  const roles = (await store.people.staffWithGrants()).flatMap((record) => {
    const mayName = !record.protectedIdentity || can(actor, 'name:person', personSubject(record, tree, now));
    const grants = record.grants.filter(({ place }) => mayGrantAt(actor, place, tree));
    return grants.map((grant) => ({ record, grant, mayName }));
  });
  const nameOf = ({ place }: Grant) => (place === 'everything' ? '' : tree.pathOf(place).toReversed().join());
  return { roles: roles.sort((one, other) => (nameOf(one.grant) < nameOf(other.grant) ? -1 : 1)), tree };
}

export type RoleChanged =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: GrantRefusal | 'role-person' | 'role-no-address' | 'last-administrator' };

/**
 * Gives a role to somebody within the actor's reach. It holds once they have signed in again: sessions, links and a personal code
 * from before it are gone.
 *
 * @param who an e-mail address or an employment number
 */
export function giveRole(
  needs: Needs & CredentialNeeds,
  actor: ActingPerson,
  who: string,
  grant: Grant,
): Promise<RoleChanged> {
  return inTurn(async () => {
    const { store, audit, clock } = needs;
    const now = clock();
    const tree = treeOf(await store.organisation.get());
    const typed = who.trim();
    const person =
      (await store.people.findByEmail(typed.toLowerCase())) ?? (await store.people.findByEmploymentNumber(typed));
    const entry = { at: instantOf(now), actor: actor.pseudonym, subject: person?.pseudonym };
    const place = grant.place === 'everything' ? undefined : grant.place;
    const subject = person && personSubject(person, tree, now);
    if (!person || !subject || !can(actor, 'edit:person', subject) || !can(actor, 'name:person', subject)) {
      await audit.append({ ...entry, action: 'refused' });
      return { ok: false, reason: 'role-person' };
    }
    const reason = refuseGrant(actor, person.grants, grant, tree);
    if (reason) {
      if (reason === 'role-out-of-reach') await audit.append({ ...entry, action: 'refused' });
      return { ok: false, reason };
    }
    // A role is used with a password and a second factor, which a personal code is not enough for.
    if (!person.email) return { ok: false, reason: 'role-no-address' };
    await audit.append({ ...entry, action: 'grant-role', place });
    const decide = (current: Person) => {
      const others = current.grants.filter((one) => grantKey(one) !== grantKey(grant));
      return { change: { kind: 'grants', grants: [...others, grant] }, result: undefined } as const;
    };
    await changeCredentials(needs, person.id, 'role-given', decide, { grant, tree });
    return { ok: true };
  });
}

/** Takes a role back. The last administrator of everything keeps theirs: nobody could give it again. */
export function takeRoleBack(
  needs: Needs & CredentialNeeds,
  actor: ActingPerson,
  id: PersonId,
  key: string,
): Promise<RoleChanged> {
  return inTurn(async () => {
    const { store, audit, clock } = needs;
    const tree = treeOf(await store.organisation.get());
    const person = await store.people.get(id);
    const grant = person?.grants.find((one) => grantKey(one) === key);
    const entry = { at: instantOf(clock()), actor: actor.pseudonym, subject: person?.pseudonym };
    if (!person || !grant || !mayGrantAt(actor, grant.place, tree)) {
      await audit.append({ ...entry, action: 'refused' });
      return { ok: false, reason: 'role-has-not' };
    }
    if (isForEverything(grant) && (await isLastAdministrator(needs, id))) {
      return { ok: false, reason: 'last-administrator' };
    }
    const place = grant.place === 'everything' ? undefined : grant.place;
    await audit.append({ ...entry, action: 'revoke-role', place });
    const decide = (current: Person) => {
      const grants = current.grants.filter((one) => grantKey(one) !== key);
      return { change: { kind: 'grants', grants }, result: undefined } as const;
    };
    await changeCredentials(needs, id, 'role-taken', decide, { grant, tree });
    return { ok: true };
  });
}

/** Whether nobody else who can sign in is an administrator of everything. */
export async function isLastAdministrator({ store }: Pick<Needs, 'store'>, id: PersonId): Promise<boolean> {
  const administrators = (await store.people.staffWithGrants()).filter(({ grants }) => grants.some(isForEverything));
  const others = administrators.filter((record) => record.id !== id && record.hasAccount);
  return others.length === 0 && administrators.some((record) => record.id === id);
}

let last: Promise<unknown> = Promise.resolve();

/** One change of roles at a time: of two administrators who remove each other at once, one stays. */
function inTurn<R>(change: () => Promise<R>): Promise<R> {
  const turn = last.then(change, change);
  last = turn.catch(() => undefined);
  return turn;
}
