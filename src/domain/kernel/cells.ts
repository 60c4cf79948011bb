/** A table as it is handed out in a file: the headings and, under each other, as many cells in every row. */
export interface Table {
  /** Also the name of the sheet: at most 31 characters, none of `\ / ? * [ ] :`. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** One row of a file that has been read, and the line of the file where it begins: the first line is 1. */
export interface FileRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What Excel, LibreOffice or Google Sheets take for the beginning of a formula, full-width signs included (OWASP, CSV injection). */
const formulaStart = /^'*[=+\-@\t\r\n＝＋－＠]/;

/**
 * A cell that no spreadsheet program reads as a formula: an apostrophe goes before what could begin one. It can be taken
 * away again, so that a list that was handed out and comes back says the same as before.
 *
 * @example neutralised('=1+1') // "'=1+1"
 */
export function neutralised(cell: string): string {
  return formulaStart.test(cell) ? `'${cell}` : cell;
}

/** The cell as it was before `neutralised`. */
export function withoutNeutralising(cell: string): string {
  return cell.startsWith("'") && formulaStart.test(cell) ? cell.slice(1) : cell;
}

/** The bytes EF BB BF: without them Excel takes the file for Windows-1252. */
const byteOrderMark = '\uFEFF';

/**
 * The table as Swedish Excel opens it by a double click: UTF-8 with byte order mark, semicolons, CRLF (RFC 4180 but for
 * the semicolon, which is what the Swedish decimal comma makes Excel expect).
 */
export function csvOf({ columns, rows }: Table): string {
  return byteOrderMark + [columns, ...rows].map((row) => `${row.map(csvCell).join(';')}\r\n`).join('');
}

function csvCell(cell: string): string {
  const safe = neutralised(cell);
  return /[";\r\n\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
