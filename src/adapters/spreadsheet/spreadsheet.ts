import writeXlsxFile from 'write-excel-file/node';
import { csvOf, neutralised, type Table } from '#domain/kernel/cells.ts';
import type { Spreadsheet } from '#ports/spreadsheet.ts';

/** In characters: a column is as wide as its longest cell, within reason. */
const narrowest = 8;
const widest = 50;

/** CSV by our own rules, Excel by write-excel-file. */
export const spreadsheet: Spreadsheet = {
  tableAsCsv: (table) => new TextEncoder().encode(csvOf(table)),
  tableAsXlsx: async ({ name, columns, rows }) => {
    const cell = (value: string) => ({ value: neutralised(value), type: String, format: '@' });
    const headings = columns.map((column) => ({ ...cell(column), fontWeight: 'bold' as const }));
    const workbook = writeXlsxFile([headings, ...rows.map((row) => row.map(cell))], {
      sheet: name,
      stickyRowsCount: 1,
      columns: columnWidths({ columns, rows }),
    });
    return workbook.toBuffer();
  },
};

function columnWidths({ columns, rows }: Pick<Table, 'columns' | 'rows'>): { width: number }[] {
  return columns.map((heading, place) => {
    const longest = rows.reduce((most, row) => Math.max(most, row[place]?.length ?? 0), heading.length);
    return { width: Math.min(widest, Math.max(narrowest, longest + 2)) };
  });
}
