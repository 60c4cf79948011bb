import type { Features } from './features.ts';

/** A way of asking, and what it asks for. */
export interface LabelledQuestion {
  readonly id: string;
  readonly features: Features;
}

/** What has been learnt of which features speak for what. */
export interface Learnt {
  readonly ids: readonly string[];
  /** For each known feature, its row of weights and how much it counts. */
  readonly rows: ReadonlyMap<string, { readonly row: number; readonly rarity: number }>;
  /** A row for each feature, in it a weight for each id. */
  readonly weights: Float32Array;
}

/** What stands in one way of asking only says nothing of the next. */
const fewest = 2;
/** How much rarity counts: 1 would let the rare words decide alone. */
const rarityPower = 0.3;
/** A word that nobody has asked with makes everything less sure. */
const unknownWord = 1.5;
const rounds = 4;
const firstStep = 4;
const slowing = 0.5;
/** What is this sure already is left as it is. */
const noMatter = 0.004;

/**
 * Learns from ways of asking which features speak for and against each thing that may be asked for (multinomial logistic regression by
 * stochastic gradient descent). The same ways of asking give the same weights: nothing is drawn by lot.
 */
export function learn(lessons: readonly LabelledQuestion[]): Learnt {
  const ids = [...new Set(lessons.map(({ id }) => id))];
  const number = new Map(ids.map((id, place) => [id, place]));
  const rows = rowsOf(lessons);
  const weights = new Float32Array(rows.size * ids.length);
  const learnt = { ids, rows, weights };
  const read = lessons.map(({ id, features }) => ({ vector: vectorOf(features, learnt), right: number.get(id) ?? 0 }));
  const order = shuffled(lessons.length);
  const wrong = new Float32Array(ids.length);
  for (let round = 0; round < rounds; round++) {
    const step = firstStep / (1 + slowing * round);
    for (const place of order) {
      const one = read[place];
      if (!one) continue;
      score(one.vector, learnt, wrong);
      toShares(wrong);
      wrong[one.right] = (wrong[one.right] ?? 0) - 1;
      correct(one.vector, wrong, step, learnt);
    }
  }
  return learnt;
}

/** How likely each thing is what is asked for; together 1. Nothing known: all alike. */
export function likelihoods(features: Features, learnt: Learnt): Map<string, number> {
  const shares = new Float32Array(learnt.ids.length);
  score(vectorOf(features, learnt), learnt, shares);
  toShares(shares);
  return new Map(learnt.ids.map((id, place) => [id, shares[place] ?? 0]));
}

function rowsOf(lessons: readonly LabelledQuestion[]): Learnt['rows'] {
  const counts = new Map<string, number>();
  for (const { features } of lessons)
    for (const feature of features.keys()) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const kept = [...counts].filter(([, count]) => count >= fewest);
  return new Map(
    kept.map(([feature, count], row) => [
      feature,
      { row, rarity: Math.log(1 + lessons.length / count) ** rarityPower },
    ]),
  );
}

interface Vector {
  readonly rows: Int32Array;
  readonly values: Float32Array;
}

const isWord = (feature: string) => !/[~# ]/.test(feature);

/** What is known of a text, of length 1 with what is not: a long question says no more than a short one. */
function vectorOf(features: Features, { rows }: Pick<Learnt, 'rows'>): Vector {
  const known = [...features].flatMap(([feature, weight]) => {
    const one = rows.get(feature);
    return one ? [{ row: one.row, value: weight * one.rarity }] : [];
  });
  const unknown = [...features.keys()].filter((feature) => isWord(feature) && !rows.has(feature));
  const length = Math.hypot(...known.map(({ value }) => value), ...unknown.map(() => unknownWord)) || 1;
  return {
    rows: Int32Array.from(known, ({ row }) => row),
    values: Float32Array.from(known, ({ value }) => value / length),
  };
}

function score({ rows, values }: Vector, { weights }: Learnt, into: Float32Array): void {
  into.fill(0);
  const width = into.length;
  for (let place = 0; place < rows.length; place++) {
    const from = (rows[place] ?? 0) * width;
    const value = values[place] ?? 0;
    for (let id = 0; id < width; id++) into[id] = (into[id] ?? 0) + (weights[from + id] ?? 0) * value;
  }
}

/** Scores become shares of 1 (softmax). */
function toShares(scores: Float32Array): void {
  const most = scores.reduce((one, other) => Math.max(one, other), 0);
  let sum = 0;
  for (let id = 0; id < scores.length; id++) {
    const share = Math.exp((scores[id] ?? 0) - most);
    scores[id] = share;
    sum += share;
  }
  for (let id = 0; id < scores.length; id++) scores[id] = (scores[id] ?? 0) / sum;
}

function correct({ rows, values }: Vector, wrong: Float32Array, step: number, { weights }: Learnt): void {
  const width = wrong.length;
  const concerned = [...wrong.keys()].filter((id) => Math.abs(wrong[id] ?? 0) > noMatter);
  for (let place = 0; place < rows.length; place++) {
    const from = (rows[place] ?? 0) * width;
    const value = (values[place] ?? 0) * step;
    for (const id of concerned) weights[from + id] = (weights[from + id] ?? 0) - value * (wrong[id] ?? 0);
  }
}

/** A mixed order that is the same every time: what is asked in one file is not learnt in a row. */
function shuffled(length: number): number[] {
  const order = Array.from({ length }, (_, place) => place);
  let seed = 1;
  for (let place = length - 1; place > 0; place--) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    const other = Math.floor((seed / 2_147_483_648) * (place + 1));
    [order[place], order[other]] = [order[other] ?? 0, order[place] ?? 0];
  }
  return order;
}
