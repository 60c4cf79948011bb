import { z } from 'zod';
import type { Language } from '#domain/kernel/language.ts';
import { contentDir, readYaml } from './read-yaml.ts';

const id = z.string().regex(/^[a-z0-9-]+$/);
const words = z.string().min(1);
/** As people write: lower case, no marks. */
const expression = z.string().regex(/^[\p{Ll}\p{N}][\p{Ll}\p{N} ]*$/u, 'små bokstäver, inga skiljetecken');
const expressions = z.strictObject({ sv: z.array(expression).min(1), en: z.array(expression).min(1) });
/** Words and classes of words, ` + ` between parts in any order, ` - ` before what must not be said. */
const pattern = z
  .string()
  .regex(
    /^[\p{L}\p{N}]+(?: (?:[+-] )?[\p{L}\p{N}]+)*$/u,
    'ord med små bokstäver, klasser med versaler, ” + ” mellan delar och ” - ” före det som inte får sägas',
  );
const patterns = z.strictObject({ sv: z.array(pattern).min(1), en: z.array(pattern).min(1) });

export const answersFile = 'answers.yaml';

const file = z.record(
  id,
  z.strictObject({
    /** The lesson that says more, and the heading of its Swedish text where it stands. */
    lesson: z.string(),
    section: z.string().optional(),
    claims: z.array(z.string()).min(1),
    /** The advice itself, in a sentence or three: what to do. `{name}` is a local name. */
    sv: words,
    'sv-simple': words,
    en: words,
    /** What somebody writes who needs it. Plain Swedish shares the Swedish. */
    asked: expressions,
    /** One of these is enough for the advice to come before everything else: somebody may be in danger. */
    danger: patterns.optional(),
    /** One of these says that this is what is asked for, in the ordinary order of things. */
    when: patterns.optional(),
  }),
);

/** Short answers that the look-up shows: advice, and the lesson that it comes from. Complete in every language. */
export type Answers = z.output<typeof file>;
export type Answer = Answers[string];

/** @throws ContentError */
export function loadAnswers(dir = contentDir): Answers {
  return readYaml(answersFile, file, dir);
}

/** The expressions that are used in a language. */
export function expressionsIn(
  { sv, en }: { readonly sv: readonly string[]; readonly en: readonly string[] },
  language: Language,
): readonly string[] {
  return language === 'en' ? en : sv;
}
