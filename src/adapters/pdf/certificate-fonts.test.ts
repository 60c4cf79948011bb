import { stat } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { loadCertificateFonts, openTypeface } from '#adapters/pdf/certificate-fonts.ts';
import { chooseFace, type Faces } from '#adapters/pdf/face-choice.ts';
import { createTrueTypeSubsetter } from '#adapters/pdf/truetype-subset.ts';
import { isShownOnPaper } from '#domain/people/name.ts';

const fonts = await loadCertificateFonts();
let faces: Faces;
beforeAll(() => {
  faces = { sans: openTypeface(fonts.sans), serif: openTypeface(fonts.serif) };
});

test('Each font file is under 100 kB, both under 160 kB, and the licence lies beside them', async () => {
  expect(fonts.sans.length).toBeLessThan(100_000);
  expect(fonts.serif.length).toBeLessThan(100_000);
  expect(fonts.sans.length + fonts.serif.length).toBeLessThan(160_000);
  expect((await stat(new URL('./fonts/OFL.txt', import.meta.url))).size).toBeGreaterThan(4000);
});

test.each([
  ['Swedish and its neighbours', 'Åsa Öberg-Ängström É Ü Æ Ø ß Þ ð'],
  ['Lule and South Sami', 'Áŋŋá Đ đ Č č Š š Ž ž Ïï'],
  ['Finnish, Polish, Hungarian, Romanian', 'Žofia Łukasz Őrsi Ștefan Țîrlea'],
  ['Turkish, Kurdish, Azeri', 'Işıl Ğ Çelik Rêzan Əli'],
  ['Spanish, Portuguese, French', 'Muñoz João Noël Œuvre'],
  ['Vietnamese', 'Nguyễn Thị Ánh Tuyết'],
  ['Yoruba', 'Adé Ọlá Ẹniọlá'],
])('The serif draws %s', (_, name) => {
  expect(chooseFace(name, faces, 'serif')).toEqual({ text: name, face: 'serif' });
});

test.each(['Олександра Ґалаґан', 'Ђорђе Љиљана', 'Ελένη Παπαδοπούλου', 'Ŧuomas', 'Ʒâvnn Ǥeâd', 'Ɓala Ɗan Ɛdem'])(
  'The sans stands in for %s',
  (name) => {
    expect(chooseFace(name, faces, 'serif')).toEqual({ text: name, face: 'sans' });
  },
);

test.each(['محمد العربي', 'สมชาย', 'ሰላም', '王芳', 'Ali علي', '🌸', '', ' \n '])(
  'No face is chosen for %j, whose letters no font has',
  (name) => {
    expect(chooseFace(name, faces, 'serif')).toBeUndefined();
  },
);

test('What is no letter is left out: emoji, joiners, marks of direction, control characters', () => {
  const name = ' Å\u0000sa\u00ad \u202eEk\u200d 🌸👩🏽‍⚕️ \n';
  expect(chooseFace(name, faces, 'serif')).toEqual({ text: 'Åsa Ek', face: 'serif' });
});

test('Letters that come in parts are composed', () => {
  expect(chooseFace('A\u030asa O\u0308berg', faces, 'serif')?.text).toBe('Åsa Öberg');
});

test('A letter that no face has whole is drawn by the sans in its parts', () => {
  expect(chooseFace('Ǩiurâl', faces, 'serif')).toEqual({ text: 'K\u030ciurâl', face: 'sans' });
});

test('Letters are kerned', () => {
  const { widthOf } = faces.serif;
  expect(widthOf('AV')).toBeLessThan(widthOf('A') + widthOf('V'));
  expect(widthOf('Åsa')).toBeGreaterThan(1);
});

test('A subset is a whole TrueType font with the parts of its composed letters, and leaves the font as it was', () => {
  const before = Uint8Array.from(fonts.sans);
  const composed = glyphsWithParts(fonts.sans).slice(0, 20);
  const subset = createTrueTypeSubsetter(fonts.sans)([0, ...composed]);
  const view = new DataView(subset.buffer);
  const count = view.getUint16(tableOffset(subset, 'maxp') + 4);
  expect(count).toBeGreaterThan(21);
  expect(count).toBeLessThan(80);
  for (const glyph of glyphsWithParts(subset)) expect(partsOf(subset, glyph).every((part) => part < count)).toBe(true);
  expect(glyphsWithParts(subset)).toEqual(expect.arrayContaining(composed.map((_, index) => index + 1)));
  let sum = 0;
  for (let at = 0; at < subset.length; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  expect(sum).toBe(0xb1b0afba);
  expect(Buffer.compare(fonts.sans, before)).toBe(0);
});

function viewOf(font: Uint8Array): DataView {
  return new DataView(font.buffer, font.byteOffset, font.byteLength);
}

function tableOffset(font: Uint8Array, tag: string): number {
  const view = viewOf(font);
  for (let record = 12; record < 12 + 16 * view.getUint16(4); record += 16) {
    if (String.fromCharCode(...font.subarray(record, record + 4)) === tag) return view.getUint32(record + 8);
  }
  throw new Error(`no table ${tag}`);
}

function outlineOffset(font: Uint8Array, glyph: number): number {
  const view = viewOf(font);
  const loca = tableOffset(font, 'loca');
  const long = view.getInt16(tableOffset(font, 'head') + 50) === 1;
  return tableOffset(font, 'glyf') + (long ? view.getUint32(loca + 4 * glyph) : 2 * view.getUint16(loca + 2 * glyph));
}

function glyphsWithParts(font: Uint8Array): number[] {
  const view = viewOf(font);
  const count = view.getUint16(tableOffset(font, 'maxp') + 4);
  return Array.from({ length: count }, (_, glyph) => glyph).filter((glyph) => {
    const offset = outlineOffset(font, glyph);
    return outlineOffset(font, glyph + 1) > offset && view.getInt16(offset) < 0;
  });
}

/** Parts in these fonts are shifted only, never scaled. */
function partsOf(font: Uint8Array, glyph: number): number[] {
  const view = viewOf(font);
  const parts: number[] = [];
  let at = outlineOffset(font, glyph) + 10;
  let flags = 0x20;
  while (flags & 0x20) {
    flags = view.getUint16(at);
    if (flags & 0xc8) throw new Error('a scaled part');
    parts.push(view.getUint16(at + 2));
    at += flags & 1 ? 8 : 6;
  }
  return parts;
}

test.each([
  'Åsa Öberg-Ängström',
  'Nguyễn Thị Ánh Tuyết',
  'Işıl Ğ Çelik Əli',
  'Олександра Ґалаґан',
  'Ελένη Παπαδοπούλου',
  "Shaun O'Brien 2",
  'Åsa 🌸',
  'محمد العربي',
  'สมชาย',
  'ሰላም',
  'שרה כהן',
  'नेहा शर्मा',
  '山田 太郎',
  'Ali علي',
])('learners S2: what is said of a name’s letters at the entrance is what the paper does with %s', (name) => {
  expect(isShownOnPaper(name)).toBe(chooseFace(name, faces, 'serif') !== undefined);
});
