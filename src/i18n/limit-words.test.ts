import { expect, test } from 'vitest';
import { languages } from '#domain/kernel/language.ts';
import { limits, limitWords } from './limit-words.ts';
import { translate } from './translate.ts';

test.for(languages)('each limit has words of its own in %s, none of which is its name in the code', (language) => {
  const words = limits.map((limit) => limitWords(limit, translate(language)));
  expect(new Set(words).size).toBe(limits.length);
  for (const [place, said] of words.entries()) {
    expect(said).toMatch(/^\p{L}.+ /u);
    expect(said).not.toContain(limits[place]?.match(/[A-Z]/) ? limits[place] : '…');
  }
});

test('a name that is no limit any more has no words', () => {
  expect(limitWords('toString', translate('sv'))).toBeUndefined();
});
