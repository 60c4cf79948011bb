import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildState, removeBuildFile, stampOfSources, writeBuildFile } from './stamp.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'stamp-'));
  write('src/pages/index.astro', 'a page');
  write('src/domain/exam/exam.ts', 'a rule');
  write('content/ui/sv.json', '{}');
  write('content/municipality.yaml', 'name: Lindala kommun');
  write('public/robots.txt', 'a file');
  write('package.json', '{"version":"0.1.0"}');
  write('package-lock.json', '{}');
  write('astro.config.mjs', 'export default {}');
});
afterEach(() => rmSync(root, { recursive: true }));

describe('managers S8, structure H1: the stamp of a build', () => {
  test('nothing is built until all of it is', () => {
    expect(buildState(root)).toBe('none');
    write('dist/server/entry.mjs', 'the program');
    expect(buildState(root)).toBe('none');
    build();
    expect(buildState(root)).toBe('current');
    removeBuildFile(root);
    expect(buildState(root)).toBe('none');
  });

  test.for([
    'src/pages/index.astro',
    'src/domain/exam/exam.ts',
    'src/domain/new.ts',
    'content/ui/sv.json',
    'content/municipality.yaml',
    'public/robots.txt',
    'package.json',
    'package-lock.json',
    'astro.config.mjs',
    'tsconfig.json',
    'dist/server/entry.mjs',
    'dist/client/index.html',
  ])('a change of %s is seen', (file) => {
    build();
    write(file, 'changed');
    expect(buildState(root)).toBe('changed');
  });

  test('so is a file that is gone, or has another name', () => {
    build();
    rmSync(join(root, 'src/domain/exam/exam.ts'));
    expect(buildState(root)).toBe('changed');
    write('src/domain/course/grading.ts', 'a rule');
    expect(buildState(root)).toBe('changed');
  });

  test('tests and papers are no part of what is built; a file written anew as it was is no change', () => {
    build();
    write('src/domain/exam/exam.test.ts', 'a test');
    write('tests/x.test.ts', 'a test');
    write('docs/x.md', 'a paper');
    write('src/domain/exam/exam.ts', 'a rule');
    expect(buildState(root)).toBe('current');
  });

  test('what has changed while it was built is not said to be built', () => {
    const stamp = stampOfSources(root);
    write('dist/server/entry.mjs', 'the program');
    write('content/ui/sv.json', '{"new":"text"}');
    expect(writeBuildFile({ version: '0.1.0', stamp, builtOn: '2026-12-01' }, root)).toBe(false);
    expect(buildState(root)).toBe('none');
  });

  test.for(['', '{', '[]', '{"stamp":"x"}'])('a damaged note of it is none: %j', (text) => {
    build();
    write('dist/build.json', text);
    expect(buildState(root)).toBe('none');
  });

  test('the note has version, stamp and day, and nothing of the machine', () => {
    build();
    const note = JSON.parse(readFileSync(join(root, 'dist/build.json'), 'utf8'));
    expect(Object.keys(note).sort()).toEqual(['builtOn', 'files', 'stamp', 'version']);
    expect(note.stamp).toMatch(/^[0-9a-f]{12}$/);
  });
});

function build(): void {
  write('dist/server/entry.mjs', 'the program');
  write('dist/client/index.html', 'a page');
  const made = { version: '0.1.0', stamp: stampOfSources(root), builtOn: '2026-12-01' };
  expect(writeBuildFile(made, root)).toBe(true);
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}
