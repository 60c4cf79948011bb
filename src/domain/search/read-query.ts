import { pairTerm, type TextIndex } from './text-index.ts';
import { keyOf } from './vocabulary.ts';
import { wordsOf } from './words.ts';

/** One thing that is asked for, in all the ways in which it may be written. */
export interface Concept {
  readonly ways: readonly Way[];
}

export interface Way {
  readonly term: string;
  /** How near this is to what was asked, 0–1. */
  readonly weight: number;
}

export interface ReadQuery {
  readonly concepts: readonly Concept[];
  /** Pairs of words as they were written: good to find, but nothing is missing without them. */
  readonly pairs: readonly string[];
}

/** Of related words the first is the nearest. */
const weights = {
  phrase: 1.3,
  wordOfPhrase: 0.4,
  related: 0.6,
  eachFurther: 0.9,
  begun: 0.7,
  head: 0.6,
  modifier: 0.45,
};
/** By number of slips; half of one is missing dots and rings. */
const slipWeights: Readonly<Record<number, number>> = { 0.5: 0.95, 1: 0.8, 2: 0.6 };
const mostWords = 16;
const mostEndings = 12;

/** Reads what somebody has written: what is asked for, without the words that say nothing. Nothing known gives no ways. */
export function readQuery(query: string, index: TextIndex): ReadQuery {
  const { vocabulary } = index;
  const words = wordsOf(query)
    .slice(0, mostWords)
    .map(({ text }) => text);
  const concepts: Concept[] = [];
  const plain: { word: string; isLast: boolean }[] = [];
  for (let place = 0; place < words.length; ) {
    const length = phraseAt(words, place, index);
    if (length > 1) concepts.push(phraseConcept(words.slice(place, place + length), index));
    else plain.push({ word: words[place] ?? '', isLast: place === words.length - 1 });
    place += length;
  }
  const telling = plain.filter(({ word }) => !vocabulary.stopWords.has(word));
  // “Vad får jag?” is a question too, if a poor one.
  const asked = telling.length > 0 || concepts.length > 0 ? telling : plain;
  // Written twice, a word is still one thing to ask for.
  const once = new Map(asked.map(({ word, isLast }) => [word, isLast]));
  concepts.push(...[...once].map(([word, isLast]) => ({ ways: wordWays(word, isLast, index) })));
  const pairs = words.slice(1).flatMap((word, place) => pairTerm(words[place] ?? '', word, vocabulary) ?? []);
  return { concepts: withoutRepeats(concepts), pairs: pairs.filter((pair) => index.postings.has(pair)) };
}

/** What is asked for in one word is not found again as something related to another: `barnet har blåmärken`. */
function withoutRepeats(concepts: readonly Concept[]): Concept[] {
  const own = (concept: Concept) => concept.ways.filter(({ weight }) => weight >= 1).map(({ term }) => term);
  return concepts.map((concept) => {
    const others = new Set(concepts.filter((other) => other !== concept).flatMap(own));
    return { ways: concept.ways.filter(({ term, weight }) => weight >= 1 || !others.has(term)) };
  });
}

/** How many words from here on are known together (`god man`); 1 if none. */
function phraseAt(words: readonly string[], place: number, { vocabulary }: TextIndex): number {
  for (let length = Math.min(vocabulary.longestKey, words.length - place); length > 1; length--) {
    if (vocabulary.related.has(keyOf(words.slice(place, place + length).join(' '), vocabulary.stem))) return length;
  }
  return 1;
}

function phraseConcept(words: readonly string[], { vocabulary }: TextIndex): Concept {
  const key = keyOf(words.join(' '), vocabulary.stem);
  const telling = words.filter((word) => !vocabulary.stopWords.has(word));
  return {
    ways: strongest([
      { term: key, weight: weights.phrase },
      ...relatedWays(key, 1, vocabulary),
      ...telling.map((word) => ({ term: vocabulary.stem(word), weight: weights.wordOfPhrase })),
    ]),
  };
}

/** What a word may mean, the word itself first. @param isLast it may not be written to its end yet */
export function wordWays(word: string, isLast: boolean, index: TextIndex): Way[] {
  const { vocabulary } = index;
  const stem = vocabulary.stem(word);
  const isKnown = index.postings.has(stem) || vocabulary.related.has(stem);
  const parts = index.split(word);
  const ways = [
    { term: stem, weight: 1 },
    ...relatedWays(stem, 1, vocabulary),
    ...parts.flatMap((part, place) => partWays(part, place === parts.length - 1, vocabulary)),
  ];
  if (!isKnown) {
    const begun = isLast && word.length > 2 ? endingsOf(word, index.written) : [];
    ways.push(
      ...begun.map((one) => ({ term: vocabulary.stem(one), weight: (weights.begun * word.length) / one.length })),
    );
    if (begun.length === 0 && parts.length === 0) ways.push(...guessedWays(word, index));
  }
  return strongest(ways);
}

/** The classes of a word by itself, or of the head of a compound. */
export function classesOf(word: string, { vocabulary, split }: TextIndex): string[] {
  const head = split(word).at(-1);
  const stems = [vocabulary.stem(word), ...(head === undefined ? [] : [vocabulary.stem(head)])];
  return [...new Set(stems.flatMap((stem) => vocabulary.classes.get(stem) ?? []))];
}

function relatedWays(key: string, weight: number, { related }: TextIndex['vocabulary']): Way[] {
  return (related.get(key) ?? []).map((term, place) => ({
    term,
    weight: weight * weights.related * weights.eachFurther ** place,
  }));
}

function partWays(part: string, isHead: boolean, vocabulary: TextIndex['vocabulary']): Way[] {
  const term = vocabulary.stem(part);
  const weight = isHead ? weights.head : weights.modifier;
  return [{ term, weight }, ...relatedWays(term, weight, vocabulary)];
}

function guessedWays(word: string, { spell, vocabulary }: TextIndex): Way[] {
  return spell(word).flatMap((guess) => {
    const term = vocabulary.stem(guess.word);
    const weight = slipWeights[guess.distance] ?? 0;
    return [{ term, weight }, ...relatedWays(term, weight, vocabulary)];
  });
}

/** The words that begin so, at most a dozen, from the sorted list. */
function endingsOf(beginning: string, sorted: readonly string[]): string[] {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < beginning) low = middle + 1;
    else high = middle;
  }
  return sorted.slice(low, low + mostEndings).filter((word) => word.startsWith(beginning));
}

/** Each term once, as near as any way to it. */
function strongest(ways: readonly Way[]): Way[] {
  const best = new Map<string, number>();
  for (const { term, weight } of ways) best.set(term, Math.max(best.get(term) ?? 0, weight));
  return [...best].map(([term, weight]) => ({ term, weight }));
}
