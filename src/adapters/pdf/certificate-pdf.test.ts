import { inflateSync } from 'node:zlib';
import { create } from 'qrcode';
import { expect, test } from 'vitest';
import { loadCertificateFonts } from '#adapters/pdf/certificate-fonts.ts';
import { createCertificateRenderer } from '#adapters/pdf/certificate-pdf.ts';
import { sampleCertificate, sampleUrl, sampleWords } from '../../../tests/bench/sample-certificate.ts';

const fonts = await loadCertificateFonts();
const renderCertificatePdf = createCertificateRenderer(fonts);
const whole = await renderSample();

async function renderSample(
  certificate: Partial<typeof sampleCertificate> = {},
  words: Partial<typeof sampleWords> = {},
) {
  const bytes = await renderCertificatePdf(
    { ...sampleCertificate, ...certificate },
    { ...sampleWords, ...words },
    sampleUrl,
  );
  return readPdf(bytes);
}

test('It is a PDF of one A4 page of moderate size', () => {
  expect(whole.text.startsWith('%PDF-1.7')).toBe(true);
  expect(whole.text.endsWith('%%EOF\n')).toBe(true);
  expect(whole.text).toContain('/MediaBox [0 0 595.28 841.89]');
  expect(whole.find('/Type /Pages')).toContain('/Count 1');
  expect(whole.bytes.length).toBeLessThan(40_000);
});

test('It is tagged, in Swedish, shows its title, and says that it keeps to PDF/UA-1', () => {
  const catalog = whole.find('/Type /Catalog');
  expect(catalog).toContain('/Lang (sv-SE)');
  expect(catalog).toContain('/StructTreeRoot');
  expect(whole.find('/Marked true')).toBeDefined();
  expect(whole.find('/DisplayDocTitle true')).toBeDefined();
  const metadata = whole.stream('/Subtype /XML').toString('utf8');
  expect(metadata).toContain('<pdfuaid:part>1</pdfuaid:part>');
  expect(metadata).toContain('Intyg i sekretess för Åsa Öberg-Ängström');
  expect(metadata).toContain('<xmp:CreateDate>2026-11-22T09:30:00Z</xmp:CreateDate>');
});

test('The structure is one heading, a numbered list of six fields, paragraphs, a picture with a description and a link', () => {
  const roles = whole.all('/S /').map((object) => /\/S \/(\w+)/.exec(object)?.[1]);
  const count = (role: string) => roles.filter((other) => other === role).length;
  expect(count('Document')).toBe(1);
  expect(count('H1')).toBe(1);
  expect([count('L'), count('LI'), count('Lbl'), count('LBody')]).toEqual([1, 6, 6, 6]);
  expect(count('Figure')).toBe(1);
  expect(count('Link')).toBe(1);
  expect(utf16(whole.find('/S /Figure'))).toContain(sampleWords.qrDescription);
  expect(utf16(whole.find('/Subtype /Link'))).toContain(sampleWords.linkDescription);
  expect(whole.find('/S /URI')).toContain(`(${sampleUrl})`);
});

test('Everything drawn is either in the structure or marked as decoration', () => {
  let depth = 0;
  for (const operator of whole.content.split('\n')) {
    if (/ (BDC|BMC)$/.test(operator)) depth += 1;
    if (operator === 'EMC') depth -= 1;
    if (/( Do| TJ|^f|^S|^B)$/.test(operator)) expect(depth).toBe(1);
  }
  expect(depth).toBe(0);
});

test('Both fonts are embedded, as subsets', () => {
  const embedded = whole.all('/Type /FontDescriptor');
  expect(embedded).toHaveLength(2);
  for (const descriptor of embedded) {
    expect(descriptor).toMatch(/\/FontName \/[A-Z]{6}\+Intyg(Sans-Regular|Serif-Semibold)/);
    const file = whole.streams.get(Number(/\/FontFile2 (\d+) 0 R/.exec(descriptor)?.[1]));
    expect(file?.readUInt32BE(0)).toBe(0x00010000);
    expect(file?.length).toBeLessThan(20_000);
  }
});

test('All that must be read can be read out of it, Swedish letters intact', () => {
  const lines = whole.lines.map((line) => line.text.trim());
  for (const text of [
    'Sekretesskörkortet',
    'Intyg',
    'Åsa Öberg-Ängström',
    'Feriearbetare',
    'Sekretess och tystnadsplikt, version 1.0',
    '22 november 2026',
    '21 november 2027',
    'Exempelkommun, vård- och omsorgsnämnden',
    'Personen har markerat lektionerna som lästa och klarat provet.',
    'Tystnadsplikten gäller oberoende av intyget.',
    sampleUrl,
    'K7M2Q-9XHTB-W4R8N-DP3ZF',
  ]) {
    expect(lines).toContain(text);
  }
  expect(whole.lines.map((line) => line.text).join('')).toContain(sampleWords.editions);
});

const aboutName = 'Namnet har deltagaren själv uppgett.';

test('Who vouches for the name is said under it, in two lines at most, when there is something to say', async () => {
  expect(whole.lines.map((line) => line.text)).not.toContain(aboutName);
  const self = await renderSample({}, { aboutName });
  expect(self.lines.map((line) => line.text)).toContain(aboutName);
  const long = 'Identiteten är bekräftad av arbetsgivaren den 22 september 2026. Det gjordes på papper.';
  const confirmed = await renderSample({}, { aboutName: long });
  expect(confirmed.lines.map((line) => line.text.trim()).join(' ')).toContain(long);
});

test('The drawn QR code is that of the address, with a quiet zone', () => {
  const { size, data } = create(sampleUrl, { errorCorrectionLevel: 'M' }).modules;
  const drawn = new Uint8Array(size * size);
  for (const [, column, row, length] of whole.content.matchAll(/^(\d+) (\d+) (\d+) 1 re$/gm)) {
    drawn.fill(1, Number(row) * size + Number(column), Number(row) * size + Number(column) + Number(length));
  }
  expect(Array.from(drawn)).toEqual(Array.from(data, Number));
  const scale = Number(/^([\d.]+) 0 0 \1 0 0 cm\n(?:.*\n){0,2}\d+ \d+ \d+ 1 re/m.exec(whole.content)?.[1]);
  expect(scale * (size + 8)).toBeCloseTo(116, 1);
});

test.each([
  [
    'many words',
    'Maria Fernanda Alejandra de los Ángeles González-Rodríguez y Hernández von und zu Stolzenfels-Öberg Ängströmsson',
  ],
  ['one word of 120 letters', 'Wolfeschlegelsteinhausenbergerdorff'.repeat(4).slice(0, 120)],
  ['120 wide letters', 'W'.repeat(120)],
  ['one letter', 'Ö'],
])('A name of %s is there in full, within the card and above the fields', async (_, name) => {
  const { lines } = await renderSample({ name }, { aboutName });
  const label = lines.findIndex((line) => line.text === sampleWords.nameLabel);
  const note = lines.findIndex((line) => line.text === aboutName);
  const drawn = lines.slice(label + 1, note);
  expect(drawn.map((line) => line.text).join('')).toBe(name);
  for (const line of drawn) {
    expect(line.right).toBeLessThanOrEqual(595.28 - 62 + 0.5);
    expect(line.size).toBeGreaterThan(7);
  }
  expect(lines[note]?.baseline).toBeLessThan(345);
});

test('Everything else that is long fits too', async () => {
  const long =
    'Äldre- och funktionsstödsförvaltningen i Västra Storkommunen med omnejd, nämnden för hälso- och sjukvård';
  const words = {
    track: long,
    course: long,
    checkInstruction: `${long}. ${long}.`,
    editions: `${long} ${long} ${long} ${long}`,
  };
  const { lines } = await renderSample(
    { issuer: `${long} ${long}` },
    { ...words, statement: [long, long], heading: long },
  );
  for (const line of lines) {
    expect(line.left).toBeGreaterThanOrEqual(61.9);
    expect(line.right).toBeLessThanOrEqual(595.28 - 62 + 0.5);
    expect(line.baseline).toBeLessThan(808);
  }
});

test.each([
  'محمد العربي',
  'สมชาย ใจดี',
  '王芳',
  '🌸',
  '',
  '\u202e\u0000',
  '\ud800',
  'A\u0301\u0323 <b>&amp;</b>',
  '(\\)',
])('The strange name %j does no harm', async (name) => {
  const { text } = await renderSample({ name }, { documentTitle: `Intyg för ${name}` });
  expect(text.endsWith('%%EOF\n')).toBe(true);
});

test('A name in letters that the fonts lack is replaced by a sentence, and read out as it is', async () => {
  const pdf = await renderSample({ name: 'محمد العربي' });
  expect(pdf.lines.map((line) => line.text).join('')).toContain(sampleWords.nameNotDrawable);
  expect(utf16(pdf.find('/ActualText'))).toContain('محمد العربي');
});

test('A mark that no composed letter has stands over its letter and is read with it', async () => {
  const pdf = await renderSample({ name: 'Ẹ\u0301niọ\u0301lá' });
  expect(pdf.lines.map((line) => line.text)).toContain('Ẹ\u0301niọ\u0301lá');
});

test('A title cannot break the metadata', async () => {
  const pdf = await renderSample({}, { documentTitle: 'Intyg <för> Ek & Ek' });
  expect(pdf.stream('/Subtype /XML').toString('utf8')).toContain('Intyg ‹för› Ek ＆ Ek');
});

test('The same certificate gives the same bytes, whatever was rendered in between', async () => {
  await renderSample({ name: 'Олександра A\u0301\u0323 Nguyễn' });
  const again = await renderSample();
  expect(again.bytes.equals(whole.bytes)).toBe(true);
  const fresh = await createCertificateRenderer(fonts)(sampleCertificate, sampleWords, sampleUrl);
  expect(Buffer.from(fresh).equals(whole.bytes)).toBe(true);
});

interface DrawnLine {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  /** From the top of the page. */
  readonly baseline: number;
  readonly size: number;
}

/** As much of a PDF reader as these tests need. Goes by the cross-reference table, so a wrong offset fails. */
function readPdf(given: Uint8Array) {
  const bytes = Buffer.from(given);
  const text = bytes.toString('latin1');
  const objects = new Map<number, string>();
  const streams = new Map<number, Buffer>();
  const table = text.slice(Number(/startxref\n(\d+)/.exec(text)?.[1]));
  for (const [index, [, offset]] of [...table.matchAll(/^(\d{10}) 00000 n $/gm)].entries()) {
    const start = Number(offset);
    const head = /^(\d+) 0 obj\n([\s\S]*?)\n(stream\n|endobj)/.exec(text.slice(start));
    if (head === null || Number(head[1]) !== index + 1) throw new Error(`object ${index + 1} is not at ${start}`);
    const [all = '', , dictionary = '', end] = head;
    objects.set(index + 1, dictionary);
    if (end !== 'stream\n') continue;
    const raw = bytes.subarray(start + all.length, start + all.length + Number(/\/Length (\d+)/.exec(dictionary)?.[1]));
    streams.set(index + 1, dictionary.includes('/FlateDecode') ? inflateSync(raw) : raw);
  }
  const all = (part: string) => [...objects.values()].filter((object) => object.includes(part));
  const find = (part: string) => all(part)[0];
  const stream = (part: string) => {
    for (const [id, object] of objects) {
      const found = streams.get(id);
      if (found !== undefined && object.includes(part)) return found;
    }
    throw new Error(`no stream ${part}`);
  };
  const reference = (object: string | undefined, key: string) =>
    Number(new RegExp(`/${key} \\[?(\\d+) 0 R`).exec(object ?? '')?.[1]);
  const page = find('/Type /Page\n');
  const content = streams.get(reference(page, 'Contents'))?.toString('latin1') ?? '';
  const resources = objects.get(reference(page, 'Resources')) ?? '';
  const fontsByName = new Map(
    [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id]) => {
      const font = objects.get(Number(id));
      const descendant = objects.get(reference(font, 'DescendantFonts'));
      const unicode = streams.get(reference(font, 'ToUnicode'))?.toString('latin1') ?? '';
      const widths = (/\/W \[0 \[([^\]]*)\]/.exec(descendant ?? '')?.[1] ?? '').split(' ').map(Number);
      return [name, { widths, letters: readToUnicode(unicode) }] as const;
    }),
  );
  return { bytes, text, all, find, stream, streams, content, lines: readLines(content, fontsByName) };
}

interface ReadFont {
  readonly widths: readonly number[];
  readonly letters: readonly string[];
}

function readToUnicode(map: string): string[] {
  const ranges = [...map.matchAll(/^<[0-9a-f]{4}> <[0-9a-f]{4}> \[(.*)\]$/gm)];
  return ranges.flatMap(([, entries = '']) =>
    [...entries.matchAll(/<([0-9a-f ]+)>/g)].map(([, codes = '']) =>
      String.fromCharCode(...codes.split(' ').map((code) => Number.parseInt(code, 16))),
    ),
  );
}

function readLines(content: string, fontsByName: ReadonlyMap<string, ReadFont>): DrawnLine[] {
  return [...content.matchAll(/^BT\n([\s\S]*?)\nET$/gm)].map(([, block = '']) => {
    const [, left, bottom] = /^1 0 0 1 (\S+) (\S+) Tm$/m.exec(block) ?? [];
    const [, fontName = '', size] = /^\/(F\d+) (\S+) Tf$/m.exec(block) ?? [];
    const spacing = Number(/^(\S+) Tc$/m.exec(block)?.[1] ?? 0);
    const font = fontsByName.get(fontName);
    let text = '';
    let width = 0;
    for (const [, hex, shift] of block.matchAll(/<([0-9a-f]+)>|(-?[\d.]+)(?=[ \]])/g)) {
      if (shift !== undefined) width -= (Number(shift) / 1000) * Number(size);
      for (const [code] of (hex ?? '').matchAll(/.{4}/g)) {
        const glyph = Number.parseInt(code, 16);
        text += font?.letters[glyph] ?? '?';
        width += ((font?.widths[glyph] ?? 0) / 1000) * Number(size) + spacing;
      }
    }
    const trailing = text.endsWith(' ') ? ((font?.widths[font.letters.indexOf(' ')] ?? 0) / 1000) * Number(size) : 0;
    return {
      text,
      left: Number(left),
      right: Number(left) + width - trailing,
      baseline: 841.89 - Number(bottom),
      size: Number(size),
    };
  });
}

/** The text strings of an object, which PDF writes as UTF-16 when they go beyond ASCII. */
function utf16(object: string | undefined): string {
  const bytes = Buffer.from((object ?? '').replaceAll(/\\([()\\])/g, '$1'), 'latin1');
  return [...bytes.toString('latin1').matchAll(/\xfe\xff((?:[\s\S]{2})*)/g)]
    .map(([, pairs = '']) =>
      pairs.replaceAll(/([\s\S])([\s\S])/g, (_, high: string, low: string) =>
        String.fromCharCode(high.charCodeAt(0) * 256 + low.charCodeAt(0)),
      ),
    )
    .join('\n');
}
