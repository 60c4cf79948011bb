import type { FileRow, Table } from '#domain/cells.ts';

export type ReadCsv =
  | { readonly ok: true; readonly rows: readonly FileRow[] }
  /** `line`: where a cell begins with a quotation mark that nothing ends. */
  | { readonly ok: false; readonly reason: 'quote-not-closed'; readonly line: number };

/** Tables in files. Cells that could begin a formula are neutralised in what is written. */
export interface Spreadsheet {
  /** For Swedish Excel: UTF-8 with byte order mark, semicolons. */
  tableAsCsv(table: Table): Uint8Array;
  /** Every cell as text, so that employment numbers keep their leading zeros. */
  tableAsXlsx(table: Table): Promise<Uint8Array>;
  /** Cells of a CSV text (RFC 4180, any line ending). Rows without anything in them are left out. */
  readCsv(text: string, separator: string): ReadCsv;
}
