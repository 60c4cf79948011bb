import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { papers } from './papers.ts';
import { filesIn, parse } from './source-files.ts';

const page = papers.find(({ path }) => path === 'docs/words.md')?.text ?? '';

/** What the domain exports that is a thing: types, interfaces, classes. */
const exported: readonly string[] = filesIn('src/domain', ['.ts']).flatMap(({ script, path }) =>
  parse(script, path).statements.flatMap((node) =>
    (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isClassDeclaration(node)) &&
    node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
      ? (node.name?.text ?? [])
      : [],
  ),
);

interface Row {
  readonly types: readonly string[];
  readonly swedish: readonly string[];
  readonly meaning: string;
}

function rowsOf(text: string): Row[] {
  return [...text.matchAll(/^\| (.+?) \|(?: (.+?) \|)? (.+) \|$/gm)].flatMap(
    ([, first = '', second = '–', last = '']) => {
      const types = [...first.matchAll(/`([\w*]+)`/g)].map(([, type = '']) => type);
      if (/^(word|type|-+)$/.test(first)) return [];
      return [{ types, swedish: second === '–' ? [] : second.split(', '), meaning: last }];
    },
  );
}

const matches = (pattern: string, type: string) =>
  pattern === type || (pattern.startsWith('*') && type.endsWith(pattern.slice(1)));

/** Types that stand nowhere, and rows about what is no longer there. */
function unexplained(types: readonly string[], text: string): string[] {
  const named = rowsOf(text).flatMap((row) => row.types);
  return [
    ...types
      .filter((type) => !named.some((pattern) => matches(pattern, type)))
      .map(
        (type) =>
          `${type}: add a line to docs/words.md: | \`${type}\` | what the interface calls it, or – | one sentence |`,
      ),
    ...named
      .filter((pattern) => !types.some((type) => matches(pattern, type)))
      .map(
        (pattern) =>
          `${pattern} stands in docs/words.md, and src/domain exports no such type: take the line away, or rename it`,
      ),
    ...named.filter((pattern, place) => named.indexOf(pattern) !== place).map((pattern) => `${pattern} stands twice`),
  ];
}

describe('docs/words.md', () => {
  test('says of each exported type of the domain what it is', () => {
    expect(exported.length).toBeGreaterThan(150);
    expect(unexplained([...new Set(exported)], page)).toEqual([]);
  });

  test('names in Swedish what the interface or the course calls so', () => {
    const files = [
      'content/ui/sv.json',
      'content/glossary.yaml',
      ...globSync(['content/courses/**/sv.mdx', 'content/pages/**/sv.mdx']),
    ];
    const shown = files.map((path) => readFileSync(path, 'utf8')).join('\n');
    const words = rowsOf(page).flatMap(({ swedish }) => swedish);
    expect(words.length).toBeGreaterThan(40);
    expect(words.filter((word) => !new RegExp(`(?<!\\p{L})${word}`, 'iu').test(shown))).toEqual([]);
  });

  test('has a sentence for each', () => {
    expect(rowsOf(page).filter(({ meaning }) => meaning.length < 5)).toEqual([]);
  });

  test('a type without a line is found, and a line without a type', () => {
    const text =
      '| word | Swedish | meaning |\n|---|---|---|\n| `Known` | ord | a thing that is known |\n| `*Refusal` | why not |\n';
    expect(unexplained(['Known', 'JoinRefusal'], text)).toEqual([]);
    expect(unexplained(['Known', 'JoinRefusal', 'Unheard'], text)).toEqual([
      expect.stringContaining('Unheard: add a line to docs/words.md'),
    ]);
    expect(unexplained(['JoinRefusal'], text)).toEqual([expect.stringContaining('Known stands in docs/words.md')]);
  });
});
