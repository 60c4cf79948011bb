import { readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path/posix';
import ts from 'typescript';

export interface SourceFile {
  /** From the project's root, with `/`. */
  readonly path: string;
  readonly text: string;
  /** An Astro file's script between `---`, and the page below it; of other files all of it is script. */
  readonly script: string;
  readonly template: string;
}

/** Files below a folder, tests left out. */
export function filesIn(folder: string, extensions: readonly string[]): SourceFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extensions.includes(extname(entry.name)) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => readSource(`${entry.parentPath}/${entry.name}`.replaceAll('\\', '/')))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function readSource(path: string): SourceFile {
  const text = readFileSync(path, 'utf8');
  const astro = path.endsWith('.astro') ? /^---\r?\n([\s\S]*?)\r?\n---([\s\S]*)$/.exec(text) : undefined;
  if (astro) return { path, text, script: astro[1] ?? '', template: astro[2] ?? '' };
  return path.endsWith('.astro')
    ? { path, text, script: '', template: text }
    : { path, text, script: text, template: '' };
}

/** Everything that the site is made of. */
export const sources: readonly SourceFile[] = filesIn('src', ['.ts', '.tsx', '.astro', '.mjs']);

export interface Import {
  readonly from: SourceFile;
  /** As it is written. */
  readonly specifier: string;
  /** A path from the project's root for our own files, else the package, or `node:…`. */
  readonly target: string;
  /** Gone when types are erased. `import { type A }` is not: `verbatimModuleSyntax` keeps the import. */
  readonly typeOnly: boolean;
}

export function importsOf(file: SourceFile): Import[] {
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean) =>
    found.push({ from: file, specifier, target: targetOf(specifier, file.path), typeOnly });
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node.moduleSpecifier.text, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node.moduleSpecifier.text, node.isTypeOnly);
    } else if (
      ts.isImportTypeNode(node) &&
      ts.isLiteralTypeNode(node.argument) &&
      ts.isStringLiteral(node.argument.literal)
    ) {
      add(node.argument.literal.text, true);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteralLike(argument)) add(argument.text, false);
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(file.script, file.path));
  for (const [, specifier = ''] of file.template.matchAll(/<script[^>]*\ssrc="([^"]+)"/g)) add(specifier, false);
  return found;
}

/** Parses as TypeScript with JSX: what is left of an Astro page when its script is taken away is near enough to that. */
export function parse(text: string, path: string): ts.SourceFile {
  const kind = path.endsWith('.ts') || path.endsWith('.mjs') ? ts.ScriptKind.TS : ts.ScriptKind.TSX;
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
}

const manifest: { imports: Record<string, string> } = JSON.parse(readFileSync('package.json', 'utf8'));

const aliases = Object.entries(manifest.imports).map(
  ([alias, path]) => [alias.replace('*', ''), path.replace(/^\.\//, '').replace('*', '')] as const,
);

function targetOf(specifier: string, from: string): string {
  if (specifier.startsWith('.')) return join(dirname(from), specifier);
  // The longest alias that fits: `#src/` would take what `#domain/` says more exactly.
  const [alias, path] =
    aliases.filter(([name]) => specifier.startsWith(name)).sort(([a], [b]) => b.length - a.length)[0] ?? [];
  if (alias !== undefined && path !== undefined) return path + specifier.slice(alias.length);
  return specifier.startsWith('node:')
    ? specifier
    : specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/');
}

export const imports: readonly Import[] = sources.flatMap(importsOf);

/** Nothing, or what breaks a rule, one line each: who imports what, as it is written there. */
export function describeImports(broken: readonly Import[]): string[] {
  return broken.map(({ from, specifier }) => `${from.path} imports ${specifier}`);
}
