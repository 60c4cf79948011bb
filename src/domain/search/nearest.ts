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
  /** How rare each term is among them. */
  readonly rarity: ReadonlyMap<string, number>;
}

interface ReadSample {
  readonly id: string;
  readonly terms: ReadonlySet<string>;
  /** How much all that it asks weighs. */
  readonly mass: number;
}

/** What a word counts that says nothing by itself: `min` tells my own record from somebody else's. */
const smallWord = 0.15;
/** Words of the same sort: a fru is no dotter, but both are family. */
const classWeight = 0.5;
const pairWeight = 0.35;
/** What weighs what no sample speaks of: it makes everything less sure, and nothing surer than another. */
const unknownRarity = 3.5;

export function readSamples(samples: readonly Sample[], index: TextIndex): Samples {
  const { vocabulary } = index;
  const read = samples.map(({ id, text }) => {
    const words = wordsOf(text).map((word) => word.text);
    const stems = words.map(vocabulary.stem);
    const classes = words.flatMap((word) => classesOf(word, index).map(classTerm));
    const pairs = stems.slice(1).map((stem, place) => `${stems[place]} ${stem}`);
    return { id, words, terms: new Set([...stems, ...classes, ...pairs]) };
  });
  const counts = new Map<string, number>();
  // Of many ways to ask for the same, a word is said once.
  const ids = new Map<string, Set<string>>();
  for (const { id, terms } of read) {
    for (const term of terms) {
      const among = ids.get(term) ?? new Set<string>();
      ids.set(term, among.add(id));
      counts.set(term, among.size);
    }
  }
  const all = new Set(samples.map(({ id }) => id)).size;
  const rarity = new Map([...counts].map(([term, count]) => [term, Math.log(1 + all / count)]));
  return {
    rarity,
    samples: read.map(({ id, words, terms }) => ({
      id,
      terms,
      mass: [...new Set(words)].reduce(
        (sum, word) => sum + massOf(word, rarity.get(vocabulary.stem(word)) ?? 0, index),
        0,
      ),
    })),
  };
}

/** How near the nearest sample of each thing is to a question, 0–1: the share of rare words that both have, of all that both say. */
export function nearestTo(query: string, { samples, rarity }: Samples, index: TextIndex): Map<string, number> {
  const words = [...new Set(wordsOf(query).map(({ text }) => text))];
  const concepts = words.map((word, place) => {
    const isSmall = index.vocabulary.stopWords.has(word);
    const ways = isSmall
      ? [{ term: index.vocabulary.stem(word), weight: 1 }]
      : wordWays(word, place === words.length - 1, index);
    const factor = isSmall ? smallWord : 1;
    const classes = classesOf(word, index).map((name) => ({ term: classTerm(name), weight: classWeight }));
    const weighed = [...ways, ...classes].flatMap(({ term, weight }) => {
      const rare = rarity.get(term);
      return rare === undefined ? [] : [{ term, worth: weight * rare * factor }];
    });
    const known = ways.flatMap(({ term }) => rarity.get(term) ?? []);
    return { weighed, isSmall, mass: factor * (known.length > 0 ? Math.max(...known) : unknownRarity) };
  });
  const stems = wordsOf(query).map(({ text }) => index.vocabulary.stem(text));
  const pairs = stems.slice(1).flatMap((stem, place) => {
    const term = `${stems[place]} ${stem}`;
    const rare = rarity.get(term);
    return rare === undefined ? [] : [{ term, worth: pairWeight * rare }];
  });
  const onlySmall = concepts.every(({ isSmall }) => isSmall);
  const asked = concepts.reduce((sum, { mass }) => sum + mass, 0);
  const nearest = new Map<string, number>();
  for (const { id, terms, mass } of samples) {
    let shared = 0;
    let isTold = onlySmall;
    for (const { weighed, isSmall } of concepts) {
      let best = 0;
      for (const { term, worth } of weighed) if (worth > best && terms.has(term)) best = worth;
      shared += best;
      if (best > 0 && !isSmall) isTold = true;
    }
    if (!isTold) continue;
    for (const { term, worth } of pairs) if (terms.has(term)) shared += worth;
    const near = shared === 0 ? 0 : shared / Math.sqrt(asked * mass);
    if (near > (nearest.get(id) ?? 0)) nearest.set(id, near);
  }
  return nearest;
}

function massOf(word: string, rare: number, { vocabulary }: TextIndex): number {
  return rare * (vocabulary.stopWords.has(word) ? smallWord : 1);
}

/** No word looks so. */
function classTerm(name: string): string {
  return `#${name}`;
}
