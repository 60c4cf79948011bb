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

/** Dots, a tab or blanks, and a page number. */
const leader = /(?:\.{3,}|(?:\.\s){3,}|…+|\t|\s{3,})\s*\d{1,3}$/;
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

/**
 * Takes the title block away: fields, and the document's first line unless it is a numbered heading or a sentence.
 * Its wrapped rest goes with it.
 */
export function takeTitle(lines: readonly Line[], width: number): { head: FrontMatter; rest: Line[] } {
  let date: string | undefined;
  const rest = [...lines];
  const blank = (place: number) => rest.splice(place, 1, { text: '', startsPage: rest[place]?.startsPage ?? false });
  const beforeBody = rest.findIndex(({ text }) => text !== '' && !isField(text) && isBody(text, width));
  for (let place = 0; place < (beforeBody < 0 ? rest.length : beforeBody); place++) {
    const { text = '' } = rest[place] ?? {};
    if (!isField(text)) continue;
    date ??= dateIn(text);
    blank(place);
  }
  const first = rest.findIndex(({ text }) => text !== '');
  let title = rest[first]?.text;
  if (title === undefined || numberedLine(title) || endsSentence(title)) {
    return { head: { title: undefined, date }, rest };
  }
  blank(first);
  for (let place = first + 1; place < first + 3; place++) {
    const { text = '' } = rest[place] ?? {};
    const above = lines[place - 1]?.text ?? '';
    if (text === '' || endsSentence(text) || !(startsLow(text) || isFull(above, text, width))) break;
    title = joinLines(title, text);
    blank(place);
  }
  return { head: { title, date }, rest };
}

function isBody(text: string, width: number): boolean {
  return numberedLine(text) !== undefined || endsSentence(text) || text.length > width * 0.8;
}
