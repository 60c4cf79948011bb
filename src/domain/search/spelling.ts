import { withoutMarks } from './words.ts';

/** A word that may be what was meant, and how far it is from what was written. */
export interface Guess {
  readonly word: string;
  /** 0.5: only dots and rings are missing. */
  readonly distance: number;
}

export type Speller = (written: string) => readonly Guess[];

const mostGuesses = 3;

/** How many slips are forgiven in a word of this length. */
function slipsIn(length: number): number {
  if (length < 4) return 0;
  return length < 8 ? 1 : 2;
}

/** Guesses what was meant: the nearest of the known words, at most three, the same ones in the same order every time. */
export function speller(known: Iterable<string>): Speller {
  const byLength = new Map<number, { word: string; bare: string; letters: number }[]>();
  for (const word of new Set(known)) {
    const bare = withoutMarks(word);
    const list = byLength.get(bare.length) ?? [];
    list.push({ word, bare, letters: lettersOf(bare) });
    byLength.set(bare.length, list);
  }
  return (written) => {
    const bare = withoutMarks(written);
    const letters = lettersOf(bare);
    const most = slipsIn(bare.length);
    const guesses: Guess[] = [];
    for (let length = bare.length - most; length <= bare.length + most; length++) {
      for (const one of byLength.get(length) ?? []) {
        // A slip changes at most two letters of the set: most words are ruled out without being compared.
        if (bitsIn(one.letters ^ letters) > 2 * most) continue;
        const distance = distanceWithin(bare, one.bare, most);
        if (distance !== undefined) guesses.push({ word: one.word, distance: distance || 0.5 });
      }
    }
    const nearest = Math.min(...guesses.map(({ distance }) => distance));
    return guesses
      .filter(({ distance }) => distance === nearest)
      .sort((one, other) => startsAlike(other.word, written) - startsAlike(one.word, written) || order(one, other))
      .slice(0, mostGuesses);
  };
}

function order(one: Guess, other: Guess): number {
  return one.word < other.word ? -1 : 1;
}

function startsAlike(one: string, other: string): number {
  let place = 0;
  while (place < one.length && one.charAt(place) === other.charAt(place)) place++;
  return place;
}

function lettersOf(word: string): number {
  let letters = 0;
  for (let place = 0; place < word.length; place++) letters |= 1 << (word.charCodeAt(place) % 32);
  return letters;
}

function bitsIn(set: number): number {
  let bits = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) bits++;
  return bits;
}

/**
 * Slips between two words: a letter too many, too few, another one, or two that have changed places (Damerau and Levenshtein).
 *
 * @returns undefined if there are more than `most`
 */
export function distanceWithin(one: string, other: string, most: number): number | undefined {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let row = 1; row <= one.length; row++) {
    const now = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one.charAt(row - 1) === other.charAt(column - 1);
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (now[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const isSwap =
        row > 1 &&
        column > 1 &&
        one.charAt(row - 1) === other.charAt(column - 2) &&
        one.charAt(row - 2) === other.charAt(column - 1);
      if (isSwap) cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      now.push(cost);
    }
    if (Math.min(...now) > most) return undefined;
    before = last;
    last = now;
  }
  const distance = last[other.length] ?? 0;
  return distance <= most ? distance : undefined;
}
