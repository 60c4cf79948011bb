import { isOneSlipAway } from '#domain/kernel/one-slip.ts';

/**
 * Whether two names may be the same person’s, for asking “is it you?” and for telling people apart in a list. Never for deciding
 * that they are.
 */

/** Letters of other alphabets that are read as Latin ones, and Latin ones that no mark can be taken from. */
const readAs: Readonly<Record<string, string>> = {
  ...lettersOf('асеԁһіјӏорԛѕѵхутвмнкгѡ', 'acedhijlopqsvxytbmhkrw'),
  ...lettersOf('αβεηικνορτυχγω', 'abenikvoptuxyw'),
  ...lettersOf('øłđħıŧ', 'oldhit'),
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
};

function lettersOf(from: string, to: string): Record<string, string> {
  const latin = [...to];
  return Object.fromEntries([...from].map((letter, place) => [letter, latin[place] ?? letter]));
}

/** A name’s words without case, marks and what only looks different. @example 'Öberg, ÅSA' → oberg, asa */
function wordsOf(name: string): readonly string[] {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}|[\p{C}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/./gu, (letter) => readAs[letter] ?? letter)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/** What two names that look the same in a list have in common. */
export function lookOf(name: string): string {
  return wordsOf(name).toSorted().join(' ');
}

/** Shorter words differ by a letter without being the same word: Bo and Jo, Li and Liv. */
const longEnoughToSlip = 3;

/** The same words, in whatever order and however written together, or all but one the same and that one a letter away. */
export function areSimilarNames(one: string, other: string): boolean {
  const [first, second] = [wordsOf(one), wordsOf(other)];
  if (first.length === 0 || second.length === 0) return false;
  if (first.join('') === second.join('')) return true;
  if (first.length !== second.length) return false;
  const [left, right] = [without(first, second), without(second, first)];
  if (left.length === 0) return true;
  const [word = '', twin = ''] = [left[0], right[0]];
  return left.length === 1 && Math.min(word.length, twin.length) >= longEnoughToSlip && isOneSlipAway(word, twin);
}

/** The words of one that are not in the other, each as often as it is missing. */
function without(words: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return words.filter((word) => {
    const place = left.indexOf(word);
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
}

/** Those whose names look the same as somebody else’s in the list. */
export function lookalikes<P extends { readonly id: string; readonly name: string }>(
  people: readonly P[],
): ReadonlySet<string> {
  const byLook = Map.groupBy(people, ({ name }) => lookOf(name));
  return new Set([...byLook.values()].filter((same) => same.length > 1).flatMap((same) => same.map(({ id }) => id)));
}
