import ts from 'typescript';
import type { SourceFile } from './source-files.ts';
import { parse } from './source-files.ts';

/** What somebody has written for the next reader, and on which line of the file. */
export interface Comment {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** Comments in TypeScript, in the script and the page of an Astro file, in CSS and in YAML. */
export function commentsOf(file: SourceFile): Comment[] {
  if (file.path.endsWith('.yaml')) return matching(file, file.text, 0, /(?<=^|\s)#.*$/gm);
  if (file.path.endsWith('.css')) return matching(file, file.text, 0, /\/\*[\s\S]*?\*\//g);
  const script = commentsIn(file, file.script, lineOf(file.text, Math.max(0, file.text.indexOf(file.script))));
  if (file.template === '') return script;
  const above = lineOf(file.text, file.text.length - file.template.length);
  return [...script, ...matching(file, file.template, above, /<!--[\s\S]*?-->|\/\*[\s\S]*?\*\//g)];
}

const lineOf = (text: string, position: number): number => text.slice(0, position).split('\n').length - 1;

function matching({ path }: SourceFile, text: string, above: number, pattern: RegExp): Comment[] {
  return [...text.matchAll(pattern)].map((match) => ({
    path,
    line: above + lineOf(text, match.index) + 1,
    text: match[0],
  }));
}

/** By the syntax tree: `/*` in a text or in a regular expression is none. */
function commentsIn({ path }: SourceFile, script: string, above: number): Comment[] {
  const tree = parse(script, path);
  const found = new Map<number, Comment>();
  const visit = (node: ts.Node): void => {
    const ranges = [
      ...(ts.getLeadingCommentRanges(script, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(script, node.getEnd()) ?? []),
    ];
    for (const { pos, end } of node.kind === ts.SyntaxKind.JsxText ? [] : ranges) {
      found.set(pos, { path, line: above + lineOf(script, pos) + 1, text: script.slice(pos, end) });
    }
    node.getChildren(tree).forEach(visit);
  };
  visit(tree);
  return [...found.values()];
}
