import { CsvError, parse as parsedByLibrary } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { FileRow } from '#domain/kernel/cells.ts';
import { seededRandom } from '../../../tests/support/seeded-random.ts';
import { listLimits } from './list-limits.ts';
import { type ParsedCsv, parseCsv } from './parse-csv.ts';

const parse = (text: string, separator: string) => parseCsv(text, separator, listLimits);

describe('the cells of a text', () => {
  test('rows are named by the line where they begin, past blank lines, line breaks in cells and any line ending', () => {
    expect(parse('a;b\r\n\r\n1;"x\ny"\n; ;\n2;z "q" w\r3;4;5', ';')).toEqual({
      ok: true,
      rows: [
        { line: 1, cells: ['a', 'b'] },
        { line: 3, cells: ['1', 'x\ny'] },
        { line: 6, cells: ['2', 'z "q" w'] },
        { line: 7, cells: ['3', '4', '5'] },
      ],
    });
  });

  test('a quotation mark that nothing ends is said with its line', () => {
    expect(parse('a;b\n1;2\n3;"4\n5;6\n', ';')).toEqual({
      ok: false,
      reason: 'import-quote',
      line: 3,
    });
  });

  test('are those that csv-parse finds, in 5,000 texts of quotation marks, separators and line breaks', () => {
    const random = seededRandom(6);
    const signs = ['"', '"', ';', ';', '\n', '\r\n', '\r', 'a', 'b', ' '];
    const sign = () => signs[Math.floor(random() * signs.length)] ?? '';
    for (let round = 0; round < 5_000; round += 1) {
      const text = Array.from({ length: Math.floor(random() * 24) }, sign).join('');
      expect({ text, parsed: outcome(parse(text, ';')) }).toEqual({ text, parsed: outcome(byLibrary(text, ';')) });
    }
  });
});

/** Where a row begins is ours alone; the cells, and whether a quotation mark is left open, must be the same. */
function outcome(parsed: ParsedCsv): unknown {
  return parsed.ok ? parsed.rows.map(({ cells }) => cells) : parsed.reason;
}

function byLibrary(text: string, delimiter: string): ParsedCsv {
  const rows: FileRow[] = [];
  try {
    parsedByLibrary(text, {
      ...{ delimiter, relax_column_count: true, relax_quotes: true, record_delimiter: ['\r\n', '\n', '\r'] },
      on_record: (cells: string[]) => {
        if (cells.some((cell) => cell.trim() !== '')) rows.push({ line: 0, cells });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError) || error.code !== 'CSV_QUOTE_NOT_CLOSED') throw error;
    return { ok: false, reason: 'import-quote', line: 0 };
  }
  return { ok: true, rows };
}

describe('security F6: a text with more than a list may hold is refused where it begins to, and at once', () => {
  const limits = { rows: 3, columns: 4, cells: 10, cell: 5 };
  test.for<[what: string, text: string, reason: string, line: number, limit: number]>([
    ['rows', 'a;b\n\n1;2\n3;4\n5;6', 'import-too-many-rows', 5, 3],
    ['columns, of nothing', 'a;b\n;;;;', 'import-too-many-columns', 2, 4],
    ['cells', 'a;b;c;d\n1;2;3;4\n1;2;3;4', 'import-too-many-cells', 3, 10],
    ['characters in a cell', 'a;b\n1;123456', 'import-long-cell', 2, 5],
    ['characters in a cell of line breaks', 'a;b\n1;"\n\n\n\n\n\n"', 'import-long-cell', 2, 5],
    ['quotation marks', `a;b\n1;${'"'.repeat(14)}`, 'import-long-cell', 2, 5],
  ])('%s', ([, text, reason, line, limit]) => {
    expect(parseCsv(text, ';', limits)).toEqual({ ok: false, reason, line, limit });
  });

  test.for<[what: string, text: string]>([
    ['line breaks', `a;b\n1;2\n${'\n'.repeat(7_500_000)}`],
    ['separators', `a;b\n1;2\n${';'.repeat(7_500_000)}`],
    ['blank rows of seven cells', `a;b\n1;2\n${';;;;;;\n'.repeat(1_000_000)}`],
    ['quotation marks', `a;b\n1;2\n${'"'.repeat(7_500_000)}`],
    ['one cell', `a;b\n1;2\n${'x'.repeat(7_500_000)}`],
    ['rows that are wider than the title above them', `Lista\n\n${'1;2;3;4;5;6;7\n'.repeat(19_000)}`],
  ])('7.5 MB of %s are read or refused within two seconds of work', ([, text]) => {
    const began = process.threadCpuUsage().user;
    parse(text, ';');
    expect((process.threadCpuUsage().user - began) / 1000).toBeLessThan(2_000);
  });
});
