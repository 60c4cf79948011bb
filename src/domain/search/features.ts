import { classesOf } from './read-query.ts';
import type { TextIndex } from './text-index.ts';
import { withoutMarks, wordsOf } from './words.ts';

/** What a text can be known by, and how much each counts in it, 0–1. */
export type Features = ReadonlyMap<string, number>;

/** How much each sort of feature counts: the figures that do best on ways of asking that were kept apart. */
const weights = {
  word: 1,
  /** *min* and *inte* say little, but *min man* is no *man*. */
  smallWord: 0.7,
  part: 0.5,
  class: 0.8,
  /** Who, what, to whom: classes in the order in which they are said. */
  classes: 0.4,
  pair: 0.5,
  /** Two words that say something, with small words between: *slår alltid* … *fru*. */
  apart: 0.4,
  /** Pieces of words: they are the same in spite of a slip, another ending or a compound. */
  piece: 0.3,
};
const lettersOfPiece = 4;

/** Words, their parts and classes, pairs of them, and pieces of words: a thing said in another way has some of them in common. */
export function featuresOf(text: string, index: TextIndex): Features {
  const { stem, stopWords } = index.vocabulary;
  const features = new Map<string, number>();
  const add = (feature: string, weight: number) => features.set(feature, Math.max(features.get(feature) ?? 0, weight));
  const words = wordsOf(text).map((word) => word.text);
  const stems = words.map(stem);
  const telling = words.flatMap((word, place) => (stopWords.has(word) ? [] : [{ word, stem: stems[place] ?? '' }]));
  for (const one of stems) add(one, weights.smallWord);
  for (const one of telling) {
    add(one.stem, weights.word);
    for (const part of index.split(one.word)) add(stem(part), weights.part);
    for (const piece of piecesOf(one.word)) add(`~${piece}`, weights.piece);
  }
  for (const pair of pairsOf(stems)) add(pair.join(' '), weights.pair);
  for (const pair of pairsOf(telling)) add(pair.map((one) => one.stem).join(' … '), weights.apart);
  const classes = words.map((_, place) => classesAt(words, stems, place, index)).filter(({ length }) => length > 0);
  for (const name of classes.flat()) add(`#${name}`, weights.class);
  for (const [one, next] of pairsOf(classes)) {
    for (const name of one) for (const other of next) add(`#${name} #${other}`, weights.classes);
  }
  return features;
}

/** The classes of what begins here: of a word, or of a few that are one expression. */
function classesAt(words: readonly string[], stems: readonly string[], place: number, index: TextIndex): string[] {
  const { classes, longestClassKey, stopWords } = index.vocabulary;
  const word = words[place] ?? '';
  const names = new Set(stopWords.has(word) ? [] : classesOf(word, index));
  for (let length = 2; length <= longestClassKey && place + length <= words.length; length++) {
    for (const name of classes.get(stems.slice(place, place + length).join(' ')) ?? []) names.add(name);
  }
  return [...names];
}

/** @example piecesOf('slår') // ['^sla', 'slar', 'lar$'] */
function piecesOf(word: string): string[] {
  const bare = `^${withoutMarks(word)}$`;
  return Array.from({ length: Math.max(0, bare.length - lettersOfPiece + 1) }, (_, place) =>
    bare.slice(place, place + lettersOfPiece),
  );
}

function pairsOf<T>(row: readonly T[]): [T, T][] {
  return row.slice(1).map((one, place) => [row[place] as T, one]);
}
