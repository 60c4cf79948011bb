import { can } from '#domain/access.ts';
import { dateOf, instantOf } from '#domain/calendar.ts';
import type { ActingPerson } from '#domain/grant-days.ts';
import type { NodeId, PersonId } from '#domain/ids.ts';
import { treeOf } from '#domain/organisation.ts';
import type { Engagement, Person, Staffing } from '#domain/person.ts';
import { currentStaffing } from '#domain/staffing.ts';
import { changedStaffing, engagementKey, type StaffingChange, type StaffingRefusal } from '#domain/staffing-change.ts';
import type { AuditReason } from '#ports/audit-log.ts';
import { DuplicateKeyError } from '#ports/store.ts';
import type { Services } from '#src/services.ts';
import { openPerson } from './audited.ts';
import { type Invitee, inviteAgain, invitePerson } from './invite-person.ts';
import { updateKeepingAdministrator } from './keep-administrator.ts';
import { placesWhere, type Reach } from './places-where.ts';
import { personSubject } from './subjects.ts';

type Needs = Pick<Services, 'store' | 'audit' | 'clock'>;

export type Edited<Reason extends string> =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'not-found' | Reason };

const notFound = { ok: false, reason: 'not-found' } as const;

/** A person's record as an administrator edits it: only the work within the administrator's own places. */
export interface AdministeredPerson {
  readonly person: Person;
  readonly staffing: Staffing;
  readonly mayName: boolean;
  /** Whether the actor decides about protected identity: only who would still see the name. */
  readonly mayProtect: boolean;
  readonly reach: Reach;
}

/** Undefined for who is not there and who is out of reach alike. The look is in the log. */
export async function administeredPerson(
  needs: Needs,
  actor: ActingPerson,
  id: PersonId,
  why?: AuditReason,
): Promise<AdministeredPerson | undefined> {
  const opened = await openPerson(needs, actor, 'edit:person', id, { action: 'open-person', why });
  if (!opened) return undefined;
  const { person, tree, mayName } = opened;
  const reach = placesWhere(actor, 'manage:people', tree);
  const current = currentStaffing(person);
  const staffing = { ...current, engagements: current.engagements.filter(({ unit }) => reach.has(unit)) };
  const mayProtect = can(actor, 'name:person', {
    ...personSubject(person, tree, needs.clock()),
    protectedIdentity: true,
  });
  return { person, staffing, mayName, mayProtect, reach };
}

/** Adds a staffing record. Work outside the administrator's places is kept as it is, and cannot be named. */
export async function changeStaffing(
  needs: Needs,
  actor: ActingPerson,
  id: PersonId,
  change: StaffingChange,
): Promise<Edited<StaffingRefusal | 'place-unknown' | 'last-administrator'>> {
  const unit = change.kind === 'move' ? change.unit : change.kind === 'add' ? change.engagement.unit : undefined;
  const opened = await openPerson(needs, actor, 'edit:person', id, { action: 'edit-person', place: unit });
  if (!opened) return notFound;
  const reach = placesWhere(actor, 'manage:people', opened.tree);
  if (!mayPlaceIn(reach, change, unit)) return { ok: false, reason: 'place-unknown' };
  const now = needs.clock();
  return updateKeepingAdministrator<Edited<StaffingRefusal>>(needs, id, (person) => {
    const current = currentStaffing(person);
    if (!reachesEngagement(reach, current.engagements, change)) {
      return { result: { ok: false, reason: 'engagement-unknown' } };
    }
    const changed = changedStaffing(current, change, instantOf(now), dateOf(now));
    if (!changed.ok) return { result: changed };
    return { save: { ...person, staffing: [...person.staffing, changed.staffing] }, result: { ok: true } };
  });
}

function mayPlaceIn(reach: Reach, change: StaffingChange, unit: NodeId | undefined): boolean {
  if (change.kind !== 'add' && change.kind !== 'move') return true;
  return unit === undefined ? reach.everything : reach.units.some(({ id }) => id === unit);
}

function reachesEngagement(reach: Reach, engagements: readonly Engagement[], change: StaffingChange): boolean {
  if (change.kind !== 'dates' && change.kind !== 'move') return true;
  return engagements.some((one) => engagementKey(one) === change.engagement && reach.has(one.unit));
}

/** Another name, address or employment number. Links on their way to the old address stop working. */
export async function changeContact(
  needs: Needs,
  actor: ActingPerson,
  id: PersonId,
  contact: Pick<Person, 'name' | 'email' | 'employmentNumber'>,
): Promise<Edited<'email-taken' | 'employment-number-taken'>> {
  const opened = await openPerson(needs, actor, 'edit:person', id, { action: 'edit-person' });
  if (!opened?.mayName) return notFound;
  try {
    await needs.store.people.update(id, (person) => {
      const isSameAddress = person.email === contact.email;
      const links = isSameAddress ? {} : { invitation: undefined, passwordReset: undefined };
      const nameGivenBy = contact.name === person.name ? person.nameGivenBy : 'employer';
      return { save: { ...person, ...links, ...contact, nameGivenBy }, result: undefined };
    });
  } catch (error) {
    if (!(error instanceof DuplicateKeyError)) throw error;
    if (error.key === 'email') return { ok: false, reason: 'email-taken' };
    if (error.key === 'employment-number') return { ok: false, reason: 'employment-number-taken' };
    throw error;
  }
  return { ok: true };
}

/** Skyddade personuppgifter, on or off: only by who is named to see such people. */
export async function protectIdentity(
  needs: Needs,
  actor: ActingPerson,
  id: PersonId,
  on: boolean,
): Promise<Edited<never>> {
  const opened = await openPerson(needs, actor, 'edit:person', id, { action: 'edit-person' });
  const subject = opened && {
    ...personSubject(opened.person, opened.tree, needs.clock()),
    protectedIdentity: true as const,
  };
  if (!subject || !can(actor, 'name:person', subject)) return notFound;
  await needs.store.people.update(id, (person) => ({
    save: { ...person, protectedIdentity: on ? true : undefined },
    result: undefined,
  }));
  return { ok: true };
}

/** Sends a new invitation, to who has not used one. */
export async function inviteAgainAs(
  needs: Parameters<typeof inviteAgain>[0] & Needs,
  actor: ActingPerson,
  id: PersonId,
): Promise<Edited<'already-accepted'>> {
  const opened = await openPerson(needs, actor, 'edit:person', id, { action: 'edit-person' });
  return opened ? inviteAgain(needs, id) : notFound;
}

/** Invites somebody to a unit within the actor's places, or to none if the actor is given everything. */
export async function inviteAs(
  needs: Parameters<typeof invitePerson>[0] & Needs,
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
  await needs.audit.append({ ...entry, action: 'edit-person' });
  return invitePerson(needs, invitee);
}
