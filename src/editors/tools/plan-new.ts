import { lessonsFolder } from '#content/files.ts';
import { themes } from '#domain/course/scenario.ts';
import { type Language, languages } from '#domain/kernel/language.ts';
import type { CommandMistake, Options } from './options.ts';
import {
  type Kind,
  keySkeleton,
  kinds,
  lessonSkeleton,
  proseSkeleton,
  type ScenarioStart,
  type Use,
  uses,
} from './skeletons.ts';
import { isSlug, slugOf } from './slug.ts';

/** What is there already. */
export interface Existing {
  readonly lessons: readonly string[];
  readonly scenarios: readonly string[];
}

export interface NewFolder {
  /** Path below the content folder. */
  readonly folder: string;
  /** Names in it, with their text. */
  readonly files: ReadonlyMap<string, string>;
}

export type NewPlan =
  | { readonly ok: true; readonly plan: NewFolder }
  | { readonly ok: false; readonly mistakes: readonly CommandMistake[] };

export const newOptions = ['lesson', 'kind', 'use', 'theme', 'content'] as const;

/** The folder that `content:new` is to write, or everything that is wrong with what was asked for. */
export function planNew({ words, values, mistakes: misread }: Options, existing: Existing): NewPlan {
  const [what, slug = '', ...more] = words;
  const mistakes = [...misread];
  if (what !== 'scenario' && what !== 'lesson') {
    mistakes.push({
      field: what ?? '-',
      problem: 'säger inte vad som ska skapas',
      remedy: 'skriv scenario eller lesson',
    });
  }
  if (more.length > 0) {
    mistakes.push({
      field: more.join(' '),
      problem: 'ord för mycket',
      remedy: 'skriv namnet som ett ord, med bindestreck',
    });
  }
  mistakes.push(...slugMistakes(slug, what === 'lesson' ? existing.lessons : existing.scenarios));
  const scenario = what === 'scenario' ? scenarioStart(values, existing) : undefined;
  if (scenario) mistakes.push(...scenario.mistakes);
  if (what === 'lesson') mistakes.push(...strayOptions(values));
  if (mistakes.length > 0) return { ok: false, mistakes };
  return { ok: true, plan: scenario ? scenarioFolder(slug, scenario.start) : lessonFolder(slug) };
}

function slugMistakes(slug: string, taken: readonly string[]): CommandMistake[] {
  if (slug === '') return [{ field: 'namn', problem: 'saknas', remedy: 'skriv ett namn, till exempel dottern-ringer' }];
  if (!isSlug(slug)) {
    const suggestion = slugOf(slug);
    const remedy = 'skriv små bokstäver a–z, siffror och bindestreck, högst 60 tecken';
    return [
      { field: slug, problem: 'kan inte vara ett namn', remedy: suggestion ? `${remedy}: ${suggestion}` : remedy },
    ];
  }
  if (taken.includes(slug)) return [{ field: slug, problem: 'finns redan', remedy: 'välj ett annat namn' }];
  return [];
}

function scenarioStart(
  values: Options['values'],
  existing: Existing,
): { start: ScenarioStart; mistakes: CommandMistake[] } {
  const { lesson = '', kind = 'choose-one', use = 'practice', theme } = values;
  const mistakes: CommandMistake[] = [];
  const oneOf = (option: string, value: string, allowed: readonly string[]) => {
    if (allowed.includes(value)) return;
    const problem = value === '' ? 'saknas' : `${value} finns inte`;
    mistakes.push({ field: `--${option}`, problem, remedy: `ange ${allowed.join(', ')}` });
  };
  oneOf('lesson', lesson, existing.lessons);
  oneOf('kind', kind, kinds);
  oneOf('use', use, uses);
  if (theme !== undefined) oneOf('theme', theme, themes);
  return { start: { lesson, kind: kind as Kind, use: use as Use, theme }, mistakes };
}

function strayOptions(values: Options['values']): CommandMistake[] {
  return (['lesson', 'kind', 'use', 'theme'] as const)
    .filter((option) => values[option] !== undefined)
    .map((option) => ({ field: `--${option}`, problem: 'hör till scenarier', remedy: 'ta bort det' }));
}

function scenarioFolder(slug: string, start: ScenarioStart): NewFolder {
  return {
    folder: `courses/sekretess/scenarios/${slug}`,
    files: new Map([['scenario.yaml', keySkeleton(start)], ...inEveryLanguage('yaml', proseSkeleton(start.kind))]),
  };
}

function lessonFolder(slug: string): NewFolder {
  return { folder: `${lessonsFolder}/${slug}`, files: new Map(inEveryLanguage('mdx', lessonSkeleton([]))) };
}

function inEveryLanguage(ending: string, text: string): [string, string][] {
  return languages.map((language: Language) => [`${language}.${ending}`, text]);
}
