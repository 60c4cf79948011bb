import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkContent } from '#editors/check/check-content.ts';
import { readOptions } from '#editors/tools/options.ts';
import { newOptions, planNew } from '#editors/tools/plan-new.ts';
import { kinds } from '#editors/tools/skeletons.ts';
import { slugOf } from '#editors/tools/slug.ts';
import { AlreadyThereError, writeFiles, writeFolder } from '#editors/tools/write-whole.ts';
import { runCommand, snapshot, withAllFiles } from './editor-commands.ts';
import { writeTree } from './small-content.ts';

let dir = '';
beforeEach(() => {
  dir = writeTree(withAllFiles);
});
afterEach(() => rmSync(dir, { recursive: true }));

const existing = { lessons: ['ett', 'tva'], scenarios: ['prov-0'] };
const plan = (...args: readonly string[]) => planNew(readOptions(args, newOptions), existing);

function mistakesOf(...args: readonly string[]): string[] {
  const planned = plan(...args);
  return planned.ok ? [] : planned.mistakes.map(({ field, problem }) => `${field} ${problem}`);
}

function unfilled(...args: readonly string[]): string[] {
  const planned = plan(...args);
  if (!planned.ok) throw new Error(JSON.stringify(planned.mistakes));
  writeFolder(dir, planned.plan.folder, planned.plan.files);
  const checked = checkContent(dir);
  return checked.ok
    ? []
    : checked.mistakes
        .filter(({ file }) => file.includes('/ny-'))
        .map(({ file, field }) => `${file.split('/').at(-1)} ${field}`);
}

describe('the check names every field of a skeleton as unfilled', () => {
  test('of a lesson, in each language', () => {
    const fields = ['title', 'objective', 'summary', 'drawing', 'checked'];
    expect(unfilled('lesson', 'ny-lektion').sort()).toEqual(
      ['sv', 'sv-simple', 'en'].flatMap((language) => fields.map((field) => `${language}.mdx ${field}`)).sort(),
    );
  });

  test('of a scenario’s key', () => {
    const fields = ['theme', 'setting', 'difficulty', 'audiences'];
    const options = [0, 1, 2].flatMap((place) => [`options.${place}.right`, `options.${place}.claims`]);
    expect(unfilled('scenario', 'ny-fraga', '--lesson', 'ett')).toEqual(
      expect.arrayContaining([...fields, ...options].map((field) => `scenario.yaml ${field}`)),
    );
  });

  test.for(kinds)('of a scenario of the kind %s: nothing else is wrong with it', (kind) => {
    const found = unfilled(
      'scenario',
      'ny-fraga',
      '--lesson',
      'ett',
      '--kind',
      kind,
      '--use',
      'exam',
      '--theme',
      'basics',
    );
    expect(found.length).toBeGreaterThan(5);
    expect(
      found.filter(
        (field) => !/(setting|difficulty|audiences|channel|right|claims|title|situation|text|feedback)$/.test(field),
      ),
    ).toEqual([]);
  });
});

describe('filled in, a skeleton', () => {
  test.for(kinds)('of the kind %s is a scenario that the check can read', (kind) => {
    const planned = plan('scenario', 'ny-fraga', '--lesson', 'ett', '--kind', kind, '--theme', 'basics');
    if (!planned.ok) throw new Error(JSON.stringify(planned.mistakes));
    const { folder, files } = planned.plan;
    const filled = new Map(
      [...files].map(([name, text]) => [
        name,
        text
          .replaceAll('""', '"Ord"')
          .replaceAll('right: ,', 'right: true,')
          .replaceAll('claims: []', 'claims: [S2-1-c1]')
          .replace('audiences: []', 'audiences: [student]')
          .replace(
            /^(setting|difficulty|channel): .*$/gm,
            (_line, field: string) => `${field}: ${{ setting: 'lss', difficulty: 'easy', channel: 'call' }[field]}`,
          ),
      ]),
    );
    writeFolder(dir, folder, filled);
    const checked = checkContent(dir);
    const unread = !checked.ok && checked.unread;
    expect(unread ? checked.mistakes : []).toEqual([]);
  });
});

describe('is refused, everything that is wrong in one run', () => {
  test.for([
    [['scenario', 'prov-0', '--lesson', 'ett'], ['prov-0 finns redan']],
    [['lesson', 'tva'], ['tva finns redan']],
    [['lesson', 'När någon frågar'], ['När någon frågar kan inte vara ett namn']],
    [['lesson', '../ut'], ['../ut kan inte vara ett namn']],
    [['lesson', 'a'.repeat(61)], [`${'a'.repeat(61)} kan inte vara ett namn`]],
    [['lesson'], ['namn saknas']],
    [['scenario', 'ny'], ['--lesson saknas']],
    [['lesson', 'ny', '--kind', 'order'], ['--kind hör till scenarier']],
    [['ny'], ['ny säger inte vad som ska skapas', 'namn saknas']],
    [[], ['- säger inte vad som ska skapas', 'namn saknas']],
    [
      [
        'scenario',
        'Ny',
        'fråga',
        '--lesson',
        'tre',
        '--kind',
        'quiz',
        '--use',
        'test',
        '--theme',
        'allt',
        '--nivå',
        '--use',
      ],
      [
        '--nivå är inget val',
        '--use saknar värde',
        'fråga ord för mycket',
        'Ny kan inte vara ett namn',
        '--lesson tre finns inte',
        '--kind quiz finns inte',
        '--use test finns inte',
        '--theme allt finns inte',
      ],
    ],
  ] as const)('%j', ([args, mistakes]) => {
    expect(mistakesOf(...args)).toEqual(mistakes);
  });

  test('with a name that would do', () => {
    const planned = plan('lesson', 'När någon frågar');
    expect(planned.ok ? '' : planned.mistakes[0]?.remedy).toMatch(/: nar-nagon-fragar$/);
    expect(slugOf('Åtkomst & spärr (2 §)')).toBe('atkomst-sparr-2');
  });
});

describe('what is written', () => {
  test('a folder that is there already is left as it is', () => {
    const before = snapshot(dir);
    expect(() => writeFolder(dir, 'courses/sekretess/lessons/ett', new Map([['sv.mdx', 'x']]))).toThrow(
      AlreadyThereError,
    );
    expect(snapshot(dir)).toEqual(before);
  });

  test('a folder one of whose files cannot be written is not there at all', () => {
    const before = snapshot(dir);
    const files = new Map([
      ['sv.yaml', 'x'],
      ['mapp/finns-inte.yaml', 'x'],
    ]);
    expect(() => writeFolder(dir, 'courses/sekretess/lessons/ny', files)).toThrow();
    expect(snapshot(dir)).toEqual(before);
  });

  test('files whose last one cannot be put in its place are taken away again', () => {
    const before = snapshot(dir);
    const files = new Map([
      ['drafts/ett/sv.mdx', 'x'],
      ['courses', 'x'],
    ]);
    expect(() => writeFiles(dir, files)).toThrow();
    expect(snapshot(dir)).toEqual(before);
  });
});

// Starting Node takes its time where many tests run beside each other.
describe('npm run content:new', { timeout: 30_000 }, () => {
  test('writes the files and names them', () => {
    const { stdout, status } = runCommand('new', 'scenario', 'ny-fraga', '--lesson', 'tva', '--content', dir);
    expect(stdout).toMatch(/scenarios\/ny-fraga\/scenario\.yaml\n.*\/sv\.yaml\n.*\/sv-simple\.yaml\n.*\/en\.yaml\n/);
    expect(status).toBe(0);
    expect(snapshot(dir).get('courses/sekretess/scenarios/ny-fraga/scenario.yaml')).toMatch(
      /use: practice\nkind: choose-one\ntheme: \nlesson: tva\n/,
    );
  });

  test('writes nothing when something is wrong', () => {
    const before = snapshot(dir);
    const { stdout, status } = runCommand('new', 'scenario', 'ny-fraga', '--lesson', 'tre', '--content', dir);
    expect(stdout).toContain('--lesson · tre finns inte · ange ett, tva');
    expect(status).toBe(1);
    expect(snapshot(dir)).toEqual(before);
  });

  test('reads the lessons from the folder that is given', () => {
    const { stdout } = runCommand('new', 'lesson', 'ny', '--content', join(dir, 'finns-inte'));
    expect(stdout).toContain('finns-inte');
  });
});
