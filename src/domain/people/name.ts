import { withoutPersonalNumbers } from './personal-number.ts';

/**
 * What a person may be called here, by whatever way the name comes in: a form, an invitation, a list. A name stands on a paper that
 * anybody can check and in lists where it tells people apart, so it holds nothing that is not seen (decision 0026).
 */

export type NameRefusal =
  | 'name-shape'
  | 'name-letters'
  | 'name-invisible'
  | 'name-broken'
  | 'name-marks'
  | 'name-mixed'
  | 'name-number';

export type ReadName =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly reason: NameRefusal };

export const longestName = 100;

/** Signs on one letter. Vietnamese needs two and is composed; Hebrew and Thai need two beside the letter, a few languages three. */
const mostMarks = 3;

/** The name of a person: as a text that is seen, with two letters at least and no personal number. */
export function readPersonName(typed: string): ReadName {
  const read = readSeenText(typed);
  if (!read.ok) return read;
  const { name } = read;
  if (holdsPersonalNumber(name)) return { ok: false, reason: 'name-number' };
  if ((name.match(/\p{L}/gu) ?? []).length < 2) return { ok: false, reason: 'name-letters' };
  return name.split(' ').some(mixesAlphabets) ? { ok: false, reason: 'name-mixed' } : read;
}

/** The name of a place or a group: what can be seen, and nothing else. */
export function readPlaceName(typed: string): ReadName {
  const read = readSeenText(typed);
  return read.ok && [...read.name].length < 2 ? { ok: false, reason: 'name-shape' } : read;
}

function readSeenText(typed: string): ReadName {
  const name = cleaned(typed);
  // As it is drawn: one sign may stand for a whole sentence (U+FDFA).
  if (name === '' || name.normalize('NFKC').length > longestName || /[<>]/.test(name)) {
    return { ok: false, reason: 'name-shape' };
  }
  if (name.includes('\uFFFD')) return { ok: false, reason: 'name-broken' };
  if (holdsUnseen(name)) return { ok: false, reason: 'name-invisible' };
  return hasLooseMarks(name) ? { ok: false, reason: 'name-marks' } : { ok: true, name };
}

/**
 * Composed letters, single blanks, and without what lists and telephones put in though nobody meant it: soft hyphens, marks of
 * zero width at the ends, the sign that asks for an emoji, joiners inside a word of Arabic or an Indic script.
 */
function cleaned(typed: string): string {
  return typed
    .replace(/\u00AD|\uFE0E|\uFE0F/g, '')
    .replace(joinerInWord, '')
    .replace(/[\p{Zs}\t-\r]+/gu, ' ')
    .replace(/^[ \u200B-\u200F\u2060\uFEFF]+|[ \u200B-\u200F\u2060\uFEFF]+$/g, '')
    .normalize('NFC');
}

/** Scripts in whose spelling a joiner or non-joiner has a place (UAX #31, 2.3); without it a name is read just as well. */
const joining = [
  'Arabic',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
]
  .map((script) => `\\p{Script=${script}}`)
  .join('');
const joinerInWord = new RegExp(`(?<=[${joining}])[\\u200C\\u200D](?=[${joining}])`, 'gu');

/** Control, format, private and unassigned signs, breaks of line, fillers, and what a font draws as nothing. */
function holdsUnseen(text: string): boolean {
  return /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\uFFFC]/u.test(text);
}

/** Marks on no letter, and heaps of them. */
function hasLooseMarks(text: string): boolean {
  return new RegExp(`(^|[ \\p{P}])\\p{M}|\\p{M}{${mostMarks + 1}}`, 'u').test(text);
}

/** A date of birth and four digits, right or not, with whatever digits and whatever between them. */
function holdsPersonalNumber(name: string): boolean {
  const plain = name.normalize('NFKC').replace(/\p{Nd}/gu, (digit) => String(digitAt(digit)));
  const together = plain.replace(/(?<=\d)[\s.\-–—+/]+(?=\d)/g, '');
  return withoutPersonalNumbers(plain) !== plain || /\d{10}/.test(together);
}

/** Digits of every script stand in rows of ten that begin at a nought. */
function digitAt(digit: string): number {
  let value = 0;
  const codePoint = digit.codePointAt(0) ?? 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(codePoint - value - 1))) value++;
  return value;
}

/** Letters that look alike in two alphabets, within one word: nobody is called that, but it can pass for somebody else’s name. */
function mixesAlphabets(word: string): boolean {
  const alphabets = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];
  return alphabets.filter((alphabet) => alphabet.test(word)).length > 1;
}

/**
 * Whether the certificate on paper can show the name: its fonts hold the Latin, Greek and Cyrillic alphabets, and a test holds this
 * against them. The page on the screen shows every name.
 */
export function isShownOnPaper(name: string): boolean {
  return [...name].every(
    (sign) => !/\p{L}/u.test(sign) || /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u.test(sign),
  );
}
