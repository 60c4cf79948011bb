import { describe, expect, test } from 'vitest';
import { loadCourse } from '#content/load-course.ts';
import { judge } from '#domain/course/grading.ts';
import type { Answer, Scenario } from '#domain/course/scenario.ts';
import { translate } from '#i18n/translate.ts';
import { verdictOf } from './practice-feedback.ts';

const scenarios = [...loadCourse().scenarios.values()];
const ofKind = (kind: Scenario['kind']) => scenarios.filter((one) => one.kind === kind);

/** Every answer there is to a question that is answered by choosing. */
function everyAnswer(scenario: Scenario): readonly Answer[] {
  if (scenario.kind === 'choose-one')
    return scenario.options.map(({ id }) => ({ kind: 'choose-one', option: id }) as const);
  if (scenario.kind !== 'choose-all') return [];
  const { options } = scenario;
  return Array.from({ length: 2 ** options.length - 1 }, (_, chosen) => ({
    kind: 'choose-all' as const,
    options: options.filter((_option, place) => ((chosen + 1) >> place) & 1).map(({ id }) => id),
  }));
}

function judged(scenario: Scenario, answer: Answer) {
  const { parts } = judge(scenario, answer);
  return parts.map((part) => ({ ...part, verdict: verdictOf(scenario.kind, part, parts) }));
}

describe('learners M3: each heading of the feedback is true', () => {
  test('of one right answer it is said to be the right one when another was chosen, never that it was right too', () => {
    for (const scenario of ofKind('choose-one')) {
      for (const answer of everyAnswer(scenario)) {
        for (const { verdict, chosen, right } of judged(scenario, answer)) {
          expect(verdict).toBe(right ? (chosen ? 'right' : 'answer') : chosen ? 'better' : undefined);
        }
      }
    }
  });

  test('of several right answers “also” is said beside one that was chosen, and only there', () => {
    expect(ofKind('choose-all').length).toBeGreaterThan(0);
    for (const scenario of ofKind('choose-all')) {
      for (const answer of everyAnswer(scenario)) {
        const parts = judged(scenario, answer);
        const hasRight = parts.some(({ verdict }) => verdict === 'right');
        for (const { verdict, chosen, right } of parts) {
          if (verdict === 'also') expect(hasRight).toBe(true);
          if (verdict === 'answer') expect(parts.filter((one) => one.right)).toHaveLength(1);
          if (chosen) expect(verdict).toBe(right ? 'right' : 'not-in-it');
          expect(verdict === undefined).toBe(!chosen && !right);
        }
      }
    }
  });

  test('of a step it is said whether it stood at its place: not by colour alone', () => {
    for (const scenario of scenarios) {
      if (scenario.kind !== 'order') continue;
      const turned = scenario.steps.map(({ id }) => id).reverse();
      for (const { verdict, right } of judged(scenario, { kind: 'order', steps: turned }))
        expect(verdict).toBe(right ? 'in-place' : 'misplaced');
    }
  });

  test('of a reply in a conversation, that it was right or that there is a better one', () => {
    for (const scenario of scenarios) {
      if (scenario.kind !== 'conversation') continue;
      for (const { id } of scenario.nodes[scenario.start]?.replies ?? [])
        for (const { verdict, right } of judged(scenario, { kind: 'conversation', path: [id] }))
          expect(verdict).toBe(right ? 'right' : 'better');
    }
  });

  test.for([
    ['sv', 'Det här är rätt svar'],
    ['sv-simple', 'Det här är rätt svar'],
    ['en', 'This is the right answer'],
  ] as const)('in %s: %s', ([language, words]) => {
    expect(translate(language)('verdict.answer')).toBe(words);
  });
});
