import type { Course } from '#domain/course/course.ts';
import type { Answer } from '#domain/course/scenario.ts';
import { type Attempt, drawPaperItems, gradeAttempt, type PaperVoucher } from '#domain/exam/exam.ts';
import { dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { CalendarDate, Instant, PersonId, Pseudonym, RandomBytes } from '#domain/kernel/ids.ts';
import { randomCode } from '#domain/kernel/random.ts';
import type { Person } from '#domain/people/person.ts';
import type { Group, PaperSheet } from './group.ts';
import { type JoinRefusal, refuseJoin } from './group.ts';

/** As many as are printed at a time: each is a draw of its own, and the group remembers them all. */
export const mostSheets = 20;

/** Fresh draws for so many sheets, each with a number of its own in the group; refused where nobody more may join. */
export function printedSheets(
  group: Group,
  count: number,
  course: Course,
  now: Date,
  random: RandomBytes,
): { ok: true; group: Group; sheets: readonly PaperSheet[] } | { ok: false; reason: JoinRefusal } {
  const refusal = refuseJoin({ ...group, size: Number.POSITIVE_INFINITY }, now);
  if (refusal) return { ok: false, reason: refusal };
  const last = group.sheets?.at(-1)?.number ?? 0;
  const sheets = Array.from({ length: count }, (_, place): PaperSheet => {
    return {
      id: randomCode(16, random) as PaperSheet['id'],
      number: last + 1 + place,
      track: group.category,
      courseVersion: course.version,
      items: drawPaperItems(course, course.tracks[group.category], random),
      printedAt: instantOf(now),
    };
  });
  return { ok: true, group: { ...group, sheets: [...(group.sheets ?? []), ...sheets] }, sheets };
}

export type SheetRefusal = 'sheet-unknown' | 'sheet-used' | 'group-ended' | 'group-full';

/**
 * Makes a sheet somebody's, once, before its result is written: two who enter the same sheet cannot give it to two people.
 * Whoever is new takes a place too; closing the group ends joining by its code, not the entering of papers that are out.
 */
export function claimSheet(
  group: Group,
  id: string,
  person: PersonId,
  isNew: boolean,
  now: Date,
): { ok: true; group: Group } | { ok: false; reason: SheetRefusal } {
  const sheet = group.sheets?.find((one) => one.id === id);
  if (!sheet) return { ok: false, reason: 'sheet-unknown' };
  if (sheet.person !== undefined && sheet.person !== person) return { ok: false, reason: 'sheet-used' };
  if (sheet.person === person) return { ok: true, group };
  if (dateOf(now) > group.lastDay) return { ok: false, reason: 'group-ended' };
  const needsSeat = isNew && !group.seats.includes(person);
  if (needsSeat && group.seats.length >= group.size) return { ok: false, reason: 'group-full' };
  const sheets = group.sheets?.map((one) => (one.id === id ? { ...one, person } : one));
  return { ok: true, group: { ...group, sheets, seats: needsSeat ? [...group.seats, person] : group.seats } };
}

/** Somebody who can be chosen in a list. */
export interface ListedPerson {
  readonly id: PersonId;
  readonly pseudonym: Pseudonym;
  readonly name: string;
  /** What tells them from others of the same name. */
  readonly createdAt: Instant;
  readonly codeEnding?: string | undefined;
  readonly employmentNumber?: string | undefined;
}

/** What stands on a sheet that came back. */
export interface SheetEntry {
  readonly who: { readonly kind: 'known'; readonly id: PersonId } | { readonly kind: 'new'; readonly name: string };
  readonly takenOn: CalendarDate;
  /** Who was there, of those listed. */
  readonly vouchedBy: Pseudonym;
  /** By scenario; what is not here was left out on the paper, and is wrong. */
  readonly answers: Readonly<Record<string, Answer>>;
}

/** Whether every question stands in the course as it was printed: an answer to an old text is not judged by a new key. */
export function isSheetCurrent(
  { items }: Pick<PaperSheet, 'items'>,
  { scenarios }: Pick<Course, 'scenarios'>,
): boolean {
  return items.every(({ scenario, version }) => scenarios.get(scenario)?.version === version);
}

/**
 * The attempt that a sheet's answers make, handed in and judged. A question left without an answer on the paper is wrong.
 *
 * @throws RangeError if the sheet is not current, or an answer is none to its question
 */
export function attemptOnPaper(
  sheet: PaperSheet,
  answers: Readonly<Record<string, Answer>>,
  onPaper: PaperVoucher,
  course: Course,
  now: Date,
): Attempt {
  const { id, track, courseVersion, items } = sheet;
  const at = instantOf(now);
  const attempt: Attempt = { id, track, courseVersion, startedAt: at, items, answers, handedInAt: at, onPaper };
  return { ...attempt, result: gradeAttempt(attempt, course) };
}

/** The lessons that a track requires have been read, as whoever enters the paper vouches. */
export function withLessonsRead(person: Person, attempt: Attempt, course: Course): Person {
  const done = { at: attempt.startedAt, courseVersion: course.version };
  const read = course.tracks[attempt.track].required.filter((slug) => !(slug in person.lessonsDone));
  return { ...person, lessonsDone: { ...person.lessonsDone, ...Object.fromEntries(read.map((slug) => [slug, done])) } };
}
