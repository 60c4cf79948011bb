import { idsIn } from '#content/mdx-tags.ts';
import type { ClaimId } from '#domain/course/scenario.ts';
import type { Content } from './read-content.ts';
import { partsOf } from './scenario-parts.ts';

export interface Coverage {
  /** Slugs of the lessons where a `<Rule>` carries the claim. */
  readonly taughtIn: readonly string[];
  /** Scenarios where a right option, step or reply cites it, and exercises with a part that rests on it. */
  readonly testedIn: readonly string[];
}

/** Where each claim and legal note is taught and tested (the Swedish text counts, on a paragraph: docs/design.md#the-course). */
export function coverageOf(content: Content): Map<ClaimId, Coverage> {
  const taught = new Map<ClaimId, Set<string>>();
  const tested = new Map<ClaimId, Set<string>>();
  for (const lesson of content.lessons) {
    if (lesson.language !== 'sv' || !content.course.lessons.includes(lesson.slug)) continue;
    for (const tag of lesson.tags.filter(({ name }) => name === 'Rule')) {
      for (const id of idsIn(tag.attributes.get('claims'))) addTo(taught, id, lesson.slug);
    }
  }
  for (const scenario of content.course.scenarios.values()) {
    for (const part of partsOf(scenario).filter(({ right }) => right)) {
      for (const id of part.claims) addTo(tested, id, scenario.id);
    }
  }
  // An exercise asks for a decision on every part, and says why: each tests what it rests on.
  for (const { id, parts } of content.course.exercises.values()) {
    for (const claim of parts.flatMap(({ claims }) => claims)) addTo(tested, claim, id);
  }
  return new Map(
    [...content.guidelines.claims.keys()].map((id) => [
      id,
      { taughtIn: [...(taught.get(id) ?? [])], testedIn: [...(tested.get(id) ?? [])] },
    ]),
  );
}

function addTo(map: Map<ClaimId, Set<string>>, id: ClaimId, place: string): void {
  map.set(id, (map.get(id) ?? new Set()).add(place));
}
