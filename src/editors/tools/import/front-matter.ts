import { parse } from 'yaml';
import { endsSentence, isFull, joinLines, numberedLine, startsLow } from './line-shapes.ts';
import type { Line } from './pages.ts';

export interface FrontMatter {
  readonly title: string | undefined;
  readonly date: string | undefined;
}

/** Takes the front matter between `---` away from a Markdown text. One that is no YAML stays: it is text. */
export function takeYamlHead(text: string): { head: FrontMatter; rest: string } {
  const [whole, yaml] = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---\r?\n/.exec(text) ?? [];
  const fields = yaml === undefined ? undefined : fieldsOf(yaml);
  if (whole === undefined || !fields) return { head: { title: undefined, date: undefined }, rest: text };
  const { title, date } = fields;
  return {
    head: { title: typeof title === 'string' ? title : undefined, date: dateIn(String(date ?? '')) },
    rest: text.slice(whole.length),
  };
}

function fieldsOf(yaml: string): Record<string, unknown> | undefined {
  try {
    const fields: unknown = parse(yaml);
    return typeof fields === 'object' && fields !== null ? { ...fields } : undefined;
  } catch (error) {
    if (error instanceof Error && error.name === 'YAMLParseError') return undefined;
    throw error;
  }
}

/** Dots and a page number. */
const leader = /(?:\.{3,}|(?:\.\s){3,}|…+)\s*\d{1,3}$/;
const contentsHeading = /^(?:innehåll|innehållsförteckning|contents)$/i;

/** The lines without a table of contents: under its heading, and lines with dot leaders wherever they stand. */
export function withoutContents(lines: readonly Line[]): Line[] {
  const start = lines.findIndex(({ text }) => contentsHeading.test(text));
  const end = start < 0 ? 0 : endOfContents(lines, start + 1);
  return lines.map((line, place) =>
    (place >= start && place < end) || isContentsLine(line.text) ? { ...line, text: '' } : line,
  );
}

export function isContentsLine(text: string): boolean {
  return leader.test(text);
}

export function isContentsHeading(text: string): boolean {
  return contentsHeading.test(text);
}

/** An entry ends with its page number, or goes on below; without page numbers it is found again as a heading. */
function endOfContents(lines: readonly Line[], start: number): number {
  let end = start;
  for (let place = start; place < lines.length; place++) {
    const text = lines[place]?.text ?? '';
    if (text === '') continue;
    const below = lines[place + 1]?.text ?? '';
    const isWrapped = startsLow(below) && /\s\d{1,3}$/.test(below);
    const comesAgain = lines.slice(place + 1).some((line) => line.text === text);
    if (!/\D[\s.…]\d{1,3}$/.test(text) && !isWrapped && !comesAgain) break;
    end = place + 1;
  }
  return end;
}

const fieldName =
  /^(?:dokument\p{L}*|besl?ut\p{L}*|fastställ\p{L}*|anta(?:gen|gande)|gäller|gäller från|giltig\p{L}*|diarie\p{L}*|dnr|version\p{L}*|revider\p{L}*|upprättad\p{L}*|datum|författare|ansvarig\p{L}*|handläggare|senast \p{L}+|utgåva|process|kontakt\p{L}*)\b(?:.{0,40}:|.{0,40}\d|\s{2,}|\t)/iu;
const dateAlone = /^(?:den )?(?:\d{4}-\d{2}-\d{2}|\d{1,2} \p{L}+ \d{4})$/u;

/** `Diarienummer: …`, `Antagen av nämnden 2025-03-01`, a date alone. */
export function isField(text: string): boolean {
  return fieldName.test(text) || dateAlone.test(text);
}

export function dateIn(text: string): string | undefined {
  return /\b(?:19|20)\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b/.exec(text)?.[0];
}

/** What a guideline calls itself, if its cover says so. */
const titleWord = /riktlinje|rutin|instruktion|polic|anvisning|regler|vägledning|handbok|handlingsplan/i;

/**
 * Takes the title block away: fields, names above the title, and the title, with its wrapped rest. The title is the line
 * that calls itself a guideline, or else the first. Right above a numbered heading nothing else is left of a cover.
 */
export function takeTitle(lines: readonly Line[], width: number): { head: FrontMatter; rest: Line[] } {
  const found = lines.findIndex(({ text }) => text !== '' && !isField(text) && isBody(text, width));
  const end = found < 0 ? lines.length : found;
  const date = lines.slice(0, end).flatMap(({ text }) => (isField(text) ? (dateIn(text) ?? []) : []))[0];
  const cover = [...lines.slice(0, end).keys()].filter((place) => {
    const { text = '' } = lines[place] ?? {};
    return text !== '' && !isField(text);
  });
  // Alone, with its text directly below, a line that does not call itself a guideline is a heading.
  const isHeading = cover.length === 1 && found === (cover[0] ?? 0) + 1;
  const first = cover.find((place) => titleWord.test(lines[place]?.text ?? '')) ?? (isHeading ? undefined : cover[0]);
  const title = first === undefined ? undefined : wrappedTitle(lines, first, width);
  const isCover = found >= 0 && numberedLine(lines[found]?.text ?? '') !== undefined;
  const gone = isCover ? end : first === undefined ? 0 : first + (title?.height ?? 0);
  const rest = lines.map((line, place) =>
    place < gone || (place < end && isField(line.text)) ? { ...line, text: '' } : line,
  );
  return { head: { title: title?.text, date }, rest };
}

/** At most three lines: each is full, or goes on with a small letter. */
function wrappedTitle(lines: readonly Line[], first: number, width: number): { text: string; height: number } {
  let title = lines[first]?.text ?? '';
  let height = 1;
  for (; height < 3; height++) {
    const { text = '' } = lines[first + height] ?? {};
    const above = lines[first + height - 1]?.text ?? '';
    if (text === '' || endsSentence(text) || !(startsLow(text) || isFull(above, text, width))) break;
    title = joinLines(title, text);
  }
  return { text: title, height };
}

function isBody(text: string, width: number): boolean {
  return numberedLine(text) !== undefined || endsSentence(text) || text.length > width * 0.8;
}
