import { type CollectionEntry, getCollection } from 'astro:content';
import type { Course } from '#domain/course/course.ts';
import type { Language } from '#domain/kernel/language.ts';
import { fallbackLang } from '#i18n/translate.ts';
import { courseOnce, exerciseText, scenarioText } from './load-course.ts';
import { answeringMinutes, exerciseMinutes, exercisesIn, lessonMinutes, practiceIn } from './reading-time.ts';
import { isOutdated } from './translations.ts';

export interface Lesson {
  readonly slug: string;
  readonly entry: CollectionEntry<'lessons'>;
  /** There is no text in this language yet: it is the Swedish one. */
  readonly isFallback: boolean;
  /** Made from an older wording of the Swedish text. */
  readonly isOutdated: boolean;
  /** For its texts on a page in another language. */
  readonly lang: 'sv' | undefined;
  /** Reading and practising, rounded up to whole minutes. */
  readonly minutes: number;
}

const read = new Map<Language, Promise<readonly Lesson[]>>();

/**
 * All lessons in the course's order, in a language or in Swedish where that is missing. Read once: a build never changes.
 *
 * @param course the server's own where there is one: the built site would read and keep it a second time
 */
export function lessonsIn(language: Language, course = courseOnce()): Promise<readonly Lesson[]> {
  const lessons = read.get(language) ?? readLessons(language, course);
  read.set(language, lessons);
  return lessons;
}

async function readLessons(language: Language, course: Course): Promise<Lesson[]> {
  const entries = new Map((await getCollection('lessons')).map((entry) => [entry.id, entry]));
  return course.lessons.map((slug) => {
    const own = entries.get(`${slug}/${language}`);
    const entry = own ?? entries.get(`${slug}/sv`);
    if (!entry)
      throw new Error(`course.yaml: lektionen ${slug} saknar content/courses/sekretess/lessons/${slug}/sv.mdx`);
    const body = entry.body ?? '';
    const practice = practiceIn(body).map((id) => {
      const scenario = course.scenarios.get(id);
      if (!scenario) throw new Error(`${slug}: övningen ${id} finns inte i content/courses/sekretess/scenarios`);
      return answeringMinutes(scenario, scenarioText(course, id, language).text);
    });
    const exercises = exercisesIn(body).map((id) => {
      const exercise = course.exercises.get(id);
      if (!exercise) throw new Error(`${slug}: övningen ${id} finns inte i content/courses/sekretess/exercises`);
      return exerciseMinutes(exercise, exerciseText(course, id, language).text);
    });
    const minutes = Math.round([...practice, ...exercises].reduce((sum, item) => sum + item, lessonMinutes(body)));
    const isOld = isOutdated('lessons', slug, language);
    return { slug, entry, isFallback: !own, isOutdated: isOld, lang: fallbackLang(!own, language), minutes };
  });
}
