import { asOf } from '#domain/assignment/assignment.ts';
import type { StepBasis } from '#domain/assignment/next-step.ts';
import type { ImportPlan, ImportWorld, PersonChange } from '#domain/import/plan-import.ts';
import { dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { CalendarDate, PersonId } from '#domain/kernel/ids.ts';
import type { StaffRecord } from '#domain/people/staff-record.ts';
import { currentReminders, findReminder } from '#domain/reminders/reminder.ts';
import type { Services } from '#src/services.ts';
import { currentPolicy } from '#usecases/assignment/assignment-policy.ts';

/** The mails that follow when a list is stored, in numbers. */
export interface ImportMails {
  readonly invitations: number;
  /** Who is in the list, has not been invited, and is not by this either: no day was chosen, or there is no address. */
  readonly uninvited: { readonly noDay: number; readonly noEmail: number };
  /** Whose address is changed: told of it at the old one and at the new. */
  readonly addresses: number;
  /** To people who have been invited before, of courses that the list gives them or asks for earlier. */
  readonly reminders: number;
}

/** Works it out as the sender will: what it does not send to whom has not been invited stands in none of these. */
export async function mailsOfImport(
  needs: Pick<Services, 'store' | 'clock' | 'course' | 'assignmentRules' | 'reminderRules'>,
  { changes }: ImportPlan,
  { people }: ImportWorld,
  inviteOn: CalendarDate | undefined,
): Promise<ImportMails> {
  const { course, clock, reminderRules } = needs;
  const basis = { course, policy: await currentPolicy(needs) };
  const records = new Map(people.map(({ record }) => [record.id, record]));
  const known = (id: PersonId | undefined) => (id === undefined ? undefined : records.get(id));
  const remaining = changes.filter(({ kind, invite }) => kind === 'added' && !invite);
  const count = (of: (change: PersonChange) => number) => changes.reduce((sum, change) => sum + of(change), 0);
  return {
    invitations: changes.filter(({ invite }) => invite).length,
    uninvited: {
      noDay: inviteOn === undefined ? remaining.filter(({ email }) => email !== undefined).length : 0,
      noEmail: remaining.filter(({ email }) => email === undefined).length,
    },
    addresses: changes.filter(({ id, details }) => id !== undefined && details.includes('email')).length,
    reminders: count((change) => newReminders(known(change.id), change, basis, reminderRules, clock())),
  };
}

function newReminders(
  record: StaffRecord | undefined,
  { staffing, email, invite }: PersonChange,
  basis: StepBasis,
  rules: Services['reminderRules'],
  now: Date,
): number {
  if (!record || invite) return 0;
  const today = asOf(dateOf(now), now);
  const before = currentReminders(record, basis, rules, today);
  const after = { ...record, email, staffing: [...record.staffing, { ...staffing, recordedAt: instantOf(now) }] };
  return currentReminders(after, basis, rules, today).filter(
    (one) => !findReminder(record, one) && !before.some(({ rule, cycle }) => rule === one.rule && cycle === one.cycle),
  ).length;
}
