import { type Assignment, asOf, assignmentsOn, type RuleBook } from './assignment.ts';
import { dateOf } from './calendar.ts';
import { type Certificate, certificateState } from './certificate.ts';
import type { Course, Track } from './course.ts';
import { currentTask } from './current-task.ts';
import { type Attempt, pausedUntil } from './exam.ts';
import type { CalendarDate, Instant } from './ids.ts';
import type { Category, Person } from './person.ts';
import { staffRecordOf } from './staff-record.ts';
import { currentStaffing, engagementOn } from './staffing.ts';

/** Where a person stands on the way to the certificate: exactly one of these. */
export type Standing =
  | { readonly state: 'reading'; readonly next: string }
  | { readonly state: 'ready' }
  | { readonly state: 'under-way'; readonly attempt: Attempt }
  | { readonly state: 'paused'; readonly until: Instant }
  | { readonly state: 'certified'; readonly certificate: Certificate };

/** What a person has to take today, and which of it is to be done now. */
export interface Tasks {
  readonly assignments: readonly Assignment[];
  /** What is to be done now; absent when nothing is. */
  readonly current: Assignment | undefined;
  /** The track the person is on: what is to be done now, else what was done for today's work. */
  readonly track: Track;
  /** The certificate that holds today for that; while it is being renewed too. */
  readonly certificate: Certificate | undefined;
}

export interface Progress extends Tasks {
  readonly lessons: readonly { readonly slug: string; readonly done: boolean }[];
  readonly done: number;
  /** Required lessons and the exam. */
  readonly total: number;
  readonly standing: Standing;
}

export function progressOf(person: Person, course: Course, book: RuleBook, now: Date): Progress {
  const tasks = tasksOf(person, course, book, now);
  const lessons = tasks.track.required.map((slug) => ({ slug, done: slug in person.lessonsDone }));
  const read = lessons.filter((lesson) => lesson.done).length;
  return {
    ...tasks,
    lessons,
    done: tasks.certificate ? lessons.length + 1 : read,
    total: lessons.length + 1,
    standing: standing(person, tasks, course, now),
  };
}

export function tasksOf(person: Person, course: Course, book: RuleBook, now: Date): Tasks {
  const today = dateOf(now);
  const assignments = assignmentsOn(staffRecordOf(person), book, asOf(today, now));
  const begun = person.attempts.filter(({ handedInAt }) => !handedInAt).map(({ track }) => track);
  const current = currentTask(assignments, begun);
  if (current) {
    // An exam begun in another track that will do is gone on with.
    const open = openAttempt(person, [current.track, ...current.accepts]);
    return {
      assignments,
      current,
      track: course.tracks[open?.track ?? current.track],
      certificate: person.certificates.find(({ code }) => code === current.certificate?.code),
    };
  }
  const done = assignments.find(({ certificate }) => certificate);
  const track = course.tracks[done?.track ?? engagementOn(currentStaffing(person), today).category];
  const certificate = done
    ? person.certificates.find(({ code }) => code === done.certificate?.code)
    : validCertificate(person, track.category, today);
  return { assignments, current, track, certificate };
}

/** The track that a person is on today: of what there is to do, what is to be done now; else of what they work as. */
export function trackOf(person: Person, course: Course, book: RuleBook, now: Date): Track {
  return tasksOf(person, course, book, now).track;
}

export function standingOf(person: Person, course: Course, book: RuleBook, now: Date): Standing {
  return standing(person, tasksOf(person, course, book, now), course, now);
}

function standing(person: Person, { current, track, certificate }: Tasks, course: Course, now: Date): Standing {
  // What is to be renewed is open again, and the old certificate holds meanwhile.
  if (certificate && !current) return { state: 'certified', certificate };
  const attempt = openAttempt(person, [track.category]);
  if (attempt) return { state: 'under-way', attempt };
  const next = track.required.find((slug) => !(slug in person.lessonsDone));
  if (next) return { state: 'reading', next };
  const until = pausedUntil(person.attempts, course.pass, now);
  return until ? { state: 'paused', until } : { state: 'ready' };
}

/** The certificate of a track that holds today, the newest of several. */
export function validCertificate(
  person: Pick<Person, 'certificates'>,
  track: Category,
  today: CalendarDate,
): Certificate | undefined {
  return person.certificates.findLast((one) => one.track === track && certificateState(one, today) === 'valid');
}

/** The exam of one of these tracks that is begun and not handed in. */
export function openAttempt(person: Pick<Person, 'attempts'>, tracks: readonly Category[]): Attempt | undefined {
  return person.attempts.find(({ track, handedInAt }) => !handedInAt && tracks.includes(track));
}
