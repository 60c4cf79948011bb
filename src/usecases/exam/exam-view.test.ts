import { describe, expect, test } from 'vitest';
import { loadCourse, scenarioText } from '#content/load-course.ts';
import { choiceIds, toPublicQuestion } from '#domain/course/question.ts';
import type { Answer, Scenario } from '#domain/course/scenario.ts';
import { languages } from '#domain/kernel/language.ts';
import { rightAnswer } from '../../../tests/support/answers.ts';
import { answersTo, begin } from '../../../tests/support/attempts.ts';
import { chooseAll, chooseOne, conversation, order, textOf } from '../../../tests/support/small-course.ts';
import { learner, testServices } from '../../../tests/support/test-services.ts';
import { answerInWords, examView } from './exam-view.ts';

describe('the page of an exam', () => {
  test('shows every question drawn, in the order drawn, with its options in theirs', async () => {
    const world = testServices();
    const { attempt } = await begin(world, await learner(world));
    const { questions, isFallback } = examView(attempt, world.services.course, 'sv');
    expect(questions.map(({ id }) => id)).toEqual(attempt.items.map(({ scenario }) => scenario));
    expect(isFallback).toBe(false);
    for (const [place, question] of questions.entries()) {
      const shown = question.choices.map(({ id }) => id);
      if (!question.conversation) expect(shown).toEqual(attempt.items[place]?.order);
    }
  });

  test('is the same whatever has been answered, but for conversations', async () => {
    const world = testServices();
    const { attempt, scenarios } = await begin(world, await learner(world));
    const { course } = world.services;
    const before = examView(attempt, course, 'sv').questions.filter(({ kind }) => kind !== 'conversation');
    const after = examView({ ...attempt, answers: answersTo(scenarios) }, course, 'sv').questions;
    expect(after.filter(({ kind }) => kind !== 'conversation')).toEqual(before);
  });
});

describe('security F15: a conversation of the exam', () => {
  const course = loadCourse();
  const conversations = [...course.scenarios.values()].filter(
    (one) => one.use === 'exam' && one.kind === 'conversation',
  );

  test.for(conversations.map(({ id }) => id))('%s goes on and ends alike, whatever is replied', (id) => {
    const scenario = course.scenarios.get(id);
    if (!scenario) throw new Error('no such scenario');
    for (const language of languages) {
      const { text } = scenarioText(course, id, language);
      const at = (path: readonly string[]) => {
        const { conversation } = toPublicQuestion(scenario, text, choiceIds(scenario), { kind: 'conversation', path });
        if (!conversation) throw new Error('no conversation');
        return conversation;
      };
      for (let paths: string[][] = [[]]; paths.length > 0; ) {
        const next = paths.map(at);
        const told = next.map(({ lines, replies, ended }) => JSON.stringify([lines.at(-1), replies, ended]));
        expect(new Set(told).size).toBe(1);
        paths = paths.flatMap((path, place) => (next[place]?.replies ?? []).map((reply) => [...path, reply.id]));
      }
    }
  });

  test('there are some', () => expect(conversations.length).toBeGreaterThan(0));
});

describe('an answer in words', () => {
  const words = (scenario: Scenario, answer: Answer | undefined) =>
    answerInWords(toPublicQuestion(scenario, textOf(scenario), choiceIds(scenario), answer), answer, 'over');

  test.for([
    [chooseOne('x'), 'text of b'],
    [chooseAll('x'), 'text of a text of c'],
    [order('x'), '1. text of a 2. text of b 3. text of c'],
    [conversation('x'), 'over'],
  ] as const)('$0.kind', ([scenario, expected]) => {
    expect(words(scenario, rightAnswer(scenario))).toBe(expected);
    expect(words(scenario, undefined)).toBe('');
  });

  test('of a conversation that is not over there are none', () => {
    expect(words(conversation('x'), { kind: 'conversation', path: ['no'] })).toBe('');
  });
});
