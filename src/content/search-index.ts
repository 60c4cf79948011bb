import type { Course } from '#domain/course.ts';
import type { Language } from '#domain/language.ts';
import { buildIndex, type Entry, type TextIndex } from '#domain/search/text-index.ts';
import { fallbackLang } from '#i18n/translate.ts';
import { readLessons } from './check/read-lessons.ts';
import { glossaryIn } from './glossary.ts';
import { type LessonSection, lessonSections } from './lesson-sections.ts';
import { scenarioText } from './load-course.ts';
import { contentDir } from './read-yaml.ts';
import { loadAskedFor, loadSearchWords } from './search-words.ts';

interface Found {
  readonly title: string;
  /** The `lang` attribute of what has fallen back to Swedish. */
  readonly lang: 'sv' | undefined;
  /** What snippets are taken from. */
  readonly text: string;
}

/** What an entry of the index leads to. A lesson has four sorts of entries: all of it, its head, each section, and each
 * question that people ask who look for it. */
export type Place =
  | (Found & {
      readonly kind: 'lesson';
      readonly slug: string;
      readonly part: 'whole' | 'head' | 'asked' | LessonSection;
    })
  | (Found & { readonly kind: 'practice'; readonly id: string })
  | (Found & { readonly kind: 'term'; readonly id: string });

export interface SearchIndex {
  /** By number of the index's entry. */
  readonly places: readonly Place[];
  readonly text: TextIndex;
}

const weights = { title: 3.5, heading: 2.5, lead: 1.6, text: 1, practice: 0.4, asked: 2 };

/**
 * Everything that can be looked up in a language: lessons by section, practice items without their answers, the glossary.
 * Exam items are not in it.
 */
export function buildSearchIndex(course: Course, language: Language, dir = contentDir): SearchIndex {
  const made = [
    ...lessonEntries(course, language, dir),
    ...practiceEntries(course, language),
    ...termEntries(language),
  ];
  return {
    places: made.map(({ place }) => place),
    text: buildIndex(
      made.map(({ entry }) => entry),
      loadSearchWords(language, dir),
    ),
  };
}

const built = new WeakMap<Course, Map<Language, SearchIndex>>();

/** The index of a course in a language, built the first time that somebody asks. */
export function searchIndexOf(course: Course, language: Language): SearchIndex {
  const ofCourse = built.get(course) ?? new Map<Language, SearchIndex>();
  built.set(course, ofCourse);
  const index = ofCourse.get(language) ?? buildSearchIndex(course, language);
  ofCourse.set(language, index);
  return index;
}

interface Made {
  readonly place: Place;
  readonly entry: Entry;
}

function lessonEntries(course: Course, language: Language, dir: string): Made[] {
  const texts = readLessons(dir);
  const askedFor = loadAskedFor(language, dir);
  return course.lessons.flatMap((slug): Made[] => {
    const own = texts.find((text) => text.slug === slug && text.language === language);
    const text = own ?? texts.find((other) => other.slug === slug && other.language === 'sv');
    if (!text) return [];
    const { title, objective, summary } = text.frontMatter;
    const sections = lessonSections(text.body, text.language);
    const questions = askedFor[slug] ?? [];
    const found = { kind: 'lesson', slug, title, lang: fallbackLang(!own, language) } as const;
    const whole: Made = {
      place: { ...found, part: 'whole', text: objective },
      entry: {
        sort: 'lesson',
        fields: [
          { text: title, weight: weights.title },
          { text: `${objective} ${summary}`, weight: weights.lead },
          ...sections.flatMap((section) => [
            { text: section.heading, weight: weights.heading },
            { text: section.text, weight: weights.text },
          ]),
          { text: questions.join('. '), weight: weights.asked },
          // What happens to people is told in the practice items, in the words that people use.
          { text: practiceOn(course, slug, language), weight: weights.practice },
        ],
      },
    };
    const head: Made = {
      place: { ...found, part: 'head', text: objective },
      entry: {
        sort: 'head',
        fields: [
          { text: title, weight: weights.title },
          { text: `${objective} ${summary}`, weight: weights.lead },
        ],
      },
    };
    const parts = sections.map(
      (section): Made => ({
        place: { ...found, part: section, text: section.text },
        entry: {
          sort: 'section',
          fields: [
            { text: section.heading, weight: weights.title },
            { text: section.text, weight: weights.text },
          ],
        },
      }),
    );
    const asked = questions.map(
      (question): Made => ({
        place: { ...found, part: 'asked', text: objective },
        entry: { sort: 'asked', fields: [{ text: question, weight: weights.text }] },
      }),
    );
    return [whole, head, ...asked, ...parts];
  });
}

function practiceEntries(course: Course, language: Language): Made[] {
  return practiceItems(course).map(({ id }): Made => {
    const { text, lang } = scenarioText(course, id, language);
    const fields = [
      { text: text.title, weight: weights.title },
      { text: text.situation, weight: weights.text },
      { text: text.question ?? '', weight: weights.text },
    ];
    return {
      place: { kind: 'practice', id, title: text.title, lang, text: text.situation.trim() },
      entry: { sort: 'practice', fields },
    };
  });
}

function practiceItems(course: Course) {
  return [...course.scenarios.values()].filter(({ use }) => use === 'practice');
}

function practiceOn(course: Course, lesson: string, language: Language): string {
  return practiceItems(course)
    .filter((scenario) => scenario.lesson === lesson)
    .map(({ id }) => scenarioText(course, id, language).text)
    .map(({ title, situation }) => `${title}. ${situation}`)
    .join('\n');
}

function termEntries(language: Language): Made[] {
  return glossaryIn(language).map(
    ({ id, word, text, isFallback }): Made => ({
      place: { kind: 'term', id, title: word, lang: fallbackLang(isFallback, language), text },
      entry: {
        sort: 'term',
        fields: [
          { text: word, weight: weights.title },
          { text, weight: weights.text },
        ],
      },
    }),
  );
}
