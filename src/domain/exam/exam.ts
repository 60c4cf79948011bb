import { type Course, examItems, type PassRule, paperItems, type Track } from '#domain/course/course.ts';
import { isAnswerTo, isFinished, judge } from '#domain/course/grading.ts';
import { choiceIds } from '#domain/course/question.ts';
import type { Answer, Scenario } from '#domain/course/scenario.ts';
import { addMinutes, instantOf } from '#domain/kernel/calendar.ts';
import type { Category } from '#domain/kernel/category.ts';
import type { AttemptId, CalendarDate, Instant, Pseudonym, RandomBytes } from '#domain/kernel/ids.ts';
import { randomCode, shuffled } from '#domain/kernel/random.ts';

/** One drawn item: which scenario, which version, in which order its options are shown. */
export interface DrawnItem {
  readonly scenario: string;
  readonly version: number;
  readonly order: readonly string[];
}

/** What is kept of the judging. Not which answers were wrong: everybody may read what is stored about them, and that would give the key away. */
export interface ExamResult {
  readonly right: number;
  readonly total: number;
  readonly passed: boolean;
  /** A critical question was wrong: not passed whatever the number of right answers. */
  readonly criticalMissed: boolean;
  /** Lessons to reread, the one most missed first. */
  readonly reread: readonly string[];
}

/** Who vouches for an exam that was taken on paper, and entered afterwards. */
export interface PaperVoucher {
  readonly takenOn: CalendarDate;
  /** Who was there and saw it done. By pseudonym: a name here would outlive its bearer's own record. */
  readonly vouchedBy: Pseudonym;
  readonly enteredBy: Pseudonym;
}

/** An attempt stores ids, versions and answers, and is never regraded. */
export interface Attempt {
  readonly id: AttemptId;
  /** The track that it is an exam of: what somebody works as may change while it is open. */
  readonly track: Category;
  readonly courseVersion: string;
  readonly startedAt: Instant;
  readonly items: readonly DrawnItem[];
  readonly answers: Readonly<Record<string, Answer>>;
  readonly handedInAt?: Instant | undefined;
  readonly result?: ExamResult | undefined;
  /** Taken on paper: what has no answer was left out there. */
  readonly onPaper?: PaperVoucher | undefined;
}

/** The bank cannot fill the blueprint: a mistake of the content, which `content:check` finds. */
export class BankTooSmallError extends Error {
  override readonly name = 'BankTooSmallError';
}

/**
 * A fresh draw by the track's blueprint: items of the last attempt only where the bank has no others.
 * The items and their options come in random order.
 */
export function drawItems(course: Course, track: Track, last: Attempt | undefined, random: RandomBytes): DrawnItem[] {
  const chosen = chooseByBlueprint(examItems(course, track), track, [], last, random);
  return shuffled(chosen, random).map((scenario) => drawItem(scenario, random));
}

/** The same for a sheet of paper, on which a conversation cannot answer back. */
export function drawPaperItems(course: Course, track: Track, random: RandomBytes): DrawnItem[] {
  const chosen = chooseByBlueprint(paperItems(course, track), track, [], undefined, random);
  return shuffled(chosen, random).map((scenario) => drawItem(scenario, random));
}

/**
 * @param bank what may be drawn
 * @param keep drawn before any others, where the blueprint has room for them
 */
function chooseByBlueprint(
  bank: readonly Scenario[],
  track: Track,
  keep: readonly Scenario[],
  last: Attempt | undefined,
  random: RandomBytes,
): Scenario[] {
  const seen = new Set(last?.items.map((item) => item.scenario));
  const rank = (item: Scenario) => (keep.includes(item) ? 0 : seen.has(item.id) ? 2 : 1);
  const taken = new Set<Scenario>();
  return track.blueprint.flatMap((part) => {
    const candidates = bank.filter((item) => part.themes.includes(item.theme) && !taken.has(item));
    if (candidates.length < part.count) {
      throw new BankTooSmallError(
        `${track.category}: ${part.themes.join(', ')} has ${candidates.length} of ${part.count}`,
      );
    }
    const chosen = shuffled(candidates, random)
      .sort((a, b) => rank(a) - rank(b))
      .slice(0, part.count);
    for (const item of chosen) taken.add(item);
    return chosen;
  });
}

export function drawItem(scenario: Scenario, random: RandomBytes): DrawnItem {
  const ids = choiceIds(scenario);
  let order = shuffled(ids, random);
  // Steps shown in their right order would be answered by doing nothing.
  while (scenario.kind === 'order' && order.every((id, place) => id === ids[place])) order = shuffled(ids, random);
  return { scenario: scenario.id, version: scenario.version, order };
}

export function startAttempt(
  course: Course,
  track: Track,
  last: Attempt | undefined,
  now: Date,
  random: RandomBytes,
): Attempt {
  return {
    id: randomCode(16, random) as AttemptId,
    track: track.category,
    courseVersion: course.version,
    startedAt: instantOf(now),
    items: drawItems(course, track, last, random),
    answers: {},
  };
}

/**
 * An open attempt on the course as it is now: an item whose scenario has been changed is shown anew without its answer,
 * for an answer to an old text must not be judged by a new key; one that has been withdrawn gives its place to another.
 */
export function refreshAttempt(attempt: Attempt, course: Course, random: RandomBytes): Attempt {
  if (attempt.handedInAt) return attempt;
  const isCurrent = (item: DrawnItem) => course.scenarios.get(item.scenario)?.version === item.version;
  if (attempt.items.every(isCurrent)) return attempt;
  const keep = attempt.items.flatMap((item) => course.scenarios.get(item.scenario) ?? []);
  const track = course.tracks[attempt.track];
  const chosen = chooseByBlueprint(examItems(course, track), track, keep, attempt, random);
  const current = attempt.items.filter((item) => isCurrent(item) && chosen.some(({ id }) => id === item.scenario));
  const drawn = chosen.map(
    (scenario) => current.find((item) => item.scenario === scenario.id) ?? drawItem(scenario, random),
  );
  const fresh = drawn.filter((item) => !attempt.items.some((old) => old.scenario === item.scenario));
  // What was there stays where it was; what is new takes the places that became free.
  const items = attempt.items.flatMap(
    (old) => drawn.find((item) => item.scenario === old.scenario) ?? fresh.shift() ?? [],
  );
  const answers = Object.fromEntries(
    Object.entries(attempt.answers).filter(([id]) => current.some((item) => item.scenario === id)),
  );
  return { ...attempt, courseVersion: course.version, items: [...items, ...fresh], answers };
}

export type SaveRefusal = 'handed-in' | 'not-in-attempt' | 'not-an-answer';

/** Answers can be changed until the exam is handed in (WCAG 2.2, 3.3.4). */
export function withAnswer(
  attempt: Attempt,
  scenario: Scenario | undefined,
  answer: Answer,
): { ok: true; attempt: Attempt } | { ok: false; reason: SaveRefusal } {
  if (attempt.handedInAt) return { ok: false, reason: 'handed-in' };
  const item = attempt.items.find((drawn) => drawn.scenario === scenario?.id);
  if (!item || !scenario || scenario.version !== item.version) return { ok: false, reason: 'not-in-attempt' };
  if (!isAnswerTo(scenario, answer)) return { ok: false, reason: 'not-an-answer' };
  return { ok: true, attempt: { ...attempt, answers: { ...attempt.answers, [scenario.id]: answer } } };
}

/** Ids of the drawn scenarios that are not answered to the end, in the order shown. */
export function unanswered(attempt: Attempt, course: Course): string[] {
  return attempt.items
    .map((item) => item.scenario)
    .filter((id) => {
      const scenario = course.scenarios.get(id);
      return !scenario || !isFinished(scenario, attempt.answers[id]);
    });
}

/**
 * Judges a whole attempt. Passed: at least the rule's share right and every critical question right (docs/design.md#the-exam).
 *
 * @throws RangeError if an item's scenario is gone, or it is unanswered other than on paper; see `unanswered`, `refreshAttempt`.
 */
export function gradeAttempt(attempt: Attempt, course: Course): ExamResult {
  const judged = attempt.items.map((item) => {
    const scenario = course.scenarios.get(item.scenario);
    const answer = attempt.answers[item.scenario];
    if (!scenario || !(answer || attempt.onPaper)) throw new RangeError('attempt is not complete');
    return { scenario, right: answer !== undefined && judge(scenario, answer).right };
  });
  const right = judged.filter((item) => item.right).length;
  const criticalMissed = judged.some((item) => item.scenario.critical && !item.right);
  return {
    right,
    total: judged.length,
    passed: right >= requiredRight(judged.length, course.pass) && !criticalMissed,
    criticalMissed,
    reread: lessonsToReread(judged.filter((item) => !item.right).map((item) => item.scenario)),
  };
}

/** @example requiredRight(15, { share: 0.8 }) // 12 */
export function requiredRight(total: number, rule: Pick<PassRule, 'share'>): number {
  // 0.8 × 15 is 12.000000000000002 in floating point; a hair must not cost a question.
  return Math.ceil(total * rule.share - 1e-9);
}

/**
 * When the next attempt opens: after every third failed attempt in a row there is a pause.
 *
 * @returns undefined when it is open now.
 */
export function pausedUntil(attempts: readonly Attempt[], rule: PassRule, now: Date): Instant | undefined {
  const handedIn = attempts.filter((attempt) => attempt.result);
  const lastPass = handedIn.findLastIndex((attempt) => attempt.result?.passed);
  const failed = handedIn.slice(lastPass + 1);
  const last = failed.at(-1);
  if (!last?.handedInAt || failed.length % rule.pauseAfterFailed !== 0) return undefined;
  const until = addMinutes(last.handedInAt, rule.pauseMinutes);
  return until > instantOf(now) ? until : undefined;
}

function lessonsToReread(missed: readonly Scenario[]): string[] {
  const counts = new Map<string, number>();
  for (const { lesson } of missed) counts.set(lesson, (counts.get(lesson) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([lesson]) => lesson);
}
