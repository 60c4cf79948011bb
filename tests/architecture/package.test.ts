import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesIn, imports, importsOf } from './source-files.ts';

interface Package {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
}

const own: Package = JSON.parse(readFileSync('package.json', 'utf8'));
const all = { ...own.dependencies, ...own.devDependencies };

const configs = readdirSync('.').filter((name) => /\.(mjs|ts)$/.test(name));
const tests = readdirSync('tests', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name));

/** Every package that some file of ours imports. */
const imported = new Set(
  [
    ...imports,
    ...filesIn('src', ['.ts', '.tsx']).flatMap(importsOf),
    ...[...configs, ...tests, ...unitTests()].flatMap((path) => {
      const text = readFileSync(path, 'utf8');
      return importsOf({ path, text, script: text, template: '' });
    }),
  ].map(({ target }) => target),
);

function unitTests(): string[] {
  return readdirSync('src', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

test.for(Object.entries(all))('%s has an exact version: %s', ([, version]) => {
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
});

test('no package is in both lists', () => {
  expect(Object.keys(own.dependencies).filter((name) => name in own.devDependencies)).toEqual([]);
});

test('the demonstration runs the server with the flags that `npm start` has', () => {
  const flags = own.scripts['start']?.split(' ').filter((word) => word.startsWith('--')) ?? [];
  expect(flags).not.toEqual([]);
  const demo = readFileSync('src/cli/demo.ts', 'utf8');
  expect(demo).toContain(`[${[...flags, 'src/cli/serve.js', '--demo'].map((word) => `'${word}'`).join(', ')}]`);
});

test('what the site imports is there when it runs: no dependency of development is needed', () => {
  const needed = new Set(
    imports.filter(({ typeOnly, from }) => !typeOnly && !from.path.startsWith('src/env.d')).map(({ target }) => target),
  );
  expect(Object.keys(own.devDependencies).filter((name) => needed.has(name))).toEqual([]);
});

test('every package that is imported is named in package.json', () => {
  const packages = [...imported].filter(
    (target) => /^(@[\w-]+\/)?[a-z][\w.-]*$/.test(target) && !existsSync(target) && !target.startsWith('node:'),
  );
  // Astro makes this one up (`astro:content`), the others are Node’s own.
  expect(packages.filter((name) => !(name in all) && !name.startsWith('astro:'))).toEqual([]);
});

test('every package is used: imported, run by a script, or named in a config', () => {
  const scripts = Object.values(own.scripts).join('\n');
  const named = [readFileSync('tsconfig.json', 'utf8'), readFileSync('biome.json', 'utf8')].join('\n');
  const runs = (name: string) =>
    commandsOf(name).some((command) => new RegExp(`(^|[\\s&])${command}\\b`).test(scripts));
  // Started as a process of its own, by its path.
  const isResolved = (name: string) => tests.some((file) => readFileSync(file, 'utf8').includes(`.resolve('${name}')`));
  const unused = Object.keys(all).filter((name) => {
    if (name.startsWith('@types/')) return !(name.slice('@types/'.length) in all) && name !== '@types/node';
    // `astro check` loads it.
    if (name === '@astrojs/check') return !/\bastro check\b/.test(scripts);
    return !imported.has(name) && !isResolved(name) && !runs(name) && !named.includes(name);
  });
  expect(unused).toEqual([]);
});

function commandsOf(name: string): string[] {
  const manifest: { bin?: string | Record<string, string> } = JSON.parse(
    readFileSync(`node_modules/${name}/package.json`, 'utf8'),
  );
  const { bin } = manifest;
  if (bin === undefined) return [];
  return typeof bin === 'string' ? [name.replace(/^@[^/]+\//, '')] : Object.keys(bin);
}

test('nothing is left to do in the code', () => {
  const marks = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b`);
  const folders = ['src', 'tests', 'content', 'docs', 'public', '.ci'].filter((folder) => existsSync(folder));
  const files = folders
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name))))
    .concat(readdirSync('.').filter((name) => /\.(md|mjs|ts|json)$/.test(name) && name !== 'package-lock.json'))
    .filter((file) => statSync(file).isFile() && /\.(tsx?|mjs|astro|mdx?|ya?ml|json|css|svg|sh|py)$|\.ci/.test(file));
  expect(files.length).toBeGreaterThan(200);
  expect(files.filter((file) => marks.test(readFileSync(file, 'utf8')))).toEqual([]);
});

test('editors that read .editorconfig format as Biome does', () => {
  const { formatter } = JSON.parse(readFileSync('biome.json', 'utf8'));
  const editors = readFileSync('.editorconfig', 'utf8');
  expect(editors).toContain(`indent_style = ${formatter.indentStyle}`);
  expect(editors).toContain(`indent_size = ${formatter.indentWidth}`);
  expect(editors).toContain(`max_line_length = ${formatter.lineWidth}`);
});

test('a new version waits for as many days as docs/security/updates.md says, is pinned, and comes from where npm takes it', () => {
  const settings = readFileSync('renovate.json', 'utf8');
  expect(readFileSync('docs/security/updates.md', 'utf8')).toContain('waits for seven days');
  expect(JSON.parse(settings)).toMatchObject({ minimumReleaseAge: '7 days', rangeStrategy: 'pin' });
  expect(settings).not.toMatch(/https?:|registryUrls|npmrc/);
});

test('the newest version in CHANGELOG.md is the one in package.json, and what is not released yet stands above it', () => {
  const headings = [...readFileSync('CHANGELOG.md', 'utf8').matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(headings[0]).toBe('Not yet released');
  expect(headings[1]).toMatch(new RegExp(`^${version.replaceAll('.', '\\.')} – 20\\d\\d-\\d\\d-\\d\\d$`));
});
