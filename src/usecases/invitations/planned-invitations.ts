import type { ActingPerson } from '#domain/access/grant-days.ts';
import { withoutLink } from '#domain/account/sent-link.ts';
import { asOf } from '#domain/assignment/assignment.ts';
import type { StepContext } from '#domain/assignment/next-step.ts';
import { dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { CalendarDate, PersonId } from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';
import { staffRecordOf } from '#domain/people/staff-record.ts';
import { plannedDay, plannedDays } from '#domain/reminders/invite-plan.ts';
import { NoSuchDocumentError } from '#ports/store.ts';
import type { Services } from '#src/services.ts';
import { inTurns } from '#usecases/shared/in-turns.ts';
import { type InviteScope, lookAt } from './invite-many.ts';

type Needs = Pick<Services, 'store' | 'audit' | 'clock' | 'course' | 'assignmentRules'>;

export type PlannedResult =
  | { readonly ok: true; readonly changed: number }
  | { readonly ok: false; readonly reason: 'not-found' }
  /** Some of them have gone out, or others have been planned for that day, since it was shown. */
  | { readonly ok: false; readonly reason: 'planned-changed' };

/** So many people are written at once: as many as keep the disk busy. */
const atOnce = 64;

/**
 * Puts the invitations that wait for a day on another one, or cancels them, as many as were shown. What has gone out meanwhile stays.
 * Each is in the log, about whom it is, before it is saved; whoever is not invited any more can be invited again.
 */
export async function changePlanned(
  needs: Needs,
  actor: ActingPerson,
  scope: InviteScope,
  shown: { readonly day: CalendarDate; readonly mails: number },
  to: CalendarDate | 'cancelled',
): Promise<PlannedResult> {
  const found = await lookAt(needs, actor, scope);
  if (!found) return { ok: false, reason: 'not-found' };
  const days = await inTurns(plannedDays(found.people, found.look));
  const planned = days.find(({ day }) => day === shown.day)?.people ?? [];
  if (planned.length === 0 || planned.length !== shown.mails) return { ok: false, reason: 'planned-changed' };
  const pseudonyms = new Map(found.people.map(({ record }) => [record.id, record.pseudonym]));
  const waiting = planned.values();
  let changed = 0;
  const work = async () => {
    for (const id of waiting) {
      const action = to === 'cancelled' ? 'cancel-invitation' : 'move-invitation';
      const at = instantOf(needs.clock());
      await needs.audit.append({ at, actor: actor.pseudonym, subject: pseudonyms.get(id), action });
      if (await changeOne(needs, id, shown.day, to, found.look)) changed += 1;
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, work));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
  return { ok: true, changed };
}

async function changeOne(
  { store, clock }: Needs,
  id: PersonId,
  day: CalendarDate,
  to: CalendarDate | 'cancelled',
  look: StepContext,
): Promise<boolean> {
  try {
    return await store.people.update(id, (person) => {
      const now = { ...look, asOf: asOf(dateOf(clock()), clock()) };
      if (plannedDay(staffRecordOf(person), now) !== day) return { result: false };
      return { save: { ...withoutUnsent(person), inviteOn: to === 'cancelled' ? undefined : to }, result: true };
    });
  } catch (error) {
    // Purged in between.
    if (error instanceof NoSuchDocumentError) return false;
    throw error;
  }
}

/** A try that the mail server has refused is not made again; a link that no mail has carried opens nothing. */
function withoutUnsent(person: Person): Person {
  const isInvitation = ({ rule }: Person['reminders'][number]) => rule === 'invitation';
  const reminders = person.reminders.filter((one) => !isInvitation(one) || one.sentAt !== undefined);
  if (reminders.length === person.reminders.length) return person;
  const left = { ...person, reminders };
  const isCarried = reminders.some(isInvitation);
  return isCarried || !left.invitation || left.invitation.usedAt ? left : withoutLink(left, 'invitation', 'withdrawn');
}
