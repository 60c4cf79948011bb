import { expect, test } from 'vitest';
import { nearestTo, readSamples } from './nearest.ts';
import { stemSwedish } from './stem-swedish.ts';
import { buildIndex } from './text-index.ts';
import { makeVocabulary } from './vocabulary.ts';

const vocabulary = makeVocabulary(
  {
    stop: ['jag', 'får', 'min', 'en', 'för'],
    parts: [],
    forms: {},
    same: {},
    related: [],
    classes: { ANHÖRIG: ['dotter', 'fru'] },
  },
  stemSwedish,
  { hasCompounds: true },
);
const samples = [
  { id: 'anhörig', text: 'får jag berätta för en dotter' },
  { id: 'egen', text: 'läsa min journal' },
  { id: 'annan', text: 'läsa en journal' },
  { id: 'nycklar', text: 'tappat nycklar' },
];
const index = buildIndex(
  samples.map(({ text }) => ({ sort: 'asked', fields: [{ text, weight: 1 }] })),
  vocabulary,
);
const read = readSamples(samples, index);
const nearest = (question: string) =>
  [...nearestTo(question, read, index)].sort(([, one], [, other]) => other - one).map(([id]) => id);

test('the same words are nearest, and 1 away from nothing', () => {
  expect(nearest('tappat nycklar')).toEqual(['nycklar']);
  expect(nearestTo('tappat nycklar', read, index).get('nycklar')).toBeGreaterThanOrEqual(1);
});

test('a small word tells two samples apart, but nothing is near for small words alone', () => {
  expect(nearest('läsa min journal')[0]).toBe('egen');
  expect(nearest('läsa en journal')[0]).toBe('annan');
  expect(nearest('får jag en glass')).toEqual([]);
});

test('a word of the same class is half the same', () => {
  expect(nearest('berätta för fru')[0]).toBe('anhörig');
});

test('nothing known is near to nothing', () => {
  expect(nearest('')).toEqual([]);
  expect(nearest('xyzzy')).toEqual([]);
});
