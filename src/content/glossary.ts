import { z } from 'zod';
import { type Language, languageTag } from '#domain/kernel/language.ts';
import { contentDir, readYaml } from './read-yaml.ts';

const termText = z.strictObject({ word: z.string(), text: z.string() });

const glossaryFile = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/),
    sv: termText,
    'sv-simple': termText.optional(),
    en: termText.optional(),
    statutes: z.array(z.string()).default([]),
    related: z.array(z.string()).default([]),
  }),
);

export type Term = z.output<typeof glossaryFile>[number];

export function loadGlossary(dir = contentDir): Term[] {
  return readYaml('glossary.yaml', glossaryFile, dir);
}

/** The term in a language, and whether it had to fall back to Swedish. */
export function termIn(term: Term, language: Language): { word: string; text: string; isFallback: boolean } {
  const own = term[language];
  return own ? { ...own, isFallback: false } : { ...term.sv, isFallback: true };
}

export interface ShownTerm {
  readonly id: string;
  readonly word: string;
  readonly text: string;
  readonly isFallback: boolean;
  readonly statutes: readonly string[];
}

/** Every term in a language, in that language's alphabetical order. */
export function glossaryIn(language: Language): ShownTerm[] {
  const collator = new Intl.Collator(languageTag(language));
  return loadGlossary()
    .map((term) => ({ id: term.id, statutes: term.statutes, ...termIn(term, language) }))
    .sort((a, b) => collator.compare(a.word, b.word));
}
