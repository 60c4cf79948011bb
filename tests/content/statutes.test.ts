import { describe, expect, test } from 'vitest';
import { loadStatutes, statutesIn } from '#content/statutes.ts';
import { languages } from '#domain/kernel/language.ts';
import { notPlain, readability } from '#editors/check/readability.ts';
import sourceRuns from './source-runs.json' with { type: 'json' };
import { runHash, unpackRuns, wordRuns } from './word-runs.ts';

const statutes = loadStatutes();

describe('the laws in brief', () => {
  test('are there, each once, in every language', () => {
    expect(statutes.length).toBeGreaterThanOrEqual(15);
    expect(new Set(statutes.map(({ id }) => id)).size).toBe(statutes.length);
    for (const language of languages) expect(statutesIn(language).every(({ text }) => text.length > 40)).toBe(true);
    expect(statutesIn('sv')[0]).toMatchObject({
      id: 'lag-osl-25-1',
      cited: '25 kap. 1 § offentlighets- och sekretesslagen (OSL)',
    });
  });

  test('are plain in plain Swedish', () => {
    expect(notPlain(readability(statutes.map((statute) => ({ text: statute['sv-simple'] }))))).toEqual([]);
    const hard = statutes.filter((statute) => readability([{ text: statute['sv-simple'] }]).lix > 34);
    expect(hard.map(({ id }) => id)).toEqual([]);
  });

  test('are in our own words', () => {
    const runs = unpackRuns(sourceRuns.runs);
    const same = statutes.flatMap((statute) => wordRuns(`${statute.sv}\n${statute['sv-simple']}`));
    expect(same.filter((run) => runs.has(runHash(run)))).toEqual([]);
  });

  test('name the Social Services Act now in force, never the one before', () => {
    const words = JSON.stringify(statutes);
    expect(words).not.toMatch(/2001:453|\b1[45] kap\. 1 §/);
    expect(words).toContain('socialtjänstlagen (2025:400)');
  });
});
