import { expect, test } from 'vitest';
import { askedLanguage } from './asked-language.ts';

test.for([
  ['en', 'en'],
  ['en-US,en;q=0.9', 'en'],
  ['sv-SE,sv;q=0.9,en;q=0.8', 'sv'],
  ['ar, en-GB;q=0.8, sv;q=0.7', 'en'],
  ['en;q=0.5, sv', 'sv'],
  ['sv-simple, sv;q=0.9', 'sv-simple'],
  ['EN', 'en'],
  ['en;q=0, sv;q=0.1', 'sv'],
  ['so, ti', undefined],
  ['*', undefined],
  ['', undefined],
  [null, undefined],
  [';;;,,,q=1;en;q=x', undefined],
  ['constructor, __proto__', undefined],
] as const)('learners M5: a browser that asks for “%s” is given %s', ([header, language]) => {
  expect(askedLanguage(header)).toBe(language);
});

test('a header of any length is read in no time', () => {
  const start = performance.now();
  askedLanguage(`${'xx-'.repeat(100_000)},${'a;'.repeat(100_000)}`);
  expect(performance.now() - start).toBeLessThan(1000);
});
