import { expect, test } from 'vitest';
import { compoundSplitter } from './compounds.ts';
import { stemSwedish } from './stem-swedish.ts';

const lexicon = new Set(
  'sekretess socialtjänst social tjänst tystnad plikt skola kurator gata namn logg kontroll läkare besök äldre bild person al föra hög tid'.split(
    ' ',
  ),
);
const split = compoundSplitter(lexicon, stemSwedish);

test.for([
  ['socialtjänstsekretess', ['socialtjänst', 'social', 'tjänst', 'sekretess']],
  ['tystnadsplikten', ['tystnad', 'plikten']],
  ['skolkuratorn', ['skola', 'kuratorn']],
  ['gatunamn', ['gata', 'namn']],
  ['loggkontrollerna', ['logg', 'kontrollerna']],
  ['läkarbesöket', ['läkare', 'besöket']],
  ['högtidsbild', ['hög', 'tid', 'bild']],
] as const)('%s is made of %j', ([word, parts]) => {
  expect(split(word)).toEqual(parts);
});

test('of a word whose beginning is unknown, the head is found', () => {
  expect(split('drönarkontroll')).toEqual(['kontroll']);
});

test.for(['sekretess', 'personal', 'föräldrar', 'förhållanden', 'skyldigheten', 'bild', '', 'kontroll'])(
  '%s is no compound',
  (word) => {
    expect(split(word)).toEqual([]);
  },
);

test('a very long word is split, or not, at once', () => {
  const began = performance.now();
  split('sekretess'.repeat(20));
  split('x'.repeat(200));
  expect(performance.now() - began).toBeLessThan(200);
});
