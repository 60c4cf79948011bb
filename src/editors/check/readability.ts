/**
 * How easy a Swedish text is to read. LIX (C.-H. Björnsson, 1968): the mean length of a sentence in words plus the
 * percentage of words with more than six letters. A text under 30 is very easy.
 */
export interface Readability {
  readonly words: number;
  readonly lix: number;
  /** Mean number of words in a sentence of running text. */
  readonly sentence: number;
  /** Share of the sentences of running text that have fewer than four words, 0–1. */
  readonly short: number;
}

/** A piece of text as it is rendered: a paragraph, an item of a list, an option. */
export interface Block {
  readonly text: string;
  /** Headings and labels are no sentences: they count for LIX, and not for the length of sentences. */
  readonly isHeading?: boolean | undefined;
}

/** What plain Swedish keeps to (docs/how-to/check-content.md). */
export const plainSwedish = { lix: 30, sentence: { least: 6, most: 12 }, short: 0.2 };

const word = /[\p{L}\p{N}]+(?:[-’'][\p{L}\p{N}]+)*/gu;
const longWord = 7;
const shortSentence = 4;

export function readability(blocks: readonly Block[]): Readability {
  let words = 0;
  let long = 0;
  let stops = 0;
  const lengths: number[] = [];
  for (const { text, isHeading } of blocks) {
    const found = text.match(word) ?? [];
    words += found.length;
    long += found.filter((one) => [...one].length >= longWord).length;
    // LIX counts colons as stops; the end of a block is one whether or not it has a mark.
    stops += sentencesIn(text, /[.!?:]+(?=[\s”’)]|$)/u).length;
    if (!isHeading)
      lengths.push(...sentencesIn(text, /[.!?]+(?=[\s”’)]|$)/u).map((one) => one.match(word)?.length ?? 0));
  }
  const sum = lengths.reduce((total, length) => total + length, 0);
  return {
    words,
    lix: words === 0 ? 0 : words / stops + (100 * long) / words,
    sentence: lengths.length === 0 ? 0 : sum / lengths.length,
    short: lengths.length === 0 ? 0 : lengths.filter((length) => length < shortSentence).length / lengths.length,
  };
}

function sentencesIn(text: string, stop: RegExp): string[] {
  return text.split(stop).filter((part) => /[\p{L}\p{N}]/u.test(part));
}

/** What is not as plain Swedish should be, in words for an editor; nothing wrong is an empty list. */
export function notPlain({ lix, sentence, short }: Readability): string[] {
  const wrong: string[] = [];
  if (lix > plainSwedish.lix) wrong.push(`LIX ${lix.toFixed(1)}; högst ${plainSwedish.lix}`);
  if (sentence < plainSwedish.sentence.least || sentence > plainSwedish.sentence.most) {
    wrong.push(
      `${sentence.toFixed(1)} ord i meningen i snitt; ${plainSwedish.sentence.least}–${plainSwedish.sentence.most}`,
    );
  }
  if (short > plainSwedish.short) {
    wrong.push(`${Math.round(short * 100)} % av meningarna har färre än fyra ord; högst ${plainSwedish.short * 100} %`);
  }
  return wrong;
}
