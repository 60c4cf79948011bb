import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contentDir } from '#content/read-yaml.ts';
import { checkContent } from '#editors/check/check-content.ts';
import { proseOf } from '#editors/check/prose.ts';
import { readContent } from '#editors/check/read-content.ts';
import { writeTree } from './small-content.ts';
import sourceRuns from './source-runs.json' with { type: 'json' };
import { runHash, unpackRuns, wordRuns } from './word-runs.ts';

describe('the real content', () => {
  test('keeps every rule', () => {
    const checked = checkContent(contentDir);
    expect(checked.ok ? [] : checked.mistakes).toEqual([]);
  });

  test('has no eight words in a row from a source', () => {
    const runs = unpackRuns(sourceRuns.runs);
    const copied = realProse().flatMap(({ file, field, text }) =>
      wordRuns(text)
        .filter((run) => runs.has(runHash(run)) && !titles.includes(run))
        .map((run) => `${file} · ${field} · ${run}`),
    );
    expect(copied).toEqual([]);
  });

  test('would be caught copying', () => {
    // A sentence of S2, rather short of words but otherwise as it stands there.
    const copied = 'Sekretessen gäller oavsett om du arbetar eller är ledig.';
    expect(
      wordRuns(copied)
        .map(runHash)
        .some((hash) => unpackRuns(sourceRuns.runs).has(hash)),
    ).toBe(true);
  });
});

// Starting Node takes its time where many tests run beside each other.
describe('npm run content:check', { timeout: 30_000 }, () => {
  test('prints the summary and succeeds', () => {
    const { stdout, status } = run('content');
    expect(stdout).toContain('S2: varje påstående');
    expect(stdout).toMatch(/S2-1-c1 +lärs ut: .+ · prövas: /);
    expect(stdout).toMatch(/summer-worker +[\d.]+ \+ [\d.]+ = [\d.]+ av högst 20/);
    expect(status).toBe(0);
  });

  test('prints a table of mistakes and fails', () => {
    const { stdout, status } = runPlanted((tree) => tree.replace(firstLesson, 'S4-1-c1', 'S4-9-c9'));
    expect(stdout).toContain('lessons/ett/sv.mdx · rad 9 <Rule claims> · S4-9-c9 finns inte · rätta id:t');
    expect(status).toBe(1);
  });
});

const firstLesson = 'courses/sekretess/lessons/ett/sv.mdx';

/** Names of statutes: there is no other way to write them. */
const titles = ['lagen om stöd och service till vissa funktionshindrade'];

function realProse() {
  const read = readContent(contentDir);
  if (!read.ok) throw new Error('the content cannot be read');
  return proseOf(read.content);
}

function run(dir: string) {
  return spawnSync(process.execPath, ['src/cli/content-check.ts', dir], { encoding: 'utf8' });
}

function runPlanted(plant: Parameters<typeof writeTree>[0]) {
  const dir = writeTree(plant);
  try {
    return run(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}
