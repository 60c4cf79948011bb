import { describe, expect, test } from 'vitest';
import { codeWords } from '#domain/kernel/code-words.ts';
import { seededBytes } from '../../../tests/support/seeded-bytes.ts';
import { seededRandom } from '../../../tests/support/seeded-random.ts';
import { normalizePersonalCode, personalCode, personalCodeBytes } from './personal-code.ts';

const known = new Set(codeWords);

describe('the words', () => {
  test('are different, and short, in letters that every keyboard has', () => {
    expect(known.size).toBe(codeWords.length);
    expect(codeWords.filter((word) => !/^[a-z]{3,7}$/.test(word))).toEqual([]);
  });

  test('are never one slip of the finger apart', () => {
    expect(
      codeWords.flatMap((word) =>
        slips(word)
          .filter((slip) => known.has(slip))
          .map((slip) => `${word} ${slip}`),
      ),
    ).toEqual([]);
  });
});

describe('a personal code', () => {
  test('has at least 44 bits', () => {
    const words = personalCode(seededBytes(1)(personalCodeBytes)).split(' ');
    expect(words.length * Math.log2(codeWords.length)).toBeGreaterThanOrEqual(44);
  });

  test('has each word equally often at each place, whatever stands at the others', () => {
    const counts = new Map<string, number>();
    for (let value = 0; value < 2 ** 16; value++) {
      const bytes = new Uint8Array(personalCodeBytes);
      const view = new DataView(bytes.buffer);
      // A different number at each place, all of them running through every value.
      for (let place = 0; place < personalCodeBytes / 2; place++) view.setUint16(place * 2, value + place * 1000);
      for (const [place, word] of personalCode(bytes).split(' ').entries()) {
        counts.set(`${place} ${word}`, (counts.get(`${place} ${word}`) ?? 0) + 1);
      }
    }
    expect(counts.size).toBe((personalCodeBytes / 2) * codeWords.length);
    expect(new Set(counts.values())).toEqual(new Set([2 ** 16 / codeWords.length]));
  });

  test('is made of its own bytes where they are a part of a larger buffer', () => {
    // Small Buffers share one piece of memory, and `slice` of a Buffer copies nothing.
    const codes = [1, 2, 3].map((first) => personalCode(Buffer.from([0, first, 0, 0, 0, 0, 0, 0, 0, 0])).split(' ')[0]);
    expect(codes).toEqual([codeWords[1], codeWords[2], codeWords[3]]);
  });
});

describe('what was typed', () => {
  const code = 'gurka katt cykel moln ponny';

  test.for([
    'Gurka katt cykel moln ponny',
    ' GURKA  KATT\tCYKEL\nMOLN PONNY ',
    'gurka-katt-cykel-moln-ponny',
    'gurka, katt, cykel, moln, ponny.',
    'gurka–katt—cykel.moln ponny',
    'gurka katt\u00a0cykel moln ponny',
    'gurka hatt cykel moln ponny',
    'gurka katt cykle moln pony',
  ])('“%s” is understood', (typed) => {
    expect(normalizePersonalCode(typed)).toBe(code);
  });

  test.for(['gurka katt cykel moln', 'gurka katt cykel moln ponny bio', 'gurka katt cykel moln tågresa', ''])(
    '“%s” is not taken for the code',
    (typed) => {
      expect(normalizePersonalCode(typed)).not.toBe(code);
    },
  );

  test('is understood as it was made', () => {
    for (let seed = 0; seed < 100; seed++) {
      const made = personalCode(seededBytes(seed)(personalCodeBytes));
      expect(normalizePersonalCode(made)).toBe(made);
    }
  });

  test('with a slip is read as the word that was meant, or left alone, never as another', () => {
    const next = seededRandom(11);
    let understood = 0;
    for (let round = 0; round < 1000; round++) {
      const word = codeWords[Math.floor(next() * codeWords.length)] ?? '';
      const typed = slips(word).filter((slip) => slip.length > 1);
      const slip = typed[Math.floor(next() * typed.length)] ?? '';
      expect([word, slip]).toContain(normalizePersonalCode(slip));
      if (normalizePersonalCode(slip) === word) understood++;
    }
    expect(understood).toBeGreaterThan(900);
  });

  test('may be long without end, and is answered at once', () => {
    expect(normalizePersonalCode('a'.repeat(60_000)).length).toBe(60_000);
    expect(normalizePersonalCode('ab '.repeat(20_000)).split(' ').length).toBeLessThan(10);
  });
});

/** Every text that is one wrong, missing, extra or swapped letter away. */
function slips(word: string): string[] {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const all = Array.from({ length: word.length + 1 }, (_, place) => {
    const [before, after] = [word.slice(0, place), word.slice(place)];
    return [
      before + after.slice(1),
      before + after.slice(1, 2) + after.slice(0, 1) + after.slice(2),
      ...letters.flatMap((letter) => [before + letter + after, before + letter + after.slice(1)]),
    ];
  });
  return all.flat().filter((slip) => slip !== word);
}
