import { exercisesFolder } from '#content/exercise-files.ts';
import { textFile } from '#content/files.ts';
import type { ClaimStatus, GuidelineDocuments } from '#content/guidelines.ts';
import { idsIn } from '#content/mdx-tags.ts';
import { lessonMinutes } from '#content/reading-time.ts';
import { examItems, type Track } from '#domain/course/course.ts';
import type { ClaimId, Scenario } from '#domain/course/scenario.ts';
import type { Content } from '#editors/check/read-content.ts';
import { partsOf } from '#editors/check/scenario-parts.ts';

/** A claim, or a legal note: all that the course may rest on. */
export interface ClaimWording {
  readonly id: ClaimId;
  readonly heading: string;
  readonly wording: string;
  readonly status: ClaimStatus;
  readonly statutes: readonly string[];
  readonly notes: readonly string[];
}

export const claimParts = ['wording', 'status', 'statutes', 'notes'] as const;
export type ClaimPart = (typeof claimParts)[number];

export interface ChangedClaim {
  readonly id: ClaimId;
  readonly heading: string;
  readonly change: 'new' | 'changed' | 'gone';
  /** What of it changed; nothing for one that is new or gone. */
  readonly parts: readonly ClaimPart[];
  readonly before?: ClaimWording;
  readonly after?: ClaimWording;
}

export interface AffectedLesson {
  readonly slug: string;
  readonly claims: readonly ClaimId[];
  /** In every language that it is written in. */
  readonly files: readonly string[];
}

/** A scenario, or an exercise. */
export interface AffectedItem {
  readonly id: string;
  readonly use: Scenario['use'] | 'exercise';
  readonly lesson: string;
  readonly claims: readonly ClaimId[];
  readonly files: readonly string[];
}

export interface AffectedTrack {
  readonly category: Track['category'];
  /** Affected lessons that it requires. */
  readonly lessons: readonly string[];
  /** Affected items that its exam may draw. */
  readonly examItems: readonly string[];
  /** To read those lessons again in Swedish, without their practice items. */
  readonly readingMinutes: number;
}

export interface Impact {
  readonly claims: readonly ChangedClaim[];
  readonly lessons: readonly AffectedLesson[];
  readonly items: readonly AffectedItem[];
  /** Questions and pieces of advice of “Får jag berätta?”, by their ids. */
  readonly decisionPath: readonly string[];
  /** Answers of the look-up, by their ids. */
  readonly answers: readonly string[];
  readonly tracks: readonly AffectedTrack[];
  /** Unchanged claims that name a legal note whose wording changed: what rests on them may rest on the note. */
  readonly alsoLookAt: readonly ClaimId[];
}

/** What a change of the guidelines touches in the course: the lessons and items that cite a changed claim, and their tracks. */
export function impactOf(before: GuidelineDocuments, after: GuidelineDocuments, content: Content): Impact {
  const claims = changedClaims(wordingsOf(before), wordingsOf(after));
  const ids = new Set(claims.map(({ id }) => id));
  const lessons = affectedLessons(content, ids);
  const items = [...affectedScenarios(content, ids), ...affectedExercises(content, ids)];
  return {
    claims,
    lessons,
    items,
    decisionPath: idsThatCite({ ...content.decisionPath.nodes, ...content.decisionPath.ends }, ids),
    answers: idsThatCite(content.answers, ids),
    tracks: affectedTracks(content, lessons, items),
    alsoLookAt: [...wordingsOf(after).values()]
      .filter(({ id, notes }) => !ids.has(id) && notes.some((note) => ids.has(note)))
      .map(({ id }) => id),
  };
}

function idsThatCite(
  cited: Readonly<Record<string, { readonly claims: readonly string[] }>>,
  changed: ReadonlySet<string>,
): readonly string[] {
  return Object.entries(cited)
    .filter(([, { claims }]) => claims.some((id) => changed.has(id)))
    .map(([id]) => id);
}

function wordingsOf({ sources, notes }: GuidelineDocuments): Map<ClaimId, ClaimWording> {
  const claims: ClaimWording[] = sources.flatMap(({ sections }) =>
    sections.flatMap(({ heading, claims: inSection }) =>
      inSection.map(({ says, ...claim }) => ({ ...claim, heading, wording: says })),
    ),
  );
  const legal = notes.claims.map(
    ({ id, heading, taught, remark = '', statutes }): ClaimWording => ({
      id,
      heading,
      // A note without wording is left out of the course: its remark says how.
      wording: taught ?? remark,
      status: taught === undefined ? 'outside' : 'holds',
      statutes,
      notes: [],
    }),
  );
  return new Map([...claims, ...legal].map((claim) => [claim.id, claim]));
}

function changedClaims(before: Map<ClaimId, ClaimWording>, after: Map<ClaimId, ClaimWording>): ChangedClaim[] {
  const gone = [...before.values()]
    .filter(({ id }) => !after.has(id))
    .map((claim): ChangedClaim => ({ id: claim.id, heading: claim.heading, change: 'gone', parts: [], before: claim }));
  const there = [...after.values()].flatMap((claim): ChangedClaim[] => {
    const old = before.get(claim.id);
    const { id, heading } = claim;
    if (!old) return [{ id, heading, change: 'new', parts: [], after: claim }];
    const parts = claimParts.filter((part) => !isSame(old[part], claim[part]));
    return parts.length > 0 ? [{ id, heading, change: 'changed', parts, before: old, after: claim }] : [];
  });
  return [...there, ...gone].sort((a, b) => a.id.localeCompare(b.id, 'sv', { numeric: true }));
}

/** Another line break in the file, or another order of statutes, changes nothing. */
function isSame(before: string | readonly string[], after: string | readonly string[]): boolean {
  const plain = (value: string | readonly string[]) =>
    typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : [...value].sort().join('\n');
  return plain(before) === plain(after);
}

function affectedLessons({ lessons, course }: Content, ids: ReadonlySet<ClaimId>): AffectedLesson[] {
  const bySlug = Map.groupBy(lessons, ({ slug }) => slug);
  const order = (slug: string) =>
    course.lessons.includes(slug) ? course.lessons.indexOf(slug) : course.lessons.length;
  return [...bySlug]
    .map(([slug, texts]) => ({
      slug,
      claims: citedOf(
        texts.flatMap(({ tags }) => tags.flatMap((tag) => idsIn(tag.attributes.get('claims')))),
        ids,
      ),
      files: texts.map(({ file }) => file),
    }))
    .filter(({ claims }) => claims.length > 0)
    .sort((a, b) => order(a.slug) - order(b.slug));
}

function affectedScenarios({ course }: Content, ids: ReadonlySet<ClaimId>): AffectedItem[] {
  return [...course.scenarios.values()]
    .map((scenario) => ({
      id: scenario.id,
      use: scenario.use,
      lesson: scenario.lesson,
      claims: citedOf(
        partsOf(scenario).flatMap((part) => part.claims),
        ids,
      ),
      files: languagesOf(course.texts.get(scenario.id) ?? {}).map((language) => textFile(scenario.id, language)),
    }))
    .filter(({ claims }) => claims.length > 0);
}

function affectedExercises({ course }: Content, ids: ReadonlySet<ClaimId>): AffectedItem[] {
  return [...course.exercises.values()]
    .map(({ id, lesson, parts }) => ({
      id,
      use: 'exercise' as const,
      lesson,
      claims: citedOf(
        parts.flatMap((part) => part.claims),
        ids,
      ),
      files: languagesOf(course.exerciseTexts.get(id) ?? {}).map(
        (language) => `${exercisesFolder}/${id}/${language}.yaml`,
      ),
    }))
    .filter(({ claims }) => claims.length > 0);
}

function languagesOf<L extends string>(texts: Readonly<Partial<Record<L, unknown>>>): L[] {
  return Object.keys(texts) as L[];
}

function citedOf(cited: readonly ClaimId[], ids: ReadonlySet<ClaimId>): ClaimId[] {
  return [...new Set(cited.filter((id) => ids.has(id)))];
}

function affectedTracks(
  { course, lessons }: Content,
  affected: readonly AffectedLesson[],
  items: readonly AffectedItem[],
): AffectedTrack[] {
  const touched = new Set(items.map(({ id }) => id));
  const minutesOf = (slug: string) =>
    lessonMinutes(lessons.find((lesson) => lesson.slug === slug && lesson.language === 'sv')?.body ?? '');
  return Object.values(course.tracks)
    .map((track) => {
      const required = affected.map(({ slug }) => slug).filter((slug) => track.required.includes(slug));
      return {
        category: track.category,
        lessons: required,
        examItems: examItems(course, track)
          .map(({ id }) => id)
          .filter((id) => touched.has(id)),
        readingMinutes: required.reduce((sum, slug) => sum + minutesOf(slug), 0),
      };
    })
    .filter((track) => track.lessons.length + track.examItems.length > 0);
}
