import ts from 'typescript';
import { expect, test } from 'vitest';
import { hole, literalsIn, trees } from './literals.ts';
import { filesIn, sources } from './source-files.ts';

const own = ['src/paths.ts', 'src/auth/route-rules.ts'];
const pathsFile = sources.filter(({ path }) => path === 'src/paths.ts');

/** Each address in `paths` as it is written, with `*` for what is filled in: `/prov/*\/svar`. */
const addresses: readonly (readonly [string, string])[] = pathsFile.flatMap(trees).flatMap((tree) => {
  const found: [string, string][] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && ts.isArrowFunction(node.initializer)) {
      const file = { path: 'src/x.ts', text: '', template: '', script: `(${node.initializer.getText()})` };
      for (const { text } of literalsIn(file)) found.push([node.name.getText(), text.replaceAll(hole, '*') || '/']);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
});

test('every address in paths.ts is read', () => {
  expect(addresses).toContainEqual(['attemptAnswer', '/prov/*/svar']);
  expect(addresses).toContainEqual(['home', '/']);
  expect(addresses.length).toBeGreaterThan(25);
});

test('no address of the site is typed by hand outside paths.ts', () => {
  const segments = new Set(addresses.flatMap(([, address]) => address.split('/')[1] || []).concat('latt', 'en'));
  expect(segments).toContain('kurser');
  const typed = sources
    .filter(({ path }) => !own.includes(path))
    .flatMap(literalsIn)
    .filter(({ text }) => {
      const segment = /^(?:https?:\/\/[^/]*)?\/([\wåäö-]+)(?=$|[/?#.\0])/.exec(text)?.[1];
      return segment !== undefined && segments.has(segment);
    });
  expect(typed.map(({ file, text }) => `${file.path}: ${text}`)).toEqual([]);
});

test('every address leads to a page', () => {
  const pages = filesIn('src/pages', ['.astro', '.ts', '.md', '.mdx']).map(({ path }) =>
    path
      .replace(/^src\/pages/, '')
      .replace(/\/\[\.\.\.prefix\]/, '')
      .replace(/\.(astro|ts|mdx?)$/, '')
      .replace(/\/index$/, '')
      .replace(/\[\w+\]/g, '*'),
  );
  const routes = new Set(pages.map((page) => page || '/'));
  expect(
    addresses.filter(([, address]) => !routes.has(address)).map(([name, address]) => `${name}: ${address}`),
  ).toEqual([]);
});

test('every address is used', () => {
  const code = sources
    .filter(({ path }) => !own.includes(path))
    .map(({ text }) => text)
    .join('\n');
  const unused = [...new Set(addresses.map(([name]) => name))].filter(
    (name) => !new RegExp(`\\bpaths\\.${name}\\b`).test(code),
  );
  // For machines, from outside: no page leads there. (That of health is known to our server, on every host.)
  expect(unused).toEqual(['certificateJson']);
});
