import type { CalendarDate, PersonId } from './ids.ts';
import { nextStep, type StepLook } from './next-step.ts';
import { findReminder, invitedOn, openAssignments } from './reminder.ts';
import type { StaffRecord } from './staff-record.ts';
import { isOnLeave, staffingAt } from './staffing.ts';
import type { Steps } from './steps.ts';

/** Why somebody gets no invitation. */
export const withoutMail = [
  'planned', // gets it on that very day already
  'waiting', // has been invited, and has not signed in yet
  'inside', // can sign in
  'no-email',
  'mail-refused', // the address takes none
  'protected', // not to be named to whoever invites: seen to one by one
  'nothing-to-take',
] as const;

/** What inviting comes to for one person. Of those who get a mail, some get it when their leave is over. */
const inviteOutcomes = ['mail', 'after-leave', ...withoutMail] as const;
export type InviteOutcome = (typeof inviteOutcomes)[number];

export type InviteCounts = Readonly<Record<InviteOutcome, number>>;

/** What is asked for: on which day, and whether those who wait with an invitation get it once more. */
export interface InviteWish {
  readonly day: CalendarDate;
  readonly again: boolean;
}

/** What it comes to, before anything is sent. */
export interface InvitePlan {
  readonly people: readonly PersonId[];
  readonly counts: InviteCounts;
}

/** Somebody who may be invited, and whether whoever invites may be shown their name. */
export interface Invitable {
  readonly record: StaffRecord;
  readonly mayName: boolean;
}

export function* planInvitations(people: readonly Invitable[], wish: InviteWish, look: StepLook): Steps<InvitePlan> {
  const counts = Object.fromEntries(inviteOutcomes.map((one) => [one, 0])) as Record<InviteOutcome, number>;
  const invited: PersonId[] = [];
  for (const person of people) {
    yield;
    const outcome = inviteOutcome(person, wish, look);
    if (outcome) counts[outcome] += 1;
    if (outcome !== undefined && getsMail(outcome)) invited.push(person.record.id);
  }
  return { people: invited, counts };
}

export function getsMail(outcome: InviteOutcome): boolean {
  return outcome === 'mail' || outcome === 'after-leave';
}

/** Undefined for who works here no more. */
export function inviteOutcome(
  { record, mayName }: Invitable,
  { day, again }: InviteWish,
  look: StepLook,
): InviteOutcome | undefined {
  const next = nextStep({ record }, look);
  if (next.state === 'gone') return undefined;
  if (next.state === 'unreachable') return record.email === undefined ? 'no-email' : 'mail-refused';
  if (next.state !== 'not-invited' && next.state !== 'invited') return 'inside';
  if (!mayName) return 'protected';
  if (next.state === 'invited') {
    const isComing = record.inviteOn === day || (invitedOn(record) ?? '') >= day;
    if (!again || isComing) return 'waiting';
  } else if (record.inviteOn === day && !isSpent(record, day)) return 'planned';
  // Whoever has a role signs in for that.
  if (record.grants.length === 0 && openAssignments(record, look.book, look.asOf).length === 0)
    return 'nothing-to-take';
  const staffing = staffingAt(record, look.asOf.known);
  return staffing && isOnLeave(staffing, day) ? 'after-leave' : 'mail';
}

/** The invitation of that day has gone out, and its link is gone: the address has been changed since. */
function isSpent(record: StaffRecord, day: CalendarDate): boolean {
  const own = findReminder(record, { rule: 'invitation', cycle: day });
  return own?.sentAt !== undefined && record.invitation === undefined;
}
