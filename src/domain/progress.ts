import { dateOf } from './calendar.ts';
import { type Certificate, certificateState } from './certificate.ts';
import type { Course, Track } from './course.ts';
import { type Attempt, pausedUntil } from './exam.ts';
import type { CalendarDate, Instant } from './ids.ts';
import type { Person } from './person.ts';
import { currentStaffing, engagementOn } from './staffing.ts';

/** Where a person stands on the way to the certificate: exactly one of these. */
export type Standing =
  | { readonly state: 'reading'; readonly next: string }
  | { readonly state: 'ready' }
  | { readonly state: 'under-way'; readonly attempt: Attempt }
  | { readonly state: 'paused'; readonly until: Instant }
  | { readonly state: 'certified'; readonly certificate: Certificate };

export interface Progress {
  readonly lessons: readonly { readonly slug: string; readonly done: boolean }[];
  readonly done: number;
  /** Required lessons and the exam. */
  readonly total: number;
  readonly standing: Standing;
}

export function progressOf(person: Person, course: Course, now: Date): Progress {
  const track = trackOf(person, course, now);
  const lessons = track.required.map((slug) => ({ slug, done: slug in person.lessonsDone }));
  const standing = standingOf(person, course, now);
  const read = lessons.filter((lesson) => lesson.done).length;
  return {
    lessons,
    done: standing.state === 'certified' ? lessons.length + 1 : read,
    total: lessons.length + 1,
    standing,
  };
}

/** The track of what the person works as today. */
export function trackOf(person: Pick<Person, 'staffing'>, course: Course, now: Date): Track {
  return course.tracks[engagementOn(currentStaffing(person), dateOf(now)).category];
}

export function standingOf(person: Person, course: Course, now: Date): Standing {
  const certificate = validCertificate(person, dateOf(now));
  if (certificate) return { state: 'certified', certificate };
  const attempt = openAttempt(person);
  if (attempt) return { state: 'under-way', attempt };
  const track = trackOf(person, course, now);
  const next = track.required.find((slug) => !(slug in person.lessonsDone));
  if (next) return { state: 'reading', next };
  const until = pausedUntil(person.attempts, course.pass, now);
  return until ? { state: 'paused', until } : { state: 'ready' };
}

/** The newest certificate, if it holds today. */
export function validCertificate(person: Pick<Person, 'certificates'>, today: CalendarDate): Certificate | undefined {
  const newest = person.certificates.at(-1);
  return newest && certificateState(newest, today) === 'valid' ? newest : undefined;
}

export function openAttempt(person: Pick<Person, 'attempts'>): Attempt | undefined {
  return person.attempts.find((attempt) => !attempt.handedInAt);
}
