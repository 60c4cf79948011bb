import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { type Language, languages } from '#domain/kernel/language.ts';
import { exercisesFolder } from './exercise-files.ts';
import { contentDir, readYaml } from './read-yaml.ts';

/** Which Swedish text each translation was made from: file below the content folder → hash. Written by a command. */
export const translationsFile = 'translations.yaml';

const folders = [
  { folder: 'courses/sekretess/lessons', extension: 'mdx' },
  { folder: 'courses/sekretess/scenarios', extension: 'yaml' },
  { folder: exercisesFolder, extension: 'yaml' },
] as const;

export interface Translation {
  /** Below the content folder. */
  readonly file: string;
  readonly source: string;
  readonly language: Language;
  readonly exists: boolean;
}

/** Every text that has a Swedish source, in each of the other languages, whether it is there or not. */
export function translationsIn(dir: string): Translation[] {
  return folders.flatMap(({ folder, extension }) => {
    if (!existsSync(resolve(dir, folder))) return [];
    return readdirSync(resolve(dir, folder))
      .sort()
      .flatMap((slug) =>
        languages
          .filter((language) => language !== 'sv')
          .map((language) => {
            const file = `${folder}/${slug}/${language}.${extension}`;
            return {
              file,
              source: `${folder}/${slug}/sv.${extension}`,
              language,
              exists: existsSync(resolve(dir, file)),
            };
          }),
      );
  });
}

/** What a Swedish text says, as twelve hex digits. The day its law was checked changes without the words. */
export function hashOfSource(dir: string, source: string): string {
  const text = readFileSync(resolve(dir, source), 'utf8').replace(/^checked: .*\n/m, '');
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

export function loadTranslationHashes(dir: string): Readonly<Record<string, string>> {
  if (!existsSync(resolve(dir, translationsFile))) return {};
  return readYaml(translationsFile, z.record(z.string(), z.string()), dir);
}

/** Translations that were made from another wording of the Swedish text than it has now, or nobody knows which. */
export function outdatedTranslations(dir = contentDir): Translation[] {
  const hashes = loadTranslationHashes(dir);
  return translationsIn(dir).filter(
    ({ exists, file, source }) =>
      exists && existsSync(resolve(dir, source)) && hashes[file] !== hashOfSource(dir, source),
  );
}

let outdated: ReadonlySet<string> | undefined;

/** For pages, read once: is the text of this lesson, scenario or exercise older than its Swedish source? */
export function isOutdated(kind: 'lessons' | 'scenarios' | 'exercises', slug: string, language: Language): boolean {
  outdated ??= new Set(outdatedTranslations().map(({ file }) => file.replace(/\.\w+$/, '')));
  return outdated.has(`courses/sekretess/${kind}/${slug}/${language}`);
}
