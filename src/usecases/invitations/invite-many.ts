import { can } from '#domain/access/access.ts';
import { personSubject } from '#domain/access/access-subjects.ts';
import type { ActingPerson } from '#domain/access/grant-days.ts';
import { placesWhere } from '#domain/access/places-where.ts';
import { asOf } from '#domain/assignment/assignment.ts';
import type { StepContext } from '#domain/assignment/next-step.ts';
import { dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { CalendarDate, NodeId, PersonId } from '#domain/kernel/ids.ts';
import { type Place, type Tree, treeOf } from '#domain/people/organisation.ts';
import type { Person } from '#domain/people/person.ts';
import { type StaffRecord, staffRecordOf } from '#domain/people/staff-record.ts';
import { currentStaffing } from '#domain/people/staffing.ts';
import {
  getsMail,
  type Invitable,
  type InvitePlan,
  type InviteWish,
  inviteOutcome,
  type PlannedDay,
  planInvitations,
  plannedDays,
} from '#domain/reminders/invite-plan.ts';
import { NoSuchDocumentError } from '#ports/store.ts';
import type { Services } from '#src/services.ts';
import { accessPlace } from '#usecases/access/audited-access.ts';
import { policyOn } from '#usecases/assignment/assignment-policy.ts';
import { inTurns, turns } from '#usecases/shared/in-turns.ts';

type Needs = Pick<Services, 'store' | 'audit' | 'clock' | 'course' | 'assignmentRules'>;

/** Whom it is about: a unit's people, or those of them who are chosen; everybody at a place and below; all whom the actor reaches. */
export type InviteScope =
  | { readonly kind: 'unit'; readonly unit: NodeId; readonly chosen?: readonly string[] | undefined }
  | { readonly kind: 'place'; readonly place: NodeId }
  | { readonly kind: 'reach' };

export interface InvitePreview {
  readonly plan: InvitePlan;
  /** What waits for its day already. */
  readonly planned: readonly PlannedDay[];
  /** The unit or other place that it is about; absent for everybody whom the actor reaches. */
  readonly place: Place | undefined;
}

/** So many people are written at once: as many as keep the disk busy. */
const atOnce = 64;

/**
 * How many mails inviting would make, and why the others get none. In numbers alone, so that nobody's list has been opened. Undefined
 * where the place is not there or out of reach.
 *
 * @param day absent: today
 */
export async function previewInvitations(
  needs: Needs,
  actor: ActingPerson,
  scope: InviteScope,
  day?: CalendarDate,
): Promise<InvitePreview | undefined> {
  const found = await lookAt(needs, actor, scope);
  if (!found) return undefined;
  const plan = await inTurns(planInvitations(found.people, wishOf(scope, day, found.look), found.look));
  const planned = await inTurns(plannedDays(found.people, found.look));
  return { plan, planned, place: found.place };
}

export type InviteResult =
  | { readonly ok: true; readonly invited: number }
  | { readonly ok: false; readonly reason: 'not-found' }
  /** Somebody else has invited some of them, or there are more, since it was shown. */
  | { readonly ok: false; readonly reason: 'invite-changed' };

/**
 * Invites those whom the preview has shown, as many as it said: the mails go out with the reminders, on the day. Who has been invited
 * meanwhile is not invited twice. Each invitation is in the log, about whom it is, before it is saved.
 */
export async function inviteMany(
  needs: Needs,
  actor: ActingPerson,
  scope: InviteScope,
  confirmed: { readonly day?: CalendarDate | undefined; readonly mails: number },
): Promise<InviteResult> {
  const found = await lookAt(needs, actor, scope);
  if (!found) return { ok: false, reason: 'not-found' };
  const wish = wishOf(scope, confirmed.day, found.look);
  const plan = await inTurns(planInvitations(found.people, wish, found.look));
  if (plan.people.length !== confirmed.mails) return { ok: false, reason: 'invite-changed' };
  const waiting = plan.people.values();
  const byId = new Map(found.people.map((one) => [one.record.id, one]));
  let invited = 0;
  const work = async () => {
    for (const id of waiting) if (await inviteOne(needs, actor, byId.get(id), wish, found.look)) invited += 1;
  };
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, work));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
  return { ok: true, invited };
}

async function inviteOne(
  { store, audit, clock }: Needs,
  { pseudonym: actor }: ActingPerson,
  person: Invitable | undefined,
  wish: InviteWish,
  look: StepContext,
): Promise<boolean> {
  if (!person) return false;
  const { id, pseudonym: subject } = person.record;
  await audit.append({ at: instantOf(clock()), actor, subject, action: 'send-invitation' });
  try {
    return await store.people.update(id, (current) => {
      const outcome = inviteOutcome({ ...person, record: staffRecordOf(current) }, wish, look);
      if (!outcome || !getsMail(outcome)) return { result: false };
      return { save: invitedOn(current, wish.day), result: true };
    });
  } catch (error) {
    // Purged in between.
    if (error instanceof NoSuchDocumentError) return false;
    throw error;
  }
}

/** An invitation that went out earlier on that day led to a link that is gone; one that the mail server refused is begun anew. */
function invitedOn(person: Person, day: CalendarDate): Person {
  const reminders = person.reminders.filter(
    ({ rule, cycle, sentAt, failures }) => rule !== 'invitation' || (cycle !== day && !(failures > 0 && !sentAt)),
  );
  return { ...person, inviteOn: day, reminders };
}

/** Whoever ticks somebody who waits with an invitation wants it sent again. */
function wishOf(scope: InviteScope, day: CalendarDate | undefined, { asOf: { date } }: StepContext): InviteWish {
  return { day: day ?? date, again: scope.kind === 'unit' && scope.chosen !== undefined };
}

/** Whom the actor may invite there. Undefined where the place is not there or out of reach. */
export async function lookAt(
  needs: Needs,
  actor: ActingPerson,
  scope: InviteScope,
): Promise<
  { readonly people: readonly Invitable[]; readonly place: Place | undefined; readonly look: StepContext } | undefined
> {
  const { course, clock } = needs;
  const now = clock();
  const found = await recordsOf(needs, actor, scope);
  if (!found) return undefined;
  const { tree, place, records } = found;
  const rest = turns();
  const people: Invitable[] = [];
  for (const record of records) {
    await rest();
    const subject = personSubject(record, tree, now);
    // Whom an administrator reaches by former work alone is another's to invite.
    if (!can(actor, 'remind:person', { ...subject, formerPaths: [] })) continue;
    people.push({ record, mayName: can(actor, 'name:person', subject) });
  }
  return { people, place, look: { course, policy: await policyOn(needs, tree), asOf: asOf(dateOf(now), now) } };
}

async function recordsOf(
  needs: Needs,
  actor: ActingPerson,
  scope: InviteScope,
): Promise<
  { readonly tree: Tree; readonly place?: Place | undefined; readonly records: readonly StaffRecord[] } | undefined
> {
  const { people, organisation } = needs.store;
  const today = dateOf(needs.clock());
  if (scope.kind === 'unit') {
    const opened = await accessPlace(needs, actor, 'list:people', scope.unit);
    if (opened?.place.kind !== 'unit') return undefined;
    const records = workingIn(await people.staffOf([scope.unit]), [scope.unit], today);
    const chosen = scope.chosen && new Set(scope.chosen);
    return { ...opened, records: chosen ? records.filter(({ id }) => chosen.has(id)) : records };
  }
  if (scope.kind === 'place') {
    const opened = await accessPlace(needs, actor, 'manage:people', scope.place);
    if (!opened) return undefined;
    const units = opened.tree.unitsUnder(scope.place).map(({ id }) => id);
    return { ...opened, records: workingIn(await people.staffOf(units), units, today) };
  }
  const reach = placesWhere(actor, 'manage:people', treeOf(await organisation.get()));
  const units = reach.units.map(({ id }) => id);
  const records = reach.everything ? await everybody(needs) : workingIn(await people.staffOf(units), units, today);
  return { tree: reach.tree, records };
}

function workingIn(
  records: readonly StaffRecord[],
  units: readonly NodeId[],
  today: CalendarDate,
): readonly StaffRecord[] {
  const here = new Set<NodeId | undefined>(units);
  return records.filter((record) =>
    currentStaffing(record).engagements.some(({ unit, to }) => here.has(unit) && (to === undefined || to >= today)),
  );
}

async function everybody({ store }: Needs): Promise<readonly StaffRecord[]> {
  const limit = 1000;
  const records: StaffRecord[] = [];
  for (let after: PersonId | undefined; ; ) {
    const page = await store.people.listStaff({ after, limit });
    records.push(...page);
    after = page.at(-1)?.id;
    if (page.length < limit) return records;
  }
}
