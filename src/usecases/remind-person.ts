import { type Assignment, ruleBook } from '#domain/assignment.ts';
import { dateOf, instantOf } from '#domain/calendar.ts';
import type { ActingPerson } from '#domain/grant-days.ts';
import type { PersonId } from '#domain/ids.ts';
import type { Person } from '#domain/person.ts';
import { findReminder, openAssignments } from '#domain/reminder.ts';
import { staffRecordOf } from '#domain/staff-record.ts';
import { currentStaffing, isOnLeave } from '#domain/staffing.ts';
import type { Services } from '#src/services.ts';
import { openPerson } from './audited.ts';
import { handOver, withClaim } from './hand-over-reminder.ts';
import { reminderMail } from './reminder-mails.ts';
import type { ReminderNeeds } from './send-reminders.ts';

type Refusal = 'not-found' | 'no-email' | 'already-today' | 'nothing-to-do' | 'on-leave';
export type RemindResult = { readonly ok: true } | { readonly ok: false; readonly reason: Refusal };

type Claimed =
  | { readonly ok: true; readonly person: Person; readonly assignment: Assignment }
  | { readonly ok: false; readonly reason: Refusal };

/**
 * A manager reminds somebody of what they have to do, at most once a day. The mail goes out after the reply; one that the
 * mail server refuses is tried again as any other reminder.
 */
export async function remindPerson(
  needs: ReminderNeeds & Pick<Services, 'audit' | 'reportError'>,
  actor: ActingPerson,
  id: PersonId,
): Promise<RemindResult> {
  const { store, clock, assignmentRules } = needs;
  const opened = await openPerson(needs, actor, 'remind:person', id, { action: 'remind' });
  if (!opened) return { ok: false, reason: 'not-found' };
  const now = clock();
  const asOf = { date: dateOf(now), known: instantOf(now) };
  const book = ruleBook(assignmentRules, opened.tree);
  const key = { rule: 'by-hand', cycle: asOf.date };
  const claimed = await store.people.update<Claimed>(id, (current) => {
    const refuse = (reason: Refusal) => ({ result: { ok: false, reason } as const });
    const [assignment] = openAssignments(staffRecordOf(current), book, asOf);
    if (current.email === undefined) return refuse('no-email');
    if (isOnLeave(currentStaffing(current), asOf.date)) return refuse('on-leave');
    if (!assignment) return refuse('nothing-to-do');
    if (findReminder(current, key)) return refuse('already-today');
    const person = withClaim(current, key, now);
    return { save: person, result: { ok: true, person, assignment } as const };
  });
  if (!claimed.ok) return claimed;
  const mail = reminderMail(needs, claimed.person, { ...key, says: 'by-hand', assignment: claimed.assignment });
  setImmediate(() => void handOver(needs, id, key, mail).catch(needs.reportError));
  return { ok: true };
}
