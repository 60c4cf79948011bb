import { can } from '#domain/access/access.ts';
import { placeSubject } from '#domain/access/access-subjects.ts';
import type { ActingPerson } from '#domain/access/grant-days.ts';
import { nextStep, type OutsideStep, outsideOf } from '#domain/assignment/next-step.ts';
import type { Certificate } from '#domain/exam/certificate.ts';
import { dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { CalendarDate, Instant, NodeId, PersonId } from '#domain/kernel/ids.ts';
import type { Place, Tree } from '#domain/people/organisation.ts';
import type { Decision, IdentityConfirmation, Person } from '#domain/people/person.ts';
import { staffRecordOf } from '#domain/people/staff-record.ts';
import type { Engagement, Leave } from '#domain/people/staffing.ts';
import { currentStaffing } from '#domain/people/staffing.ts';
import { type UnitRow, unitRows } from '#domain/unit/unit-view.ts';
import type { AuditReason } from '#ports/audit-log.ts';
import type { Services } from '#src/services.ts';
import { accessPerson, accessPlace } from '#usecases/access/audited-access.ts';
import { policyOn } from '#usecases/assignment/assignment-policy.ts';

type Needs = Pick<Services, 'store' | 'audit' | 'clock' | 'course' | 'assignmentRules'>;

/** A decision, and whether it can be taken back here. */
export interface ShownDecision {
  readonly decision: Exclude<Decision, { kind: 'withdraw' }>;
  readonly withdrawn?: { readonly at: string; readonly reason: string } | undefined;
  readonly mayWithdraw: boolean;
}

export interface StaffMember {
  readonly id: PersonId;
  readonly unit: Place;
  readonly today: CalendarDate;
  /** Undefined for who may not be shown by name. */
  readonly name: string | undefined;
  readonly nameGivenBy: Person['nameGivenBy'];
  readonly identity: IdentityConfirmation | undefined;
  readonly hasEmail: boolean;
  /** Who cannot sign in, and why. */
  readonly outside: OutsideStep | undefined;
  readonly mailRefusedAt?: Instant | undefined;
  readonly engagements: readonly (Engagement & { readonly place: Place | undefined })[];
  readonly leaves: readonly Leave[];
  readonly courses: readonly UnitRow[];
  readonly certificates: readonly Pick<Certificate, 'track' | 'issuedOn' | 'validUntil' | 'takenOnPaper'>[];
  /** Newest first. */
  readonly decisions: readonly ShownDecision[];
  readonly mayDecide: boolean;
}

/**
 * One person's record as a unit's manager sees it: states and dates, and of the work only what lies within the manager's
 * reach. The look is in the log first.
 *
 * @returns undefined for who is not there, is not of this unit or is out of reach
 */
export async function viewStaffMember(
  needs: Needs,
  actor: ActingPerson,
  unitId: NodeId,
  id: PersonId,
  why: AuditReason | undefined,
): Promise<StaffMember | undefined> {
  const unit = await accessPlace(needs, actor, 'list:people', unitId);
  if (unit?.place.kind !== 'unit') return undefined;
  const opened = await accessPerson(needs, actor, 'read:person', id, { action: 'open-person', why, place: unitId });
  if (!opened) return undefined;
  const { person, tree, mayName } = opened;
  const reaches = (one: NodeId) => can(actor, 'list:people', placeSubject(one, tree));
  const staffing = currentStaffing(person);
  const engagements = staffing.engagements.filter((one) => one.unit && reaches(one.unit));
  if (!person.staffing.some((known) => known.engagements.some((one) => one.unit === unitId))) return undefined;
  const now = needs.clock();
  const asOf = { date: dateOf(now), known: instantOf(now) };
  const policy = await policyOn(needs, tree);
  const record = staffRecordOf(person);
  const { course } = needs;
  const courses = unitRows([record], unitId, { tree, policy, asOf, course, mayName: () => mayName });
  const tracks = new Set(courses.flatMap(({ track }) => track ?? []));
  return {
    id,
    unit: unit.place,
    today: asOf.date,
    name: mayName ? person.name : undefined,
    nameGivenBy: person.nameGivenBy,
    identity: person.identity,
    hasEmail: person.email !== undefined,
    outside: outsideOf(nextStep({ record }, { course, policy, asOf })),
    mailRefusedAt: person.mailRefusedAt,
    engagements: engagements.map((one) => ({ ...one, place: one.unit && tree.get(one.unit) })),
    leaves: staffing.leaves,
    courses,
    certificates: person.certificates
      .filter(({ track }) => tracks.has(track) || isAccepted(track, engagements, needs))
      .toReversed(),
    decisions: decisionsShown(person, tree, unitId, reaches),
    mayDecide: id !== actor.id && courses.length > 0,
  };
}

/** A certificate of another track that the work's rules take as good. */
function isAccepted(
  track: UnitRow['category'],
  engagements: readonly Engagement[],
  { assignmentRules }: Pick<Needs, 'assignmentRules'>,
): boolean {
  return assignmentRules.rules.some(
    (rule) => rule.accepts.includes(track) && engagements.some(({ category }) => category === rule.category),
  );
}

/** What was decided in the unit's committee or where the actor reaches; what another committee's manager has decided stays there. */
function decisionsShown(
  { decisions }: Person,
  tree: Tree,
  unit: NodeId,
  reaches: (unit: NodeId) => boolean,
): readonly ShownDecision[] {
  const committee = tree.pathOf(unit).at(-1);
  const isHere = (one: Decision) =>
    one.unit === undefined || reaches(one.unit) || tree.pathOf(one.unit).at(-1) === committee;
  return decisions
    .flatMap((decision): ShownDecision[] => {
      if (decision.kind === 'withdraw' || !isHere(decision)) return [];
      const withdrawn = decisions.find((one) => one.kind === 'withdraw' && one.decision === decision.id);
      const mayWithdraw = !withdrawn && decision.kind !== 'move-due';
      return [{ decision, withdrawn: withdrawn && { at: withdrawn.at, reason: withdrawn.reason }, mayWithdraw }];
    })
    .reverse();
}
