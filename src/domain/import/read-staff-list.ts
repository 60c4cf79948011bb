import type { FileRow } from '#domain/kernel/cells.ts';
import { withoutPersonalNumbers } from '#domain/people/personal-number.ts';
import { fieldOfHeading, personalNumberColumns, rowsToKeep } from './columns.ts';
import { decodeText, type TextEncoding } from './decode-text.ts';
import { listLimits } from './list-limits.ts';
import { type CsvRefusal, parseCsv } from './parse-csv.ts';
import { findSeparator, type Separator } from './separator.ts';

/** What is kept of the file that somebody sends: nothing in it is a personal number. */
export interface StaffList {
  readonly encoding: TextEncoding;
  readonly separator: Separator;
  readonly columns: readonly string[];
  /** Columns of personal numbers: emptied. */
  readonly left: readonly number[];
  /** The rows below the headings. */
  readonly rows: readonly FileRow[];
}

export type ListRefusal =
  | 'import-empty'
  | 'import-workbook'
  | 'import-not-text'
  | 'import-no-rows'
  | 'import-one-column'
  | CsvRefusal;

export type StaffListRead =
  | { readonly ok: true; readonly list: StaffList }
  | { readonly ok: false; readonly reason: ListRefusal; readonly line?: number; readonly limit?: number };

/** Headings may stand below a title: so many rows are looked through for them. */
const rowsBeforeHeadings = 10;

/** A staff list out of the bytes of a file. Takes time in proportion to the file: not to be run where others wait. */
export function staffListOf(bytes: Uint8Array): StaffListRead {
  const decoded = decodeText(bytes);
  if (!decoded.ok) return decoded;
  const { separator, text } = findSeparator(decoded.text);
  const parsed = parseCsv(text, separator, listLimits);
  if (!parsed.ok) return parsed;
  const [headings, ...rows] = fromHeadings(parsed.rows);
  if (!headings || rows.length === 0) return { ok: false, reason: 'import-no-rows' };
  if (headings.cells.length < 2) return { ok: false, reason: 'import-one-column' };

  const columns = headings.cells.map((heading) => withoutPersonalNumbers(heading).trim());
  const left = personalNumberColumns(columns, rows);
  return { ok: true, list: { encoding: decoded.encoding, separator, columns, left, rows: rowsToKeep(rows, left) } };
}

function fromHeadings(rows: readonly FileRow[]): readonly FileRow[] {
  const found = rows
    .slice(0, rowsBeforeHeadings)
    .findIndex(({ cells }) => cells.filter((cell) => fieldOfHeading(cell) !== undefined).length >= 2);
  return rows.slice(Math.max(0, found));
}
