import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { type Exercise, type ExerciseText, exerciseKinds } from '#domain/course/exercise.ts';
import { type Language, languages } from '#domain/kernel/language.ts';
import { ContentError, type ContentMistake, readYaml } from './read-yaml.ts';

const id = z.string().regex(/^[a-z0-9-]+$/);

const keyFile = z.strictObject({
  version: z.int().min(1),
  kind: z.enum(exerciseKinds),
  lesson: z.string(),
  choices: z.array(id).min(1).optional(),
  parts: z
    .array(
      z.strictObject({
        id,
        choices: z.array(id).min(2).optional(),
        right: z.array(id),
        many: z.boolean().default(false),
        from: z.string().optional(),
        to: z.string().optional(),
        claims: z.array(z.string()).min(1),
      }),
    )
    .min(3)
    .max(14),
});

const words = z.string().min(1);
const wordsById = z.record(z.string(), words);

const proseFile = z.strictObject({
  title: words,
  situation: words,
  task: words,
  context: z.strictObject({ heading: words, lines: z.array(words).min(1) }).optional(),
  document: z.array(words).optional(),
  map: wordsById.optional(),
  choices: wordsById.optional(),
  parts: z.record(z.string(), z.strictObject({ text: words, feedback: words, choices: wordsById.optional() })),
  remember: words,
});

export const exercisesFolder = 'courses/sekretess/exercises';

export interface LoadedExercise {
  readonly exercise: Exercise;
  readonly texts: Partial<Record<Language, ExerciseText>>;
}

/** Reads every exercise folder. @throws ContentError with the mistakes of all files */
export function loadExercises(dir: string): LoadedExercise[] {
  if (!existsSync(resolve(dir, exercisesFolder))) return [];
  const mistakes: ContentMistake[] = [];
  const loaded: LoadedExercise[] = [];
  for (const slug of readdirSync(resolve(dir, exercisesFolder)).sort()) {
    try {
      const { choices = [], parts, ...rest } = readYaml(`${exercisesFolder}/${slug}/exercise.yaml`, keyFile, dir);
      const texts: Partial<Record<Language, ExerciseText>> = {};
      for (const language of languages) {
        const file = `${exercisesFolder}/${slug}/${language}.yaml`;
        if (language === 'sv' || existsSync(resolve(dir, file))) texts[language] = readYaml(file, proseFile, dir);
      }
      const exercise = {
        id: slug,
        ...rest,
        parts: parts.map((part) => ({ ...part, choices: part.choices ?? choices })),
      };
      loaded.push({ exercise, texts });
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      mistakes.push(...error.mistakes);
    }
  }
  if (mistakes.length > 0) throw new ContentError(mistakes);
  return loaded;
}
