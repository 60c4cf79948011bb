import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import { lessonFrontMatter } from '#content/lesson-schema.ts';
import { ContentError, type ContentMistake } from '#content/read-yaml.ts';
import { type Language, languages } from '#domain/kernel/language.ts';
import { lessonFile, lessonsFolder } from './files.ts';
import { type MdxTag, tagsIn } from './mdx-tags.ts';

export interface LessonText {
  readonly slug: string;
  readonly language: Language;
  readonly file: string;
  readonly frontMatter: z.output<typeof lessonFrontMatter>;
  /** MDX below the front matter. */
  readonly body: string;
  /** The body's first line in the file, from 1. */
  readonly firstLine: number;
  readonly tags: readonly MdxTag[];
}

/** Reads every lesson folder, in every language that is there. @throws ContentError with the mistakes of all files */
export function readLessons(dir: string): LessonText[] {
  const mistakes: ContentMistake[] = [];
  const lessons: LessonText[] = [];
  for (const slug of readdirSync(resolve(dir, lessonsFolder)).sort()) {
    for (const language of languages) {
      if (!existsSync(resolve(dir, lessonFile(slug, language)))) continue;
      try {
        lessons.push(readLesson(dir, slug, language));
      } catch (error) {
        if (!(error instanceof ContentError)) throw error;
        mistakes.push(...error.mistakes);
      }
    }
  }
  if (mistakes.length > 0) throw new ContentError(mistakes);
  return lessons;
}

function readLesson(dir: string, slug: string, language: Language): LessonText {
  const file = lessonFile(slug, language);
  const text = readFileSync(resolve(dir, file), 'utf8');
  const [head, yaml] = /^---\n([\s\S]*?\n)---\n/.exec(text) ?? [];
  if (head === undefined || yaml === undefined) {
    throw new ContentError([{ file, field: 'rad 1', problem: 'huvudet mellan --- och --- saknas', remedy: howTo }]);
  }
  const body = text.slice(head.length);
  const firstLine = head.split('\n').length;
  return {
    slug,
    language,
    file,
    frontMatter: frontMatterOf(yaml, file),
    body,
    firstLine,
    tags: tagsIn(body, firstLine),
  };
}

function frontMatterOf(yaml: string, file: string): LessonText['frontMatter'] {
  let document: unknown;
  try {
    document = parse(yaml);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const [problem = ''] = error.message.split('\n', 1);
    throw new ContentError([{ file, field: '-', problem, remedy: 'rätta huvudet så att det är giltig YAML' }]);
  }
  const parsed = lessonFrontMatter.safeParse(document);
  if (parsed.success) return parsed.data;
  throw new ContentError(
    parsed.error.issues.map(({ path, message }) => ({
      file,
      field: path.join('.') || '-',
      problem: message,
      remedy: howTo,
    })),
  );
}

const howTo = 'se docs/how-to/write-content.md';
