import type { TextIndex } from './text-index.ts';
import { wordsOf } from './words.ts';

/** A piece of a snippet; marked, it is what was asked for. */
export interface SnippetPart {
  readonly text: string;
  readonly isMarked: boolean;
}

const longest = 180;

/**
 * The passage of a text where most of the terms stand, cut at whole words, with those words marked.
 *
 * @param weights how near each term is to what was asked, from the ways of a query
 */
export function snippetOf(text: string, weights: ReadonlyMap<string, number>, index: TextIndex): SnippetPart[] {
  const words = weighedWords(text, weights, index);
  const { start, end } = bestPassage(text, words);
  const parts = markedParts(text, words, { start, end });
  if (start > 0) parts.unshift({ text: '… ', isMarked: false });
  if (end < text.length) parts.push({ text: ' …', isMarked: false });
  return parts;
}

/** All of a text, with the words marked that were asked for. @param weights as for `snippetOf` */
export function markedText(text: string, weights: ReadonlyMap<string, number>, index: TextIndex): SnippetPart[] {
  return markedParts(text, weighedWords(text, weights, index), { start: 0, end: text.length });
}

function weighedWords(
  text: string,
  weights: ReadonlyMap<string, number>,
  { vocabulary, split }: TextIndex,
): readonly Weighed[] {
  const weightOf = (word: string) =>
    Math.max(0, ...[word, ...split(word)].map((part) => weights.get(vocabulary.stem(part)) ?? 0));
  return wordsOf(text).map((word) => ({
    ...word,
    weight: vocabulary.stopWords.has(word.text) ? 0 : weightOf(word.text),
  }));
}

function markedParts(
  text: string,
  words: readonly Weighed[],
  { start, end }: { readonly start: number; readonly end: number },
): SnippetPart[] {
  const parts: SnippetPart[] = [];
  let place = start;
  for (const word of words.filter((one) => one.weight > 0 && one.start >= start && one.end <= end)) {
    parts.push({ text: text.slice(place, word.start), isMarked: false });
    parts.push({ text: text.slice(word.start, word.end), isMarked: true });
    place = word.end;
  }
  parts.push({ text: text.slice(place, end), isMarked: false });
  return parts.filter((part) => part.text !== '');
}

interface Weighed {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly weight: number;
}

/** From the beginning of a sentence where there is one to begin with: the passage with the most different words. */
function bestPassage(text: string, words: readonly Weighed[]): { start: number; end: number } {
  const starts = [
    0,
    ...[...text.matchAll(/[.!?:”]\s+(?=[\p{Lu}”])|\n/gu)].map((match) => match.index + match[0].length),
  ];
  let best = { start: 0, end: 0, value: -1 };
  for (const start of starts) {
    const within = words.filter((word) => word.start >= start && word.end <= start + longest);
    const seen = new Map<string, number>();
    for (const { text: word, weight } of within) seen.set(word, Math.max(seen.get(word) ?? 0, weight));
    const value = [...seen.values()].reduce((sum, weight) => sum + weight, 0);
    const rest = text.length - start <= longest ? text.length : (within.at(-1)?.end ?? start);
    if (value > best.value) best = { start, end: rest, value };
  }
  return best;
}
