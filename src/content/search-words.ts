import { z } from 'zod';
import type { Language } from '#domain/kernel/language.ts';
import { stemEnglish } from '#domain/search/stem-english.ts';
import { stemSwedish } from '#domain/search/stem-swedish.ts';
import { makeVocabulary, type Vocabulary } from '#domain/search/vocabulary.ts';
import { contentDir, readYaml } from './read-yaml.ts';

const word = z.coerce.string().regex(/^[\p{Ll}\p{N}][\p{Ll}\p{N} ]*$/u, 'små bokstäver, inga skiljetecken');

const wordList = z.strictObject({
  stop: z.array(word),
  parts: z.array(word).default([]),
  forms: z.record(word, z.array(word).min(1)),
  same: z.record(word, z.array(word).min(1)).default({}),
  related: z.array(z.strictObject({ words: z.array(word).min(1), mean: z.array(word).min(1) })),
  /** Named in capitals, as the expressions of the answers name them. */
  classes: z.record(z.string().regex(/^\p{Lu}+$/u), z.array(word).min(1)).default({}),
  /** For each lesson. */
  asked: z.record(z.string(), z.array(word).min(1)).default({}),
});

const searchFile = z.strictObject({ sv: wordList, en: wordList });

/** What people would write who look for a lesson, in their own words. @throws ContentError */
export function loadAskedFor(language: Language, dir = contentDir): Readonly<Record<string, readonly string[]>> {
  const lists = readYaml('search.yaml', searchFile, dir);
  return (language === 'en' ? lists.en : lists.sv).asked;
}

/** What the search knows of a language's words: content/search.yaml. @throws ContentError */
export function loadSearchWords(language: Language, dir = contentDir): Vocabulary {
  const lists = readYaml('search.yaml', searchFile, dir);
  return language === 'en'
    ? makeVocabulary(lists.en, stemEnglish, { hasCompounds: false })
    : makeVocabulary(lists.sv, stemSwedish, { hasCompounds: true });
}
