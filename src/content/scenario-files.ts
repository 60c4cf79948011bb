import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { type Scenario, type ScenarioText, settings, themes } from '#domain/course/scenario.ts';
import { categories } from '#domain/kernel/category.ts';
import { type Language, languages } from '#domain/kernel/language.ts';
import { ContentError, type ContentMistake, readYaml } from './read-yaml.ts';

const claims = z.array(z.string()).min(1);
const option = z.strictObject({ id: z.string(), right: z.boolean(), claims });

const shared = {
  version: z.int().min(1),
  use: z.enum(['practice', 'exam']),
  theme: z.enum(themes),
  lesson: z.string(),
  setting: z.enum(settings),
  difficulty: z.enum(['easy', 'medium', 'hard']),
  critical: z.boolean().default(false),
  audiences: z.array(z.enum(categories)).min(1),
};

const scenarioFile = z.discriminatedUnion('kind', [
  z.strictObject({ ...shared, kind: z.enum(['choose-one', 'choose-all']), options: z.array(option).min(2) }),
  z.strictObject({
    ...shared,
    kind: z.literal('order'),
    steps: z
      .array(z.strictObject({ id: z.string(), claims }))
      .min(3)
      .max(6),
  }),
  z.strictObject({
    ...shared,
    kind: z.literal('conversation'),
    channel: z.enum(['text-thread', 'call']),
    start: z.string(),
    nodes: z.record(z.string(), z.strictObject({ replies: z.array(option.extend({ to: z.string() })) })),
  }),
]);

const optionText = z.strictObject({ text: z.string().min(1), feedback: z.string().min(1) });
const optionTexts = z.record(z.string(), optionText);

const textFile = z.strictObject({
  title: z.string().min(1),
  situation: z.string().min(1),
  question: z.string().optional(),
  options: optionTexts.optional(),
  steps: optionTexts.optional(),
  counterpart: z.string().optional(),
  nodes: z.record(z.string(), z.strictObject({ text: z.string().min(1), replies: optionTexts.default({}) })).optional(),
  remember: z.string().optional(),
});

export interface LoadedScenario {
  readonly scenario: Scenario;
  readonly texts: Partial<Record<Language, ScenarioText>>;
}

/** Reads every scenario folder. @throws ContentError with the mistakes of all files */
export function loadScenarios(dir: string): LoadedScenario[] {
  const root = 'courses/sekretess/scenarios';
  const mistakes: ContentMistake[] = [];
  const loaded: LoadedScenario[] = [];
  for (const id of readdirSync(resolve(dir, root)).sort()) {
    try {
      const scenario = { id, ...readYaml(`${root}/${id}/scenario.yaml`, scenarioFile, dir) };
      const texts: Partial<Record<Language, ScenarioText>> = {};
      for (const language of languages) {
        const file = `${root}/${id}/${language}.yaml`;
        if (language === 'sv' || existsSync(resolve(dir, file))) texts[language] = readYaml(file, textFile, dir);
      }
      loaded.push({ scenario, texts });
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      mistakes.push(...error.mistakes);
    }
  }
  if (mistakes.length > 0) throw new ContentError(mistakes);
  return loaded;
}
