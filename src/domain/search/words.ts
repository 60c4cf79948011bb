/** A word of a text, and where it stands there. */
export interface Word {
  /** In lower case. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** It begins with a capital: at the head of a sentence, or a name. */
  readonly isCapital: boolean;
}

/**
 * The words of a text; digits count, marks between words do not.
 *
 * @example wordsOf('Sms:et till Vera').map(({ text }) => text) // ['sms', 'et', 'till', 'vera']
 */
export function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map((match) => ({
    text: match[0].normalize('NFC').toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
    isCapital: /^\p{Lu}/u.test(match[0]),
  }));
}

/** Without dots and rings: what somebody writes whose keyboard has no å, ä, ö. */
export function withoutMarks(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '');
}
