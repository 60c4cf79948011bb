import { type Answers, loadAnswers } from '#content/answers.ts';
import { loadWaysOfAsking, type WayOfAsking } from '#content/asked.ts';
import { type DecisionPath, loadDecisionPath } from '#content/decision-path.ts';
import { loadGlossary, type Term } from '#content/glossary.ts';
import { type Guidelines, loadGuidelines } from '#content/guidelines.ts';
import { loadCourse } from '#content/load-course.ts';
import { loadMunicipality, type Municipality } from '#content/municipality.ts';
import { type LessonText, readLessons } from '#content/read-lessons.ts';
import { type ContentMistake, collectingMistakes } from '#content/read-yaml.ts';
import { loadScenarios } from '#content/scenario-files.ts';
import type { Course } from '#domain/course/course.ts';
import { type LeftOut, readLeftOut } from './left-out.ts';

/** All content that the rules look at. */
export interface Content {
  readonly course: Course;
  readonly guidelines: Guidelines;
  /** Every lesson file in every language, also of folders that the course does not name. */
  readonly lessons: readonly LessonText[];
  readonly glossary: readonly Term[];
  readonly municipality: Municipality;
  readonly leftOut: readonly LeftOut[];
  readonly decisionPath: DecisionPath;
  readonly answers: Answers;
  /** Ways of asking for the answers, by language: doubles are sought within one. */
  readonly asked: { readonly sv: readonly WayOfAsking[]; readonly en: readonly WayOfAsking[] };
}

/** Reads all content, or says everything that keeps it from being read. */
export function readContent(
  dir: string,
): { ok: true; content: Content } | { ok: false; mistakes: readonly ContentMistake[] } {
  const { mistakes, reading } = collectingMistakes();
  const guidelines = reading(() => loadGuidelines(dir));
  const glossary = reading(() => loadGlossary(dir));
  const municipality = reading(() => loadMunicipality(dir));
  const lessons = reading(() => readLessons(dir));
  const leftOut = reading(() => readLeftOut(dir));
  const decisionPath = reading(() => loadDecisionPath(dir));
  const answers = reading(() => loadAnswers(dir));
  const asked = reading(() => ({ sv: loadWaysOfAsking('sv', dir), en: loadWaysOfAsking('en', dir) }));
  const course = reading(() => loadCourse(dir));
  // The course stops at the first file that is broken: read alone, the scenarios name theirs too.
  if (!course) reading(() => loadScenarios(dir));
  if (
    !course ||
    !guidelines ||
    !glossary ||
    !municipality ||
    !lessons ||
    !leftOut ||
    !decisionPath ||
    !answers ||
    !asked
  ) {
    return { ok: false, mistakes: withoutRepeats(mistakes) };
  }
  return {
    ok: true,
    content: { course, guidelines, lessons, glossary, municipality, leftOut, decisionPath, answers, asked },
  };
}

function withoutRepeats(mistakes: readonly ContentMistake[]): ContentMistake[] {
  return [...new Map(mistakes.map((mistake) => [JSON.stringify(mistake), mistake])).values()];
}
