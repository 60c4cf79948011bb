import { expect, test } from 'vitest';
import { csvOf, neutralised, withoutNeutralising } from './cells.ts';

test.for<[cell: string, safe: string]>([
  ['=HYPERLINK("http://x";"y")', `'=HYPERLINK("http://x";"y")`],
  ['+46 70', "'+46 70"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', "'\r=1"],
  ['\n=1', "'\n=1"],
  ['＝1', "'＝1"],
])('a cell that could begin a formula gets an apostrophe: %j', ([cell, safe]) => {
  expect(neutralised(cell)).toBe(safe);
});

test.for(['Åsa Öberg', '00123', 'a=b', '2026-11-22', '', "d'Arc", "'sa hon"])('other cells stay: %j', (cell) => {
  expect(neutralised(cell)).toBe(cell);
  expect(withoutNeutralising(cell)).toBe(cell);
});

test.for(['=1', "'=1", "''=1", '-', 'Åsa'])('what was neutralised can be had back: %j', (cell) => {
  expect(withoutNeutralising(neutralised(cell))).toBe(cell);
});

test('a table as CSV has a byte order mark, semicolons, CRLF, and quotes only where they are needed', () => {
  const table = {
    name: 'Anställda',
    columns: ['Anställningsnummer', 'Namn'],
    rows: [
      ['00123', 'Åsa "Ångan" Öberg'],
      ['7;8', 'rad 1\nrad 2'],
      ['=1', ' mellanrum'],
    ],
  };
  expect(csvOf(table)).toBe(
    '\uFEFFAnställningsnummer;Namn\r\n00123;"Åsa ""Ångan"" Öberg"\r\n"7;8";"rad 1\nrad 2"\r\n\'=1;" mellanrum"\r\n',
  );
});
