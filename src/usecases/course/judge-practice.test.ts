import { describe, expect, test } from 'vitest';
import type { Answer, Scenario } from '#domain/course/scenario.ts';
import { answerFields, rightAnswer, wrongAnswer } from '../../../tests/support/answers.ts';
import { testServices } from '../../../tests/support/test-services.ts';
import { judgePractice } from './judge-practice.ts';

const { services } = testServices();
const scenarios = [...services.course.scenarios.values()];
const practice = scenarios.filter(({ use }) => use === 'practice').map((scenario) => [scenario.id, scenario] as const);

function judge(scenario: Scenario, answer: Answer) {
  const form = new FormData();
  for (const [name, value] of answerFields(scenario, answer)) form.append(name, value);
  return judgePractice(services, scenario.id, form, 'sv');
}

describe.for(practice)('%s', ([, scenario]) => {
  test('answered right, is said to be right, with the reason for every part', () => {
    const result = judge(scenario, rightAnswer(scenario));
    if (!result.ok) throw new Error(result.reason);
    expect(result.feedback.right).toBe(true);
    for (const part of result.feedback.parts) {
      expect(part.text).not.toBe('');
      expect(part.feedback).not.toBe('');
      expect(part.claims.length).toBeGreaterThan(0);
    }
  });

  test('answered wrong, is said to be wrong, and what was chosen is told', () => {
    const result = judge(scenario, wrongAnswer(scenario));
    if (!result.ok) throw new Error(result.reason);
    expect(result.feedback.right).toBe(false);
    expect(result.feedback.parts.some(({ chosen, right }) => chosen && !right)).toBe(true);
  });
});

const kinds = (kind: Scenario['kind']) =>
  practice.map(([, scenario]) => scenario).find((scenario) => scenario.kind === kind);

describe('a practice item', () => {
  test('without an answer asks for one', () => {
    for (const kind of ['choose-one', 'choose-all', 'conversation'] as const) {
      expect(judgePractice(services, kinds(kind)?.id ?? '', new FormData(), 'sv')).toEqual({
        ok: false,
        reason: 'no-answer',
      });
    }
  });

  test('with two steps at the same place says so, and returns the places as they were given', () => {
    const scenario = kinds('order');
    if (scenario?.kind !== 'order') throw new Error('no order to practise');
    const places = Object.fromEntries(scenario.steps.map(({ id }, index) => [id, String(Math.max(index, 1))]));
    const form = new FormData();
    for (const [step, place] of Object.entries(places)) form.append(`q.${scenario.id}.${step}`, place);
    expect(judgePractice(services, scenario.id, form, 'sv')).toEqual({ ok: false, reason: 'equal-places', places });
  });

  test('that is a conversation tells what came of the last reply, and is not judged before its end', () => {
    const scenario = kinds('conversation');
    if (scenario?.kind !== 'conversation') throw new Error('no conversation to practise');
    const way = rightAnswer(scenario);
    const path = way.kind === 'conversation' ? way.path : [];
    const begun = judge(scenario, { kind: 'conversation', path: path.slice(0, 1) });
    expect(begun).toMatchObject({ ok: true, feedback: { right: undefined, parts: [{ chosen: true, right: true }] } });
    const done = judge(scenario, way);
    expect(done).toMatchObject({ ok: true, feedback: { right: true } });
    expect(done.ok && done.feedback.parts.length).toBe(path.length);
  });
});

test('an exam item is not judged here, whatever is sent: its key would be given away', () => {
  const exam = scenarios.filter(({ use }) => use === 'exam');
  expect(exam.length).toBeGreaterThan(0);
  for (const scenario of exam)
    expect(judge(scenario, rightAnswer(scenario))).toEqual({ ok: false, reason: 'no-answer' });
  expect(judgePractice(services, 'finns-inte', new FormData(), 'sv')).toEqual({ ok: false, reason: 'no-answer' });
});
