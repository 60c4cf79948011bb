import type { Category } from '#domain/kernel/category.ts';
import type { CalendarDate } from '#domain/kernel/ids.ts';
import type { Language } from '#domain/kernel/language.ts';
import type { Exercise, ExerciseText } from './exercise.ts';
import type { Scenario, ScenarioText, Theme } from './scenario.ts';

/** So many items of any of these themes. */
export interface BlueprintPart {
  readonly themes: readonly Theme[];
  readonly count: number;
}

/** How long a certificate holds: months from its date, or to the end of the engagement but at most so many months. */
export type Validity =
  | { readonly kind: 'months'; readonly months: number }
  | { readonly kind: 'engagement'; readonly atMostMonths: number };

export interface Track {
  readonly category: Category;
  /** Slugs of the lessons that must be read before the exam, in order. */
  readonly required: readonly string[];
  readonly blueprint: readonly BlueprintPart[];
  readonly validity: Validity;
  /** Reading and answering, in minutes: the course's promise, which the content check adds up. */
  readonly atMostMinutes: number;
}

export interface PassRule {
  /** Share of right answers, 0–1. */
  readonly share: number;
  readonly pauseAfterFailed: number;
  readonly pauseMinutes: number;
}

/** Everything that judging needs; prose is beside it in `texts`. */
export interface Course {
  readonly version: string;
  readonly lawChecked: CalendarDate;
  /** Editions of the guidelines that the course rests on. */
  readonly guidelines: Readonly<Record<string, string>>;
  /** All lessons in order. */
  readonly lessons: readonly string[];
  readonly tracks: Readonly<Record<Category, Track>>;
  readonly pass: PassRule;
  readonly scenarios: ReadonlyMap<string, Scenario>;
  readonly texts: ReadonlyMap<string, Readonly<Partial<Record<Language, ScenarioText>>>>;
  readonly exercises: ReadonlyMap<string, Exercise>;
  readonly exerciseTexts: ReadonlyMap<string, Readonly<Partial<Record<Language, ExerciseText>>>>;
}

/** The scenarios that an exam of this track may draw: for its category, on lessons it requires. */
export function examItems(course: Course, track: Track): Scenario[] {
  return [...course.scenarios.values()].filter(
    (scenario) =>
      scenario.use === 'exam' &&
      scenario.audiences.includes(track.category) &&
      track.required.includes(scenario.lesson),
  );
}

/** Those that can be asked on paper: not a conversation, in which the next line hangs on the answer. */
export function paperItems(course: Course, track: Track): Scenario[] {
  return examItems(course, track).filter(({ kind }) => kind !== 'conversation');
}

/** Lessons that the track does not require, in the course's order. */
export function furtherReading(course: Course, track: Track): string[] {
  return course.lessons.filter((slug) => !track.required.includes(slug));
}
