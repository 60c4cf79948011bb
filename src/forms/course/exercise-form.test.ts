import { expect, test } from 'vitest';
import type { Exercise } from '#domain/course/exercise.ts';
import { exerciseAnswerFrom, fieldOfPart } from './exercise-form.ts';

const exercise: Exercise = {
  id: 'note',
  version: 1,
  kind: 'consent',
  lesson: 'one',
  parts: [
    { id: 'who', choices: ['a', 'b', 'c'], right: ['a', 'b'], many: true, claims: [] },
    { id: 'when', choices: ['now', 'later'], right: ['now'], many: false, claims: [] },
  ],
};

function sent(...fields: [string, string][]): FormData {
  const form = new FormData();
  for (const [part, value] of fields) form.append(fieldOfPart(part), value);
  return form;
}

test('reads what was chosen in each part', () => {
  expect(exerciseAnswerFrom(exercise, sent(['who', 'b'], ['who', 'a'], ['when', 'later']))).toEqual({
    who: ['a', 'b'],
    when: ['later'],
  });
});

test('what is no choice of the part, is there twice, or belongs to no part, is left out', () => {
  const form = sent(['who', 'z'], ['who', 'a'], ['who', 'a'], ['when', 'now'], ['when', 'later'], ['other', 'a']);
  form.append(fieldOfPart('who'), new Blob(['a']));
  expect(exerciseAnswerFrom(exercise, form)).toEqual({ who: ['a'], when: ['now'] });
});

test('an empty form chooses nothing', () => {
  expect(exerciseAnswerFrom(exercise, new FormData())).toEqual({ who: [], when: [] });
});
