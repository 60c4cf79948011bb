import type { Concept, ReadQuery } from './read-query.ts';
import type { TextIndex } from './text-index.ts';

/** How fast more of the same word stops counting (k1 of BM25). */
const saturation = 1.4;
/** What two words beside each other, as they were asked, add. */
const pairWeight = 0.5;
/** What an entry keeps of its score although it holds next to nothing of what was asked for, 0–1: people tell more than they ask. */
const withoutCoverage = 0.4;

/**
 * Scores every entry that holds anything of what is asked for: BM25, each concept by its best way, times the share
 * of the concepts that is there.
 *
 * @returns scores by entry; entries that hold nothing are left out
 */
export function scoreEntries(query: ReadQuery, index: TextIndex): Map<number, number> {
  const scores = new Map<number, number>();
  const covered = new Map<number, number>();
  const known = query.concepts.filter(({ ways }) => ways.some(({ term }) => index.postings.has(term)));
  for (const concept of known) {
    for (const [entry, { score, weight }] of scoreConcept(concept, index)) {
      scores.set(entry, (scores.get(entry) ?? 0) + score);
      covered.set(entry, (covered.get(entry) ?? 0) + Math.min(1, weight));
    }
  }
  for (const pair of query.pairs) {
    for (const { entry, strength, rarity } of index.postings.get(pair) ?? []) {
      const score = scores.get(entry);
      if (score !== undefined) scores.set(entry, score + pairWeight * gain(strength, rarity));
    }
  }
  for (const [entry, score] of scores) {
    const share = (covered.get(entry) ?? 0) / known.length;
    scores.set(entry, score * (withoutCoverage + (1 - withoutCoverage) * share));
  }
  return scores;
}

/** The best way of a concept in each entry that holds any of them. */
function scoreConcept({ ways }: Concept, index: TextIndex): Map<number, { score: number; weight: number }> {
  const best = new Map<number, { score: number; weight: number }>();
  for (const { term, weight } of ways) {
    for (const { entry, strength, rarity } of index.postings.get(term) ?? []) {
      const score = weight * gain(strength, rarity);
      if (score > (best.get(entry)?.score ?? 0)) best.set(entry, { score, weight });
    }
  }
  return best;
}

function gain(strength: number, rarity: number): number {
  return (rarity * strength) / (saturation + strength);
}
