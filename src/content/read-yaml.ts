import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import { contentFolder } from './content-folder.ts';

/** One mistake in content: where, what, and how to mend it. */
export interface ContentMistake {
  readonly file: string;
  readonly field: string;
  readonly problem: string;
  readonly remedy: string;
}

/** Content that cannot be used. Its message lists every mistake, one a line. */
export class ContentError extends Error {
  override readonly name = 'ContentError';
  readonly mistakes: readonly ContentMistake[];
  constructor(mistakes: readonly ContentMistake[]) {
    super(mistakes.map((m) => `${m.file}: ${m.field}: ${m.problem} → ${m.remedy}`).join('\n'));
    this.mistakes = mistakes;
  }
}

/** For reading several files: what is wrong with one does not hide what is wrong with the next. */
export function collectingMistakes(): {
  readonly mistakes: ContentMistake[];
  /** @returns undefined if it could not be read; why is among the mistakes */
  reading<T>(read: () => T): T | undefined;
} {
  const mistakes: ContentMistake[] = [];
  return {
    mistakes,
    reading: (read) => {
      try {
        return read();
      } catch (error) {
        if (!(error instanceof ContentError)) throw error;
        mistakes.push(...error.mistakes);
        return undefined;
      }
    },
  };
}

/** The content folder; the server, the build and the checks all run from the project's root. */
export const contentDir = resolve(contentFolder);

/**
 * Reads one YAML file and parses it by its schema.
 *
 * @param file path below the content folder
 * @throws ContentError naming file and fields
 */
export function readYaml<S extends z.ZodType>(file: string, schema: S, dir = contentDir): z.output<S> {
  let document: unknown;
  try {
    // `merge` allows the YAML aliases (<<:) with which tracks share a blueprint.
    document = compact(parse(readFileSync(resolve(dir, file), 'utf8'), { merge: true }));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new ContentError([
      { file, field: '-', problem: firstLine(error.message), remedy: 'rätta filen så att den är giltig YAML' },
    ]);
  }
  const parsed = schema.safeParse(document);
  if (parsed.success) return parsed.data;
  throw new ContentError(
    parsed.error.issues.map((issue) => ({
      file,
      field: issue.path.join('.') || '-',
      problem: issue.message,
      remedy: 'se docs/how-to/write-content.md',
    })),
  );
}

/** The parser leaves each text as the chain of pieces it was put together from, which takes six times the memory of the text. */
function compact(document: unknown): unknown {
  return document === undefined ? undefined : JSON.parse(JSON.stringify(document));
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
