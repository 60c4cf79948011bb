import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sectionsOf } from '#editors/tools/import/number-sections.ts';
import { textDocument } from '#editors/tools/import/text-document.ts';

/** The fixtures are of our own making, each in the layout of one of the sources or of a PDF from a records system. */
function read(text: string) {
  const document = textDocument(text);
  const sections = sectionsOf(document.blocks);
  const textOf = (number: string) => sections.find((section) => section.number === number)?.text;
  return { ...document, sections, textOf, map: sections.map(({ number, heading }) => `${number} ${heading}`) };
}

const fixture = (name: string) => read(readFileSync(`tests/fixtures/guidelines/${name}`, 'utf8'));

describe('the sections are those that a reader sees', () => {
  test.for([
    [
      'numbered-with-footnotes.txt',
      undefined,
      [
        '1 BAKGRUND',
        '1.1 Varför vi har riktlinjen',
        '1.2 Vilka den gäller',
        '2 TYSTNAD OM LÅN',
        '2.1 Vad som räknas',
        '2.2 Mellan våra hus',
        '2.2a På filialerna',
        '2.2b Barn och unga',
        '3 NÄR VI FÅR BERÄTTA',
        '3.1 När det är bråttom',
        '3.2 Med låntagarens lov',
        '3.2.1 Vänner, grannar och kolleger.',
        '4 UPPFÖLJNING',
      ],
    ],
    [
      'double-spaced.txt',
      'Instruktion för tystnad i biblioteket',
      [
        '1 Vad handlar det om?',
        '2 Vilka håller tyst?',
        '3 Får man någonsin berätta?',
        '4 Vad händer efteråt?',
        '5 Källor',
      ],
    ],
    [
      'headings-without-blank-lines.txt',
      'Rutin för lån, återlämning och gallring av lånekort',
      [
        '1 Lån/lånegränser',
        '2 Återlämning',
        '3 Glömda saker och borttappade lånekort',
        '4 Till låntagaren',
        '5 Till någon annan',
        '6 Gallring',
      ],
    ],
    [
      'opening-without-heading.txt',
      'Biblioteksförvaltningens riktlinjer för tystnad',
      ['0 Ingress', '1 Öppna hyllor', '2 Tystnad', '3 Så gör vi vid disken', '4 Vem riktlinjerna gäller'],
    ],
    [
      'markdown.md',
      'Tystnad, lån och glömda saker – vad gäller för mig som lånar?',
      ['0 Ingress', '1 Orden', '1.1 Tystnad', '1.2 Namnlös', '2 Dina rättigheter', '2.1 Rätt att få se'],
    ],
    [
      'paged.pdf.txt',
      'Riktlinje för tystnad i biblioteket',
      [
        '1 Inledning',
        '2 Tystnad',
        '2.1 Vad som räknas',
        '2.2 Bestämmelser om vad som får sägas till den som inte själv har lånat eller reserverat något',
        '3 Uppföljning',
      ],
    ],
    [
      'records-system.pdf.txt',
      'RIKTLINJE FÖR NYCKLAR',
      [
        '1 Inledning',
        '1.1 Syfte',
        '1.2 Avgränsning',
        '1.2a Ansvar',
        '2 Hantering av nycklar',
        '2.1 Utlämning och återlämning av nycklar till och från den enskilde eller dennes ombud',
        '3 Uppföljning',
        '3a Bilaga 1 Kvittens',
      ],
    ],
    ['numbered.md', 'Riktlinje för besök', ['1 Inledning', '2 Tider', '2.1 Dag']],
  ] as const)('%s', ([name, title, map]) => {
    const document = fixture(name);
    expect(document.title).toBe(title);
    expect(document.map).toEqual(map);
  });
});

describe('footnotes', () => {
  const { textOf, sections } = fixture('numbered-with-footnotes.txt');

  test('go to the end of the section where their marks stood, wrapped lines and all', () => {
    expect(textOf('2')).toMatch(/^Uppgifter om vem som har lånat vad lämnas inte vidare\. Bibliotekslagen ger ramen/);
    expect(textOf('2')).toMatch(
      /\n\nFotnot: Bibliotekslag \(2013:801\)\n\nFotnot: Ordningsregler för Påhittade bibliotek\n\nFotnot: Se bilaga om dagslån i den handbok som finns vid disken$/,
    );
    expect(textOf('2.1')).toMatch(/Det gäller i 40 år efter sista lånet\.\n\nFotnot: Arkivreglementet$/);
  });

  test('leave no mark on headings', () => {
    expect(sections.map(({ heading }) => heading).filter((heading) => /\d/.test(heading))).toEqual([]);
    expect(textOf('3.1')).toContain('Fotnot: 24 § i ordningsreglerna');
  });

  test('of a page with form feeds begin anew', () => {
    const { textOf: paged } = fixture('paged.pdf.txt');
    expect(paged('1')).toMatch(/hela verksamheten utan undantag\.\n\nFotnot: Med verksamheten menas alla hus\.$/);
    expect(paged('2.2')).toMatch(/25 kap\. i handboken gäller .*\n\nFotnot: Handbok för disken, tredje tryckningen\.$/);
  });

  test('of Markdown too', () => {
    expect(fixture('numbered.md').textOf('1')).toBe('Besök är välkomna.\n\nFotnot: Se hyreslagen.');
  });

  test('are not made of numbers that no note explains', () => {
    const { textOf: text } = read(
      '1 Lån\nVi lånar ut böcker enligt avsnitt 2.1 och blankett B2.\n\n2 Mer\nDet var allt.\n',
    );
    expect(text('1')).toBe('Vi lånar ut böcker enligt avsnitt 2.1 och blankett B2.');
  });
});

describe('what is no text of the guideline goes', () => {
  const { sections, date } = fixture('paged.pdf.txt');
  const all = sections.map(({ text }) => text).join('\n');

  test('running headers, page numbers and the table of contents', () => {
    expect(all).not.toMatch(/Dnr|Påhittade kommun|\(4\)|\.{3}|Innehåll|_{3}/);
  });

  test('the title block, but for its date', () => {
    expect(all).not.toMatch(/Dokumenttyp|Antagen|Dokumentansvarig/);
    expect(date).toBe('2024-09-02');
  });

  test('a cover and a table of contents without dots', () => {
    const { sections: found, date: day } = fixture('records-system.pdf.txt');
    const words = found.map(({ heading, text }) => `${heading}\n${text}`).join('\n');
    expect(words).not.toMatch(/Exempelkommun|Socialförvaltningen|Beslutad|Sida|012-34/);
    expect(day).toBe('2025-05-06');
  });

  test('a page number in the middle of a double-spaced text', () => {
    expect(
      fixture('double-spaced.txt')
        .sections.map(({ text }) => text)
        .join('\n'),
    ).not.toContain('2 (3)');
  });

  test('a running header with the page number in it, without form feeds', () => {
    const page = (number: number) => `Påhittade kommun      Sida ${number} (2)\n\n`;
    const { map } = read(`${page(1)}1 Lån\nVi lånar ut böcker.\n\n${page(2)}2 Mer\nDet var allt.\n`);
    expect(map).toEqual(['1 Lån', '2 Mer']);
  });
});

describe('lines become paragraphs again', () => {
  test('across the lines of a double-spaced text', () => {
    expect(fixture('double-spaced.txt').textOf('2')).toBe(
      'Alla som arbetar här håller tyst. Också den som praktiserar, och den som hjälper till en enda lördag på bokbytardagen.',
    );
  });

  test('across a page', () => {
    expect(fixture('paged.pdf.txt').textOf('2.1')).toMatch(/har svarat på hur det är, oavsett hur lång tid det tar\.$/);
  });

  test('and hyphens go, unless they belong to the word', () => {
    expect(fixture('paged.pdf.txt').textOf('1')).toContain('hur vi hanterar det');
    expect(fixture('paged.pdf.txt').textOf('2')).toContain(
      'Den gäller LSS-boenden som lånar i grupp, och e-böcker som',
    );
    expect(fixture('opening-without-heading.txt').textOf('3')).toContain('Ett lånekort är alltid personligt.');
    expect(read('1 Lån\nDet gäller in- \noch utlån.\n').textOf('1')).toBe('Det gäller in- och utlån.');
  });

  test('and bullets of every kind stay a list', () => {
    expect(fixture('double-spaced.txt').textOf('3')).toBe(
      'Vi får berätta om:\n\n• Låntagaren har sagt ja\n• Någon är i fara, och det inte går att vänta på chefen.',
    );
    const marks = ['•', '-', '–', 'o', '\uF0B7', '▪'].map((mark) => `${mark} lån`).join('\n');
    expect(read(`1 Lån\n${marks}\n`).textOf('1')).toBe(Array(6).fill('• lån').join('\n'));
  });
});

describe('a number does not make a heading', () => {
  test.for([
    [
      'a list of steps',
      '1 Lån\nGör så här:\n\n1. Ring\n2. Vänta\n3. Skriv\n\n2 Mer\nDet var allt.\n',
      ['1 Lån', '2 Mer'],
    ],
    [
      'steps in the second chapter',
      '1 Lån\nVi lånar ut.\n\n2 Mer\nGör så här:\n\n1. Ring\n2. Vänta\n3. Skriv\n\nDet var allt.\n',
      ['1 Lån', '2 Mer'],
    ],
    [
      'a statute that was wrapped to begin a line',
      '1 Lån\nDet gäller enligt bibliotekslagen, som vi alla känner, och enligt\n2 Kap. i ordningsreglerna, som vi inte känner lika väl.\n\n2 Mer\nDet var allt.\n',
      ['1 Lån', '2 Mer'],
    ],
    ['a year', '1 Lån\n\n2024 Års regler gäller än.\n\n2 Mer\nDet var allt.\n', ['1 Lån', '2 Mer']],
  ] as const)('%s', ([, text, map]) => {
    expect(read(text).map).toEqual(map);
  });

  test('but a chapter may follow a list with the number that comes next', () => {
    const text = '1 Lån\nVi lånar ut.\n\n2 Mer\nGör så här:\n\n1. Ring\n2. Vänta\n\n3 Sist\nDet var allt.\n';
    expect(read(text).map).toEqual(['1 Lån', '2 Mer', '3 Sist']);
  });

  test('and chapters may have gaps, stops or no blank', () => {
    expect(read('1.Lån\nA.\n\n1.1.Kort\nB.\n\n1.3 Mer\nC.\n\nKapitel 3: Sist\nD.\n').map).toEqual([
      '1 Lån',
      '1.1 Kort',
      '1.3 Mer',
      '3 Sist',
    ]);
  });
});

test('a first heading with its text directly below is no title', () => {
  const { title, map } = read(
    'Samtycke\nVi frågar alltid först, och skriver upp svaret.\n\nBilder\nVi frågar en gång till.\n',
  );
  expect([title, map]).toEqual([undefined, ['1 Samtycke', '2 Bilder']]);
});

describe('a short line does not make a heading', () => {
  const filler = 'Biblioteket lånar ut böcker till alla som bor i kommunen, och ingen annan får veta vilka.';

  test.for([
    ['what a colon announces', `1 Lån\n${filler}\nDet gäller till exempel:\n\nNamn\n\n${filler}\n`],
    ['a list without marks', `1 Lån\n${filler}\n\nNamn\nAdress\nTelefon\n${filler}\n`],
    ['who has signed', `1 Lån\n${filler}\n\nBodil Bokvän\nBibliotekschef\n`],
    ['a line in the middle of a sentence', `1 Lån\n${filler} Se också\nBibliotekets handbok\nför disken.\n`],
  ] as const)('%s', ([, text]) => {
    expect(read(text).map).toEqual(['1 Lån']);
  });
});
