import type { Table } from '#domain/kernel/cells.ts';

/** Tables in files. Cells that could begin a formula are neutralised in what is written. */
export interface Spreadsheet {
  /** For Swedish Excel: UTF-8 with byte order mark, semicolons. */
  tableAsCsv(table: Table): Uint8Array;
  /** Every cell as text, so that employment numbers keep their leading zeros. */
  tableAsXlsx(table: Table): Promise<Uint8Array>;
}
