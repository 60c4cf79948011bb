import type { Course } from '#domain/course/course.ts';
import { type Theme, themes } from '#domain/course/scenario.ts';
import type { Language } from '#domain/kernel/language.ts';
import { fallbackLang } from '#i18n/translate.ts';
import { glossaryIn, type ShownTerm } from './glossary.ts';
import { scenarioText } from './load-course.ts';

/** What can be looked up without searching: situations by theme, and words. */
export interface LookUpLists {
  readonly situations: readonly { readonly theme: Theme; readonly items: readonly Situation[] }[];
  readonly terms: readonly (ShownTerm & { readonly lang: 'sv' | undefined })[];
  readonly isFallback: boolean;
}

interface Situation {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly lang: 'sv' | undefined;
}

const made = new WeakMap<Course, Map<Language, LookUpLists>>();

/** The lists of a course in a language, made once: content does not change while the server runs. */
export function lookUpListsOf(course: Course, language: Language): LookUpLists {
  const ofCourse = made.get(course) ?? new Map<Language, LookUpLists>();
  made.set(course, ofCourse);
  const lists = ofCourse.get(language) ?? makeLists(course, language);
  ofCourse.set(language, lists);
  return lists;
}

function makeLists(course: Course, language: Language): LookUpLists {
  const practice = [...course.scenarios.values()].filter(({ use }) => use === 'practice');
  const texts = new Map(practice.map(({ id }) => [id, scenarioText(course, id, language)]));
  const situations = themes.map((theme) => ({
    theme,
    items: practice.flatMap((scenario): Situation[] => {
      const prose = scenario.theme === theme ? texts.get(scenario.id) : undefined;
      return prose ? [{ id: scenario.id, title: prose.text.title, text: prose.text.situation, lang: prose.lang }] : [];
    }),
  }));
  const terms = glossaryIn(language).map((term) => ({ ...term, lang: fallbackLang(term.isFallback, language) }));
  return {
    situations: situations.filter(({ items }) => items.length > 0),
    terms,
    isFallback: terms.some((term) => term.isFallback) || [...texts.values()].some((prose) => prose.isFallback),
  };
}
