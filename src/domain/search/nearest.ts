import { classesOf, wordWays } from './read-query.ts';
import type { TextIndex } from './text-index.ts';
import { wordsOf } from './words.ts';

/** A way of asking for something, and what it asks for. */
export interface Sample {
  readonly id: string;
  readonly text: string;
}

/** Ways of asking, ready to be compared with a question. */
export interface Samples {
  readonly samples: readonly ReadSample[];
  /** For each term, how rare it is among the samples, and in which it stands. */
  readonly terms: ReadonlyMap<string, Standing>;
}

interface ReadSample {
  readonly id: string;
  /** How much all that it asks weighs. */
  readonly mass: number;
}

interface Standing {
  readonly rarity: number;
  readonly samples: readonly number[];
}

/** What a word counts that says nothing by itself: `min` tells my own record from somebody else's. */
const smallWord = 0.15;
/** Words of the same sort: a fru is no dotter, but both are family. */
const classWeight = 0.5;
const pairWeight = 0.35;
/** What weighs what no sample speaks of: it makes everything less sure, and nothing surer than another. */
const unknownRarity = 6;

export function readSamples(samples: readonly Sample[], index: TextIndex): Samples {
  const { vocabulary } = index;
  const places = new Map<string, number[]>();
  const read = samples.map(({ id, text }, place) => {
    const words = wordsOf(text).map((word) => word.text);
    const stems = words.map(vocabulary.stem);
    const classes = words.flatMap((word) => classesOf(word, index).map(classTerm));
    for (const term of new Set([...stems, ...classes, ...pairsOf(stems)])) {
      const among = places.get(term);
      if (among) among.push(place);
      else places.set(term, [place]);
    }
    return { id, words: new Set(words) };
  });
  const all = new Set(samples.map(({ id }) => id)).size;
  const terms = new Map(
    [...places].map(([term, among]) => {
      // Of many ways to ask for the same, a word is said once.
      const ids = new Set(among.map((place) => read[place]?.id)).size;
      return [term, { rarity: Math.log(1 + all / ids), samples: among }];
    }),
  );
  const massIn = (words: ReadonlySet<string>) =>
    [...words].reduce((sum, word) => sum + massOf(word, terms.get(vocabulary.stem(word))?.rarity ?? 0, index), 0);
  return { terms, samples: read.map(({ id, words }) => ({ id, mass: massIn(words) })) };
}

/** How near the nearest sample of each thing is to a question, 0–1: the share of rare words that both have, of all that both say. */
export function nearestTo(query: string, { samples, terms }: Samples, index: TextIndex): Map<string, number> {
  const written = wordsOf(query).map(({ text }) => text);
  const concepts = conceptsOf([...new Set(written)], terms, index);
  const shared = new Float64Array(samples.length);
  const isTold = new Uint8Array(samples.length);
  const onlySmall = concepts.every(({ isSmall }) => isSmall);
  for (const { ways, isSmall } of concepts) {
    const best = new Map<number, number>();
    for (const { standing, worth } of ways) {
      for (const place of standing.samples) if (worth > (best.get(place) ?? 0)) best.set(place, worth);
    }
    for (const [place, worth] of best) {
      shared[place] = (shared[place] ?? 0) + worth;
      if (!isSmall || onlySmall) isTold[place] = 1;
    }
  }
  for (const pair of pairsOf(written.map(index.vocabulary.stem))) {
    const { rarity = 0, samples: among = [] } = terms.get(pair) ?? {};
    for (const place of among) shared[place] = (shared[place] ?? 0) + pairWeight * rarity;
  }
  const asked = concepts.reduce((sum, { mass }) => sum + mass, 0);
  const nearest = new Map<string, number>();
  for (const [place, { id, mass }] of samples.entries()) {
    // Small words alone make nothing near, unless nothing else is asked.
    if (isTold[place] !== 1) continue;
    const near = (shared[place] ?? 0) / Math.sqrt(asked * mass);
    if (near > (nearest.get(id) ?? 0)) nearest.set(id, near);
  }
  return nearest;
}

interface Concept {
  readonly isSmall: boolean;
  readonly ways: readonly { readonly standing: Standing; readonly worth: number }[];
  readonly mass: number;
}

function conceptsOf(words: readonly string[], terms: Samples['terms'], index: TextIndex): Concept[] {
  const { stem, stopWords } = index.vocabulary;
  return words.map((word, place) => {
    const isSmall = stopWords.has(word);
    const factor = isSmall ? smallWord : 1;
    const own = isSmall ? [{ term: stem(word), weight: 1 }] : wordWays(word, place === words.length - 1, index);
    const classes = classesOf(word, index).map((name) => ({ term: classTerm(name), weight: classWeight }));
    const known = own.flatMap(({ term }) => terms.get(term)?.rarity ?? []);
    const ways = [...own, ...classes].flatMap(({ term, weight }) => {
      const standing = terms.get(term);
      return standing ? [{ standing, worth: weight * standing.rarity * factor }] : [];
    });
    return { isSmall, ways, mass: factor * (known.length > 0 ? Math.max(...known) : unknownRarity) };
  });
}

function pairsOf(stems: readonly string[]): string[] {
  return stems.slice(1).map((stem, place) => `${stems[place]} ${stem}`);
}

function massOf(word: string, rare: number, { vocabulary }: TextIndex): number {
  return rare * (vocabulary.stopWords.has(word) ? smallWord : 1);
}

/** No word looks so. */
function classTerm(name: string): string {
  return `#${name}`;
}
