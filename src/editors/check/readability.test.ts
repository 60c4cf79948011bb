import { describe, expect, test } from 'vitest';
import { type Block, notPlain, readability } from './readability.ts';

const measure = (...blocks: readonly (string | Block)[]) =>
  readability(blocks.map((block) => (typeof block === 'string' ? { text: block } : block)));
const heading = (text: string): Block => ({ text, isHeading: true });

describe('LIX is words by sentences, and the percentage of words with more than six letters', () => {
  test.for<[text: string, words: number, lix: number]>([
    // 5 words, 1 sentence, none long: 5 + 0.
    ['Du får inte säga det.', 5, 5],
    // 10 words, 2 sentences; “vänligt”, “frågorna” and “närmaste” long: 10/2 + 100·3/10.
    ['Du säger vänligt nej. Ge frågorna till din närmaste chef.', 10, 35],
    // 4 words, 1 sentence, all long: 4 + 100.
    ['Sekretessen skyddar enskilda personer.', 4, 104],
    // Six letters are not long, seven are: 2 + 100·1/2.
    ['Rummet rummets.', 2, 52],
    // Å, ä and ö are one letter each: “öåäöåä” has six, “öåäöåäö” seven. 3 + 100·1/3.
    ['Öåäöåä öåäöåäö nu.', 3, 3 + 100 / 3],
    // A number is a word.
    ['Ring 112 nu.', 3, 3],
    ['', 0, 0],
    ['… – !', 0, 0],
  ])('%j', ([text, words, lix]) => {
    const measured = measure(text);
    expect(measured.words).toBe(words);
    expect(measured.lix).toBeCloseTo(lix, 10);
  });

  test('a word with a hyphen or an apostrophe is one word', () => {
    // Three words, of which the first is long.
    expect(measure('Socialtjänst-appen säger don’t.')).toMatchObject({ words: 3, lix: 3 + 100 / 3 });
  });

  test('all blocks are measured together', () => {
    // 4 + 2 words, 2 sentences, “telefonen” long.
    expect(measure('Du hör inte telefonen.', 'Gå dit.').lix).toBeCloseTo(6 / 2 + 100 / 6, 10);
  });
});

describe('sentences', () => {
  test('end with . ! or ?, several marks are one, and three dots are none', () => {
    // “Vem är det” and the six words after it.
    expect(measure('Vem är det?! Säg inget alls … Gå genast hem!')).toMatchObject({ words: 9, sentence: 9 / 2 });
    expect(measure('Du går. Du ringer. Du är kvar.').sentence).toBeCloseTo(7 / 3, 10);
  });

  test('end where a block ends, with a mark or without', () => {
    expect(measure('Ring din chef', 'Skriv ner det nu').sentence).toBe(3.5);
  });

  test('do not end at a full stop within a number, whose halves are words', () => {
    expect(measure('Kom kl 14.30 och ta 2.5 liter')).toMatchObject({ words: 9, sentence: 9 });
  });

  test('end before the mark that closes a quotation', () => {
    // “Det får jag inte säga” and “Så säger du”.
    expect(measure('”Det får jag inte säga.” Så säger du.').sentence).toBe(4);
    expect(measure('Hon sa ’nej.’ Du gick.').sentence).toBe(2.5);
    expect(measure('Hon sa (till mig.) Du gick.').sentence).toBe(3);
  });

  test('of fewer than four words are short', () => {
    // 3, 4 and 2 words: two of three are short.
    expect(measure('Du säger nej. Du säger inte ja. Gå hem.').short).toBeCloseTo(2 / 3, 10);
  });

  test('a text without any has none that are short', () => {
    expect(measure()).toEqual({ words: 0, lix: 0, sentence: 0, short: 0 });
  });
});

describe('a heading', () => {
  test('is no sentence: it counts neither for their length nor for those that are short', () => {
    expect(measure(heading('Ring'), 'Ring din chef så fort du kan.')).toMatchObject({ sentence: 7, short: 0 });
  });

  test('counts for LIX, as a sentence of its own', () => {
    // 1 + 7 words, 2 stops, “Telefonen” long.
    const { words, lix } = measure(heading('Telefonen'), 'Ring din chef så fort du kan.');
    expect(words).toBe(8);
    expect(lix).toBeCloseTo(8 / 2 + 100 / 8, 10);
  });
});

test('a colon is a stop for LIX only', () => {
  // 8 words; LIX: two stops, none long. As a sentence it is one.
  expect(measure('Säg så här: jag får inte säga det.')).toMatchObject({ words: 8, lix: 4, sentence: 8 });
  // Within a time or a case ending it is none.
  expect(measure('Kom 14:30 till SKR:s hus.').lix).toBe(7);
});

describe('plain Swedish', () => {
  const plain = { words: 100, lix: 30, sentence: 6, short: 0.2 };

  test('may come up to its limits', () => {
    expect(notPlain(plain)).toEqual([]);
    expect(notPlain({ ...plain, sentence: 12 })).toEqual([]);
  });

  test.for([
    [{ lix: 30.06 }, 'LIX 30.1; högst 30'],
    [{ sentence: 5.9 }, '5.9 ord i meningen i snitt; 6–12'],
    [{ sentence: 12.1 }, '12.1 ord i meningen i snitt; 6–12'],
    [{ short: 0.25 }, '25 % av meningarna har färre än fyra ord; högst 20 %'],
  ] as const)('is not %j', ([measured, problem]) => {
    expect(notPlain({ ...plain, ...measured })).toEqual([problem]);
  });

  test('says everything that is wrong', () => {
    expect(notPlain({ words: 9, lix: 60, sentence: 3, short: 1 })).toHaveLength(3);
  });
});
