import { z } from 'zod';
import type { Course } from '#domain/course/course.ts';
import type { ExerciseText } from '#domain/course/exercise.ts';
import { type ScenarioText, themes } from '#domain/course/scenario.ts';
import { categories } from '#domain/kernel/category.ts';
import type { Language } from '#domain/kernel/language.ts';
import { fallbackLang } from '#i18n/translate.ts';
import { loadExercises } from './exercise-files.ts';
import { calendarDate, loadGuidelines } from './guidelines.ts';
import { contentDir, readYaml } from './read-yaml.ts';
import { loadScenarios } from './scenario-files.ts';

const track = z.strictObject({
  required: z.array(z.string()).min(1),
  blueprint: z.array(z.strictObject({ themes: z.array(z.enum(themes)).min(1), count: z.int().min(1) })),
  validity: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('months'), months: z.int().min(1) }),
    z.strictObject({ kind: z.literal('engagement'), atMostMonths: z.int().min(1) }),
  ]),
  atMostMinutes: z.number().positive(),
});

const courseFile = z.strictObject({
  version: z.string(),
  lawChecked: calendarDate,
  guidelines: z.array(z.string()),
  lessons: z.array(z.string()).min(1),
  pass: z.strictObject({
    share: z.number().gt(0).max(1),
    pauseAfterFailed: z.int().min(1),
    pauseMinutes: z.int().min(1),
  }),
  tracks: z.record(z.enum(categories), track),
});

/** Reads the course with its scenarios and their prose. @throws ContentError */
export function loadCourse(dir = contentDir): Course {
  const file = readYaml('courses/sekretess/course.yaml', courseFile, dir);
  const { editions } = loadGuidelines(dir);
  const scenarios = loadScenarios(dir);
  const exercises = loadExercises(dir);
  return {
    version: file.version,
    lawChecked: file.lawChecked,
    guidelines: Object.fromEntries(file.guidelines.map((id) => [id, editions[id] ?? ''])),
    lessons: file.lessons,
    pass: file.pass,
    tracks: {
      'new-employee': { category: 'new-employee', ...file.tracks['new-employee'] },
      'temporary-staff': { category: 'temporary-staff', ...file.tracks['temporary-staff'] },
      student: { category: 'student', ...file.tracks.student },
      'summer-worker': { category: 'summer-worker', ...file.tracks['summer-worker'] },
      'unit-manager': { category: 'unit-manager', ...file.tracks['unit-manager'] },
    },
    scenarios: new Map(scenarios.map(({ scenario }) => [scenario.id, scenario])),
    texts: new Map(scenarios.map(({ scenario, texts }) => [scenario.id, texts])),
    exercises: new Map(exercises.map(({ exercise }) => [exercise.id, exercise])),
    exerciseTexts: new Map(exercises.map(({ exercise, texts }) => [exercise.id, texts])),
  };
}

let loaded: Course | undefined;

/** The course, read once; for pages that are built ahead. */
export function courseOnce(): Course {
  loaded ??= loadCourse();
  return loaded;
}

/** A scenario's prose in a language; Swedish, and said so, where that language has none yet. */
export function scenarioText(
  course: Course,
  id: string,
  language: Language,
): { text: ScenarioText; isFallback: boolean; lang: 'sv' | undefined } {
  const texts = course.texts.get(id);
  const own = texts?.[language];
  if (own) return { text: own, isFallback: false, lang: undefined };
  if (!texts?.sv) throw new Error(`scenario ${id} has no Swedish text`);
  return { text: texts.sv, isFallback: true, lang: fallbackLang(true, language) };
}

/** An exercise's prose in a language; Swedish, and said so, where that language has none yet. */
export function exerciseText(
  course: Course,
  id: string,
  language: Language,
): { text: ExerciseText; isFallback: boolean; lang: 'sv' | undefined } {
  const texts = course.exerciseTexts.get(id);
  const own = texts?.[language];
  if (own) return { text: own, isFallback: false, lang: undefined };
  if (!texts?.sv) throw new Error(`exercise ${id} has no Swedish text`);
  return { text: texts.sv, isFallback: true, lang: fallbackLang(true, language) };
}
