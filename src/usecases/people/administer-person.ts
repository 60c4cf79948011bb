import { type CredentialsSubject, can } from '#domain/access/access.ts';
import { credentialsSubject } from '#domain/access/access-subjects.ts';
import { mayGrantAt } from '#domain/access/grant.ts';
import { type ActingPerson, type GrantState, grantState } from '#domain/access/grant-days.ts';
import { placesWhere, type Reach } from '#domain/access/places-where.ts';
import { assuranceOf } from '#domain/account/second-factor.ts';
import { signedOut } from '#domain/account/session.ts';
import { dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { NodeId, PersonId } from '#domain/kernel/ids.ts';
import { treeOf } from '#domain/people/organisation.ts';
import type { Grant, Person } from '#domain/people/person.ts';
import type { Engagement, Staffing } from '#domain/people/staffing.ts';
import { currentStaffing } from '#domain/people/staffing.ts';
import {
  changedStaffing,
  engagementKey,
  type StaffingChange,
  type StaffingRefusal,
} from '#domain/people/staffing-change.ts';
import { grantBasis } from '#ports/acting-person.ts';
import type { AuditReason } from '#ports/audit-log.ts';
import type { SignedInSession } from '#ports/sessions.ts';
import { DuplicateKeyError } from '#ports/store.ts';
import type { Services } from '#src/services.ts';
import { accessForCredentials, accessPerson } from '#usecases/access/audited-access.ts';
import { type CredentialNeeds, changeCredentials } from '#usecases/account/change-credentials.ts';
import { tellOfEndedRoles } from '#usecases/account/tell-of-ended-roles.ts';
import { type Invitee, type InviteNeeds, inviteAgain, invitePerson } from '#usecases/invitations/invite-person.ts';
import { hintHolder, mayKnowOf } from './hint-holder.ts';
import { guardingAdministration, updateKeepingAdministrator } from './keep-administrator.ts';

type Needs = Pick<Services, 'store' | 'audit' | 'clock'>;

/** Who acts, and when they last showed a second factor. */
export type Acting = Pick<SignedInSession, 'person' | 'strongAt'>;

export type Edited<Reason extends string> =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'not-found' | Reason };

const notFound = { ok: false, reason: 'not-found' } as const;

/** A person's record as an administrator edits it: only the work within the administrator's own places. */
export interface AdministeredPerson {
  readonly person: Person;
  readonly staffing: Staffing;
  readonly mayName: boolean;
  /** Whether the actor decides how the person signs in. Not where the person's roles, or present work, lie out of reach. */
  readonly mayCredentials: boolean;
  /** Whether the actor decides about protected identity: only who would still see the name. */
  readonly mayProtect: boolean;
  readonly reach: Reach;
  /** The roles at places where the actor gives roles, and how long they hold. */
  readonly roles: readonly { readonly grant: Grant; readonly state: GrantState }[];
  /** In how many browsers the person is signed in; undefined where that is not the actor's to know. */
  readonly signedIn: number | undefined;
}

/** Undefined for who is not there and who is out of reach alike. The look is in the log. */
export async function administeredPerson(
  needs: Needs & Pick<Services, 'sessions'>,
  actor: ActingPerson,
  id: PersonId,
  why?: AuditReason,
): Promise<AdministeredPerson | undefined> {
  const opened = await accessPerson(needs, actor, 'edit:person', id, { action: 'open-person', why });
  if (!opened) return undefined;
  const { person, tree, mayName } = opened;
  const reach = placesWhere(actor, 'manage:people', tree);
  const current = currentStaffing(person);
  const staffing = { ...current, engagements: current.engagements.filter(({ unit }) => reach.has(unit)) };
  const subject = credentialsSubject(person, tree, needs.clock());
  const mayCredentials = can(actor, 'credentials:person', subject);
  const basis = await grantBasis(needs.store, dateOf(needs.clock()));
  const roles = person.grants
    .filter(({ place }) => mayGrantAt(actor, place, tree))
    .map((grant) => ({ grant, state: grantState(grant, person, basis) }));
  const signedIn = mayCredentials ? (await needs.sessions.listOf(person)).length : undefined;
  return { person, staffing, mayName, mayCredentials, mayProtect: mayProtect(actor, subject), reach, roles, signedIn };
}

/**
 * Adds a staffing record. Work outside the administrator's places is kept as it is, and cannot be named. Whose last work has ended
 * already is signed out (ASVS 7.4.2); whose work ends today or later loses what rests on it the day after. Whose roles end by it is
 * told.
 */
export async function changeStaffing(
  needs: Parameters<typeof tellOfEndedRoles>[0] & Needs & Pick<Services, 'sessions'>,
  actor: ActingPerson,
  id: PersonId,
  change: StaffingChange,
): Promise<Edited<StaffingRefusal | 'place-unknown' | 'last-administrator'>> {
  const unit = change.kind === 'move' ? change.unit : change.kind === 'add' ? change.engagement.unit : undefined;
  const opened = await accessPerson(needs, actor, 'edit:person', id, { action: 'edit-person', place: unit });
  if (!opened) return notFound;
  const reach = placesWhere(actor, 'manage:people', opened.tree);
  if (!mayPlaceIn(reach, change, unit)) return { ok: false, reason: 'place-unknown' };
  const now = needs.clock();
  let hasLeft = false;
  let saved: { readonly before: Person; readonly after: Person } | undefined;
  const edited = await updateKeepingAdministrator<Edited<StaffingRefusal>>(needs, id, (person) => {
    const current = currentStaffing(person);
    if (!reachesEngagement(reach, current.engagements, change)) {
      return { result: { ok: false, reason: 'engagement-unknown' } };
    }
    const changed = changedStaffing(current, change, instantOf(now), dateOf(now));
    if (!changed.ok) return { result: changed };
    hasLeft = changed.staffing.engagements.every(({ to }) => to !== undefined && to < dateOf(now));
    const staffed = { ...person, staffing: [...person.staffing, changed.staffing] };
    const save = hasLeft ? signedOut(staffed) : staffed;
    saved = { before: person, after: save };
    return { save, result: { ok: true } };
  });
  if (edited.ok && hasLeft) await needs.sessions.closeAllOf(id);
  if (edited.ok && saved) await tellOfEndedRoles(needs, saved.before, saved.after, actor);
  return edited;
}

function mayPlaceIn(reach: Reach, change: StaffingChange, unit: NodeId | undefined): boolean {
  if (change.kind !== 'add' && change.kind !== 'move') return true;
  return unit === undefined ? reach.everything : reach.units.some(({ id }) => id === unit);
}

function reachesEngagement(reach: Reach, engagements: readonly Engagement[], change: StaffingChange): boolean {
  if (change.kind !== 'dates' && change.kind !== 'move') return true;
  return engagements.some((one) => engagementKey(one) === change.engagement && reach.has(one.unit));
}

/** Who would still see the name of somebody whose identity is protected. */
function mayProtect(actor: ActingPerson, subject: CredentialsSubject): boolean {
  return can(actor, 'credentials:person', { ...subject, protectedIdentity: true });
}

export type ContactRefusal =
  | 'email-taken'
  | 'employment-number-taken'
  /** Of somebody whom the actor may not know of: says no more than that it does not work. */
  | 'email-unusable'
  | 'employment-number-unusable'
  | 'not-confirmed'
  | 'credentials-out-of-reach'
  | 'last-administrator';

/**
 * Another name, address or employment number. Whoever changes the address decides who signs in: that is a right of its own, and asks
 * for a second factor that was shown just now. Somebody else's password and factors go with the address, and they are invited anew.
 *
 * @param contact without `email`: the address stays as it is
 */
export async function changeContact(
  needs: Needs & CredentialNeeds,
  session: Acting,
  id: PersonId,
  contact: Pick<Person, 'name' | 'employmentNumber'> & { readonly email?: string | undefined },
): Promise<Edited<ContactRefusal>> {
  const actor = session.person;
  const current = await needs.store.people.get(id);
  const email = 'email' in contact ? contact.email : current?.email;
  const isOtherAddress = current !== undefined && current.email !== email;
  const isOwn = id === actor.id;
  const refusal = isOtherAddress ? await refuseNewAddress(needs, session, current) : undefined;
  if (refusal) return { ok: false, reason: refusal };
  const action = isOtherAddress ? 'change-email' : 'edit-person';
  const opened = await accessPerson(needs, actor, 'edit:person', id, { action });
  if (!opened?.mayName) return notFound;
  try {
    const change = () =>
      changeCredentials<Edited<ContactRefusal>>(needs, id, 'email-changed', (person) => {
        const { name, employmentNumber } = contact;
        const nameGivenBy = name === person.name ? person.nameGivenBy : 'employer';
        // Somebody else has changed it since it was looked at.
        if (email !== person.email && person.email !== current?.email) return { result: notFound };
        const save = { ...person, name, nameGivenBy, employmentNumber };
        return { save, change: { kind: 'email', email, ...(isOwn && { own: true }) }, result: { ok: true } };
      });
    if (!isOtherAddress || (isOwn && email !== undefined)) return await change();
    // Without an address nobody signs in, and with one that somebody else has changed not before the new invitation is used.
    const after = { ...opened.person, email, ...(!isOwn && { passwordHash: undefined }) };
    return await guardingAdministration(needs, async (losesIt) =>
      losesIt(id, after) ? { ok: false, reason: 'last-administrator' } : change(),
    );
  } catch (error) {
    if (!(error instanceof DuplicateKeyError)) throw error;
    if (error.key !== 'email' && error.key !== 'employment-number') throw error;
    const isKnown = await knowsHolder(needs, actor, contact, error.key);
    return { ok: false, reason: `${error.key}-${isKnown ? 'taken' : 'unusable'}` };
  }
}

/** Why somebody whom the actor edits gets no new address from them. Says nothing about anybody else. */
async function refuseNewAddress(
  { store, audit, clock }: Needs,
  { person: actor, strongAt }: Acting,
  person: Person,
): Promise<'credentials-out-of-reach' | 'not-confirmed' | undefined> {
  const now = clock();
  const subject = credentialsSubject(person, treeOf(await store.organisation.get()), now);
  if (!can(actor, 'edit:person', subject) || !can(actor, 'name:person', subject)) return undefined;
  if (can(actor, 'credentials:person', subject)) {
    return assuranceOf(strongAt, now) === 'fresh' ? undefined : 'not-confirmed';
  }
  const at = instantOf(now);
  await audit.append({ at, actor: actor.pseudonym, subject: person.pseudonym, action: 'refused' });
  return 'credentials-out-of-reach';
}

/** Whether whoever has the address or number is somebody the actor may know of. If not, the try is in the log about them. */
async function knowsHolder(
  needs: Needs,
  actor: ActingPerson,
  { email = '', employmentNumber = '' }: Pick<Person, 'email' | 'employmentNumber'>,
  key: 'email' | 'employment-number',
): Promise<boolean> {
  const { people } = needs.store;
  const holder = await (key === 'email' ? people.findByEmail(email) : people.findByEmploymentNumber(employmentNumber));
  if (!holder || (await mayKnowOf(needs, actor, holder))) return holder !== undefined;
  const at = instantOf(needs.clock());
  await needs.audit.append({ at, actor: actor.pseudonym, subject: holder.pseudonym, action: 'refused' });
  return false;
}

/** Skyddade personuppgifter, on or off: only by who is named to see such people, and decides how the person signs in. */
export async function protectIdentity(
  needs: Needs,
  actor: ActingPerson,
  id: PersonId,
  on: boolean,
): Promise<Edited<never>> {
  const look = { action: 'protect-identity', asProtected: true } as const;
  if (!(await accessForCredentials(needs, actor, id, look))) return notFound;
  await needs.store.people.update(id, (person) => ({
    save: { ...person, protectedIdentity: on ? true : undefined },
    result: undefined,
  }));
  return { ok: true };
}

/** Sends a new invitation, to who has not used one. */
export async function inviteAgainAs(
  needs: InviteNeeds & Needs,
  actor: ActingPerson,
  id: PersonId,
): Promise<Edited<'already-accepted'>> {
  const opened = await accessForCredentials(needs, actor, id, { action: 'send-invitation' });
  return opened ? inviteAgain(needs, id) : notFound;
}

/**
 * Invites somebody to a unit within the actor's places, or to none if the actor is given everything. An address of somebody whom the
 * actor may not know of gets the same answer as a new one, and nothing is stored.
 */
export async function inviteAs(
  needs: InviteNeeds & Needs & Pick<Services, 'throttle'>,
  actor: ActingPerson,
  invitee: Invitee,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: 'email-taken' | 'place-unknown' }> {
  const reach = placesWhere(actor, 'manage:people', treeOf(await needs.store.organisation.get()));
  const { unit } = invitee;
  const entry = { at: instantOf(needs.clock()), actor: actor.pseudonym, place: unit };
  if (unit === undefined ? !reach.everything : !reach.units.some(({ id }) => id === unit)) {
    await needs.audit.append({ ...entry, action: 'refused' });
    return { ok: false, reason: 'place-unknown' };
  }
  await needs.audit.append({ ...entry, action: 'send-invitation' });
  const invited = await invitePerson(needs, invitee);
  const holder = invited.ok ? undefined : await needs.store.people.findByEmail(invitee.email);
  if (!holder || (await mayKnowOf(needs, actor, holder))) return invited;
  await hintHolder(needs, actor, invitee.email);
  return { ok: true };
}
