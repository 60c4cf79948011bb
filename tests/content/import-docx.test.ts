import { describe, expect, test } from 'vitest';
import { readGuideline } from '#editors/tools/import/read-guideline.ts';
import { docxFile, type WordParagraph } from './import-docx-file.ts';

const h1 = (text: string): WordParagraph => ({ style: 'Rubrik1', text });
const h2 = (text: string): WordParagraph => ({ style: 'Rubrik2', text });
const p = (text: string): WordParagraph => ({ text });
const li = (text: string): WordParagraph => ({ style: 'Liststycke', text });

async function read(paragraphs: readonly WordParagraph[]) {
  const found = await readGuideline('riktlinje.docx', docxFile(paragraphs));
  if (!found.ok) throw new Error(found.mistakes.map(({ problem }) => problem).join());
  return { ...found, map: found.sections.map(({ number, heading }) => `${number} ${heading}`) };
}

describe('a Word document', () => {
  test('gives its sections, with numbers by their levels where Word counted them itself', async () => {
    const { title, date, map, sections } = await read([
      { style: 'Rubrik', text: 'Riktlinje för tystnad' },
      p('Antagen av biblioteksnämnden 2024-09-02'),
      { style: 'Innehllsfrteckningsrubrik', text: 'Innehåll' },
      { style: 'Innehll1', text: 'Bakgrund\t2' },
      { style: 'Innehll1', text: 'Tystnad\t2' },
      h1('Bakgrund'),
      { ...p('Vi lånar ut böcker & verktyg.'), note: 'Bibliotekslag (2013:801)' },
      h2('Syfte'),
      p('Att låntagaren ska vara trygg.'),
      h1('Tystnad'),
      p('Vi håller tyst om:'),
      li('namn'),
      li('titlar'),
    ]);
    expect([title, date]).toEqual(['Riktlinje för tystnad', '2024-09-02']);
    expect(map).toEqual(['1 Bakgrund', '1.1 Syfte', '2 Tystnad']);
    expect(sections.map(({ text }) => text)).toEqual([
      'Vi lånar ut böcker & verktyg.\n\nFotnot: Bibliotekslag (2013:801)',
      'Att låntagaren ska vara trygg.',
      'Vi håller tyst om:\n\n• namn\n• titlar',
    ]);
  });

  test('keeps numbers that were typed, and gives letters to headings without', async () => {
    const { map } = await read([
      h1('1. Bakgrund'),
      p('Vi lånar ut.'),
      h2('1.1 Syfte'),
      p('Trygghet.'),
      { text: 'På filialerna', bold: true },
      p('Där är det lika.'),
      h1('3. Tystnad'),
      p('Vi håller tyst.'),
    ]);
    expect(map).toEqual(['1 Bakgrund', '1.1 Syfte', '1.1a På filialerna', '3 Tystnad']);
  });

  test('whose headings are only bold, and whose contents were typed by hand', async () => {
    const { title, map } = await read([
      p('Tystnad i biblioteket'),
      p('Innehåll'),
      p('Vad det är\t1'),
      p('Vem det gäller\t1'),
      { text: 'Vad det är', bold: true },
      p('Vi håller tyst.'),
      { text: 'Vem det gäller', bold: true },
      p('Alla.'),
    ]);
    expect(title).toBe('Tystnad i biblioteket');
    expect(map).toEqual(['1 Vad det är', '2 Vem det gäller']);
  });

  test('with one heading above all others has its title there', async () => {
    const { title, map } = await read([h1('Tystnad'), h2('Vad'), p('Tyst.'), h2('Vem'), p('Alla.')]);
    expect(title).toBe('Tystnad');
    expect(map).toEqual(['1 Vad', '2 Vem']);
  });
});

describe('is refused', () => {
  const whole = docxFile([h1('Tystnad'), p('Vi håller tyst.')]);

  test.for([
    ['a document that is cut off', 'a.docx', whole.subarray(0, whole.length / 2), /trasig/],
    ['a text that is called a document', 'a.docx', Buffer.from('1 Lån\nVi lånar ut.'), /trasig/],
    ['a zip without a document', 'a.docx', Buffer.from('PK\u0005\u0006'.padEnd(22, '\0'), 'latin1'), /trasig/],
    ['a document without headings', 'a.docx', docxFile([p('Vi håller tyst.')]), /inga rubriker/],
    ['an empty document', 'a.docx', docxFile([]), /ingen text/],
    ['an empty text', 'a.txt', Buffer.from(' \n\n'), /ingen text/],
    ['a text in another encoding', 'a.txt', Buffer.from('1 L\xe5n\nVi l\xe5nar ut.', 'latin1'), /UTF-8/],
    ['bytes', 'a.txt', Buffer.from([0x31, 0x20, 0x41, 0, 0, 0]), /UTF-8/],
    ['a PDF', 'a.pdf', Buffer.from('%PDF-1.7'), /pdf/],
    ['a file without an ending', 'riktlinje', Buffer.from('1 Lån\nVi lånar ut.'), /ingenting/],
  ] as const)('%s', async ([, name, bytes, problem]) => {
    const found = await readGuideline(name, bytes);
    expect(found.ok ? [] : found.mistakes).toEqual([
      { file: name, field: '-', problem: expect.stringMatching(problem), remedy: expect.stringMatching(/.{20}/) },
    ]);
  });

  test('but not a text in UTF-16, as some systems save it', async () => {
    const found = await readGuideline('a.txt', Buffer.from('\uFEFF1 Lån\r\nVi lånar ut.\r\n', 'utf16le'));
    expect(found.ok && found.sections).toEqual([{ number: '1', heading: 'Lån', text: 'Vi lånar ut.' }]);
  });
});
