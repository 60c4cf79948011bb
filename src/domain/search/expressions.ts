import type { TextIndex } from './text-index.ts';
import { wordsOf } from './words.ts';

/**
 * What somebody may write, as editors note it: words in their order with anything between (`hittar inte`), a word in
 * capitals for any word of that class (`BARN slår`), parts that may come in any order (`BARN + ensam`), and what must not
 * be said (`VÅLD - BARN`).
 */
export interface Expression {
  readonly parts: readonly Part[];
  readonly without: readonly Part[];
  /** How many words and classes it takes: the more, the surer. */
  readonly size: number;
}

/** Stems, and classes by their names. */
type Part = readonly string[];

/** A question as it is held against expressions. */
export interface Question {
  /** For each word, what it may be read as: its stem, what was meant by a slip, the head of a compound. */
  readonly words: readonly (readonly string[])[];
  /** Where a word of a class stands: from its first word on to the one after its last. */
  readonly classes: ReadonlyMap<string, readonly Span[]>;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** The class of what only looks like something else (`slå upp`): its words are of no other class. */
const otherwise = 'ANNAT';

/** In a shorter word only missing dots and rings are forgiven: `stad` is not `stal`. */
const shortestSlip = 5;

const isClass = (word: string) => /^\p{Lu}+$/u.test(word);

/** @param stem of the language that it is written in */
export function readExpression(written: string, stem: (word: string) => string): Expression {
  const [wanted = '', ...unwanted] = written.split(' - ');
  const partOf = (words: string): Part => words.split(' ').map((word) => (isClass(word) ? word : stem(word)));
  const parts = wanted.split(' + ').map(partOf);
  return { parts, without: unwanted.map(partOf), size: parts.flat().length };
}

/** The classes that expressions name. */
export function classesIn(written: string): string[] {
  return written.split(' ').filter(isClass);
}

export function readQuestion(query: string, index: TextIndex): Question {
  const written = wordsOf(query).map(({ text }) => text);
  const readings = new Map([...new Set(written)].map((word) => [word, readingsOf(word, index)]));
  const words = written.map((word) => readings.get(word) ?? []);
  const { classes, longestClassKey } = index.vocabulary;
  const found = new Map<string, Span[]>();
  for (let from = 0; from < words.length; from++) {
    for (let length = 1; length <= longestClassKey && from + length <= words.length; length++) {
      const names = keysOf(words.slice(from, from + length)).flatMap((key) => classes.get(key) ?? []);
      for (const name of new Set(names)) found.set(name, [...(found.get(name) ?? []), { from, to: from + length }]);
    }
  }
  const taken = found.get(otherwise) ?? [];
  const isFree = ({ from, to }: Span) => !taken.some((one) => from < one.to && one.from < to);
  return { words, classes: new Map([...found].map(([name, spans]) => [name, spans.filter(isFree)])) };
}

/** A word that nobody knows may be another with one slip of the finger, or a compound of which the head is known. */
function readingsOf(word: string, { vocabulary, postings, spell, split }: TextIndex): string[] {
  const stem = vocabulary.stem(word);
  const head = split(word).at(-1);
  const heads = head === undefined ? [] : [vocabulary.stem(head)];
  if (postings.has(stem) || vocabulary.classStems.has(stem) || vocabulary.stopWords.has(word)) return [stem, ...heads];
  const most = word.length < shortestSlip ? 0.5 : 1;
  const guesses = spell(word).filter(({ distance }) => distance <= most);
  return [...new Set([stem, ...heads, ...guesses.map((guess) => vocabulary.stem(guess.word))])];
}

/** Every way to read some words that stand beside each other; of several the first readings only, else there are too many. */
function keysOf(words: readonly (readonly string[])[]): string[] {
  if (words.length === 1) return [...(words[0] ?? [])];
  return words.reduce<string[]>(
    (keys, readings) => keys.flatMap((key) => readings.slice(0, 2).map((one) => (key === '' ? one : `${key} ${one}`))),
    [''],
  );
}

/** Is all of an expression said, and nothing of what must not be? */
export function isSaid({ parts, without }: Expression, question: Question): boolean {
  return parts.every((part) => standsIn(part, question)) && !without.some((part) => standsIn(part, question));
}

/** Taking the earliest place for each leaves the most room for the next. */
function standsIn(part: Part, { words, classes }: Question): boolean {
  let next = 0;
  for (const wanted of part) {
    const end = isClass(wanted)
      ? firstEnd(classes.get(wanted) ?? [], next)
      : words.findIndex((readings, place) => place >= next && readings.includes(wanted)) + 1;
    if (end === undefined || end === 0) return false;
    next = end;
  }
  return true;
}

function firstEnd(places: readonly Span[], from: number): number | undefined {
  const ends = places.filter((place) => place.from >= from).map(({ to }) => to);
  return ends.length === 0 ? undefined : Math.min(...ends);
}
