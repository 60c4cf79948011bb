import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type GuidelineFile, guidelineFile } from '#content/guidelines.ts';
import type { ImportedSection } from '#editors/tools/import/document.ts';
import { type Edition, mergeEdition } from '#editors/tools/import/merge-edition.ts';

const long = 'Vi lånar ut böcker, verktyg och instrument till alla som bor i kommunen och har ett kort.';

const sections: readonly ImportedSection[] = [
  { number: '1', heading: 'BAKGRUND', text: long },
  { number: '2', heading: 'Tystnad', text: 'Vi håller tyst om lån.\n\n• namn\n• titlar' },
  { number: '2.1', heading: 'Vem', text: 'Alla som arbetar här.' },
];

const edition = (changed: readonly ImportedSection[] = sections, more: Partial<Edition> = {}): Edition => ({
  id: 'S6',
  title: 'Tystnad',
  date: undefined,
  today: '2026-03-01',
  sections: changed,
  ...more,
});

function fileOf(yaml: string): GuidelineFile {
  return guidelineFile.parse(parse(yaml));
}

const first = mergeEdition(undefined, edition()).yaml;
/** What editors have made of the first edition: claims, a heading, a comment. */
const edited = first
  .replace('heading: Bakgrund', 'heading: Varför vi gör så här # bättre så')
  .replace(
    'claims: []',
    'claims:\n      - { id: S6-1-c1, says: Alla får låna., status: nuanced, notes: [L01] } # stämt av',
  );

function again(yaml: string, next: Edition) {
  const merged = mergeEdition({ yaml, file: fileOf(yaml) }, next);
  return { ...merged, file: fileOf(merged.yaml) };
}

const replaced = (place: number, change: Partial<ImportedSection>) =>
  sections.with(place, { ...sections[place], ...change } as ImportedSection);

describe('the first edition', () => {
  const file = fileOf(first);

  test('is a file that fits the schema, with its sections in order and claims to write', () => {
    expect(file).toMatchObject({ id: 'S6', title: 'Tystnad', edition: '2026-03-01' });
    expect(file.sections.map(({ id, heading, claims }) => [id, heading, claims])).toEqual([
      ['S6-1', 'Bakgrund', []],
      ['S6-2', 'Tystnad', []],
      ['S6-2.1', 'Vem', []],
    ]);
    expect(file.sections.map(({ text }) => text)).toEqual(sections.map(({ text }) => text));
  });

  test('marks nothing as changed', () => {
    expect(file.sections.filter(({ changed, gone }) => changed || gone)).toEqual([]);
  });
});

describe('the same edition again', () => {
  test('changes not a letter, whatever editors have written', () => {
    const { yaml, added, changed, gone } = again(edited, edition());
    expect(yaml).toBe(edited);
    expect([added, changed, gone]).toEqual([[], [], []]);
  });

  test('set with other line breaks, hyphens and capitals is the same', () => {
    const { yaml } = again(first, edition(replaced(1, { text: 'VI HÅLLER  tyst om lån.\n• namn • titlar' })));
    expect(yaml).toBe(first);
  });

  test('keeps a text that an editor has mended', () => {
    const mended = first.replace('Alla som arbetar här.', 'Alla som arbetar hos oss.');
    expect(again(mended, edition()).yaml).toBe(mended);
  });
});

describe('a new edition', () => {
  test('marks a changed section, and keeps its id, its claims, its heading, its comments and its old wording', () => {
    const text = `${long} Det gäller även film.`;
    const { file, yaml, changed } = again(edited, edition(replaced(0, { text })));
    expect(changed).toEqual(['S6-1']);
    expect(file.sections[0]).toMatchObject({
      id: 'S6-1',
      heading: 'Varför vi gör så här',
      text,
      earlier: long,
      changed: true,
      claims: [{ id: 'S6-1-c1', says: 'Alla får låna.', status: 'nuanced', notes: ['L01'] }],
    });
    expect(yaml).toContain('# bättre så');
    expect(yaml).toContain('# stämt av');
    expect(file.sections.slice(1)).toEqual(fileOf(edited).sections.slice(1));
  });

  test('keeps the wording that the claims were written from, until the mark is taken away', () => {
    const second = again(edited, edition(replaced(0, { text: 'En annan text.' }))).yaml;
    const third = again(second, edition(replaced(0, { text: 'En tredje text.' })));
    expect(third.file.sections[0]).toMatchObject({ text: 'En tredje text.', earlier: long, changed: true });
  });

  test('run twice is the same as once', () => {
    const next = edition(replaced(0, { text: 'En annan text.' }));
    const second = again(edited, next).yaml;
    expect(again(second, next).yaml).toBe(second);
  });

  test('keeps the id of a section that has another number, and says the number', () => {
    const moved = [
      { number: '1', heading: 'Nytt', text: 'Det här är nytt.' },
      ...sections.map((section) => ({ ...section, number: `${Number(section.number) + 1}` })),
    ];
    const { file, added, changed } = again(edited, edition(moved));
    expect([added, changed]).toEqual([['S6-1-ny'], []]);
    expect(file.sections.map(({ id, imported }) => [id, imported?.number])).toEqual([
      ['S6-1-ny', '1'],
      ['S6-1', '2'],
      ['S6-2', '3'],
      ['S6-2.1', '3.1'],
    ]);
    expect(file.sections[0]).toMatchObject({ changed: true, claims: [] });
  });

  test('knows a section with another heading by its text, and keeps the old heading', () => {
    const { file, changed } = again(first, edition(replaced(1, { heading: 'Att tiga' })));
    expect(changed).toEqual(['S6-2']);
    expect(file.sections[1]).toMatchObject({ id: 'S6-2', heading: 'Att tiga', changed: true });
    expect(file.sections[1]?.earlier).toMatch(/^Tystnad\n\nVi håller tyst/);
  });

  test('knows a section with another heading and almost the same text by its number', () => {
    const { file, added } = again(first, edition(replaced(0, { heading: 'Utlån', text: `${long} Alltid.` })));
    expect(added).toEqual([]);
    expect(file.sections[0]).toMatchObject({ id: 'S6-1', heading: 'Utlån', changed: true });
  });

  test('marks a section that is gone, keeps it where it was, and never gives its id away', () => {
    const gone = again(edited, edition(sections.slice(1)));
    expect(gone.gone).toEqual(['S6-1']);
    expect(gone.file.sections[0]).toMatchObject({ id: 'S6-1', gone: true, claims: [{ id: 'S6-1-c1' }] });
    const another = { number: '1', heading: 'Böter', text: 'Den som är sen betalar en krona om dagen.' };
    expect(again(gone.yaml, edition([another, ...sections.slice(1)])).file.sections.map(({ id }) => id)).toEqual([
      'S6-1',
      'S6-1-ny',
      'S6-2',
      'S6-2.1',
    ]);
  });

  test('takes the mark away from a section that comes back', () => {
    const gone = again(first, edition(sections.slice(1))).yaml;
    expect(again(gone, edition()).file.sections).toEqual(fileOf(first).sections);
  });

  test('has its own date, or today’s if it has none and differs', () => {
    expect(again(first, edition(sections, { today: '2027-01-01' })).file.edition).toBe('2026-03-01');
    expect(again(first, edition(sections.slice(1), { today: '2027-01-01' })).file.edition).toBe('2027-01-01');
    expect(again(first, edition(sections, { date: '2026-12-31', today: '2027-01-01' })).file.edition).toBe(
      '2026-12-31',
    );
  });
});

test('a file that was written by hand gets the texts of its sections, and what it left out is no news', () => {
  const byHand = `id: S1
title: Tystnad
edition: 2026-02-12
sections:
  - id: S1-2
    heading: Tystnad
    claims: [{ id: S1-2-c1, says: Vi tiger., status: holds }]
  - id: S1-2.1
    heading: "Tystnad – underrubrik: Vem"
    claims: [{ id: S1-2.1-c1, says: Alla., status: holds }]
`;
  const { file, changed, added } = again(byHand, edition(sections, { id: 'S1' }));
  expect([added, changed]).toEqual([['S1-1'], []]);
  expect(file.edition).toBe('2026-02-12');
  expect(file.sections.map(({ id, heading, text, changed: mark }) => [id, heading, text !== undefined, mark])).toEqual([
    ['S1-1', 'Bakgrund', true, undefined],
    ['S1-2', 'Tystnad', true, undefined],
    ['S1-2.1', 'Tystnad – underrubrik: Vem', true, undefined],
  ]);
});
