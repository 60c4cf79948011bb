import { describe, expect, test } from 'vitest';
import { dangersAmong, type Evidence } from './alarm.ts';

const danger = (id: string, likely: number, said = 0): Evidence => ({ id, isDanger: true, likely, said });
const ordinary = (id: string, likely: number, said = 0): Evidence => ({ id, isDanger: false, likely, said });

describe('the alarm', () => {
  test('rings for danger in so many words, though other words are likelier to mean something else', () => {
    expect(dangersAmong([danger('fire', 0.1, 0.5), ordinary('neighbour', 0.8)])).toEqual(['fire']);
  });

  test('rings for what is told as dangers are told, without a word for it', () => {
    expect(dangersAmong([danger('missing', 0.6), ordinary('neighbour', 0.2)])).toEqual(['missing']);
  });

  test('rings for danger that is certain, though which one is not, with the two likeliest', () => {
    const split = [danger('one', 0.3), danger('two', 0.28), danger('three', 0.25), ordinary('neighbour', 0.1)];
    expect(dangersAmong(split)).toEqual(['one', 'two']);
  });

  test('is still where something ordinary is as likely, or is said in so many words', () => {
    expect(dangersAmong([danger('missing', 0.4), ordinary('neighbour', 0.35)])).toEqual([]);
    expect(dangersAmong([danger('no-answer', 0.55), ordinary('plumber', 0.2, 0.5)])).toEqual([]);
  });

  test('is still where such words are only ever asked with for something ordinary', () => {
    expect(dangersAmong([danger('fire', 0.02, 0.3), ordinary('drill', 0.9)])).toEqual([]);
  });
});
