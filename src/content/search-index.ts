import type { Course } from '#domain/course/course.ts';
import type { Language } from '#domain/kernel/language.ts';
import { type Expression, readExpression } from '#domain/search/expressions.ts';
import { featuresOf } from '#domain/search/features.ts';
import { type Learnt, learn } from '#domain/search/learn.ts';
import { readSamples, type Samples } from '#domain/search/nearest.ts';
import { buildIndex, type Entry, type TextIndex } from '#domain/search/text-index.ts';
import type { Vocabulary } from '#domain/search/vocabulary.ts';
import { fallbackLang } from '#i18n/translate.ts';
import { type Answer, expressionsIn, loadAnswers } from './answers.ts';
import { loadWaysOfAsking } from './asked.ts';
import { glossaryIn } from './glossary.ts';
import { type LessonSection, lessonSections } from './lesson-sections.ts';
import { scenarioText } from './load-course.ts';
import { localNameIn, municipality } from './municipality.ts';
import { readLessons } from './read-lessons.ts';
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
  | AdvicePlace
  | (Found & { readonly kind: 'practice'; readonly id: string })
  | (Found & { readonly kind: 'term'; readonly id: string });

/** An answer (content/answers.yaml): its advice is what is shown of its lesson. `part`: the advice itself, or a way of asking for it. */
export type AdvicePlace = Found & {
  readonly kind: 'advice';
  readonly id: string;
  readonly slug: string;
  readonly part: 'text' | 'asked';
  readonly section: Pick<LessonSection, 'heading' | 'anchor'> | undefined;
};

export interface SearchIndex {
  /** By number of the index's entry. */
  readonly places: readonly Place[];
  readonly text: TextIndex;
  /** Every advice, and the expressions that ask for it. */
  readonly advice: readonly IndexedAdvice[];
  /** The ways of asking for each, by its id, and for each lesson. */
  readonly asked: Samples;
  /** Which words speak for which advice, learnt from all ways of asking. */
  readonly learnt: Learnt;
}

export interface IndexedAdvice {
  readonly place: AdvicePlace;
  /** One of these is enough for it to come before everything. */
  readonly danger: readonly Expression[];
  readonly when: readonly Expression[];
}

const weights = { title: 3.5, heading: 2.5, lead: 1.6, text: 1, practice: 0.4, asked: 2 };

/**
 * Everything that can be looked up in a language: lessons by section, practice items without their answers, the glossary.
 * Exam items are not in it.
 */
export function buildSearchIndex(course: Course, language: Language, dir = contentDir): SearchIndex {
  const vocabulary = loadSearchWords(language, dir);
  const advice = advices(language, dir);
  const made = [
    ...lessonEntries(course, language, dir),
    ...advice.flatMap(adviceEntries(language)),
    ...practiceEntries(course, language),
    ...termEntries(language),
  ];
  const text = buildIndex(
    made.map(({ entry }) => entry),
    vocabulary,
  );
  const samples = [
    ...advice.flatMap(({ answer, place: { id } }) =>
      expressionsIn(answer.asked, language).map((question) => ({ id, text: question })),
    ),
    ...Object.entries(loadAskedFor(language, dir)).flatMap(([slug, questions]) =>
      questions.map((question) => ({ id: lessonSample(slug), text: question })),
    ),
  ];
  return {
    places: made.map(({ place }) => place),
    text,
    advice: advice.map(({ answer, place }) => ({
      place,
      danger: readAll(answer.danger, language, vocabulary),
      when: readAll(answer.when, language, vocabulary),
    })),
    asked: readSamples(samples, text),
    learnt: learn(
      [
        ...advice.flatMap(({ answer, place: { id } }) =>
          expressionsIn(answer.asked, language).map((question) => ({ id, text: question })),
        ),
        ...loadWaysOfAsking(language, dir),
      ].map((way) => ({ id: way.id, features: featuresOf(way.text, text) })),
    ),
  };
}

/** The id of the samples that ask for a lesson: no answer has it. */
export function lessonSample(slug: string): string {
  return `/${slug}`;
}

function readAll(lists: Answer['danger'], language: Language, { stem }: Vocabulary): Expression[] {
  return lists ? expressionsIn(lists, language).map((written) => readExpression(written, stem)) : [];
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

interface Advice {
  readonly answer: Answer;
  readonly place: AdvicePlace;
}

/** Every answer, and where in its lesson it stands in this language: headings come in the same order in all of them. */
function advices(language: Language, dir: string): Advice[] {
  const texts = readLessons(dir);
  const headingsOf = (slug: string, of: Language) => {
    const text = texts.find((one) => one.slug === slug && one.language === of);
    return text ? lessonSections(text.body, of).filter(({ anchor }) => anchor !== undefined) : [];
  };
  return Object.entries(loadAnswers(dir)).map(([id, answer]) => {
    const { lesson: slug } = answer;
    const own = texts.find((text) => text.slug === slug && text.language === language);
    const swedish = headingsOf(slug, 'sv');
    const order = swedish.findIndex(({ heading }) => heading === answer.section);
    const section = order === -1 ? undefined : (own ? headingsOf(slug, language) : swedish)[order];
    const title = (own ?? texts.find((text) => text.slug === slug && text.language === 'sv'))?.frontMatter.title ?? '';
    const text = withLocalNames(answer[language], language);
    return { answer, place: { kind: 'advice', id, slug, part: 'text', section, title, lang: undefined, text } };
  });
}

function withLocalNames(text: string, language: Language): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => localNameIn(municipality, name, language) ?? '');
}

const adviceEntries =
  (language: Language) =>
  ({ answer, place }: Advice): Made[] => [
    { place, entry: { sort: 'advice', fields: [{ text: place.text, weight: weights.text }] } },
    ...expressionsIn(answer.asked, language).map(
      (question): Made => ({
        place: { ...place, part: 'asked' },
        entry: { sort: 'asked', fields: [{ text: question, weight: weights.text }] },
      }),
    ),
  ];

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
