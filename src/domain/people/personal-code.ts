import { codeWords } from '#domain/kernel/code-words.ts';
import { isOneSlipAway } from '#domain/kernel/one-slip.ts';
import { bytesAt } from '#domain/kernel/random.ts';

/** Five words of 512: 45 bits (the limit is 44). */
const wordsInCode = 5;

/** Bytes that `personalCode` needs. */
export const personalCodeBytes = wordsInCode * 2;

/** Makes a code of words from bytes. @param bytes `personalCodeBytes` of them, uniformly random */
export function personalCode(bytes: Uint8Array): string {
  const view = bytesAt(bytes);
  return Array.from(
    { length: wordsInCode },
    (_, place) => codeWords[view.getUint16(place * 2) % codeWords.length],
  ).join(' ');
}

/**
 * What a person typed, as the code is hashed: lower case, single blanks; commas, full stops and hyphens are blanks. A word
 * that is not in the list but one slip of the finger from exactly one that is, is read as that one.
 */
export function normalizePersonalCode(typed: string): string {
  return typed
    .normalize('NFC')
    .toLowerCase()
    .split(/[\s,.\-–—]+/)
    .filter(Boolean)
    .slice(0, wordsInCode + 1)
    .map(corrected)
    .join(' ');
}

const known = new Set(codeWords);

function corrected(word: string): string {
  if (known.has(word) || word.length > 12) return word;
  const near = codeWords.filter((candidate) => isOneSlipAway(word, candidate));
  return near.length === 1 ? (near[0] ?? word) : word;
}

/**
 * How a code ends: what a manager sees beside people of the same name, to ask them by. Two letters of the 45 bits, so that the list
 * gives nobody a code.
 */
export function codeEnding(code: string): string {
  return code.slice(-2);
}
