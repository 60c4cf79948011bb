import type { Language } from '#domain/kernel/language.ts';

/** Paths below the content folder, as mistakes name them. */
export const courseFile = 'courses/sekretess/course.yaml';
export const lessonsFolder = 'courses/sekretess/lessons';
export const leftOutFile = 'guidelines/left-out.yaml';
export const glossaryFile = 'glossary.yaml';

export function lessonFile(slug: string, language: Language): string {
  return `${lessonsFolder}/${slug}/${language}.mdx`;
}

/** A scenario's key and logic. */
export function scenarioFile(id: string): string {
  return `courses/sekretess/scenarios/${id}/scenario.yaml`;
}

/** A scenario's prose. */
export function textFile(id: string, language: Language): string {
  return `courses/sekretess/scenarios/${id}/${language}.yaml`;
}

/** Where a claim or a legal note stands. */
export function claimFile(source: string): string {
  return source === 'L' ? 'guidelines/notes.yaml' : `guidelines/${source}.yaml`;
}
