import { parseArgs } from 'node:util';
import type { ContentMistake } from '#content/read-yaml.ts';

/** What is wrong with a command: the option or word, the problem and the remedy. */
export type CommandMistake = Omit<ContentMistake, 'file'>;

/** A command's words and options as they were typed. */
export interface Options {
  readonly words: readonly string[];
  readonly values: Readonly<Partial<Record<string, string>>>;
  readonly flags: ReadonlySet<string>;
  readonly mistakes: readonly CommandMistake[];
}

/**
 * Reads `words --name value --flag`. Everything that is wrong is told at once, in Swedish; `parseArgs` would stop at the
 * first, in English.
 */
export function readOptions(args: readonly string[], names: readonly string[], flags: readonly string[] = []): Options {
  const { tokens } = parseArgs({
    args: [...args],
    options: {
      ...Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
      ...Object.fromEntries(flags.map((name) => [name, { type: 'boolean' as const }])),
    },
    strict: false,
    tokens: true,
  });
  const mistakes: CommandMistake[] = [];
  const words: string[] = [];
  const values: Record<string, string> = {};
  const given = new Set<string>();
  const known = [...names, ...flags].map((name) => `--${name}`).join(', ');
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    if (flags.includes(token.name)) given.add(token.name);
    else if (!names.includes(token.name)) {
      mistakes.push({ field: token.rawName, problem: 'är inget val', remedy: known ? `ange ${known}` : 'ta bort det' });
    } else if (!token.value || token.value.startsWith('--')) {
      mistakes.push({
        field: token.rawName,
        problem: 'saknar värde',
        remedy: `skriv ${token.rawName} och värdet efter`,
      });
    } else values[token.name] = token.value;
  }
  return { words, values, flags: given, mistakes };
}

/** Mistakes as lines for an editor: where · what · how to mend it. */
export function mistakeLines(mistakes: readonly (CommandMistake & { readonly file?: string })[]): string {
  return mistakes
    .map(({ file, field, problem, remedy }) => [file, field, problem, remedy].filter((cell) => cell && cell !== '-'))
    .map((cells) => cells.join(' · '))
    .join('\n');
}
