import { describe, expect, test } from 'vitest';
import { loadCourse } from '#content/load-course.ts';
import { type Attempt, gradeAttempt, pausedUntil, startAttempt } from '#domain/exam/exam.ts';
import { addMinutes, instantOf } from '#domain/kernel/calendar.ts';
import type { Category } from '#domain/kernel/category.ts';
import type { RandomBytes } from '#domain/kernel/ids.ts';
import { seededBytes } from '../support/seeded-bytes.ts';
import { GuessingBot } from './guessing-bot.ts';

const course = loadCourse();
const runs = 31;
const mostAttempts = 2_000;

/** How many attempts a bot needs, and how many hours one person's pauses make of them. */
function takenBy(track: Category, random: RandomBytes): { attempts: number; hours: number } {
  const bot = new GuessingBot(random);
  const begun = new Date('2026-06-01T08:00:00Z');
  let now = begun;
  const attempts: Attempt[] = [];
  while (attempts.length < mostAttempts) {
    const until = pausedUntil(attempts, course.pass, now);
    if (until) now = new Date(until);
    const attempt = startAttempt(course, course.tracks[track], attempts.at(-1), now, random);
    const scenarios = attempt.items.flatMap(({ scenario }) => course.scenarios.get(scenario) ?? []);
    const answered = { ...attempt, answers: bot.answersTo(scenarios) };
    const result = gradeAttempt(answered, course);
    now = new Date(addMinutes(instantOf(now), 1));
    attempts.push({ ...answered, handedInAt: instantOf(now), result });
    if (result.passed) break;
    bot.learn(answered, result, scenarios);
  }
  return { attempts: attempts.length, hours: (now.getTime() - begun.getTime()) / 3_600_000 };
}

const median = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

describe('security F15: a program that has read nothing, and learns from every failure', () => {
  test.for<[track: Category, attempts: number, hours: number]>([
    ['summer-worker', 9, 2],
    ['new-employee', 18, 5],
    ['unit-manager', 15, 4],
  ])(
    'as %s needs more than %i attempts and %i hours of one person’s pauses (median)',
    { timeout: 120_000 },
    ([track, fewest, shortest]) => {
      const taken = Array.from({ length: runs }, (_, run) => takenBy(track, seededBytes(run + 1)));
      const attempts = median(taken.map((one) => one.attempts));
      const hours = median(taken.map((one) => one.hours));
      console.log(`${track}: ${attempts} attempts, ${hours.toFixed(1)} hours (median of ${runs})`);
      expect(attempts).toBeGreaterThan(fewest);
      expect(hours).toBeGreaterThan(shortest);
    },
  );
});
