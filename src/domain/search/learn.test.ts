import { describe, expect, test } from 'vitest';
import { learn, likelihoods } from './learn.ts';

const of = (...words: string[]) => new Map(words.map((word) => [word, 1]));
const lessons = [
  ...Array.from({ length: 4 }, () => ({ id: 'fire', features: of('house', 'burns', 'smoke') })),
  ...Array.from({ length: 4 }, () => ({ id: 'lost', features: of('house', 'key', 'gone') })),
];
const learnt = learn(lessons);
const surest = (...words: string[]) =>
  [...likelihoods(of(...words), learnt)].sort(([, one], [, other]) => other - one)[0]?.[0];

describe('what is learnt from ways of asking', () => {
  test('is which words speak for what, not which are there most often', () => {
    expect(surest('house', 'smoke')).toBe('fire');
    expect(surest('house', 'key')).toBe('lost');
  });

  test('is shares of 1', () => {
    const sum = [...likelihoods(of('smoke', 'key'), learnt).values()].reduce((one, other) => one + other, 0);
    expect(sum).toBeCloseTo(1, 5);
  });

  test('is unsure of what nobody has asked with', () => {
    const likely = likelihoods(of('zebra'), learnt);
    expect(likely.get('fire')).toBeCloseTo(0.5, 5);
    const diluted = likelihoods(of('smoke', 'zebra', 'giraffe', 'gnu'), learnt).get('fire') ?? 0;
    expect(diluted).toBeLessThan(likelihoods(of('smoke'), learnt).get('fire') ?? 0);
  });

  test('is the same every time', () => {
    expect(learn(lessons)).toEqual(learnt);
  });

  test('is nothing where nothing is asked', () => {
    expect(likelihoods(of('smoke'), learn([])).size).toBe(0);
  });
});
