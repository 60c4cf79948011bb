import type { ActingPerson } from '#domain/access/grant-days.ts';
import type { Assignment, AssignmentPolicy } from '#domain/assignment/assignment.ts';
import { dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { Category } from '#domain/kernel/category.ts';
import type { CalendarDate, NodeId, PersonId } from '#domain/kernel/ids.ts';
import { randomCode } from '#domain/kernel/random.ts';
import type { Tree } from '#domain/people/organisation.ts';
import type { Decision, Person } from '#domain/people/person.ts';
import { staffRecordOf } from '#domain/people/staff-record.ts';
import { placementOf } from '#domain/unit/unit-view.ts';
import type { Services } from '#src/services.ts';
import { accessPerson } from '#usecases/access/audited-access.ts';
import { policyOn } from '#usecases/assignment/assignment-policy.ts';

type Needs = Pick<Services, 'store' | 'audit' | 'clock' | 'random' | 'assignmentRules'>;

/** What a manager wants. Days have not passed, reasons are for the person to read. */
export type DecisionWish = { readonly track: Category; readonly reason: string } & (
  | { readonly kind: 'assign'; readonly due: CalendarDate }
  | { readonly kind: 'move-due'; readonly due: CalendarDate }
  | { readonly kind: 'exempt'; readonly until?: CalendarDate | undefined }
  | { readonly kind: 'withdraw'; readonly decision: string }
);

export type DecisionRefusal = 'not-found' | 'about-yourself' | 'has-course' | 'nothing-open' | 'not-decided';

export type DecisionResult = { readonly ok: true } | { readonly ok: false; readonly reason: DecisionRefusal };

/**
 * Records a manager's decision about one person's course, as of the unit where the person works.
 *
 * @returns `not-found` for who is not there, not in the unit, or out of reach; `about-yourself`: nobody exempts themself;
 * `has-course`: the course is already one to take; `nothing-open`: there is no such course to take, or it is done;
 * `not-decided`: there is no such decision in force
 */
export async function decideAssignment(
  needs: Needs,
  actor: ActingPerson,
  unit: NodeId,
  id: PersonId,
  wish: DecisionWish,
): Promise<DecisionResult> {
  const opened = await accessPerson(needs, actor, 'decide:person', id, { action: 'decide', place: unit });
  if (!opened) return { ok: false, reason: 'not-found' };
  if (id === actor.id) return { ok: false, reason: 'about-yourself' };
  const now = needs.clock();
  const base = {
    id: randomCode(16, needs.random),
    at: instantOf(now),
    by: actor.pseudonym,
    unit,
  };
  const policy = await policyOn(needs, opened.tree);
  return needs.store.people.update<DecisionResult>(id, (person) => {
    const reason = refuse(person, unit, wish, { policy, tree: opened.tree, now });
    if (reason) return { result: { ok: false, reason } };
    const decision: Decision = { ...base, ...wish };
    return { save: { ...person, decisions: [...person.decisions, decision] }, result: { ok: true } };
  });
}

function refuse(
  person: Person,
  unit: NodeId,
  wish: DecisionWish,
  { policy, tree, now }: { readonly policy: AssignmentPolicy; readonly tree: Tree; readonly now: Date },
): DecisionRefusal | undefined {
  const asOf = { date: dateOf(now), known: instantOf(now) };
  const place = placementOf(staffRecordOf(person), unit, { tree, policy, asOf });
  if (!place) return 'not-found';
  const assignment = place.assignments.find(({ track }) => track === wish.track);
  switch (wish.kind) {
    case 'assign':
      return assignment && assignment.state !== 'done' ? 'has-course' : undefined;
    case 'move-due':
      return isOpen(assignment) ? undefined : 'nothing-open';
    case 'exempt':
      return isOpen(assignment) ? undefined : 'nothing-open';
    case 'withdraw':
      return inForce(person, wish.decision, unit, tree)?.track === wish.track ? undefined : 'not-decided';
  }
}

function isOpen(assignment: Assignment | undefined): boolean {
  return assignment !== undefined && assignment.state !== 'done' && assignment.state !== 'exempt';
}

/** An extra course or an exemption that was given in this committee and has not been taken back. */
function inForce({ decisions }: Person, id: string, unit: NodeId, tree: Tree): Decision | undefined {
  const committee = tree.pathOf(unit).at(-1);
  const isWithdrawn = decisions.some((one) => one.kind === 'withdraw' && one.decision === id);
  return decisions.find(
    (one) =>
      one.id === id &&
      !isWithdrawn &&
      (one.kind === 'assign' || one.kind === 'exempt') &&
      (one.unit === undefined || one.unit === unit || tree.pathOf(one.unit).at(-1) === committee),
  );
}
