import { describe, expect, test } from 'vitest';
import { type Exercise, judgeExercise, undecided } from './exercise.ts';

const part = (id: string, choices: string[], right: string[], many = false) => ({
  id,
  choices,
  right,
  many,
  claims: [],
});
const papers: Exercise = {
  id: 'papers',
  version: 1,
  kind: 'papers',
  lesson: 'one',
  parts: [part('note', ['bin', 'locked'], ['locked']), part('menu', ['bin', 'locked'], ['bin'])],
};
const mask: Exercise = {
  ...papers,
  kind: 'mask',
  parts: [part('name', ['mask'], ['mask']), part('month', ['mask'], [])],
};

describe('an exercise', () => {
  test('is right when every part is', () => {
    expect(judgeExercise(papers, { note: ['locked'], menu: ['bin'] })).toMatchObject({ right: 2, total: 2 });
  });

  test('is partly right', () => {
    const { right, parts } = judgeExercise(papers, { note: ['bin'], menu: ['bin'] });
    expect(right).toBe(1);
    expect(parts.map((one) => one.right)).toEqual([false, true]);
  });

  test('of masking: too little and too much are both wrong', () => {
    expect(judgeExercise(mask, {}).parts.map((one) => one.right)).toEqual([false, true]);
    expect(judgeExercise(mask, { name: ['mask'], month: ['mask'] }).parts.map((one) => one.right)).toEqual([
      true,
      false,
    ]);
    expect(judgeExercise(mask, { name: ['mask'] }).right).toBe(2);
  });

  test('where several belong: one of them is not enough, and one more is too many', () => {
    const consent: Exercise = { ...papers, kind: 'consent', parts: [part('who', ['a', 'b', 'c'], ['a', 'b'], true)] };
    expect(judgeExercise(consent, { who: ['a'] }).right).toBe(0);
    expect(judgeExercise(consent, { who: ['b', 'a'] }).right).toBe(1);
    expect(judgeExercise(consent, { who: ['a', 'b', 'c'] }).right).toBe(0);
  });

  test('cannot be judged before every part is decided; marks may be left unset', () => {
    expect(undecided(papers, { note: ['bin'] })).toEqual(['menu']);
    expect(undecided(papers, { note: ['bin'], menu: ['bin'] })).toEqual([]);
    expect(undecided(mask, {})).toEqual([]);
  });
});
