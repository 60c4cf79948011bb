import { CsvError, parse } from 'csv-parse/sync';
import writeXlsxFile from 'write-excel-file/node';
import { csvOf, type FileRow, neutralised, type Table } from '#domain/cells.ts';
import type { ReadCsv, Spreadsheet } from '#ports/spreadsheet.ts';

/** In characters: a column is as wide as its longest cell, within reason. */
const narrowest = 8;
const widest = 50;

/** CSV by csv-parse, Excel by write-excel-file. */
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
  readCsv,
};

function columnWidths({ columns, rows }: Pick<Table, 'columns' | 'rows'>): { width: number }[] {
  return columns.map((heading, place) => {
    const longest = rows.reduce((most, row) => Math.max(most, row[place]?.length ?? 0), heading.length);
    return { width: Math.min(widest, Math.max(narrowest, longest + 2)) };
  });
}

function readCsv(text: string, separator: string): ReadCsv {
  const rows: FileRow[] = [];
  let line = 1;
  try {
    parse(text, {
      delimiter: separator,
      relax_column_count: true,
      relax_quotes: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      on_record: (cells: string[], { lines }) => {
        if (cells.some((cell) => cell.trim() !== '')) rows.push({ line, cells });
        line = lines + 1;
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError) || error.code !== 'CSV_QUOTE_NOT_CLOSED') throw error;
    return { ok: false, reason: 'quote-not-closed', line };
  }
  return { ok: true, rows };
}
