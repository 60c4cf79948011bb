import { describe, expect, test } from 'vitest';
import { categoryOfWord, wordOfCategory } from '#domain/import/category-words.ts';
import {
  headingsKey,
  mappingByHeadings,
  missingFields,
  personalNumberColumns,
  rowsToKeep,
} from '#domain/import/columns.ts';
import { decodeText } from '#domain/import/decode-text.ts';
import { isMonthFirst, isReadEitherWay, parseImportDate } from '#domain/import/import-date.ts';
import { findSeparator } from '#domain/import/separator.ts';
import { categories } from '#domain/kernel/category.ts';
import { isPersonalNumber, withoutPersonalNumbers } from '#domain/people/personal-number.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('the bytes', () => {
  test.for<[what: string, bytes: readonly number[], encoding: string, text: string]>([
    ['UTF-8', [0x4e, 0xc3, 0xa5], 'utf-8', 'Nå'],
    ['UTF-8 with byte order mark', [0xef, 0xbb, 0xbf, 0xc3, 0xa5], 'utf-8', 'å'],
    ['UTF-16 as Excel’s “Unicode text”', [0xff, 0xfe, 0xe5, 0x00, 0x0a, 0x00], 'utf-16le', 'å\n'],
    ['UTF-16, big end first', [0xfe, 0xff, 0x00, 0xe5], 'utf-16be', 'å'],
    ['Windows-1252', [0x4e, 0xe5, 0x80], 'windows-1252', 'Nå€'],
    // “Förnamn” in Mac Roman; in Windows-1252 it would be “Fšrnamn”.
    ['Mac Roman with a heading that proves it', [0x46, 0x9a, 0x72, 0x6e, 0x61, 0x6d, 0x6e], 'macintosh', 'Förnamn'],
    // “Miloš”: nothing says that it could be “Miloö”.
    ['letters of Windows-1252 that could be Mac Roman', [0x4d, 0x69, 0x6c, 0x6f, 0x9a], 'windows-1252', 'Miloš'],
  ])('%s', ([, bytes, encoding, text]) => {
    expect(decodeText(Uint8Array.from(bytes))).toEqual({ ok: true, encoding, text });
  });

  test.for<[what: string, bytes: Uint8Array, reason: string]>([
    ['nothing', new Uint8Array(), 'import-empty'],
    ['blank lines', utf8('\r\n \r\n'), 'import-empty'],
    ['an Excel workbook', utf8('PK\u0003\u0004…'), 'import-workbook'],
    ['an old Excel workbook', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'import-workbook'],
    ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0x0d]), 'import-not-text'],
  ])('that are %s are refused', ([, bytes, reason]) => {
    expect(decodeText(bytes)).toEqual({ ok: false, reason });
  });
});

describe('what separates the cells', () => {
  test.for<[separator: string, text: string]>([
    [';', 'a;b;c\n1,5;2;3\n'],
    [',', 'a,b\n"x;y;z",2\n'],
    ['\t', 'Förteckning\n\na\tb\tc\n1\t2, 3\t4\n'],
    [';', '"a";"b"\r"1\r2;3";"4"\r'],
  ])('is %j', ([separator, text]) => {
    expect(findSeparator(text)).toEqual({ separator, text });
  });

  test('can be said by Excel on a line of its own, and lines keep their numbers', () => {
    expect(findSeparator('sep=,\r\na;b,c\r\n')).toEqual({ separator: ',', text: '\r\na;b,c\r\n' });
  });
});

describe('dates', () => {
  test.for<[text: string, date: string | undefined]>([
    ['2026-11-22', '2026-11-22'],
    ['2026-11-22 00:00:00', '2026-11-22'],
    ['2026-1-2', '2026-01-02'],
    ['2026/11/22', '2026-11-22'],
    ['20261122', '2026-11-22'],
    ['22/11/2026', '2026-11-22'],
    ['2.1.2026', '2026-01-02'],
    ['22-11-2026', '2026-11-22'],
    ['46348', '2026-11-22'],
    ['2026-02-30', undefined],
    ['11/22/2026', undefined],
    ['2026-13-01', undefined],
    ['261122', undefined],
    ['2026112', undefined],
    ['19999', undefined],
    ['i går', undefined],
  ])('%s', ([text, date]) => {
    expect(parseImportDate(text)).toBe(date);
  });

  test('with the month first are told from those that can be read either way', () => {
    expect(['11/22/2026', '22/11/2026', '03/04/2026', '2026-11-22'].map(isMonthFirst)).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(['11/22/2026', '03/04/2026', '2026-03-04'].map(isReadEitherWay)).toEqual([false, true, false]);
  });
});

describe('personal numbers', () => {
  test.for([
    '811218-9876',
    '8112189876',
    '198112189876',
    '19811218-9876',
    '900118+9811',
    '701063-2391',
    ' 811218 9876 ',
  ])('%s is one', (text) => {
    expect(isPersonalNumber(text)).toBe(true);
  });

  test.for(['811218-9875', '811318-9876', '00123', '0701234567', '2026-11-22', '20261122', 'Åsa', '', '98112189876'])(
    '%s is none',
    (text) => {
      expect(isPersonalNumber(text)).toBe(false);
      expect(withoutPersonalNumbers(text)).toBe(text);
    },
  );

  test('columns are known by heading or by most of their cells, and emptied; elsewhere one is marked', () => {
    const rows = [
      ['811218-9876', '900118+9811', 'Åsa', 'född 19811218-9876'],
      ['', '', 'Bo', ''],
      ['ej angivet', '8112189876', '811218-9876', ''],
    ].map((cells, place) => ({ line: place + 2, cells }));
    const left = personalNumberColumns(['Person-nr', 'Kod', 'Namn', 'Not'], rows);
    expect(left).toEqual([0, 1]);
    expect(rowsToKeep(rows, left).map(({ cells }) => cells)).toEqual([
      ['', '', 'Åsa', 'född ••••••-••••'],
      ['', '', 'Bo', ''],
      ['', '', '••••••-••••', ''],
    ]);
  });

  test('a column without anything in it is none', () => {
    expect(personalNumberColumns(['Namn', 'Not'], [{ line: 2, cells: ['Åsa', ''] }])).toEqual([]);
  });
});

describe('columns', () => {
  test('are found by the headings that payroll systems use', () => {
    const headings = [
      'Anst.nr',
      'Förnamn',
      'Efternamn',
      'E-postadress',
      'Befattning',
      'Ansvar',
      'Enhet',
      'Anst.datum',
      'T.o.m.',
    ];
    expect(mappingByHeadings(headings, [])).toEqual({
      ...{ employmentNumber: 0, firstName: 1, lastName: 2, email: 3, category: 4 },
      ...{ unitCode: 5, unitName: 6, from: 7, to: 8 },
    });
  });

  test('the first of two headings for the same holds, and a column that is left out never', () => {
    expect(mappingByHeadings(['Anstnr', 'Anställningsnummer'], [])).toEqual({ employmentNumber: 0 });
    expect(mappingByHeadings(['Anstnr', 'Anställningsnummer'], [0])).toEqual({ employmentNumber: 1 });
  });

  test('what is missing is said: a number, a name in one column or two, and a unit by code or name', () => {
    expect(missingFields({ firstName: 0 })).toEqual(['employmentNumber', 'name', 'unitCode']);
    expect(missingFields({ employmentNumber: 0, firstName: 1, lastName: 2, unitName: 3 })).toEqual([]);
  });

  test('headings are the same whatever signs and capitals they are written with', () => {
    expect(headingsKey(['Anst.nr', 'E-post'])).toBe(headingsKey([' ANSTNR', 'epost ']));
    expect(headingsKey(['Anst.nr', 'E-post'])).not.toBe(headingsKey(['E-post', 'Anst.nr']));
  });
});

describe('categories', () => {
  test.for<[word: string, category: string | undefined]>([
    ['Tillsvidareanställd', 'new-employee'],
    ['TV', 'new-employee'],
    ['Provanställning', 'new-employee'],
    ['Vikarie', 'temporary-staff'],
    ['Sommarvikarie', 'temporary-staff'],
    ['Tim-vikarie', 'temporary-staff'],
    ['Timavlönad', 'temporary-staff'],
    ['Visstid', 'temporary-staff'],
    ['SÄVA', 'temporary-staff'],
    ['Elev', 'student'],
    ['Praktikant', 'student'],
    ['VFU-student', 'student'],
    ['Feriearbetare', 'summer-worker'],
    ['Sommarjobbare', 'summer-worker'],
    ['Enhetschef', 'unit-manager'],
    ['Vikarierande enhetschef', 'unit-manager'],
    ['Undersköterska', undefined],
    ['', undefined],
  ])('%s', ([word, category]) => {
    expect(categoryOfWord(word)).toBe(category);
  });

  test('the words of a list that is handed out are read back', () => {
    expect(categories.map((category) => categoryOfWord(wordOfCategory[category]))).toEqual([...categories]);
  });
});
