import { lessonSkeleton } from '#editors/tools/skeletons.ts';
import { slugOf } from '#editors/tools/slug.ts';

export interface DraftSection {
  readonly id: string;
  readonly number: string;
  readonly heading: string;
}

export interface LessonDraft {
  /** Path below the content folder. */
  readonly file: string;
  readonly text: string;
}

/**
 * A lesson to fill for each chapter: its sections as headings, each with a rule that waits for claims.
 * Drafts lie apart from the course, so that what is not written yet stops no build; a finished one is moved to lessons/.
 */
export function lessonDrafts(source: string, sections: readonly DraftSection[]): LessonDraft[] {
  const chapters = new Map<string, DraftSection[]>();
  for (const section of sections) {
    const chapter = /^\d+/.exec(section.number)?.[0] ?? section.number;
    chapters.set(chapter, [...(chapters.get(chapter) ?? []), section]);
  }
  const slugs = new Set<string>();
  chapters.delete('0');
  return [...chapters.values()].flatMap(([first, ...below]) => {
    if (!first) return [];
    const base = slugOf(first.heading) || slugOf(first.id);
    const slug = slugs.has(base) ? `${base}-${slugOf(first.number)}` : base;
    slugs.add(slug);
    return [{ file: `drafts/${source}/${slug}/sv.mdx`, text: lessonSkeleton(below.map(({ heading }) => heading)) }];
  });
}
