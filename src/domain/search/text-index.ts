import { compoundSplitter, type Splitter } from './compounds.ts';
import { type Speller, speller } from './spelling.ts';
import type { Vocabulary } from './vocabulary.ts';
import { type Word, wordsOf } from './words.ts';

/** A text with how much a word in it counts. */
export interface Field {
  readonly text: string;
  readonly weight: number;
}

/** Something that can be found. */
export interface Entry {
  /** Entries of one sort are compared in length with each other: a lesson is longer than a term, and no worse for it. */
  readonly sort: string;
  readonly fields: readonly Field[];
}

export interface TextIndex {
  readonly vocabulary: Vocabulary;
  readonly split: Splitter;
  readonly spell: Speller;
  /** Every word of the texts, sorted, for words that are not yet written to their end. */
  readonly written: readonly string[];
  /** For each term, how strongly it stands in which entries. */
  readonly postings: ReadonlyMap<string, readonly Posting[]>;
  readonly entries: number;
}

export interface Posting {
  readonly entry: number;
  /** Occurrences, weighted by field and put in proportion to the entry's length (BM25F): 0 and up. */
  readonly strength: number;
  /** How few of the entries of its sort hold the term, 0 and up (the inverse document frequency of BM25). */
  readonly rarity: number;
}

/** A part of a compound counts less than the word by itself. */
const partWeight = 0.6;
/** How far a long text is held against it, 0–1 (b of BM25). */
const lengthPenalty = 0.55;

/** Builds the index; the same entries give the same one. A term is a stem, or two that stand beside each other. */
export function buildIndex(entries: readonly Entry[], vocabulary: Vocabulary): TextIndex {
  const read = entries.map(({ sort, fields }) => ({
    sort,
    fields: fields.map(({ text, weight }) => ({ words: wordsOf(text), weight })),
  }));
  const allWords = read.flatMap(({ fields }) => fields.flatMap(({ words }) => words));
  const split = vocabulary.hasCompounds ? compoundSplitter(lexiconOf(allWords, vocabulary), vocabulary.stem) : () => [];

  const lengths = read.map(({ fields }) => fields.reduce((sum, { words, weight }) => sum + words.length * weight, 0));
  const means = meansBySort(read.map(({ sort }, place) => [sort, lengths[place] ?? 0]));
  const termsIn = ownTerms(vocabulary, split);
  const strengths = new Map<string, Omit<Posting, 'rarity'>[]>();
  for (const [entry, { sort, fields }] of read.entries()) {
    const counts = new Map<string, number>();
    for (const { words, weight } of fields) {
      for (const [term, times] of termsOf(words, vocabulary, termsIn)) {
        counts.set(term, (counts.get(term) ?? 0) + times * weight);
      }
    }
    const longer = 1 - lengthPenalty + (lengthPenalty * (lengths[entry] ?? 0)) / (means.get(sort) || 1);
    for (const [term, count] of counts) {
      const list = strengths.get(term) ?? [];
      list.push({ entry, strength: count / longer });
      strengths.set(term, list);
    }
  }
  const sorts = read.map(({ sort }) => sort);
  const sizes = countBy(sorts);
  const postings = new Map([...strengths].map(([term, list]) => [term, withRarity(list, sorts, sizes)]));
  const written = [...new Set(allWords.map(({ text }) => text))].filter((word) => !/^\d+$/.test(word)).sort();
  const spell = speller([...written, ...vocabulary.everydayWords]);
  return { vocabulary, split, spell, written, postings, entries: entries.length };
}

/** The words that compounds may be made of. What is only ever written with a capital is a name. */
function lexiconOf(words: readonly Word[], { stopWords, parts }: Vocabulary): Set<string> {
  const inTexts = words
    .filter(({ text, isCapital }) => !isCapital && text.length > 2 && !stopWords.has(text) && !/\d/.test(text))
    .map(({ text }) => text);
  return new Set([...inTexts, ...parts]);
}

interface WordTerms {
  readonly stem: string;
  /** The stems of its parts, if it is a compound. */
  readonly parts: readonly string[];
}

/** The terms of a word, each word read once: texts say the same words many times over. Kept only while the index is built. */
function ownTerms({ stem }: Vocabulary, split: Splitter): (word: string) => WordTerms {
  const known = new Map<string, WordTerms>();
  return (word) => {
    const terms = known.get(word) ?? { stem: stem(word), parts: split(word).map(stem) };
    known.set(word, terms);
    return terms;
  };
}

/** Terms of a row of words, and how much each stands there. */
function termsOf(
  words: readonly Word[],
  { stopWords }: Vocabulary,
  termsIn: (word: string) => WordTerms,
): Map<string, number> {
  const terms = new Map<string, number>();
  const add = (term: string, weight: number) => terms.set(term, (terms.get(term) ?? 0) + weight);
  let before: Word | undefined;
  for (const word of words) {
    const { stem, parts } = termsIn(word.text);
    add(stem, 1);
    for (const part of parts) add(part, partWeight);
    // As `pairTerm` makes them of what is asked.
    if (before && !(stopWords.has(before.text) && stopWords.has(word.text)))
      add(`${termsIn(before.text).stem} ${stem}`, 1);
    before = word;
  }
  return terms;
}

/** Two words beside each other as one term, unless both say nothing. */
export function pairTerm(one: string, other: string, { stem, stopWords }: Vocabulary): string | undefined {
  return stopWords.has(one) && stopWords.has(other) ? undefined : `${stem(one)} ${stem(other)}`;
}

/**
 * Entries of one sort compete with each other, so that a word is rare among those: one that every lesson has tells none
 * of them apart, however few of the hundreds of other entries hold it. What only mentions it counts as part of an entry:
 * a word that stands in all lessons, but in one of them everywhere, is a word of that lesson.
 */
function withRarity(
  list: readonly Omit<Posting, 'rarity'>[],
  sorts: readonly string[],
  sizes: ReadonlyMap<string, number>,
): Posting[] {
  const sortOf = (entry: number) => sorts[entry] ?? '';
  const sums = new Map<string, number>();
  const most = new Map<string, number>();
  for (const { entry, strength } of list) {
    const sort = sortOf(entry);
    sums.set(sort, (sums.get(sort) ?? 0) + strength);
    most.set(sort, Math.max(most.get(sort) ?? 0, strength));
  }
  return list.map(({ entry, strength }) => {
    const sort = sortOf(entry);
    const held = (sums.get(sort) ?? 0) / (most.get(sort) || 1);
    const all = sizes.get(sort) ?? 0;
    return { entry, strength, rarity: Math.log(1 + (all - held + 0.5) / (held + 0.5)) };
  });
}

function countBy(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function meansBySort(lengths: readonly (readonly [sort: string, length: number])[]): Map<string, number> {
  const sums = new Map<string, { sum: number; count: number }>();
  for (const [sort, length] of lengths) {
    const { sum, count } = sums.get(sort) ?? { sum: 0, count: 0 };
    sums.set(sort, { sum: sum + length, count: count + 1 });
  }
  return new Map([...sums].map(([sort, { sum, count }]) => [sort, sum / count]));
}
