export const separators = [';', ',', '\t'] as const;
export type Separator = (typeof separators)[number];

/** So many rows are looked at, and so many characters: fifty rows of four thousand each. */
const sample = 50;
const longestSample = 200_000;

/** Excel's own way to say it, on a line before the headings. */
const saidByExcel = /^sep=([;,\t])[ \t]*(?=\r?\n|\r)/i;

/**
 * What separates the cells: of semicolon, comma and tab the one that cuts most rows into equally many cells, and of those
 * that do so alike, the one that makes most cells. Separators between quotation marks do not count.
 *
 * @returns the text without Excel's line `sep=;`, whose line stays as an empty one so that lines keep their numbers
 */
export function findSeparator(text: string): { readonly separator: Separator; readonly text: string } {
  const said = separators.find((separator) => separator === saidByExcel.exec(text)?.[1]);
  if (said) return { separator: said, text: text.replace(saidByExcel, '') };
  const beginning = text.slice(0, longestSample);
  const scores = separators.map((separator) => {
    const counts = cellCounts(beginning, separator);
    const alike = Map.groupBy(counts, (count) => count);
    const [most = []] = [...alike.values()].sort((one, other) => other.length - one.length);
    const [cells = 1] = most;
    return { separator, score: cells < 2 ? 0 : (most.length / counts.length) * 1000 + cells };
  });
  const best = scores.reduce((one, other) => (other.score > one.score ? other : one));
  return { separator: best.separator, text };
}

/** How many cells each of the first rows has. */
function cellCounts(text: string, separator: Separator): number[] {
  const counts: number[] = [];
  let cells = 1;
  let isQuoted = false;
  let isEmpty = true;
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted;
    if (!isQuoted && (character === '\n' || character === '\r')) {
      if (!isEmpty) counts.push(cells);
      if (counts.length === sample) return counts;
      cells = 1;
      isEmpty = true;
      continue;
    }
    if (!isQuoted && character === separator) cells += 1;
    isEmpty = false;
  }
  if (!isEmpty) counts.push(cells);
  return counts;
}
