import { describe, expect, test } from 'vitest';
import { scoreEntries } from './rank.ts';
import { readQuery } from './read-query.ts';
import { snippetOf } from './snippet.ts';
import { stemSwedish } from './stem-swedish.ts';
import { buildIndex, type TextIndex } from './text-index.ts';
import { keyOf, makeVocabulary } from './vocabulary.ts';
import { withoutMarks, wordsOf } from './words.ts';

const vocabulary = makeVocabulary(
  {
    stop: ['får', 'jag', 'för', 'en', 'man', 'om', 'det'],
    parts: ['tjänst'],
    forms: { son: ['söner'], dö: ['dog', 'död'] },
    same: { brukare: ['kund'] },
    related: [
      { words: ['dotter', 'son'], mean: ['anhörig'] },
      { words: ['god man'], mean: ['förvaltare'] },
      { words: ['insta'], mean: ['sociala medier'] },
    ],
    classes: {},
  },
  stemSwedish,
  { hasCompounds: true },
);

const texts = [
  'Anhöriga frågar. Berätta inte för en anhörig.',
  'En god man kan ha rätt till uppgifter. En förvaltare också.',
  'Inget om brukare i sociala medier. Inga bilder.',
  'Socialtjänst och hemtjänst: sekretess. Vår socialtjänstsekretess är stark.',
  'En bra man åt glass. En god dag. Anna loggar in.',
];
const index = buildIndex(
  texts.map((text) => ({ sort: 'text', fields: [{ text, weight: 1 }] })),
  vocabulary,
);

/** The places of the texts, the best first. */
function find(query: string, among: TextIndex = index): number[] {
  return [...scoreEntries(readQuery(query, among), among)]
    .sort(([, one], [, other]) => other - one)
    .map(([entry]) => entry);
}

describe('words', () => {
  test('are in lower case, without marks, and know where they stand', () => {
    expect(wordsOf('Sms:et till Åsa!')).toEqual([
      { text: 'sms', start: 0, end: 3, isCapital: true },
      { text: 'et', start: 4, end: 6, isCapital: false },
      { text: 'till', start: 7, end: 11, isCapital: false },
      { text: 'åsa', start: 12, end: 15, isCapital: true },
    ]);
  });

  test('written with loose rings and dots are the same', () => {
    expect(wordsOf('får'.normalize('NFD')).map(({ text }) => text)).toEqual(['får']);
    expect(withoutMarks('få rå ör é')).toBe('fa ra or e');
  });

  test('may be known together', () => {
    expect(keyOf('Sociala medier', vocabulary.stem)).toBe('social medi');
    expect(vocabulary.stem('söner')).toBe(vocabulary.stem('son'));
    expect(vocabulary.longestKey).toBe(2);
  });
});

describe('a search', () => {
  test('finds what a word is related to', () => {
    expect(find('får jag berätta för dottern')[0]).toBe(0);
    expect(find('söner')).toEqual([0]);
    expect(find('insta')[0]).toBe(2);
  });

  test('takes an expression as one thing, although one of its words says nothing', () => {
    expect(find('god man')[0]).toBe(1);
  });

  test('finds parts of compounds, after the word itself', () => {
    expect(find('sekretess')).toEqual([3]);
    expect(find('tjänst')).toEqual([3]);
  });

  test('forgives slips, and reads what is not yet written to its end', () => {
    expect(find('anhorig')[0]).toBe(0);
    expect(find('sekretes')[0]).toBe(3);
    expect(find('brukar')[0]).toBe(2);
    expect(find('sekr')[0]).toBe(3);
  });

  test('with nothing known finds nothing', () => {
    for (const query of ['', '   ', 'xyzzy', '!?…', '<b>', '—']) expect(find(query)).toEqual([]);
  });

  test('of small words alone looks for those', () => {
    expect(find('en man')).toContain(4);
  });

  test('gives the same every time', () => {
    const again = buildIndex(
      texts.map((text) => ({ sort: 'text', fields: [{ text, weight: 1 }] })),
      vocabulary,
    );
    for (const query of ['berätta för dottern', 'tjänst', 'god dag', 'sociala'])
      expect(find(query, again)).toEqual(find(query));
  });

  test('counts a title for more, and both words for more than one', () => {
    const titled = buildIndex(
      [
        { sort: 'text', fields: [{ text: 'glass paket korv', weight: 1 }] },
        {
          sort: 'text',
          fields: [
            { text: 'glass', weight: 3 },
            { text: 'korv paket', weight: 1 },
          ],
        },
        { sort: 'text', fields: [{ text: 'glass bröd soppa', weight: 1 }] },
        { sort: 'text', fields: [{ text: 'bröd smör', weight: 1 }] },
      ],
      vocabulary,
    );
    expect(find('glass', titled)[0]).toBe(1);
    expect(find('bröd glass', titled)[0]).toBe(2);
  });
});

describe('a snippet', () => {
  const shown = (text: string, weights: Record<string, number>) =>
    snippetOf(text, new Map(Object.entries(weights)), index)
      .map((part) => (part.isMarked ? `[${part.text}]` : part.text))
      .join('');

  test('marks what was asked for, in any form and inside compounds', () => {
    expect(shown('Vår socialtjänstsekretess gäller anhöriga.', { sekretess: 1, [stemSwedish('anhörig')]: 1 })).toBe(
      'Vår [socialtjänstsekretess] gäller [anhöriga].',
    );
  });

  test('is taken from where the words stand, and cut between words', () => {
    const text = `${'Här står annat. '.repeat(30)}Till sist om bilder. ${'Och så mer. '.repeat(30)}`;
    const snippet = shown(text, { bild: 1 });
    expect(snippet).toMatch(/^… .*\[bilder\].* …$/);
    expect(snippet.length).toBeLessThan(200);
  });

  test('without any of the words is the beginning', () => {
    expect(shown('Kort text.', {})).toBe('Kort text.');
    expect(shown('', {})).toBe('');
  });

  test('keeps every letter of the text, markup too: escaping is the page’s', () => {
    expect(shown('<b>bilder</b> & annat', { bild: 1 })).toBe('<b>[bilder]</b> & annat');
  });
});

describe('what is rare', () => {
  const build = (entries: readonly (readonly [sort: string, text: string])[]) =>
    buildIndex(
      entries.map(([sort, text]) => ({ sort, fields: [{ text, weight: 1 }] })),
      vocabulary,
    );
  const rarityOf = (term: string, entry: number, among: TextIndex) =>
    among.postings.get(term)?.find((one) => one.entry === entry)?.rarity ?? 0;

  test('is so among entries of its own sort, however many others there are', () => {
    const lessons = [
      ['lesson', 'glass bil'],
      ['lesson', 'glass båt'],
    ] as const;
    const alone = build(lessons);
    const among = build([...lessons, ...Array.from({ length: 50 }, () => ['term', 'tåg'] as const)]);
    expect(rarityOf('glass', 0, among)).toBe(rarityOf('glass', 0, alone));
    expect(rarityOf('bil', 0, among)).toBeGreaterThan(rarityOf('glass', 0, among));
  });

  test('is also what others only mention', () => {
    const said = build([
      ['lesson', 'glass glass glass bil'],
      ['lesson', 'glass båt tåg ost bil'],
    ]);
    expect(rarityOf('glass', 0, said)).toBeGreaterThan(rarityOf('bil', 0, said));
  });
});

test('another word for the very same thing is that word, in any form', () => {
  expect(vocabulary.stem('kunder')).toBe(vocabulary.stem('brukaren'));
  expect(find('kunderna')).toEqual([2]);
});
