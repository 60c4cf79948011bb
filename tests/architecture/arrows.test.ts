import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { describeImports, filesIn, type Import, imports, importsOf, parse, sources } from './source-files.ts';

/** `domain`, `usecases` …; a file that lies in src itself is a layer of its own. */
function layerOf(path: string): string | undefined {
  const [src, first = ''] = path.split('/');
  return src === 'src' ? first : undefined;
}

const isOurs = ({ target }: Import) => target.startsWith('src/');
const of = (layer: string) => imports.filter(({ from }) => layerOf(from.path) === layer);

/** What breaks “this layer imports only those”, types included or not. */
function outside(layer: string, allowed: readonly string[], { types = true } = {}): string[] {
  const ours = of(layer).filter((one) => isOurs(one) && (types || !one.typeOnly));
  return describeImports(ours.filter(({ target }) => !allowed.includes(layerOf(target) ?? '')));
}

/** Without comments, types and what headers say (`no-store`). */
function codeOf(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '').replace(/['"][^'"\n]*['"]/g, '');
}

describe('arrows point inward', () => {
  test('every import of our own leads to a file that is there', () => {
    const there = new Set(
      [...filesIn('src', ['.ts', '.tsx', '.astro', '.css', '.mjs']), ...filesIn('content', ['.json'])].map(
        ({ path }) => path,
      ),
    );
    const own = imports.filter(({ target }) => target.startsWith('src/') || target.startsWith('content/'));
    expect(own.length).toBeGreaterThan(100);
    expect(describeImports(own.filter(({ target }) => !there.has(target)))).toEqual([]);
  });

  test('the domain imports only the domain', () => {
    expect(describeImports(of('domain').filter(({ target }) => layerOf(target) !== 'domain'))).toEqual([]);
  });

  test('ports import only the domain and ports', () => {
    expect(
      describeImports(of('ports').filter(({ target }) => !['domain', 'ports'].includes(layerOf(target) ?? ''))),
    ).toEqual([]);
  });

  test.for([
    ['adapters', ['domain', 'ports', 'adapters']],
    ['auth', ['domain', 'ports', 'auth']],
    ['forms', ['domain', 'forms']],
    ['i18n', ['domain', 'i18n']],
    ['content', ['domain', 'content', 'i18n']],
    ['editors', ['domain', 'content', 'editors']],
  ] as const)('%s import only %j of ours', ([layer, allowed]) => {
    expect(outside(layer, allowed)).toEqual([]);
  });

  test('use cases know no adapter, no page, no session library and no server', () => {
    const allowed = ['domain', 'ports', 'usecases', 'content', 'forms', 'i18n', 'paths.ts'];
    expect(outside('usecases', allowed, { types: false })).toEqual([]);
    expect(outside('usecases', [...allowed, 'services.ts', 'islands'])).toEqual([]);
  });

  test('nothing but services.ts and the commands knows an adapter; pages draw QR codes', () => {
    const known = imports.filter(
      ({ target, from }) => layerOf(target) === 'adapters' && layerOf(from.path) !== 'adapters',
    );
    const may = ({ from, target }: Import) =>
      from.path === 'src/services.ts' ||
      layerOf(from.path) === 'cli' ||
      (layerOf(from.path) === 'pages' && target === 'src/adapters/qr/qr-svg.ts');
    expect(describeImports(known.filter((one) => !may(one)))).toEqual([]);
  });

  test('pages and components never touch the store: a use case does, which has asked who may', () => {
    const shown = sources.filter(({ path }) => /^src\/(pages|components|layouts)\//.test(path));
    const touching = shown.filter(({ script, template }) => /(?<![-\w])store\b/.test(codeOf(script + template)));
    expect(touching.map(({ path }) => path)).toEqual([]);
  });

  test('the running server never loads what is the editors’: src/editors is reached by commands and tests alone', () => {
    const next = new Map<string, string[]>();
    for (const { from, target } of imports) next.set(from.path, [...(next.get(from.path) ?? []), target]);
    const starts = sources
      .map(({ path }) => path)
      .filter((path) => /^src\/(pages\/|middleware|cli\/start\.ts)/.test(path));
    const reached = new Set(starts);
    for (const path of reached) for (const target of next.get(path) ?? []) reached.add(target);
    expect(reached.size).toBeGreaterThan(400);
    expect([...reached].filter((path) => layerOf(path) === 'editors')).toEqual([]);
  });

  test('islands bring no server code into the browser: of ours they import islands, and of all else only types', () => {
    const values = of('islands').filter(({ typeOnly }) => !typeOnly);
    const may = ['preact', 'preact/hooks'];
    expect(
      describeImports(
        values.filter(({ target, specifier }) => layerOf(target) !== 'islands' && !may.includes(specifier)),
      ),
    ).toEqual([]);
  });
});

describe('one file knows', () => {
  const users = (...packages: string[]) => imports.filter(({ target }) => packages.includes(target));

  test('Lucia: src/auth/sessions.ts', () => {
    expect([...new Set(users('lucia').map(({ from }) => from.path))]).toEqual(['src/auth/sessions.ts']);
  });

  test.for([
    'lowdb',
    'nodemailer',
    'pdfkit',
    'qrcode',
    '@node-rs/argon2',
    'write-excel-file',
    '@simplewebauthn/server',
  ])('%s: only adapters do', (driver) => {
    const using = users(driver);
    expect(using.length).toBeGreaterThan(0);
    expect(describeImports(using.filter(({ from }) => layerOf(from.path) !== 'adapters'))).toEqual([]);
  });

  test('the environment: src/env.ts', () => {
    const reading = sources.filter(({ text }) =>
      /\bprocess\s*(\?\.|\.)\s*env\b|\bprocess\s*\[\s*['"`]env|import\.meta\.env/.test(text),
    );
    const imported = imports.filter(({ target }) => target === 'node:process' || target === 'process');
    expect(reading.map(({ path }) => path)).toEqual(['src/env.ts']);
    expect(describeImports(imported)).toEqual([]);
  });
});

describe('content', () => {
  test('holds texts and rules, no program', () => {
    const known = ['.yaml', '.json', '.mdx', '.md'];
    const files = filesIn('content', [
      ...known,
      '.ts',
      '.tsx',
      '.js',
      '.mjs',
      '.cjs',
      '.jsx',
      '.astro',
      '.sh',
      '.html',
    ]);
    expect(files.filter(({ path }) => !known.some((ending) => path.endsWith(ending))).map(({ path }) => path)).toEqual(
      [],
    );
  });

  test('imports and exports nothing', () => {
    const lessons = filesIn('content', ['.mdx', '.md']);
    expect(lessons.length).toBeGreaterThan(10);
    expect(lessons.filter(({ text }) => /^\s*(import|export)\b/m.test(text)).map(({ path }) => path)).toEqual([]);
  });

  test('is imported by nobody but the interface’s texts: it is read, and checked when it is read', () => {
    const direct = imports.filter(({ target }) => target.startsWith('content/'));
    expect(describeImports(direct.filter(({ from }) => from.path !== 'src/i18n/translate.ts'))).toEqual([]);
  });
});

test('an import of types alone says so, as a type import erases and another does not', () => {
  const file = { path: 'src/islands/x.tsx', text: '', template: '' };
  const script = [
    `import type { A } from '#domain/a.ts';`,
    `import { type B } from '#domain/b.ts';`,
    `export { c } from './c.ts';`,
    `const d = await import('lowdb');`,
    `type E = import('#src/services.ts').Services;`,
  ].join('\n');
  expect(importsOf({ ...file, script }).map(({ target, typeOnly }) => [target, typeOnly])).toEqual([
    ['src/domain/a.ts', true],
    ['src/domain/b.ts', false],
    ['src/islands/c.ts', false],
    ['lowdb', false],
    ['src/services.ts', true],
  ]);
});

test('no barrels, no default exports, no enums: each name is found where it is made', () => {
  const broken = sources
    .filter(({ path }) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
    .flatMap((file) => {
      const lines: string[] = [];
      parse(file.script, file.path).forEachChild((node) => {
        if (ts.isExportDeclaration(node) && node.moduleSpecifier) lines.push(`${file.path} exports from another file`);
        if (ts.isExportAssignment(node)) lines.push(`${file.path} has a default export`);
        if (ts.isEnumDeclaration(node)) lines.push(`${file.path} has an enum`);
      });
      return lines;
    });
  expect(broken).toEqual([]);
});
