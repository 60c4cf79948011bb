import { withoutLink } from '#domain/account/sent-link.ts';
import type { Assignment } from '#domain/assignment/assignment.ts';
import { asOf } from '#domain/assignment/assignment.ts';
import { worksFrom } from '#domain/assignment/next-step.ts';
import { dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { Category } from '#domain/kernel/category.ts';
import type { CalendarDate, NodeId, PersonId } from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';
import { staffRecordOf } from '#domain/people/staff-record.ts';
import { openAssignments, type ReminderKey } from '#domain/reminders/reminder.ts';
import { DuplicateKeyError } from '#ports/store.ts';
import type { Services } from '#src/services.ts';
import { currentPolicy } from '#usecases/assignment/assignment-policy.ts';
import { handOver, withClaim } from '#usecases/mail/hand-over-reminder.ts';
import { withInvitation } from '#usecases/mail/invitation-link.ts';
import { invitationMail } from '#usecases/mail/mails.ts';
import { isMailPaused } from '#usecases/settings/mail-switches.ts';
import { newPerson } from '#usecases/shared/new-person.ts';

export type InviteNeeds = Pick<
  Services,
  | 'store'
  | 'secrets'
  | 'random'
  | 'clock'
  | 'mailer'
  | 'publicUrl'
  | 'municipality'
  | 'course'
  | 'assignmentRules'
  | 'reportError'
>;

export interface Invitee {
  readonly name: string;
  /** Lower case. */
  readonly email: string;
  /** Where the work is; absent for who has not been placed. */
  readonly unit?: NodeId | undefined;
  readonly category: Category;
  /** First day of the engagement; absent: today. */
  readonly from?: CalendarDate | undefined;
  /** Last day of the engagement, if it ends. */
  readonly to: CalendarDate | undefined;
}

/** Makes a person's document and sends the invitation. Whoever is already there keeps what they have. */
export async function invitePerson(
  needs: InviteNeeds,
  invitee: Invitee,
): Promise<{ ok: true; id: PersonId } | { ok: false; reason: 'email-taken' }> {
  const { store, random, clock } = needs;
  const now = clock();
  const { name, email, unit, category, from, to } = invitee;
  const engagement = { unit, category, to, ...(from && { from }) };
  const inviteOn = dateOf(now);
  const key = { rule: 'invitation', cycle: inviteOn };
  const known = newPerson({ name, nameGivenBy: 'employer', email, inviteOn }, engagement, now, random);
  const { person, token } = withInvitation(needs, withClaim(known, key, now), key, now);
  try {
    await store.people.create(person);
  } catch (error) {
    if (error instanceof DuplicateKeyError && error.key === 'email') return { ok: false, reason: 'email-taken' };
    throw error;
  }
  await sendInvitationLater(needs, key, person, token);
  return { ok: true, id: person.id };
}

/** Sends a new invitation to someone who has not used the first; the old link stops working. */
export async function inviteAgain(
  needs: InviteNeeds,
  id: PersonId,
): Promise<{ ok: true } | { ok: false; reason: 'not-found' | 'already-accepted' }> {
  if (!(await needs.store.people.get(id))?.email) return { ok: false, reason: 'not-found' };
  const isSent = await sendInvitation(
    needs,
    id,
    (person) => !person.passwordHash && withoutLink(person, 'invitation', 'replaced'),
  );
  return isSent ? { ok: true } : { ok: false, reason: 'already-accepted' };
}

/**
 * Whoever has never chosen a password, and asks for a new one: the invitation comes once more, with the link that was sent before
 * where there was one, so that a stranger who asks takes nothing away.
 */
export async function inviteWhoAsks(needs: InviteNeeds, id: PersonId): Promise<void> {
  const now = asOf(dateOf(needs.clock()), needs.clock());
  await sendInvitation(
    needs,
    id,
    (person) => !person.passwordHash && person.email !== undefined && worksFrom(staffRecordOf(person), now) && person,
  );
}

/** @param who the person as they are to be invited; false for nobody who is */
async function sendInvitation(
  needs: InviteNeeds,
  id: PersonId,
  who: (person: Person) => Person | false,
): Promise<boolean> {
  const now = needs.clock();
  const key = { rule: 'invitation', cycle: instantOf(now) };
  const invited = await needs.store.people.update(id, (current) => {
    const person = who(current);
    if (!person) return { result: undefined };
    const result = withInvitation(needs, withClaim(person, key, now), key, now);
    return { save: result.person, result };
  });
  if (invited) await sendInvitationLater(needs, key, invited.person, invited.token);
  return invited !== undefined;
}

/**
 * After the reply. One that the mail server refuses is tried again as any other message; one that is paused waits, and goes out by
 * itself when the pause ends.
 */
export async function sendInvitationLater(
  needs: InviteNeeds,
  key: ReminderKey,
  person: Person,
  token: string,
): Promise<void> {
  if (await isMailPaused(needs, 'invitation')) return;
  const mail = invitationMail(needs, person, await firstTask(needs, person), token);
  setImmediate(() => void handOver(needs, person.id, key, mail).catch(needs.reportError));
}

/** What an invitation is about: the course that is to be taken first, if any. */
export async function firstTask(
  needs: Pick<InviteNeeds, 'store' | 'clock' | 'assignmentRules'>,
  person: Person,
): Promise<Assignment | undefined> {
  const now = needs.clock();
  const policy = await currentPolicy(needs);
  return openAssignments(staffRecordOf(person), policy, asOf(dateOf(now), now))[0];
}
