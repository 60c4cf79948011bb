import { describe, expect, test } from 'vitest';
import type { Exercise } from '#domain/course/exercise.ts';
import { smallCourse } from '../../../tests/support/small-course.ts';
import { replyToExercise } from './judge-exercise.ts';

const part = { claims: ['S2-1-c1'], many: false, choices: ['bin', 'locked', 'file'] };
const papers: Exercise = {
  id: 'papers',
  version: 1,
  kind: 'papers',
  lesson: 'one',
  parts: [
    { ...part, id: 'list', right: ['locked'] },
    { ...part, id: 'menu', right: ['bin'] },
    { ...part, id: 'letter', right: ['locked', 'file'], many: true },
  ],
};
const log: Exercise = {
  ...papers,
  id: 'log',
  kind: 'log',
  parts: [
    { ...part, id: 'neighbour', choices: ['mark'], right: ['mark'] },
    { ...part, id: 'patient', choices: ['mark'], right: [] },
  ],
};
const course = smallCourse([], {
  exercises: new Map([papers, log].map((exercise) => [exercise.id, exercise])),
});

function reply(id: string, ...chosen: readonly (readonly [part: string, choice: string])[]) {
  const form = new FormData();
  for (const [name, choice] of chosen) form.append(`e.${name}`, choice);
  return replyToExercise(course, id, form);
}

const judgedParts = (found: ReturnType<typeof reply>) =>
  found?.ok ? found.judged.parts.map(({ right }) => right) : undefined;

describe('an exercise that is sent in', () => {
  test('is judged part by part, with what was chosen', () => {
    expect(reply('papers', ['list', 'locked'], ['menu', 'file'], ['letter', 'file'], ['letter', 'locked'])).toEqual({
      ok: true,
      answer: { list: ['locked'], menu: ['file'], letter: ['locked', 'file'] },
      judged: {
        parts: [
          { id: 'list', given: ['locked'], right: true },
          { id: 'menu', given: ['file'], right: false },
          { id: 'letter', given: ['locked', 'file'], right: true },
        ],
        right: 2,
        total: 3,
      },
    });
  });

  test('with parts left names them, judges nothing, and keeps what was chosen', () => {
    expect(reply('papers', ['menu', 'bin'])).toEqual({
      ok: false,
      answer: { list: [], menu: ['bin'], letter: [] },
      undecided: ['list', 'letter'],
    });
  });

  test('without any answer leaves every part', () => {
    expect(reply('papers')).toMatchObject({ ok: false, undecided: ['list', 'menu', 'letter'] });
  });

  test('takes what is no choice of the part as none', () => {
    expect(reply('papers', ['list', 'stove'], ['menu', 'bin'], ['letter', 'file'])).toMatchObject({
      ok: false,
      undecided: ['list'],
    });
  });
});

describe('marks', () => {
  test('may all be left unset: too little is wrong, and nothing is undecided', () => {
    expect(judgedParts(reply('log'))).toEqual([false, true]);
  });

  test('are right when exactly those are set', () => {
    expect(judgedParts(reply('log', ['neighbour', 'mark']))).toEqual([true, true]);
  });

  test('may be too many', () => {
    expect(judgedParts(reply('log', ['neighbour', 'mark'], ['patient', 'mark']))).toEqual([true, false]);
  });
});

test('an exercise that there is none of has no reply', () => {
  expect(reply('borta', ['list', 'bin'])).toBeUndefined();
});
