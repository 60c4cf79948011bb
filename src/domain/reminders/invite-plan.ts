import { nextStep, type StepContext } from '#domain/assignment/next-step.ts';
import type { CalendarDate, PersonId } from '#domain/kernel/ids.ts';
import type { Steps } from '#domain/kernel/steps.ts';
import type { StaffRecord } from '#domain/people/staff-record.ts';
import { isOnLeave, staffingAt } from '#domain/people/staffing.ts';
import { findReminder, invitedOn, openAssignments } from './reminder.ts';

/** Why somebody gets no invitation. */
export const withoutMail = [
  'planned', // gets it on a day already
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

export function* planInvitations(people: readonly Invitable[], wish: InviteWish, look: StepContext): Steps<InvitePlan> {
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
  look: StepContext,
): InviteOutcome | undefined {
  const next = nextStep({ record }, look);
  if (next.state === 'gone') return undefined;
  if (next.state === 'unreachable') return record.email === undefined ? 'no-email' : 'mail-refused';
  if (next.state !== 'not-invited' && next.state !== 'invited') return 'inside';
  if (!mayName) return 'protected';
  if (next.state === 'invited') {
    const isFresh = record.inviteOn === day || (invitedOn(record) ?? '') >= day;
    if (!again || isFresh) return 'waiting';
  } else if (next.on !== undefined && isComing(record, next.on, look.asOf.date) && (next.on === day || !again))
    return 'planned';
  // Whoever has a role signs in for that.
  if (record.grants.length === 0 && openAssignments(record, look.policy, look.asOf).length === 0)
    return 'nothing-to-take';
  const staffing = staffingAt(record, look.asOf.known);
  return staffing && isOnLeave(staffing, day) ? 'after-leave' : 'mail';
}

/**
 * Whether the invitation of that day is on its way by itself. Not where it has gone out and its link is gone, since the address has been
 * changed; nor where the mail server has refused it since.
 */
function isComing(record: StaffRecord, day: CalendarDate, today: CalendarDate): boolean {
  const own = findReminder(record, { rule: 'invitation', cycle: day });
  if (own?.sentAt) return record.invitation !== undefined;
  return !own || own.failures === 0 || day === today;
}

/** Whose invitations wait for a day. */
export interface PlannedDay {
  /** Today also for those whose day has come, and whose mail has not gone out yet. */
  readonly day: CalendarDate;
  readonly people: readonly PersonId[];
}

/** The invitations that wait for their day, the nearest day first, of those whose name may be shown to whoever looks. */
export function* plannedDays(people: readonly Invitable[], look: StepContext): Steps<readonly PlannedDay[]> {
  const days = new Map<CalendarDate, PersonId[]>();
  for (const { record, mayName } of people) {
    yield;
    const day = mayName ? plannedDay(record, look) : undefined;
    if (day === undefined) continue;
    const others = days.get(day);
    if (others) others.push(record.id);
    else days.set(day, [record.id]);
  }
  const sorted = [...days].sort(([one], [other]) => (one < other ? -1 : 1));
  return sorted.map(([day, waiting]) => ({ day, people: waiting }));
}

/** The day on which an invitation goes to somebody, if one waits: the first, or one that is sent again. */
export function plannedDay(record: StaffRecord, look: StepContext): CalendarDate | undefined {
  const today = look.asOf.date;
  const { inviteOn } = record;
  const next = nextStep({ record }, look);
  if (inviteOn === undefined || (next.state !== 'not-invited' && next.state !== 'invited')) return undefined;
  if (next.state === 'invited' && (invitedOn(record) ?? '') >= inviteOn) return undefined;
  if (inviteOn > today) return inviteOn;
  return isComing(record, inviteOn, today) ? today : undefined;
}
