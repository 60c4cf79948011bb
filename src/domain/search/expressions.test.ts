import { describe, expect, test } from 'vitest';
import { classesIn, isSaid, readExpression, readQuestion } from './expressions.ts';
import { stemSwedish } from './stem-swedish.ts';
import { buildIndex } from './text-index.ts';
import { makeVocabulary } from './vocabulary.ts';

const vocabulary = makeVocabulary(
  {
    stop: ['jag', 'en', 'av', 'inte', 'hon', 'sin', 'i'],
    parts: [],
    forms: {},
    same: {},
    related: [],
    classes: {
      BARN: ['barn', 'pojke'],
      SLÅ: ['slår', 'drog till'],
      VUXEN: ['tant', 'brukare'],
      ANNAT: ['slår upp'],
    },
  },
  stemSwedish,
  { hasCompounds: true },
);
const index = buildIndex(
  [{ sort: 'text', fields: [{ text: 'Hittar du en dörr? Jag jagar.', weight: 1 }] }],
  vocabulary,
);
const says = (question: string, expression: string) =>
  isSaid(readExpression(expression, vocabulary.stem), readQuestion(question, index));

describe('an expression', () => {
  test.for([
    ['hittar inte', 'jag hittar henne inte', true],
    ['hittar inte', 'inte hon hittar', false],
    ['SLÅ VUXEN', 'han slår en gammal tant', true],
    ['SLÅ VUXEN', 'tanten slår', false],
    ['SLÅ + VUXEN', 'tanten blev av med hon som slår', true],
    ['SLÅ VUXEN - BARN', 'han slår en tant och pojken ser på', false],
    ['SLÅ', 'hon drog till mig', true],
    ['SLÅ', 'hon drog igen dörren till köket', false],
  ] as const)('%s of “%s”: %s', ([expression, question, expected]) => {
    expect(says(question, expression)).toBe(expected);
  });

  test('is not said by words that only look like those of a class', () => {
    expect(says('hon slår upp brukaren', 'SLÅ VUXEN')).toBe(false);
    expect(says('hon slår brukaren', 'SLÅ VUXEN')).toBe(true);
  });

  test('of a word is not said by a small word with the same stem', () => {
    expect(says('jag ser hon', 'jagar hon')).toBe(false);
    expect(says('en som jagar hon', 'jagar hon')).toBe(true);
  });

  test('forgives one slip, and missing dots in any word', () => {
    expect(says('poijke slar', 'BARN + SLÅ')).toBe(true);
  });

  test('names its classes', () => {
    expect(classesIn('BARN + slår - VUXEN')).toEqual(['BARN', 'VUXEN']);
  });
});
