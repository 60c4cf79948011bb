import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ContentError } from './read-yaml.ts';
import { hashOfSource, loadTranslationHashes, outdatedTranslations, translationsIn } from './translations.ts';

const lesson = 'courses/sekretess/lessons/ett';
const scenario = 'courses/sekretess/scenarios/prov';
const exercise = 'courses/sekretess/exercises/papper';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'translations-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

function put(file: string, text: string): void {
  mkdirSync(dirname(join(dir, file)), { recursive: true });
  writeFileSync(join(dir, file), text);
}

/** Notes which Swedish text each of these was made from: the one that is there now. */
function noteAsMade(...files: readonly string[]): void {
  const hashes = files.map((file) => [file, hashOfSource(dir, file.replace(/[\w-]+\.(mdx|yaml)$/, 'sv.$1'))] as const);
  put('translations.yaml', JSON.stringify(Object.fromEntries(hashes)));
}

const outdated = () => outdatedTranslations(dir).map(({ file }) => file);

describe('the hash of a Swedish text', () => {
  const text = (checked: string, title = 'Ett', body = 'Du säger nej.') =>
    `---\ntitle: ${title}\nchecked: ${checked}\n---\n\n${body}\n`;
  const hashOf = (words: string) => {
    put(`${lesson}/sv.mdx`, words);
    return hashOfSource(dir, `${lesson}/sv.mdx`);
  };

  test('is twelve hex digits', () => {
    expect(hashOf(text('2026-02-12'))).toMatch(/^[0-9a-f]{12}$/);
  });

  test('is the same when only the day changes on which the law was checked', () => {
    expect(hashOf(text('2026-05-01'))).toBe(hashOf(text('2026-02-12')));
  });

  test('is another when a word changes, in the head or below it', () => {
    const hash = hashOf(text('2026-02-12'));
    expect(hashOf(text('2026-02-12', 'Två'))).not.toBe(hash);
    expect(hashOf(text('2026-02-12', 'Ett', 'Du säger ja.'))).not.toBe(hash);
  });

  test('heeds “checked:” within a line', () => {
    expect(hashOf(text('2026-02-12', 'Ett', 'Det är checked: nu'))).not.toBe(
      hashOf(text('2026-02-12', 'Ett', 'Det är checked: sen')),
    );
  });
});

test('every Swedish text has two translations, whether they are there or not', () => {
  put(`${lesson}/sv.mdx`, 'Ja.');
  put(`${lesson}/en.mdx`, 'Yes.');
  put(`${scenario}/sv.yaml`, 'title: Ja');
  put(`${exercise}/sv.yaml`, 'title: Ja');
  expect(translationsIn(dir).map(({ file, source, language, exists }) => [file, source, language, exists])).toEqual([
    [`${lesson}/sv-simple.mdx`, `${lesson}/sv.mdx`, 'sv-simple', false],
    [`${lesson}/en.mdx`, `${lesson}/sv.mdx`, 'en', true],
    [`${scenario}/sv-simple.yaml`, `${scenario}/sv.yaml`, 'sv-simple', false],
    [`${scenario}/en.yaml`, `${scenario}/sv.yaml`, 'en', false],
    [`${exercise}/sv-simple.yaml`, `${exercise}/sv.yaml`, 'sv-simple', false],
    [`${exercise}/en.yaml`, `${exercise}/sv.yaml`, 'en', false],
  ]);
});

test('folders that are not there hold nothing to translate', () => {
  expect(translationsIn(dir)).toEqual([]);
  expect(outdated()).toEqual([]);
});

describe('a translation', () => {
  beforeEach(() => {
    put(`${lesson}/sv.mdx`, '---\nchecked: 2026-02-12\n---\n\nDu säger nej.\n');
    put(`${lesson}/en.mdx`, 'You say no.');
    put(`${lesson}/sv-simple.mdx`, 'Du säger nej.');
    put(`${scenario}/sv.yaml`, 'title: Ja');
    put(`${scenario}/en.yaml`, 'title: Yes');
    noteAsMade(`${lesson}/en.mdx`, `${lesson}/sv-simple.mdx`, `${scenario}/en.yaml`);
  });

  test('of the Swedish text as it is now is not outdated', () => {
    expect(outdated()).toEqual([]);
  });

  test('is outdated, in every language, when its Swedish text has changed: that text’s only', () => {
    put(`${lesson}/sv.mdx`, '---\nchecked: 2026-02-12\n---\n\nDu säger alltid nej.\n');
    expect(outdated()).toEqual([`${lesson}/sv-simple.mdx`, `${lesson}/en.mdx`]);
  });

  test('is not outdated by another day on which the law was checked', () => {
    put(`${lesson}/sv.mdx`, '---\nchecked: 2026-08-01\n---\n\nDu säger nej.\n');
    expect(outdated()).toEqual([]);
  });

  test('is not outdated by its own words', () => {
    put(`${lesson}/en.mdx`, 'You must say no.');
    expect(outdated()).toEqual([]);
  });

  test('counts as outdated while nobody knows what it was made from', () => {
    noteAsMade(`${lesson}/en.mdx`);
    expect(outdated()).toEqual([`${lesson}/sv-simple.mdx`, `${scenario}/en.yaml`]);
    rmSync(join(dir, 'translations.yaml'));
    expect(outdated()).toHaveLength(3);
  });

  test('that is missing is not outdated, nor one whose Swedish text is gone', () => {
    rmSync(join(dir, `${lesson}/en.mdx`));
    put(`${lesson}/sv.mdx`, 'Nytt.');
    rmSync(join(dir, `${scenario}/sv.yaml`));
    expect(outdated()).toEqual([`${lesson}/sv-simple.mdx`]);
  });
});

describe('the noted hashes', () => {
  test('are none without the file', () => {
    expect(loadTranslationHashes(dir)).toEqual({});
  });

  test('that are not text are named', () => {
    put('translations.yaml', 'en.mdx: [1]');
    expect(() => loadTranslationHashes(dir)).toThrow(ContentError);
  });
});
