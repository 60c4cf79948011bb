import { can } from '#domain/access/access.ts';
import { placeSubject } from '#domain/access/access-subjects.ts';
import { areDeputyDays, canBeDeputy } from '#domain/access/deputy.ts';
import { grantKey } from '#domain/access/grant.ts';
import { type ActingPerson, type GrantState, grantState } from '#domain/access/grant-days.ts';
import { dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { CalendarDate, NodeId, PersonId } from '#domain/kernel/ids.ts';
import { type Place, treeOf } from '#domain/people/organisation.ts';
import type { Grant, Person } from '#domain/people/person.ts';
import { grantBasis } from '#ports/acting-person.ts';
import type { Services } from '#src/services.ts';
import { accessPlace } from '#usecases/access/audited-access.ts';
import { type CredentialNeeds, changeCredentials } from '#usecases/account/change-credentials.ts';

/** Whether somebody may appoint a deputy in a unit. */
export async function mayAppointAt(
  { store }: Pick<Services, 'store'>,
  actor: ActingPerson,
  unit: NodeId,
): Promise<boolean> {
  return can(actor, 'appoint:deputy', placeSubject(unit, treeOf(await store.organisation.get())));
}

type Needs = Pick<Services, 'store' | 'audit' | 'clock'>;

/** Somebody who is a deputy for a unit, or will be. */
export interface Deputy {
  readonly id: PersonId;
  /** Absent for who has been given protected identity since. */
  readonly name: string | undefined;
  readonly state: GrantState;
  readonly grant: Grant;
}

/** The deputies of a unit, for its manager. Undefined where the actor appoints none. */
export async function deputiesOf(
  needs: Needs,
  actor: ActingPerson,
  unit: NodeId,
): Promise<{ readonly unit: Place; readonly deputies: readonly Deputy[] } | undefined> {
  const opened = await accessPlace(needs, actor, 'appoint:deputy', unit);
  if (!opened) return undefined;
  const { store, clock } = needs;
  const basis = await grantBasis(store, dateOf(clock()));
  const deputies = (await store.people.staffWithGrants()).flatMap((record) =>
    record.grants.filter(isDeputyOf(unit)).flatMap((grant): readonly Deputy[] => {
      const state = grantState(grant, record, basis);
      const name = record.protectedIdentity ? undefined : record.name;
      return state.state === 'ended' ? [] : [{ id: record.id, name, state, grant }];
    }),
  );
  return { unit: opened.place, deputies };
}

export type DeputyChanged =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'not-found' | 'deputy-person' | 'deputy-days' | 'deputy-gone' };

/**
 * A manager appoints a deputy for the own unit, for some days. Whom it cannot be gets one answer, whether there is anybody by that
 * address or not; the try is in the log.
 */
export async function appointDeputy(
  needs: Needs & CredentialNeeds,
  actor: ActingPerson,
  unit: NodeId,
  wanted: { readonly who: string; readonly from: CalendarDate | undefined; readonly to: CalendarDate | undefined },
): Promise<DeputyChanged> {
  const { store, audit, clock } = needs;
  const opened = await accessPlace(needs, actor, 'appoint:deputy', unit);
  if (!opened) return { ok: false, reason: 'not-found' };
  const now = clock();
  const { from, to } = wanted;
  if (!from || !to || !areDeputyDays(from, to, dateOf(now))) return { ok: false, reason: 'deputy-days' };
  const typed = wanted.who.trim();
  const byAddress = await store.people.findByEmail(typed.toLowerCase());
  const byNumber = await store.people.findByEmploymentNumber(typed);
  const person = byAddress ?? byNumber;
  const basis = await grantBasis(store, dateOf(now));
  const entry = { at: instantOf(now), actor: actor.pseudonym, subject: person?.pseudonym, place: unit };
  if (!person || person.id === actor.id || !canBeDeputy(person, unit, basis)) {
    await audit.append({ ...entry, action: 'refused' });
    return { ok: false, reason: 'deputy-person' };
  }
  await audit.append({ ...entry, action: 'appoint-deputy' });
  const grant: Grant = { role: 'deputy', place: unit, from, to, givenAt: instantOf(now), by: actor.pseudonym };
  const decide = (current: Person) => {
    if (!canBeDeputy(current, unit, basis)) return { result: { ok: false, reason: 'deputy-person' } } as const;
    const others = current.grants.filter((one) => grantKey(one) !== grantKey(grant));
    return { change: { kind: 'grants', grants: [...others, grant] }, result: { ok: true } } as const;
  };
  return changeCredentials<DeputyChanged>(needs, person.id, 'deputy-appointed', decide, { grant, tree: opened.tree });
}

/** A manager of the unit ends an appointment before its last day. An administrator takes it back as any other role. */
export async function endDeputy(
  needs: Needs & CredentialNeeds,
  actor: ActingPerson,
  unit: NodeId,
  id: PersonId,
): Promise<DeputyChanged> {
  const { store, audit, clock } = needs;
  const opened = await accessPlace(needs, actor, 'appoint:deputy', unit);
  if (!opened) return { ok: false, reason: 'not-found' };
  const person = await store.people.get(id);
  const grant = person?.grants.find(isDeputyOf(unit));
  if (!person || !grant) return { ok: false, reason: 'deputy-gone' };
  const entry = { at: instantOf(clock()), actor: actor.pseudonym, subject: person.pseudonym, place: unit };
  await audit.append({ ...entry, action: 'end-deputy' });
  const decide = (current: Person) => {
    const grants = current.grants.filter((one) => !isDeputyOf(unit)(one));
    return { change: { kind: 'grants', grants }, result: { ok: true } } as const;
  };
  return changeCredentials<DeputyChanged>(needs, id, 'deputy-ended', decide, { grant, tree: opened.tree });
}

function isDeputyOf(unit: NodeId): (grant: Grant) => boolean {
  return ({ role, place }) => role === 'deputy' && place === unit;
}
