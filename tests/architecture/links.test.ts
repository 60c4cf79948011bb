import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { commentsOf } from './comments.ts';
import { anchorsOf, found, isThere, type Paper, papers } from './papers.ts';
import { filesIn, parse, type SourceFile } from './source-files.ts';

/** Everything that has comments. */
const code: readonly SourceFile[] = [
  ...filesIn('src', ['.ts', '.tsx', '.astro', '.mjs', '.js', '.css']),
  ...unitTests(),
  ...filesIn('content', ['.yaml']),
];
const comments = code.flatMap(commentsOf);

/** Tests lie beside what they test, and `filesIn` leaves them out. */
function unitTests(): SourceFile[] {
  return globSync(['src/**/*.test.{ts,tsx}', 'tests/**/*.{ts,tsx}'], { exclude: ['tests/fixtures/**'] }).map((path) => {
    const text = readFileSync(path, 'utf8');
    return { path: path.replaceAll('\\', '/'), text, script: text, template: '' };
  });
}

/** A text that names things, and where it stands. */
interface Writing {
  readonly path: string;
  readonly line?: number;
  readonly text: string;
}

const at = ({ path, line = 1 }: Writing, within: number) => `${path}:${line + within - 1}`;

/** What a page or comment may mean by a path: from the project's root, from `src`, `content` or the course as one speaks of them, or from beside itself. */
function meanings(path: string, from: string): string[] {
  return [dirname(from), '.', 'src', 'content', 'content/courses/sekretess'].map((folder) =>
    normalize(join(folder, path)),
  );
}

function leadsSomewhere(path: string, from: string): boolean {
  const asPattern = path.replaceAll(/<[^>]*>|…/g, '*');
  return (
    meanings(path, from).some(isThere) ||
    meanings(asPattern, from).some((one) => one.includes('*') && globSync(one).length > 0)
  );
}

// — Links of Markdown —

/** `[text](target)`: the file is there, and has such a heading. */
function brokenLinks(paper: Paper, all: readonly Paper[] = papers): string[] {
  return found(paper.prose, /\]\(([^)\s]+)\)/g).flatMap(({ match, line }) => {
    const [, target = ''] = match;
    if (/^(https?|mailto):/.test(target) || target.includes('…')) return [];
    const [file = '', anchor] = target.split('#');
    const path = file === '' ? paper.path : normalize(join(dirname(paper.path), file));
    const goal = path === paper.path ? paper : all.find((other) => other.path === path);
    if (path.startsWith('..') || !(goal || isThere(path))) return [`${paper.path}:${line}: no file ${target}`];
    return anchor && !(goal && anchorsOf(goal).has(anchor)) ? [`${paper.path}:${line}: no heading ${target}`] : [];
  });
}

// — What comments and pages name —

/** `docs/design.md#limits`, `README.md`; in comments without backticks. Names of lessons (`*.mdx`) are for the check of content. */
function brokenPapers(writing: Writing): string[] {
  return found(writing.text, /(?<![\w/<>*{}.-])((?:[\w.-]+\/)*[\w-]+\.md)\b(?:#([\p{L}\p{N}-]+))?/gu).flatMap(
    ({ match, line }) => {
      const [, file = '', anchor] = match;
      const path = meanings(file, writing.path).find(isThere);
      if (!path) return [`${at(writing, line)}: no file ${file}`];
      const paper = papers.find((one) => one.path === path);
      return anchor && !(paper && anchorsOf(paper).has(anchor))
        ? [`${at(writing, line)}: no heading ${file}#${anchor}`]
        : [];
    },
  );
}

/** `src/…`, `tests/…` and so on with an ending, anywhere in a comment. */
function brokenPaths(writing: Writing): string[] {
  return found(
    writing.text,
    /(?<![\w./-])(?:src|tests|docs|content|public)\/[\w./[\]*-]*\.(?:tsx?|m?js|astro|css|yaml|json|mdx?)\b/g,
  ).flatMap(({ match, line }) =>
    leadsSomewhere(match[0], writing.path) ? [] : [`${at(writing, line)}: no file ${match[0]}`],
  );
}

/** Made up, to show how a path looks. */
const examples = ['guidelines/S6.yaml', 'drafts/S6/<chapter>/sv.mdx'];

/** In backticks in a page: what begins with a folder of ours, or has folder and ending. `: a name` after it is a test's. */
function brokenBackticks(paper: Paper): string[] {
  return found(paper.prose, /`([^`\n]+)`/g).flatMap(({ match, line }) => {
    const [path = ''] = (match[1] ?? '').split(/: |\s/);
    const ours = /^(?:src|tests|docs|content|public|\.ci)\//.test(path);
    const isPath = ours || /^[\w.[\]<>*/-]+\/[\w.[\]<>*-]+\.(?:tsx?|m?js|astro|css|yaml|mdx?)$/.test(path);
    return !isPath || examples.includes(path) || leadsSomewhere(path, paper.path)
      ? []
      : [`${paper.path}:${line}: no ${path}`];
  });
}

/** “decision 0031”, and (0031) in a decision. */
function brokenNumbers(writing: Writing): string[] {
  return found(writing.text, /[Dd]ecisions? (\d+)|\((0\d{3})(?: [^)]*)?\)/g).flatMap(({ match, line }) => {
    const number = match[1] ?? match[2] ?? '';
    return papers.some(({ path }) => path.startsWith(`docs/decisions/${number}-`))
      ? []
      : [`${at(writing, line)}: no decision ${number}`];
  });
}

// — Names in the code —

const namedMember = /\{@link ([^}|]+)[^}]*\}|`([A-Z]\w+\.\w+)[`(]/g;

const wantedTypes = namedTypes();

/** The members of each type, class and constant in `src` that some comment or page names. */
const members: ReadonlyMap<string, ReadonlySet<string>> = membersIn(
  code.filter(({ path, script }) => {
    if (!path.startsWith('src/') || !/\.tsx?$/.test(path)) return false;
    return [...wantedTypes].some((type) => new RegExp(`(interface|type|class|const|function) ${type}\\b`).test(script));
  }),
);

function namedTypes(): ReadonlySet<string> {
  const writings: readonly Writing[] = [...comments, ...papers];
  const named = writings.flatMap(({ text }) =>
    [...text.matchAll(namedMember)].map((match) => match[1] ?? match[2] ?? ''),
  );
  return new Set(named.flatMap((name) => /^\w+/.exec(name.trim())?.[0] ?? []));
}

function membersIn(files: readonly SourceFile[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const add = (name: string, node: ts.Node) => {
    const names = found.get(name) ?? new Set();
    found.set(name, names);
    const visit = (inner: ts.Node): void => {
      if (
        ts.isPropertySignature(inner) ||
        ts.isMethodSignature(inner) ||
        ts.isPropertyDeclaration(inner) ||
        ts.isMethodDeclaration(inner) ||
        ts.isPropertyAssignment(inner) ||
        ts.isGetAccessor(inner)
      ) {
        names.add(inner.name.getText());
      }
      ts.forEachChild(inner, visit);
    };
    visit(node);
  };
  for (const file of files) {
    for (const node of parse(file.script, file.path).statements) {
      if (ts.isVariableStatement(node))
        for (const { name, initializer } of node.declarationList.declarations) add(name.getText(), initializer ?? name);
      else if (
        (ts.isInterfaceDeclaration(node) ||
          ts.isTypeAliasDeclaration(node) ||
          ts.isClassDeclaration(node) ||
          ts.isFunctionDeclaration(node)) &&
        node.name
      )
        add(node.name.text, node);
    }
  }
  return found;
}

/** `{@link PersonStore.update}`, and the same in backticks where it is a type of ours. */
function brokenNames(writing: Writing): string[] {
  return found(writing.text, namedMember).flatMap(({ match, line }) => {
    const [, linked, named] = match;
    const [type = '', member] = (linked ?? named ?? '').trim().split('.');
    if (/^https?:/.test(type) || (named && !members.has(type))) return [];
    const known = members.get(type);
    return known && (member === undefined || known.has(member)) ? [] : [`${at(writing, line)}: no ${match[0]}`];
  });
}

// — Commands —

const { scripts }: { scripts: Readonly<Record<string, string>> } = JSON.parse(readFileSync('package.json', 'utf8'));

/** What an npm script is called in pages and comments. */
function brokenCommands(writing: Writing): string[] {
  return found(writing.text, /npm run (?:--silent )?([a-z][\w:-]*\w)/g).flatMap(({ match, line }) =>
    scripts[match[1] ?? ''] ? [] : [`${at(writing, line)}: no script ${match[0]}`],
  );
}

/** The machine's own Node may be 20, which cannot run TypeScript; `npx` and npm scripts have the project's. */
function nodeByHand({ path, text }: Writing): string[] {
  return found(text, /^.*\bnode (?:--?[\w=-]+ )*[\w./-]+\.(?:ts|mjs|js)\b.*$/gm)
    .filter(({ match }) => !/npx (?:node|-c)/.test(match[0]))
    .map(
      ({ match, line }) =>
        `${path}:${line}: the machine's own Node may be too old; use an npm script or npx: ${match[0].trim()}`,
    );
}

/** What only those can look up who were there: an issue by its number, a file of somebody's machine. */
function outside(writing: Writing): string[] {
  return found(writing.text, /\bissues? #?\d+|\(issue: |(?<![\w.])\/(?:home|work|Users)\/\w+/gi).map(
    ({ match, line }) => `${at(writing, line)}: say it, or lead to a page in docs: ${match[0]}`,
  );
}

const page = (text: string, path = 'docs/x.md'): Paper => ({ path, text, prose: text });

describe('what pages and comments name is there', () => {
  test('files and headings that a page links to', () => {
    expect(papers.length).toBeGreaterThan(50);
    expect(papers.flatMap((paper) => brokenLinks(paper))).toEqual([]);
    expect(
      brokenLinks(page('[a](none.md) [b](design.md#nothing-like-it) [c](design.md#limits) [d](../../elsewhere.md)')),
    ).toEqual([
      'docs/x.md:1: no file none.md',
      'docs/x.md:1: no heading design.md#nothing-like-it',
      'docs/x.md:1: no file ../../elsewhere.md',
    ]);
  });

  test('structure H2: pages that comments cite, with their headings', () => {
    expect(comments.length).toBeGreaterThan(2000);
    expect([...comments, ...papers].flatMap(brokenPapers)).toEqual([]);
    expect(
      brokenPapers({
        path: 'src/x.ts',
        line: 7,
        text: '/** Every write is fsynced (DESIGN.md),\n docs/design.md#limits, docs/design.md#none. */',
      }),
    ).toEqual(['src/x.ts:7: no file DESIGN.md', 'src/x.ts:8: no heading docs/design.md#none']);
  });

  test('structure H2: nothing that is not in the repository', () => {
    expect([...comments, ...papers].flatMap(outside)).toEqual([]);
    expect(
      outside({ path: 'src/x.ts', text: '// Issue 2: so long, (issue: levels), /home/me/notes, /work' }),
    ).toHaveLength(3);
  });

  test('files that comments name', () => {
    expect(comments.flatMap(brokenPaths)).toEqual([]);
    expect(brokenPaths({ path: 'src/x.ts', text: '// see src/domain/exam/exam.ts and src/domain/gone.ts' })).toEqual([
      'src/x.ts:1: no file src/domain/gone.ts',
    ]);
  });

  test('files and folders that pages name in backticks', () => {
    expect(papers.flatMap(brokenBackticks)).toEqual([]);
    expect(
      brokenBackticks(
        page('`src/domain/exam/exam.ts: a test`, `domain/exam/exam.ts`, `tests/gone`, `islands/gone.ts`, `a/b`'),
      ),
    ).toEqual(['docs/x.md:1: no tests/gone', 'docs/x.md:1: no islands/gone.ts']);
  });

  test('decisions by their number', () => {
    const decisions = papers.filter(({ path }) => path.startsWith('docs/decisions/'));
    expect(
      [...comments.map((one) => ({ ...one, text: one.text.replaceAll(/\(0\d{3}/g, '') })), ...decisions].flatMap(
        brokenNumbers,
      ),
    ).toEqual([]);
    expect(brokenNumbers({ path: 'src/x.ts', text: 'decision 0001, decision 7 and (0999)' })).toEqual([
      'src/x.ts:1: no decision 7',
      'src/x.ts:1: no decision 0999',
    ]);
  });

  test('structure H3: types and their members', () => {
    expect([...comments, ...papers].flatMap(brokenNames)).toEqual([]);
    expect(
      brokenNames({
        path: 'src/x.ts',
        text: '{@link PersonStore.staffOf} {@link PersonStore.findByUnits} `PersonStore.gone` {@link Nothing} `Date.now`',
      }),
    ).toEqual([
      'src/x.ts:1: no {@link PersonStore.findByUnits}',
      'src/x.ts:1: no `PersonStore.gone`',
      'src/x.ts:1: no {@link Nothing}',
    ]);
  });

  test('npm scripts', () => {
    expect([...comments, ...papers].flatMap(brokenCommands)).toEqual([]);
    expect(brokenCommands(page('npm run build, npm run gone'))).toEqual(['docs/x.md:1: no script npm run gone']);
  });

  test('structure H5: no page tells anybody to run a file by the machine’s own Node', () => {
    expect(papers.flatMap(nodeByHand)).toEqual([]);
    expect(nodeByHand(page('npx node tests/bench/bench.ts wire\n  node --cpu-prof tests/bench/bench.ts'))).toEqual([
      expect.stringContaining('docs/x.md:2'),
    ]);
  });
});
