import type { Course, Track } from '#domain/course/course.ts';
import { type Attempt, pausedUntil } from '#domain/exam/exam.ts';
import type { Category } from '#domain/kernel/category.ts';
import type { CalendarDate, Instant } from '#domain/kernel/ids.ts';
import { type HeldCertificate, isReachedByMail, mayEnter, type StaffRecord } from '#domain/people/staff-record.ts';
import { engagementOn, staffingAt } from '#domain/people/staffing.ts';
import { type AsOf, type Assignment, type AssignmentPolicy, assignmentsOn } from './assignment.ts';
import { currentTask } from './current-task.ts';

/** Who cannot sign in, and why. */
export type OutsideStep =
  /** Neither an address that takes mail nor a code: reached by word of mouth, by paper, or once somebody has written down an address. */
  | { readonly state: 'unreachable' }
  /** `on`: the day that has been chosen for the invitation. */
  | { readonly state: 'not-invited'; readonly on?: CalendarDate | undefined }
  /** Through `until` the link that was sent opens the door. */
  | { readonly state: 'invited'; readonly link: 'open' | 'expired'; readonly until: Instant };

/** Where somebody stands on the way to a certificate. */
export type Study =
  | { readonly state: 'reading'; readonly lesson: string; readonly hasBegun: boolean }
  | { readonly state: 'ready' }
  | { readonly state: 'under-way'; readonly attempt: Attempt }
  /** The exam is closed for a while, after failed attempts. */
  | { readonly state: 'paused'; readonly until: Instant };

/**
 * The answer to “what can this person do next?”: exactly one of these. Mails, buttons, counts and the card on Min sida are all made
 * from it, so that none of them promises what the person cannot do (decision 0032).
 */
export type NextStep = OutsideStep | InsideStep;

export type InsideStep =
  /** Works here no more, and is not about to begin. */
  | { readonly state: 'gone' }
  /** Without a task nothing asks for it; with one that has a certificate, that is to be renewed. */
  | (Study & { readonly task: Assignment | undefined })
  /** Everything is done, and the certificate holds. */
  | { readonly state: 'done'; readonly certificate: HeldCertificate };

export type NextState = NextStep['state'];

/** What is known of somebody. Lists go without the attempts: nobody's manager is told of a pause, and so of how often they have tried. */
export interface StepFacts {
  readonly record: StaffRecord;
  readonly attempts?: readonly Attempt[] | undefined;
}

/** What it is looked at by, and as of when. */
export interface StepContext {
  readonly course: Pick<Course, 'tracks' | 'pass'>;
  readonly policy: AssignmentPolicy;
  readonly asOf: AsOf;
}

/** What holds for everybody that is looked at on one day. */
export type StepBasis = Omit<StepContext, 'asOf'>;

/** What a person has to take on a day, and which of it is to be done now. */
export interface Tasks {
  readonly assignments: readonly Assignment[];
  /** What is to be done now; absent when nothing is. */
  readonly current: Assignment | undefined;
  /** The track the person is on: what is to be done now, else what was done for today's work. */
  readonly track: Track;
  /** The certificate that holds on the day for that; while it is being renewed too. */
  readonly certificate: HeldCertificate | undefined;
}

export function nextStep(facts: StepFacts, look: StepContext): NextStep {
  const { record } = facts;
  if (worksFrom(record, look.asOf) && !mayEnter(record)) return outsideStep(record, look.asOf);
  return stepWithin(facts, look, tasksOf(facts, look));
}

/** The same of somebody who is signed in. @param tasks as `tasksOf` says */
export function stepWithin(facts: StepFacts, look: StepContext, tasks: Tasks): InsideStep {
  if (!worksFrom(facts.record, look.asOf)) return { state: 'gone' };
  const { current: task, track, certificate } = tasks;
  // What is to be renewed is open again, and the old certificate holds meanwhile.
  if (certificate && !task) return { state: 'done', certificate };
  return { ...studyOf(facts, track, look), task };
}

/** Whether somebody works on the day, or is going to. */
export function worksFrom(record: StaffRecord, { date, known }: AsOf): boolean {
  return staffingAt(record, known)?.engagements.some(({ to }) => to === undefined || to >= date) ?? false;
}

function outsideStep(record: StaffRecord, { known }: AsOf): OutsideStep {
  const { invitation, inviteOn } = record;
  if (!isReachedByMail(record)) return { state: 'unreachable' };
  if (!invitation || !isInvited(record)) return { state: 'not-invited', on: inviteOn };
  const link = known < invitation.expiresAt ? 'open' : 'expired';
  return { state: 'invited', link, until: invitation.expiresAt };
}

/**
 * Whether an invitation has reached somebody who has not used it. A link that no mail has carried yet invites nobody; one from before
 * invitations were recorded as sent has gone out.
 */
export function isInvited({ invitation, reminders }: Pick<StaffRecord, 'invitation' | 'reminders'>): boolean {
  if (!invitation || invitation.usedAt !== undefined) return false;
  const invitations = reminders.filter(({ rule }) => rule === 'invitation');
  return invitations.length === 0 || invitations.some(({ sentAt }) => sentAt !== undefined);
}

function studyOf({ record, attempts = [] }: StepFacts, track: Track, { course, asOf }: StepContext): Study {
  const attempt = openAttempt({ attempts }, [track.category]);
  if (attempt) return { state: 'under-way', attempt };
  const lesson = track.required.find((slug) => !(slug in record.lessonsDone));
  if (lesson) return { state: 'reading', lesson, hasBegun: track.required.some((slug) => slug in record.lessonsDone) };
  const until = pausedUntil(attempts, course.pass, new Date(asOf.known));
  return until ? { state: 'paused', until } : { state: 'ready' };
}

export function tasksOf({ record, attempts = [] }: StepFacts, { course, policy, asOf }: StepContext): Tasks {
  const assignments = assignmentsOn(record, policy, asOf);
  const begun = attempts.filter(({ handedInAt }) => !handedInAt).map(({ track }) => track);
  const current = currentTask(assignments, begun);
  if (current) {
    // An exam begun in another track that will do is gone on with.
    const open = openAttempt({ attempts }, [current.track, ...current.accepts]);
    return {
      assignments,
      current,
      track: course.tracks[open?.track ?? current.track],
      certificate: current.certificate,
    };
  }
  const done = assignments.find(({ certificate }) => certificate);
  const track = course.tracks[done?.track ?? trackOfWork(record, asOf)];
  return {
    assignments,
    current,
    track,
    certificate: done?.certificate ?? validCertificate(record, track.category, asOf.date),
  };
}

function trackOfWork(record: StaffRecord, { date, known }: AsOf): Category {
  const staffing = staffingAt(record, known) ?? record.staffing[0];
  if (!staffing) throw new RangeError('a person has at least one staffing record');
  return engagementOn(staffing, date).category;
}

/** The certificate of a track that holds on the day, the newest of several. */
export function validCertificate<C extends HeldCertificate>(
  person: { readonly certificates: readonly C[] },
  track: Category,
  date: CalendarDate,
): C | undefined {
  return person.certificates.findLast((one) => one.track === track && date <= one.validUntil);
}

/** The exam of one of these tracks that is begun and not handed in. */
export function openAttempt(
  { attempts }: { readonly attempts: readonly Attempt[] },
  tracks: readonly Category[],
): Attempt | undefined {
  return attempts.find(({ track, handedInAt }) => !handedInAt && tracks.includes(track));
}

/** Why somebody cannot sign in; undefined for who can, and for who works here no more. */
export function outsideOf(next: NextStep): OutsideStep | undefined {
  return next.state === 'unreachable' || next.state === 'not-invited' || next.state === 'invited' ? next : undefined;
}
