import { readFile } from 'node:fs/promises';
import PDFDocument from 'pdfkit';
import { createTrueTypeSubsetter } from '#adapters/pdf/truetype-subset.ts';

/** The bytes of the two font files. */
export interface CertificateFonts {
  readonly sans: Uint8Array;
  readonly serif: Uint8Array;
}

/** Reads the fonts that stand beside this file. */
export async function loadCertificateFonts(): Promise<CertificateFonts> {
  const [sans, serif] = await Promise.all([
    readFile(new URL('./fonts/intyg-sans-regular.ttf', import.meta.url)),
    readFile(new URL('./fonts/intyg-serif-semibold.ttf', import.meta.url)),
  ]);
  return { sans, serif };
}

interface Glyph {
  readonly id: number;
  readonly advanceWidth: number;
  readonly codePoints: readonly number[];
}

interface Box {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

/** What is used of a font that fontkit, inside PDFKit, has parsed. */
interface ParsedFont {
  readonly postscriptName: string;
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  readonly lineGap: number;
  readonly capHeight: number;
  readonly xHeight: number;
  readonly italicAngle: number;
  readonly bbox: Box;
  readonly 'OS/2': { readonly sFamilyClass: number };
  readonly post: { readonly isFixedPitch: number };
  readonly head: { readonly macStyle: { readonly italic: boolean } };
  readonly characterSet: readonly number[];
  glyphForCodePoint(codePoint: number): Glyph & { readonly bbox: Box };
  layout(text: string): { readonly positions: readonly { readonly xAdvance: number }[] };
}

/**
 * A font that is parsed once and then serves every document. PDFKit takes it in place of a fontkit font (since 0.20); its
 * layout knows letters and kerning only, which is all that the fonts hold.
 */
export interface Typeface {
  has(codePoint: number): boolean;
  /** In em. */
  widthOf(text: string): number;
  /** For PDFKit's `registerFont`. */
  readonly forPdfKit: object;
}

export function openTypeface(bytes: Uint8Array): Typeface {
  const parsed = parseFont(bytes);
  const { unitsPerEm } = parsed;
  const glyphs = new Map<number, Glyph>();
  for (const codePoint of parsed.characterSet) {
    const { id, advanceWidth } = parsed.glyphForCodePoint(codePoint);
    glyphs.set(codePoint, { id, advanceWidth, codePoints: [codePoint] });
  }
  const { id, advanceWidth } = parsed.glyphForCodePoint(0);
  const missing: Glyph = { id, advanceWidth, codePoints: [0xfffd] };
  const kerningBetween = rememberKerning(parsed);

  function layout(text: string) {
    const run: Glyph[] = [];
    for (const letter of text) run.push(glyphs.get(letter.codePointAt(0) ?? 0) ?? missing);
    let width = 0;
    let base: Glyph | undefined;
    const positions = run.map((glyph, index) => {
      const next = run[index + 1];
      const xAdvance = glyph.advanceWidth + (next === undefined ? 0 : kerningBetween(glyph, next));
      width += xAdvance;
      if (isMark(glyph) && base !== undefined) return { xAdvance, yAdvance: 0, ...markOffset(parsed, base, glyph) };
      base = glyph;
      return { xAdvance, yAdvance: 0, xOffset: 0, yOffset: 0 };
    });
    return { glyphs: run, positions, advanceWidth: width };
  }

  function widthOf(text: string): number {
    let width = 0;
    let previous: Glyph | undefined;
    for (const letter of text) {
      const glyph = glyphs.get(letter.codePointAt(0) ?? 0) ?? missing;
      if (previous !== undefined) width += kerningBetween(previous, glyph);
      width += glyph.advanceWidth;
      previous = glyph;
    }
    return width / unitsPerEm;
  }

  const subsetOf = createTrueTypeSubsetter(bytes);
  function createSubset() {
    const included = [0];
    return {
      includeGlyph(glyphId: number): number {
        const known = included.indexOf(glyphId);
        return known === -1 ? included.push(glyphId) - 1 : known;
      },
      encode: () => subsetOf(included),
    };
  }

  const { postscriptName, ascent, descent, lineGap, capHeight, xHeight, italicAngle, bbox, post, head } = parsed;
  return {
    has: (codePoint) => glyphs.has(codePoint),
    widthOf,
    forPdfKit: {
      ...{ postscriptName, unitsPerEm, ascent, descent, lineGap, capHeight, xHeight, italicAngle, bbox, post, head },
      'OS/2': parsed['OS/2'],
      getGlyph: () => missing,
      layout,
      createSubset,
    },
  };
}

/** A combining mark, which has no width. Few names need one that composition has not made part of a letter. */
function isMark(glyph: Glyph): boolean {
  const [codePoint = 0] = glyph.codePoints;
  return codePoint >= 0x300 && codePoint <= 0x36f;
}

/** Sets a mark in the middle of the letter before it, and a mark above on top of it: marks are drawn for the height of an x. */
function markOffset(
  parsed: ParsedFont,
  base: Glyph,
  mark: Glyph,
): { readonly xOffset: number; readonly yOffset: number } {
  const boxOf = ({ codePoints: [codePoint = 0] }: Glyph) => parsed.glyphForCodePoint(codePoint).bbox;
  const letter = boxOf(base);
  const sign = boxOf(mark);
  return {
    xOffset: (letter.minX + letter.maxX - sign.minX - sign.maxX) / 2 - base.advanceWidth,
    yOffset: sign.minY > 0 ? Math.max(0, letter.maxY - parsed.xHeight) : 0,
  };
}

/** Kerning is asked of fontkit once for each pair of letters that occurs. */
function rememberKerning(parsed: ParsedFont): (left: Glyph, right: Glyph) => number {
  const known = new Map<number, number>();
  return (left, right) => {
    const pair = left.id * 0x10000 + right.id;
    const remembered = known.get(pair);
    if (remembered !== undefined) return remembered;
    const text = String.fromCodePoint(...left.codePoints, ...right.codePoints);
    const kerning = (parsed.layout(text).positions[0]?.xAdvance ?? left.advanceWidth) - left.advanceWidth;
    // Strange names must not fill the memory: the pairs of Swedish are about a thousand.
    if (known.size > 20_000) known.clear();
    known.set(pair, kerning);
    return kerning;
  };
}

/** Lets PDFKit parse the file, since fontkit is its dependency and not ours. */
function parseFont(bytes: Uint8Array): ParsedFont {
  const opener = new PDFDocument({ autoFirstPage: false, font: '' }).font(Buffer.from(bytes));
  if ('_font' in opener && hasParsedFont(opener._font)) return opener._font.font;
  throw new Error('PDFKit keeps its parsed font elsewhere than version 0.20 did');
}

function hasParsedFont(embedded: unknown): embedded is { readonly font: ParsedFont } {
  if (typeof embedded !== 'object' || embedded === null || !('font' in embedded)) return false;
  const { font } = embedded;
  return typeof font === 'object' && font !== null && 'characterSet' in font && 'layout' in font && 'OS/2' in font;
}
