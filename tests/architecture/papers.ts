import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** What is written for people about the code: in the project's own folder and in `docs`. */
export interface Paper {
  /** From the project's root, with `/`. */
  readonly path: string;
  readonly text: string;
  /** The text without what stands in fenced blocks, on the same lines. */
  readonly prose: string;
}

/** A place in a paper or in code, as an error names it. */
export interface Place {
  readonly path: string;
  readonly line: number;
}

function readPaper(path: string): Paper {
  const text = readFileSync(path, 'utf8');
  const prose = text.replaceAll(/^```[\s\S]*?^```$/gm, (block) => block.replaceAll(/[^\n]/g, ''));
  return { path, text, prose };
}

function papersIn(folder: string): string[] {
  return readdirSync(folder, { recursive: folder !== '.', withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/').replace(/^\.\//, ''))
    .sort();
}

export const papers: readonly Paper[] = [...papersIn('.'), ...papersIn('docs')].map(readPaper);

/** The id of each heading, as the usual readers of Markdown make it: small letters, hyphens for blanks, no other signs, -1 for the second of a name. */
export function anchorsOf({ prose }: Pick<Paper, 'prose'>): ReadonlySet<string> {
  const seen = new Map<string, number>();
  return new Set(
    [...prose.matchAll(/^#{1,6} +(.+?) *$/gm)].map(([, heading = '']) => {
      const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll(/[`*]/g, '');
      const id = plain
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(/\s/g, '-');
      const before = seen.get(id) ?? 0;
      seen.set(id, before + 1);
      return before === 0 ? id : `${id}-${before}`;
    }),
  );
}

/** Every match, with the line it stands on. */
export function found(text: string, pattern: RegExp): { readonly match: RegExpExecArray; readonly line: number }[] {
  return [...text.matchAll(pattern)].map((match) => ({ match, line: text.slice(0, match.index).split('\n').length }));
}

export const isThere = (path: string): boolean => existsSync(path);
