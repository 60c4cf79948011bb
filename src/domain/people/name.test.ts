import { describe, expect, test } from 'vitest';
import { type NameRefusal, readPersonName, readPlaceName } from './name.ts';

const nameOf = (typed: string) => {
  const read = readPersonName(typed);
  return read.ok ? read.name : read.reason;
};

describe('names that people have', () => {
  test.each([
    'Åsa Öberg',
    'Anna-Lena von Essen',
    "Shaun O'Brien",
    'Nguyễn Thị Hồng',
    'Łukasz Żółć',
    'Ольга Smith',
    'محمد علي حسن',
    'ሰላም ተስፋይ',
    'שָׂרָה כֹּהֵן',
    'नेहा शर्मा',
    'แก้วใจ ศรีสุข',
    '王小明',
    'Bo Ek',
    'Malcolm X Li',
    'Karl XVI Gustaf 2',
  ])('%s is taken as it stands', (name) => {
    expect(nameOf(name)).toBe(name.normalize('NFC'));
  });
});

describe('what lists and telephones put in is taken away', () => {
  test.each([
    ['  Åsa   Öberg ', 'Åsa Öberg'],
    ['Åsa\u00A0Öberg', 'Åsa Öberg'],
    ['Åsa\r\nÖberg', 'Åsa Öberg'],
    ['Åsa Ö\u00ADberg', 'Åsa Öberg'],
    ['\uFEFFÅsa Öberg\u200B', 'Åsa Öberg'],
    ['Åsa Öberg\u200E', 'Åsa Öberg'],
    ['A\u030Asa O\u0308berg', 'Åsa Öberg'],
    ['علی\u200Cرضا', 'علیرضا'],
    ['Sol \u2600\uFE0F Ek', 'Sol \u2600 Ek'],
  ])('%j', (typed, name) => {
    expect(nameOf(typed)).toBe(name);
  });
});

const refused: Readonly<Record<NameRefusal, readonly string[]>> = {
  'name-shape': ['', '   ', '\u200B\u200B', '<b>Åsa</b>', 'x'.repeat(101), '\uFDFA'.repeat(100)],
  'name-letters': ['Å', '12', '👩 👩', '- ,', 'A 1'],
  'name-invisible': [
    'Samira\u200B Holm',
    'Samira \u202Emloh',
    'Samira\u2066 Holm',
    'Åsa\u0000Öberg',
    'Åsa\u0007Öberg',
    '\u3164\u3164',
    'Åsa \u3164berg',
    'Åsa \uFFA0Öberg',
    'Åsa\u115FÖberg',
    'Åsa \u2800 Öberg',
    'Zero\u2060name',
    'Sa\u200Dmira',
    'Åsa\uFEFFÖberg',
    'Åsa\u2028Öberg',
    'Åsa\u2029Öberg',
    'Åsa \uE000berg',
    'Åsa \u0378berg',
    'Åsa\uDB40\uDC41',
    'Åsa \uD800berg',
    'Åsa\u034FÖberg',
    'Åsa\uFFFCÖberg',
  ],
  'name-broken': ['\uFFFDsa \uFFFDberg'],
  'name-marks': [
    `Sa${'\u0301'.repeat(60)}mira Holm`,
    '\u0301Åsa Öberg',
    'Åsa \u0308Öberg',
    'Å\u0316\u0317\u0318\u0319sa',
  ],
  'name-mixed': ['Samir\u0430 Holm', 'S\u0430mira Holm', '\u0391nna Berg'],
  'name-number': [
    '20080101-1234',
    'Åsa 811218-9876',
    'Åsa 811218 9876',
    'Åsa 1981-12-18-9876',
    'Åsa ８１１２１８９８７６',
    'Åsa ٨١١٢١٨-٩٨٧٦',
    '0801011234 Åsa Öberg',
  ],
};

describe.each(Object.entries(refused))('security F9, learners M6, bugs F12: %s', (reason, names) => {
  test.each(names)('%j', (typed) => {
    expect(nameOf(typed)).toBe(reason);
  });
});

test('what is taken holds nothing unseen, whatever was typed', () => {
  for (let codePoint = 0; codePoint < 0x20000; codePoint += 7) {
    const sign = String.fromCodePoint(codePoint);
    const read = readPersonName(`Åsa${sign}Öberg`);
    if (read.ok) expect(read.name).not.toMatch(/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\uFFFD]/u);
    if (read.ok) expect(read.name).toBe(read.name.normalize('NFC'));
  }
});

test('a place may be called by a number, but by nothing unseen either', () => {
  expect(readPlaceName('  Enhet 7 ')).toEqual({ ok: true, name: 'Enhet 7' });
  expect(readPlaceName('24')).toEqual({ ok: true, name: '24' });
  expect(readPlaceName('A')).toEqual({ ok: false, reason: 'name-shape' });
  expect(readPlaceName('Nord\u202Ejden')).toEqual({ ok: false, reason: 'name-invisible' });
});
