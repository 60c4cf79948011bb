import type { SourceFile } from './source-files.ts';

/** What somebody has written for the next reader, and on which line of the file. */
export interface Comment {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/**
 * What a script is made of, as far as comments go: a comment (the one group), or something that may hold what looks like one, and
 * does not: texts, templates, regular expressions. The syntax tree would know for sure, and takes ten times as long.
 */
const scriptParts = new RegExp(
  [
    String.raw`(\/\*[\s\S]*?\*\/|\/\/.*)`,
    String.raw`'(?:\\.|[^'\\\n])*'`,
    String.raw`"(?:\\.|[^"\\\n])*"`,
    '`(?:\\\\[\\s\\S]|[^`\\\\])*`',
    String.raw`(?<=[=(,:!&|?;{}[\n]\s*|return |=> )\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*`,
  ].join('|'),
  'g',
);

/** Comments in TypeScript, in the script and the page of an Astro file, in CSS and in YAML. */
export function commentsOf(file: SourceFile): Comment[] {
  if (file.path.endsWith('.yaml')) return matching(file, file.text, 0, /((?<=^|\s)#.*)$/gm);
  if (file.path.endsWith('.css')) return matching(file, file.text, 0, /(\/\*[\s\S]*?\*\/)/g);
  const script = matching(
    file,
    file.script,
    lineOf(file.text, Math.max(0, file.text.indexOf(file.script))),
    scriptParts,
  );
  if (file.template === '') return script;
  const above = lineOf(file.text, file.text.length - file.template.length);
  return [...script, ...matching(file, file.template, above, /(<!--[\s\S]*?-->|\/\*[\s\S]*?\*\/)/g)];
}

const lineOf = (text: string, position: number): number => text.slice(0, position).split('\n').length - 1;

function matching({ path }: SourceFile, text: string, above: number, pattern: RegExp): Comment[] {
  return [...text.matchAll(pattern)].flatMap(({ 1: comment, index }) =>
    comment === undefined ? [] : [{ path, line: above + lineOf(text, index) + 1, text: comment }],
  );
}
