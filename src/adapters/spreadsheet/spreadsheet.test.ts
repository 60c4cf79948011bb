import { describe, expect, test } from 'vitest';
import { listLimits } from '#domain/import/list-limits.ts';
import { parseCsv } from '#domain/import/parse-csv.ts';
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
    expect(parseCsv(text, ';', listLimits)).toEqual({
      ok: true,
      rows: [
        { line: 1, cells: table.columns },
        { line: 2, cells: ['00123', 'Åsa <Öberg> & co', "'=cmd|x"] },
        { line: 3, cells: ['00124', 'rad 1\nrad 2; "citat"', ''] },
      ],
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
