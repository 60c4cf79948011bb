import ts from 'typescript';
import { parse, type SourceFile } from './source-files.ts';

/** Stands for what is filled into a template. */
export const hole = '\u0000';

/** A text in the code. */
export interface Literal {
  readonly file: SourceFile;
  readonly text: string;
  readonly node: ts.Node;
}

/** The script of a file, and an Astro page's template as the JSX it nearly is. */
export function trees(file: SourceFile): ts.SourceFile[] {
  const scripts = file.script === '' ? [] : [parse(file.script, file.path)];
  return file.template === '' ? scripts : [...scripts, parse(jsxOf(file.template), file.path)];
}

/** What JSX does not know is taken out: the doctype, comments, and what is between style tags. */
export function jsxOf(template: string): string {
  const known = template
    .replace(/<!doctype html>/i, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/(<style[^>]*>)[\s\S]*?(<\/style>)/g, '$1$2');
  return `<>${known}</>`;
}

export function literalsIn(file: SourceFile): Literal[] {
  const found: Literal[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) found.push({ file, text: node.text, node });
    if (ts.isTemplateExpression(node)) found.push({ file, text: textOfTemplate(node), node });
    ts.forEachChild(node, visit);
  };
  for (const tree of trees(file)) visit(tree);
  return found;
}

function textOfTemplate(node: ts.TemplateExpression): string {
  return node.head.text + node.templateSpans.map((span) => hole + span.literal.text).join('');
}

/** Is this inside of something that fits? */
export function isWithin(node: ts.Node, fits: (outer: ts.Node) => boolean): boolean {
  for (let outer: ts.Node | undefined = node; outer; outer = outer.parent) if (fits(outer)) return true;
  return false;
}
