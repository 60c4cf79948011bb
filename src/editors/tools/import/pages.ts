import { endsWithPageNumber, isPageNumber, numberedLine } from './line-shapes.ts';

/** A line of text; `''` is a blank one. `startsPage`: the first after a form feed. */
export interface Line {
  readonly text: string;
  readonly startsPage: boolean;
  /** The footnotes whose marks stood in the line. */
  readonly notes?: readonly string[];
}

/** So near the edge of a page stand running headers and footers, in lines that are not blank. */
const edge = 3;

/**
 * The lines of a text without page numbers, running headers and running footers.
 *
 * Pages end at form feeds and at lines with nothing but a page number. What stands at the edge of two or more of them,
 * the same but for its digits, is running; a numbered heading never is.
 */
export function linesOf(text: string): Line[] {
  const lines = plainCharacters(text)
    .split('\f')
    .flatMap((page, place) =>
      page.split('\n').map((line, at) => ({ text: line.trim(), startsPage: place > 0 && at === 0 })),
    );
  const edges = edgesOf(lines);
  const running = repeatedAtEdges(lines, edges);
  return lines.map((line, place) => {
    const goes = (edges.has(place) && running.has(masked(line.text))) || isPageEnd(lines, place);
    return goes ? { ...line, text: '' } : line;
  });
}

/** One way to write what looks the same: blanks, bullets, raised numbers, line ends. */
function plainCharacters(text: string): string {
  return (
    text
      .replace(/^\uFEFF/, '')
      .normalize('NFC')
      .replace(/\r\n?/g, '\n')
      .replace(/[\u00A0\u2007\u202F]/g, ' ')
      .replace(/[\uF0B7\uF0A7\uF0D8\u25AA\u25CF\u25E6\u2023\u2043\u00B7](?=\s|$)/g, '•')
      .replace(/\u00AD\n/g, '-\n')
      .replace(/[\u00AD\u200B]/g, '')
      .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String('⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit)))
      // Where a mark stands on a line of its own, its text follows below.
      .replace(/^([ \t]*•)[ \t]*\n+(?=[ \t]*\S)/gm, '$1 ')
  );
}

/** Places of the lines at the top and the foot of pages. */
function edgesOf(lines: readonly Line[]): Set<number> {
  const written = lines.flatMap(({ text }, place) => (text === '' ? [] : [place]));
  const breaks = written.flatMap((place, order) => {
    const next = written[order + 1] ?? lines.length;
    const endsPage = lines.slice(place + 1, next + 1).some(({ startsPage }) => startsPage);
    return isPageEnd(lines, place) || endsPage ? [order] : [];
  });
  const edges = breaks.flatMap((order) => written.slice(Math.max(0, order - edge), order + 1 + edge));
  // The document's first and last lines are edges too, if it has pages at all.
  if (breaks.length > 0) edges.push(...written.slice(0, edge), ...written.slice(-edge));
  return new Set(edges);
}

function repeatedAtEdges(lines: readonly Line[], edges: ReadonlySet<number>): Set<string> {
  const counts = new Map<string, number>();
  for (const place of edges) {
    const { text = '' } = lines[place] ?? {};
    if (!numberedLine(text)) counts.set(masked(text), (counts.get(masked(text)) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count > 1).map(([text]) => text));
}

function masked(line: string): string {
  return line.toLowerCase().replace(/\d+/g, '#').replace(/\s+/g, ' ');
}

/** A page's number. A number alone is one only where nothing stands directly above or below it: in a table it may be a cell. */
function isPageEnd(lines: readonly Line[], place: number): boolean {
  const { text = '' } = lines[place] ?? {};
  if (endsWithPageNumber(text)) return true;
  if (!isPageNumber(text)) return false;
  if (!/^\d+$/.test(text)) return true;
  const above = lines[place]?.startsPage ? '' : (lines[place - 1]?.text ?? '');
  const below = lines[place + 1]?.startsPage ? '' : (lines[place + 1]?.text ?? '');
  return above === '' || below === '';
}
