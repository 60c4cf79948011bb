import type { Block } from './document.ts';
import {
  bulletText,
  endsSentence,
  isAddress,
  isFull,
  joinLines,
  type NumberedLine,
  numberedLine,
  startsHigh,
  startsLow,
} from './line-shapes.ts';

/** A line of the text proper, and whether a blank one stands above it. */
export interface TextLine {
  readonly text: string;
  readonly afterBlank: boolean;
  readonly notes?: readonly string[];
}

export type FoundHeading = Extract<Block, { kind: 'heading' }> & {
  /** How many lines it takes. */
  readonly lines: number;
};

const longest = { characters: 85, words: 12 };
/** So many lines around it tell how wide the text is set. */
const around = 12;
/** More short lines than that after each other are a list. */
const mostInARow = 2;
/** What may stand last in a document with nothing but names below it. */
const lastHeadings = /^(?:källor|referenser|litteratur|länkar|lagrum|lagar|läs mer|mer information|kontakt\p{L}*)$/iu;

/** The headings among the lines, by place. */
export function headingsIn(lines: readonly TextLine[]): Map<number, FoundHeading> {
  const numbered = numberedHeadings(lines);
  const short = shortLines(lines, numbered);
  return new Map([...numbered, ...short].sort(([a], [b]) => a - b));
}

export function widthAt(lines: readonly { readonly text: string }[], place: number): number {
  const near = lines.slice(Math.max(0, place - around), place + around + 1).filter(({ text }) => !isAddress(text));
  return Math.max(50, ...near.map(({ text }) => text.length));
}

/**
 * Lines that begin with the number that may come next: 2.3 is followed by 2.3.1, 2.4 or 3, or by a later one where the
 * document has a gap. So a numbered list is none, nor is a sentence that a statute's number was wrapped to begin.
 */
function numberedHeadings(lines: readonly TextLine[]): Map<number, FoundHeading> {
  const found = new Map<number, FoundHeading>();
  let last: readonly number[] = [];
  /** The last item of a list under the last heading. */
  let item: Item | undefined;
  for (const [place, { text, afterBlank }] of lines.entries()) {
    const heading = numberedLine(text);
    if (!heading) continue;
    const number = heading.number.split('.').map(Number);
    const here = {
      number: number.length === 1 ? number[0] : undefined,
      stop: heading.stop,
      afterBlank,
      isSentence: endsSentence(text),
    };
    if (!mayFollow(last, number) || isNextItem(item, here) || !looksLikeHeading(lines, place, heading)) {
      if (here.number !== undefined) item = here;
      continue;
    }
    found.set(place, withItsRest(lines, place, heading));
    last = number;
    item = undefined;
  }
  return found;
}

/** A step of a numbered list, as it is set. */
interface Item {
  readonly number: number | undefined;
  readonly stop: string;
  readonly afterBlank: boolean;
  readonly isSentence: boolean;
}

/** The list goes on: with the next number, set the same way. A chapter may follow a list with the number that comes next. */
function isNextItem(item: Item | undefined, here: Item): boolean {
  return (
    item?.number !== undefined &&
    here.number === item.number + 1 &&
    here.stop === item.stop &&
    (item.afterBlank || !here.afterBlank) &&
    here.isSentence === item.isSentence
  );
}

/** @example mayFollow([2, 3], [2, 4]) // and [2, 3, 1], [2, 5], [3], [3, 1] – but not [2, 3] or [1] or [9]; an extract may begin at 4 */
function mayFollow(last: readonly number[], next: readonly number[]): boolean {
  const differs = next.findIndex((part, depth) => part !== last[depth]);
  if (differs < 0) return false;
  const step = (next[differs] ?? 0) - (last[differs] ?? 0);
  // A chapter may be missing, five may not: that number is something else.
  return step > 0 && step <= (last.length === 0 ? 9 : 3);
}

function looksLikeHeading(lines: readonly TextLine[], place: number, { number, text }: NumberedLine): boolean {
  if (text.length > longest.characters || /[,;]$/.test(text)) return false;
  // “3. Ring chefen.” is a step to take; “3.3.1. God man, företrädare och närstående.” is a heading with a stop.
  if (endsSentence(text) && !text.endsWith('?') && !(number.includes('.') && text.split(' ').length <= longest.words)) {
    return false;
  }
  const below = lines[place + 1];
  if (!below) return false;
  return below.afterBlank || !startsLow(below.text) || isBullet(below) || restOfHeading(lines, place);
}

/** A numbered heading that goes on in the next line: too long for its own, and short and without a stop there. */
function restOfHeading(lines: readonly TextLine[], place: number): boolean {
  const [line, below, after] = lines.slice(place, place + 3);
  if (!line || !below || below.afterBlank || !startsLow(below.text) || endsSentence(below.text)) return false;
  const width = widthAt(lines, place);
  return (
    isFull(line.text, below.text, width) &&
    after !== undefined &&
    !startsLow(after.text) &&
    !isFull(below.text, after.text, width)
  );
}

function withItsRest(lines: readonly TextLine[], place: number, { number, text }: NumberedLine): FoundHeading {
  const rest = restOfHeading(lines, place) ? lines[place + 1]?.text : undefined;
  return rest === undefined
    ? { kind: 'heading', number, text, lines: 1 }
    : { kind: 'heading', number, text: joinLines(text, rest), lines: 2 };
}

/** Short lines that were broken on purpose, do not end as a sentence does, and have text below. */
function shortLines(
  lines: readonly TextLine[],
  numbered: ReadonlyMap<number, FoundHeading>,
): Map<number, FoundHeading> {
  const found = new Map<number, FoundHeading>();
  let place = 0;
  while (place < lines.length) {
    let end = place;
    while (end < lines.length && !numbered.has(end) && standsAlone(lines, end, numbered)) end++;
    for (const at of headingsOfRow(lines, place, end)) {
      found.set(at, { kind: 'heading', text: lines[at]?.text ?? '', lines: 1 });
    }
    place = Math.max(end, place + 1);
  }
  return found;
}

function standsAlone(lines: readonly TextLine[], place: number, numbered: ReadonlyMap<number, FoundHeading>): boolean {
  const { text = '', afterBlank = false } = lines[place] ?? {};
  if (text.length > longest.characters || text.split(' ').length > longest.words) return false;
  if (!startsHigh(text) || bulletText(text) !== undefined || isAddress(text) || /[.,;:!–-]$/.test(text)) return false;
  // “Hon kan säga nej. Ett nej gäller” begins a list, and so does what goes on in its bullets.
  if (/[.!?] \p{Lu}/u.test(text) || startsLow(bulletText(lines[place + 1]?.text ?? '') ?? '')) return false;
  const above = lines[place - 1]?.text;
  if (above !== undefined && !numbered.has(place - 1) && !isAddress(above)) {
    // What follows a colon is what it announces.
    if (above.endsWith(':')) return false;
    if (!endsSentence(above) && isFull(above, text, widthAt(lines, place))) return false;
    if (!afterBlank && bulletText(above) !== undefined && !endsSentence(above) && bulletBelow(lines, place))
      return false;
  }
  const below = lines[place + 1];
  if (!below) return true;
  if (startsLow(below.text)) return false;
  // Blank lines around it say more than its length, unless they are the line spacing.
  const isIsolated = afterBlank && below.afterBlank && !isDoubleSpaced(lines, place);
  return isIsolated || !isFull(text, below.text, widthAt(lines, place));
}

function isDoubleSpaced(lines: readonly TextLine[], place: number): boolean {
  const near = lines.slice(Math.max(0, place - around), place + around + 1);
  return near.filter(({ afterBlank }) => afterBlank).length > near.length * 0.8;
}

/** A list goes on below: the short line belongs to it. */
function bulletBelow(lines: readonly TextLine[], place: number): boolean {
  const below = lines[place + 1];
  return below !== undefined && isBullet(below);
}

function isBullet({ text }: TextLine): boolean {
  return bulletText(text) !== undefined;
}

/** Of short lines after each other, from `start` to before `end`, those that are headings. */
function headingsOfRow(lines: readonly TextLine[], start: number, end: number): number[] {
  const row = Array.from({ length: end - start }, (_, at) => start + at);
  if (end >= lines.length) return row.slice(0, 1).filter((at) => lastHeadings.test(lines[at]?.text ?? ''));
  if (row.length <= mostInARow) return row;
  return row.slice(-1).filter((at) => lines[at]?.afterBlank);
}
