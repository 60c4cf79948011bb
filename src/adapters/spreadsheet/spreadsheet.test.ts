import { describe, expect, test } from 'vitest';
import { unzipped } from '../../../tests/support/unzipped.ts';
import { spreadsheet } from './spreadsheet.ts';

const table = {
  name: 'Anställda',
  columns: ['Anställningsnummer', 'Namn', 'Enhet'],
  rows: [
    ['00123', 'Åsa <Öberg> & co', '=cmd|x'],
    ['00124', 'rad 1\nrad 2; "citat"', ''],
  ],
};

describe('CSV', () => {
  test('what is written is read back', () => {
    const text = new TextDecoder().decode(spreadsheet.tableAsCsv(table));
    expect(spreadsheet.readCsv(text, ';')).toEqual({
      ok: true,
      rows: [
        { line: 1, cells: table.columns },
        { line: 2, cells: ['00123', 'Åsa <Öberg> & co', "'=cmd|x"] },
        { line: 3, cells: ['00124', 'rad 1\nrad 2; "citat"', ''] },
      ],
    });
  });

  test('rows are named by the line where they begin, past blank lines, line breaks in cells and any line ending', () => {
    expect(spreadsheet.readCsv('a;b\r\n\r\n1;"x\ny"\n; ;\n2;z "q" w\r3;4;5', ';')).toEqual({
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
    expect(spreadsheet.readCsv('a;b\n1;2\n3;"4\n5;6\n', ';')).toEqual({
      ok: false,
      reason: 'quote-not-closed',
      line: 3,
    });
  });
});

test('in the workbook every cell is text, safe from formulas, with leading zeros and the sheet’s name', async () => {
  const files = unzipped(await spreadsheet.tableAsXlsx(table));
  const sheet = files.get('xl/worksheets/sheet1.xml') ?? '';
  const strings = files.get('xl/sharedStrings.xml') ?? '';
  expect(files.get('xl/workbook.xml')).toContain('name="Anställda"');
  expect(sheet).not.toContain('<f>');
  expect([...sheet.matchAll(/<c [^>]*t="(\w+)"/g)].map(([, type]) => type)).toEqual(Array(8).fill('s'));
  for (const text of ['00123', 'Åsa &lt;Öberg&gt; &amp; co', 'rad 1\nrad 2']) expect(strings).toContain(text);
  expect(strings).toMatch(/>(&apos;|')=cmd\|x</);
});
