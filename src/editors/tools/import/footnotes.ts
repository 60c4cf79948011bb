import { isAddress, joinLines } from './line-shapes.ts';
import type { Line } from './pages.ts';

/**
 * The lines without footnotes and the marks that lead to them; each line keeps the notes that its marks led to.
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
    if (isRuler(kept.at(-1)?.text ?? '')) kept.pop();
    kept.splice(open, Infinity, ...kept.slice(open).map((line) => withoutMarks(line, notes.texts)));
    kept.push({ text: '', startsPage: false });
    open = kept.length;
    last = Math.max(...notes.texts.keys());
    place = notes.end;
  }
  return kept;
}

interface Notes {
  readonly texts: ReadonlyMap<number, string>;
  /** The first line after them. */
  readonly end: number;
}

function notesAt(lines: readonly Line[], start: number, last: number, read: () => Set<number>): Notes | undefined {
  const above = lines[start - 1]?.text ?? '';
  const first = noteNumber(lines[start]?.text ?? '');
  if (first === undefined || (first !== last + 1 && first !== 1)) return undefined;
  if (!lines[start]?.startsPage && above !== '' && !isRuler(above)) return undefined;
  const marks = read();
  if (!marks.has(first)) return undefined;
  const texts = new Map<number, string>();
  let end = start;
  for (; end < lines.length && (end === start || !lines[end]?.startsPage); end++) {
    const text = lines[end]?.text ?? '';
    const next = first + texts.size;
    if (noteNumber(text) === next && marks.has(next)) texts.set(next, text.replace(/^\S+\s+/, ''));
    else if (text === '' && !goesOn(lines, end, next, marks)) break;
    else if (text !== '' && !isAddress(text)) texts.set(next - 1, joinLines(texts.get(next - 1) ?? '', text));
  }
  return { texts, end };
}

/** The line above footnotes. */
function isRuler(line: string): boolean {
  return /^[_—–-]{3,}$/.test(line);
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
const mark =
  /(?<=\p{L}[.,;:!?)”"]{0,2}|[)”"§%][.,;:]?)(?<!\b(?:art|kap|nr|sid|st|p|s)\.)(\d{1,3})(?![\d\p{L}:–-])|\s?\[(\d{1,3})\]/giu;

function marksIn(lines: readonly Line[]): Set<number> {
  return new Set(
    lines.flatMap(({ text }) => [...text.matchAll(mark)].map(([, close, bracketed]) => Number(close ?? bracketed))),
  );
}

function withoutMarks(line: Line, texts: ReadonlyMap<number, string>): Line {
  const notes: string[] = [];
  const text = line.text.replace(mark, (found, close?: string, bracketed?: string) => {
    const note = texts.get(Number(close ?? bracketed));
    if (note === undefined) return found;
    notes.push(note);
    return '';
  });
  return notes.length === 0 ? line : { ...line, text: text.trim(), notes };
}
