import { codeWords } from './code-words.ts';

/** Five words of 512: 45 bits (the limit is 44). */
const wordsInCode = 5;

/** Bytes that `personalCode` needs. */
export const personalCodeBytes = wordsInCode * 2;

/** Makes a code of words from bytes. @param bytes `personalCodeBytes` of them, uniformly random */
export function personalCode(bytes: Uint8Array): string {
  const view = new DataView(bytes.slice().buffer);
  return Array.from(
    { length: wordsInCode },
    (_, place) => codeWords[view.getUint16(place * 2) % codeWords.length],
  ).join(' ');
}

/** What a person typed, as the code is hashed: lower case, single blanks; commas, full stops and hyphens are blanks. */
export function normalizePersonalCode(typed: string): string {
  return typed
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s,.\-–—]+/g, ' ')
    .trim();
}
