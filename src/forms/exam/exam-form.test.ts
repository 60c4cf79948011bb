import { describe, expect, test } from 'vitest';
import type { Answer } from '#domain/course/scenario.ts';
import type { Attempt } from '#domain/exam/exam.ts';
import { sampleAttempt } from '../../../tests/contract/sample-documents.ts';
import { chooseAll, chooseOne, conversation, order, smallCourse } from '../../../tests/support/small-course.ts';
import { readExamForm } from './exam-form.ts';

const course = smallCourse([chooseOne('one'), chooseAll('all'), order('steps'), conversation('talk')]);

/** Shown in this order; the steps as c, a, b. */
const attempt: Attempt = sampleAttempt('attempt', ['one', 'all', 'steps', 'talk']);
const withAnswers = (answers: Readonly<Record<string, Answer>>): Attempt => ({ ...attempt, answers });

/** The form as the page sends it without scripts: the steps are always in it, as they are shown. */
function form(action: string, fields: Readonly<Record<string, string>> = {}): FormData {
  const sent = new FormData();
  const all = { 'q.steps.c': '1', 'q.steps.a': '2', 'q.steps.b': '3', 'path.talk': '', ...fields, action };
  for (const [name, value] of Object.entries(all)) sent.append(name, value);
  return sent;
}

describe('a button that saves', () => {
  test('says which question it belongs to, and everything in the form is read', () => {
    const read = readExamForm(form('save:2', { 'q.one': 'a', 'q.all': 'c' }), attempt, course);
    expect(read).toEqual({
      action: 'save',
      place: 2,
      unclear: [],
      places: {},
      given: { one: { kind: 'choose-one', option: 'a' }, all: { kind: 'choose-all', options: ['c'] } },
    });
  });

  test('of the steps makes an answer of them as they stand', () => {
    expect(readExamForm(form('save:3'), attempt, course).given).toEqual({
      steps: { kind: 'order', steps: ['c', 'a', 'b'] },
    });
  });

  test('of another question leaves steps alone that nobody has touched', () => {
    expect(readExamForm(form('save:1'), attempt, course).given).toEqual({});
  });

  test('of another question takes steps that were moved, or saved before', () => {
    const moved = form('save:1', { 'q.steps.c': '2', 'q.steps.a': '1' });
    expect(readExamForm(moved, attempt, course).given['steps']).toEqual({ kind: 'order', steps: ['a', 'c', 'b'] });
    const back = readExamForm(
      form('save:1'),
      withAnswers({ steps: { kind: 'order', steps: ['a', 'c', 'b'] } }),
      course,
    );
    expect(back.given['steps']).toEqual({ kind: 'order', steps: ['c', 'a', 'b'] });
  });

  test('of a conversation takes it one reply further', () => {
    const read = readExamForm(form('save:4', { 'path.talk': 'no', 'q.talk': 'no' }), attempt, course);
    expect(read.given['talk']).toEqual({ kind: 'conversation', path: ['no', 'no'] });
  });
});

describe('on to the page that shows every answer', () => {
  test.for(['review', 'hand-in'] as const)('%s: steps count as they stand', (action) => {
    const read = readExamForm(form(action), attempt, course);
    expect(read.action).toBe(action);
    expect(read.given).toEqual({ steps: { kind: 'order', steps: ['c', 'a', 'b'] } });
  });

  test('names the question where two steps have the same place, returns the places as given, and saves the rest', () => {
    const read = readExamForm(form('review', { 'q.steps.a': '1', 'q.one': 'b' }), attempt, course);
    expect(read.unclear).toEqual([3]);
    expect(read.places).toEqual({ steps: { a: '1', b: '3', c: '1' } });
    expect(read.given).toEqual({ one: { kind: 'choose-one', option: 'b' } });
  });
});

test('a conversation that is begun anew loses its replies, and no other question its answer', () => {
  const read = readExamForm(form('restart:4', { 'path.talk': 'no', 'q.talk': 'yes', 'q.one': 'c' }), attempt, course);
  expect(read.action).toBe('save');
  expect(read.given).toEqual({ talk: { kind: 'conversation', path: [] }, one: { kind: 'choose-one', option: 'c' } });
});

test.for(['', 'delete', 'hand-in-now', 'save:'])('“%s” is no button: it saves, and hands nothing in', (action) => {
  expect(readExamForm(form(action, { 'q.one': 'b' }), attempt, course)).toMatchObject({
    action: 'save',
    given: { one: { kind: 'choose-one', option: 'b' } },
  });
});

test('answers to questions that were not drawn are left out', () => {
  const other = smallCourse([chooseOne('one'), chooseOne('other')]);
  const read = readExamForm(
    form('review', { 'q.one': 'b', 'q.other': 'b' }),
    sampleAttempt('a', ['one', 'gone']),
    other,
  );
  expect(read.given).toEqual({ one: { kind: 'choose-one', option: 'b' } });
});
