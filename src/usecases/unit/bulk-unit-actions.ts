import type { ActingPerson } from '#domain/access/grant-days.ts';
import { dateOf } from '#domain/kernel/calendar.ts';
import { categories } from '#domain/kernel/category.ts';
import type { NodeId, PersonId } from '#domain/kernel/ids.ts';
import { type FieldErrors, fieldValue } from '#forms/fields.ts';
import {
  type Chosen,
  type DecisionForm,
  decisionKinds,
  type Notice,
  type NoticeReason,
  readChosen,
  readDecision,
  readReason,
} from '#forms/unit/unit-form.ts';
import type { Services } from '#src/services.ts';
import { remindPerson } from '#usecases/reminders/remind-person.ts';
import type { ReminderNeeds } from '#usecases/reminders/send-reminders.ts';
import { decideAssignment } from './decide-assignment.ts';

type Needs = ReminderNeeds & Pick<Services, 'audit' | 'random' | 'reportError'>;

export type ActionResult =
  | { readonly ok: true; readonly notice: Notice }
  /** By field, keys of texts. `chosen`: who it is about, and what. */
  | { readonly ok: false; readonly errors: FieldErrors };

/**
 * What a manager does with the people who are ticked in a unit's table, one by one: what is refused for one is still done
 * for the others.
 *
 * @param shown the lines of the table, for “everybody in the table”
 */
export function actOnUnit(
  needs: Needs,
  actor: ActingPerson,
  unit: NodeId,
  shown: readonly Chosen[],
  form: FormData,
): Promise<ActionResult> {
  const chosen = fieldValue(form, 'everyone') === '' ? readChosen(form) : shown;
  return fieldValue(form, 'action') === 'remind'
    ? remind(needs, actor, chosen)
    : decide(needs, actor, unit, chosen, form);
}

async function remind(needs: Needs, actor: ActingPerson, chosen: readonly Chosen[]): Promise<ActionResult> {
  if (chosen.length === 0) return { ok: false, errors: { chosen: 'unit.chosen.error' } };
  const refusals: NoticeReason[] = [];
  const people = new Set(chosen.map(({ person }) => person as PersonId));
  for (const person of people) {
    const result = await remindPerson(needs, actor, person);
    if (!result.ok) refusals.push(result.reason);
  }
  return { ok: true, notice: noticeOf('remind', people.size - refusals.length, refusals) };
}

function noticeOf(kind: Notice['kind'], done: number, refusals: readonly NoticeReason[]): Notice {
  return { kind, done, refused: refusals.length, reasons: [...new Set(refusals)] };
}

async function decide(
  needs: Needs,
  actor: ActingPerson,
  unit: NodeId,
  chosen: readonly Chosen[],
  form: FormData,
): Promise<ActionResult> {
  const kind = decisionKinds.find((one) => one === fieldValue(form, 'action'));
  if (!kind) return { ok: false, errors: { chosen: 'unit.action.error' } };
  const decision = readDecision(form, kind, dateOf(needs.clock()));
  const nobody = chosen.length === 0 ? { chosen: 'unit.chosen.error' } : {};
  if (!decision.ok) return { ok: false, errors: { ...nobody, ...decision.errors } };
  if (chosen.length === 0) return { ok: false, errors: nobody };
  return { ok: true, notice: await decideForEach(needs, actor, unit, chosen, decision.value) };
}

async function decideForEach(
  needs: Needs,
  actor: ActingPerson,
  unit: NodeId,
  chosen: readonly Chosen[],
  decision: DecisionForm,
): Promise<Notice> {
  const refusals: NoticeReason[] = [];
  let done = 0;
  // Somebody with two courses is ticked for each, and gets an extra one once.
  const wanted = decision.kind === 'assign' ? new Map(chosen.map((one) => [one.person, one])).values() : chosen;
  for (const { person, track } of wanted) {
    const wish = decision.kind === 'assign' ? decision : track && { ...decision, track };
    const result = wish && (await decideAssignment(needs, actor, unit, person as PersonId, wish));
    if (result?.ok) done += 1;
    else refusals.push(result?.reason ?? 'nothing-open');
  }
  return noticeOf(decision.kind, done, refusals);
}

/** What a manager does on one person's page: a decision, or taking one back. */
export async function actOnPerson(
  needs: Needs,
  actor: ActingPerson,
  unit: NodeId,
  id: PersonId,
  form: FormData,
): Promise<ActionResult> {
  if (fieldValue(form, 'action') === 'remind') return remind(needs, actor, [{ person: id, track: undefined }]);
  if (fieldValue(form, 'action') !== 'withdraw') {
    const isExtra = fieldValue(form, 'action') === 'assign';
    const courses = readChosen(form).map(({ track }) => ({ person: id, track }));
    return decide(needs, actor, unit, isExtra ? [{ person: id, track: undefined }] : courses, form);
  }
  const reason = readReason(form, 'withdraw-reason');
  const track = categories.find((one) => one === fieldValue(form, 'track'));
  if (!reason || !track) return { ok: false, errors: { 'withdraw-reason': 'unit.reason.error' } };
  const wish = { kind: 'withdraw', decision: fieldValue(form, 'decision'), track, reason } as const;
  const result = await decideAssignment(needs, actor, unit, id, wish);
  return { ok: true, notice: result.ok ? noticeOf('withdraw', 1, []) : noticeOf('withdraw', 0, [result.reason]) };
}
