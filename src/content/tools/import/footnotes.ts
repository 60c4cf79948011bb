import { isAddress } from './line-shapes.ts';
import type { Line } from './pages.ts';

/**
 * The lines without footnotes, and the text without the marks that lead to them.
 *
 * A footnote stands below a blank line, begins with the number that comes next (or with 1 on a new page), and its
 * mark has stood in the text above: so neither a numbered list nor a numbered heading is taken for one. Addresses directly
 * after the notes are those that their links lead to, and go with them.
 */
export function withoutFootnotes(lines: readonly Line[]): Line[] {
  const kept: Line[] = [];
  /** Where the text begins whose notes have not come yet. */
  let open = 0;
  let last = 0;
  let place = 0;
  while (place < lines.length) {
    const notes = notesAt(lines, place, last, () => marksIn(kept.slice(open)));
    if (!notes) {
      const line = lines[place];
      if (line) kept.push(line);
      place += 1;
      continue;
    }
    const found = new Set(notes.numbers);
    for (let at = open; at < kept.length; at++) {
      const line = kept[at];
      if (line) kept[at] = { ...line, text: withoutMarks(line.text, found) };
    }
    kept.push({ text: '', startsPage: false });
    open = kept.length;
    last = notes.numbers.at(-1) ?? last;
    place = notes.end;
  }
  return kept;
}

interface Notes {
  readonly numbers: readonly number[];
  /** The first line after them. */
  readonly end: number;
}

function notesAt(lines: readonly Line[], start: number, last: number, read: () => Set<number>): Notes | undefined {
  const above = lines[start - 1]?.text ?? '';
  const first = noteNumber(lines[start]?.text ?? '');
  if (first === undefined || (first !== last + 1 && first !== 1)) return undefined;
  if (!lines[start]?.startsPage && above !== '' && !/^[_—–-]{3,}$/.test(above)) return undefined;
  const marks = read();
  if (!marks.has(first)) return undefined;
  const numbers = [first];
  let end = start + 1;
  for (; end < lines.length && !lines[end]?.startsPage; end++) {
    const text = lines[end]?.text ?? '';
    const next = first + numbers.length;
    const isNext = noteNumber(text) === next && marks.has(next);
    if (isNext) numbers.push(next);
    else if (text === '' && !goesOn(lines, end, next, marks)) break;
  }
  return { numbers, end };
}

/** After a blank line come more notes, or the addresses that they lead to. */
function goesOn(lines: readonly Line[], blank: number, next: number, marks: ReadonlySet<number>): boolean {
  const below = lines.slice(blank).find(({ text, startsPage }) => text !== '' || startsPage);
  if (!below || below.startsPage) return false;
  return isAddress(below.text) || (noteNumber(below.text) === next && marks.has(next));
}

function noteNumber(line: string): number | undefined {
  const match = /^\[?(\d{1,3})\]?\s+\S/.exec(line);
  return match ? Number(match[1]) : undefined;
}

/** A number that stands close to a word or its stop, but is none of a paragraph or an article: “kap.5”. */
const mark = /(?<=\p{L}[.,;:!?)”"]{0,2}|[)”"§%][.,;:]?)(?<!\b(?:art|kap|nr|sid|st|p|s)\.)(\d{1,3})(?![\d\p{L}:–-])|\s?\[(\d{1,3})\]/giu;

function marksIn(lines: readonly Line[]): Set<number> {
  return new Set(
    lines.flatMap(({ text }) => [...text.matchAll(mark)].map(([, close, bracketed]) => Number(close ?? bracketed))),
  );
}

function withoutMarks(text: string, numbers: ReadonlySet<number>): string {
  return text
    .replace(mark, (found, close?: string, bracketed?: string) =>
      numbers.has(Number(close ?? bracketed)) ? '' : found,
    )
    .trim();
}
