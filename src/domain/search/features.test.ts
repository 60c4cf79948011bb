import { expect, test } from 'vitest';
import { featuresOf } from './features.ts';
import { stemSwedish } from './stem-swedish.ts';
import { buildIndex } from './text-index.ts';
import { makeVocabulary } from './vocabulary.ts';

const vocabulary = makeVocabulary(
  {
    stop: ['har', 'sin', 'i'],
    parts: [],
    forms: {},
    same: {},
    related: [],
    classes: { BARN: ['flicka', 'lilla tjejen'], VUXEN: ['tant', 'gubbe'] },
  },
  stemSwedish,
  { hasCompounds: true },
);
const index = buildIndex([], vocabulary);
const features = (text: string) => [...featuresOf(text, index).keys()];

test('a slip leaves most pieces of a word as they are', () => {
  const [right, wrong] = [features('försvunnen'), features('försvunen')];
  expect(right.filter((feature) => wrong.includes(feature)).length).toBeGreaterThan(4);
});

test('words of the same class have their class in common, alone or as an expression', () => {
  expect(features('flickan')).toContain('#BARN');
  expect(features('den lilla tjejen')).toContain('#BARN');
});

test('who comes before whom', () => {
  expect(features('tanten nyper flickan')).toContain('#VUXEN #BARN');
  expect(features('flickan nyper tanten')).toContain('#BARN #VUXEN');
});

test('small words between do not part what belongs together', () => {
  expect(features('blåmärken i ansiktet')).toEqual(expect.arrayContaining([expect.stringMatching(/ … /)]));
});

test('nothing has no features', () => {
  expect(features(' …')).toEqual([]);
});
