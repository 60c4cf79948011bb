import type { ActingPerson } from '#domain/access/grant-days.ts';
import { nextStep } from '#domain/assignment/next-step.ts';
import { dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { PersonId } from '#domain/kernel/ids.ts';
import { staffRecordOf } from '#domain/people/staff-record.ts';
import { currentStaffing, isOnLeave } from '#domain/people/staffing.ts';
import { findReminder, invitedOn, openAssignments } from '#domain/reminders/reminder.ts';
import type { Services } from '#src/services.ts';
import { accessPerson } from '#usecases/access/audited-access.ts';
import { policyOn } from '#usecases/assignment/assignment-policy.ts';
import { handOver } from '#usecases/mail/hand-over-reminder.ts';
import { isMailPaused } from '#usecases/settings/mail-switches.ts';
import { type ClaimedReminder, claimFor, mailOf, type ReminderNeeds } from './send-reminders.ts';

type Refusal =
  | 'not-found'
  | 'no-email'
  | 'mail-refused'
  | 'mail-paused'
  | 'not-invited'
  | 'already-today'
  | 'nothing-to-do'
  | 'on-leave'
  | 'not-introduced';
export type RemindResult = { readonly ok: true } | { readonly ok: false; readonly reason: Refusal };

type Claimed =
  | { readonly ok: true; readonly claim: ClaimedReminder }
  | { readonly ok: false; readonly reason: Refusal };

/**
 * A manager reminds somebody of what they have to do, at most once a day, and nobody who has not been invited. The mail goes out after the reply; one that the
 * mail server refuses is tried again as any other reminder.
 */
export async function remindPerson(
  needs: ReminderNeeds & Pick<Services, 'audit' | 'reportError'>,
  actor: ActingPerson,
  id: PersonId,
): Promise<RemindResult> {
  const { store, clock, course } = needs;
  const opened = await accessPerson(needs, actor, 'remind:person', id, { action: 'remind' });
  if (!opened) return { ok: false, reason: 'not-found' };
  const now = clock();
  const asOf = { date: dateOf(now), known: instantOf(now) };
  const basis = { course, policy: await policyOn(needs, opened.tree) };
  if (await isMailPaused(needs, 'by-hand')) return { ok: false, reason: 'mail-paused' };
  if (!basis.policy.introduction) return { ok: false, reason: 'not-introduced' };
  const key = { rule: 'by-hand', cycle: asOf.date };
  const claimed = await store.people.update<Claimed>(id, (current) => {
    const refuse = (reason: Refusal) => ({ result: { ok: false, reason } as const });
    const record = staffRecordOf(current);
    const [assignment] = openAssignments(record, basis.policy, asOf);
    if (current.email === undefined) return refuse('no-email');
    if (current.mailRefusedAt !== undefined) return refuse('mail-refused');
    const next = nextStep({ record }, { ...basis, asOf });
    if (next.state === 'not-invited') return refuse('not-invited');
    if (next.state === 'invited' && invitedOn(record) === asOf.date) return refuse('already-today');
    if (isOnLeave(currentStaffing(current), asOf.date)) return refuse('on-leave');
    if (!assignment) return refuse('nothing-to-do');
    if (findReminder(current, key)) return refuse('already-today');
    const claim = claimFor(needs, current, { ...key, says: 'by-hand', assignment }, basis, now);
    return { save: claim.person, result: { ok: true, claim } as const };
  });
  if (!claimed.ok) return claimed;
  setImmediate(() => void handOver(needs, id, key, mailOf(needs, claimed.claim)).catch(needs.reportError));
  return { ok: true };
}
