import { type Place, type SearchIndex, searchIndexOf } from '#content/search-index.ts';
import type { Course } from '#domain/course.ts';
import type { Language } from '#domain/language.ts';
import { scoreEntries } from '#domain/search/rank.ts';
import { readQuery } from '#domain/search/read-query.ts';
import { type SnippetPart, snippetOf } from '#domain/search/snippet.ts';
import { paths } from '#src/paths.ts';

export interface Hit {
  readonly kind: Place['kind'];
  readonly title: string;
  /** The heading in a lesson. */
  readonly section: string | undefined;
  readonly href: string;
  readonly lang: 'sv' | undefined;
  readonly snippet: readonly SnippetPart[];
}

export interface LookedUp {
  /** What was searched for, tidied; empty if nothing was. */
  readonly query: string;
  /** It was longer than what is searched for. */
  readonly isCut: boolean;
  /** The best first. */
  readonly hits: readonly Hit[];
}

/** In characters. */
export const longestQuery = 200;
const mostHits = 12;
/** What is this far below the best is left out, 0–1. */
const leastShare = 0.2;
/** A lesson explains, an item lets one try, a term says what a word means. */
const kindWeights: Readonly<Record<Place['kind'], number>> = { lesson: 1, practice: 0.65, term: 0.65 };
const managersWeight = 0.7;
/** How much of a lesson's score comes from all of it, its title and aim, its best section, and the questions known to be asked. */
const partWeights = { whole: 0.6, head: 0.3, section: 0.25, asked: 0.3 };
/** The best lesson comes first unless it is this far below the best of all, 0–1. */
const lessonFirst = 0.15;

/** Looks up a question or a word in lessons, practice items and glossary. Keeps nothing of what is asked. */
export function lookUp(course: Course, asked: string, language: Language): LookedUp {
  const { query, isCut } = tidy(asked);
  if (query === '') return { query, isCut, hits: [] };
  const index = searchIndexOf(course, language);
  const read = readQuery(query, index.text);
  const scores = scoreEntries(read, index.text);
  const weights = new Map<string, number>();
  for (const { term, weight } of read.concepts.flatMap(({ ways }) => ways)) {
    // A term of two words is marked word by word.
    for (const stem of term.split(' ')) weights.set(stem, Math.max(weights.get(stem) ?? 0, weight));
  }
  const hits = best(index, scores, onlyForManagers(course)).map(({ place }) => hitOf(place, weights, index, language));
  return { query, isCut, hits };
}

/** Without control characters and doubled blanks, and no longer than what is searched for. */
function tidy(asked: string): { query: string; isCut: boolean } {
  const clean = asked
    .normalize('NFC')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
  const letters = [...clean];
  return { query: letters.slice(0, longestQuery).join('').trim(), isCut: letters.length > longestQuery };
}

interface Scored {
  readonly place: Place;
  readonly score: number;
}

/** Lessons that only managers are asked about: few who look something up are managers. */
function onlyForManagers({ lessons, scenarios }: Course): ReadonlySet<string> {
  const ofOthers = new Set(
    [...scenarios.values()]
      .filter(({ audiences }) => audiences.some((audience) => audience !== 'unit-manager'))
      .map(({ lesson }) => lesson),
  );
  return new Set(lessons.filter((slug) => !ofOthers.has(slug)));
}

interface LessonScore {
  /** The best section, or the lesson where no section holds anything of what is asked for. */
  readonly place: Place;
  readonly whole: number;
  readonly head: number;
  readonly section: number;
  /** The length of the questions' scores taken as a vector: one that is near says more than many that hold a word of it. */
  readonly asked: number;
}

function best(
  { places }: SearchIndex,
  scores: ReadonlyMap<number, number>,
  forManagers: ReadonlySet<string>,
): Scored[] {
  const lessons = new Map<string, LessonScore>();
  const found: Scored[] = [];
  for (const [entry, place] of places.entries()) {
    const score = scores.get(entry);
    if (score === undefined) continue;
    if (place.kind !== 'lesson') {
      found.push({ place, score: score * kindWeights[place.kind] });
      continue;
    }
    const lesson = lessons.get(place.slug) ?? { place, whole: 0, head: 0, section: 0, asked: 0 };
    if (place.part === 'asked') lessons.set(place.slug, { ...lesson, asked: Math.hypot(lesson.asked, score) });
    else if (typeof place.part === 'string') lessons.set(place.slug, { ...lesson, [place.part]: score });
    else if (score > lesson.section) lessons.set(place.slug, { ...lesson, place, section: score });
  }
  for (const [slug, { place, ...parts }] of lessons) {
    const score =
      partWeights.whole * parts.whole +
      partWeights.head * parts.head +
      partWeights.section * parts.section +
      partWeights.asked * parts.asked;
    found.push({ place, score: score * (forManagers.has(slug) ? managersWeight : kindWeights.lesson) });
  }
  // Sorting is stable: equals stay in the order of the course.
  const sorted = found.sort((one, other) => other.score - one.score);
  const top = sorted[0]?.score ?? 0;
  const kept = sorted.filter(({ score }) => score >= top * leastShare).slice(0, mostHits);
  const lesson = sorted.find(({ place, score }) => place.kind === 'lesson' && score >= top * lessonFirst);
  return lesson ? [lesson, ...kept.filter((one) => one !== lesson)].slice(0, mostHits) : kept;
}

function hitOf(place: Place, weights: ReadonlyMap<string, number>, index: SearchIndex, language: Language): Hit {
  const { kind, title, lang } = place;
  const snippet = snippetOf(place.text, weights, index.text);
  const section = place.kind === 'lesson' && typeof place.part === 'object' ? place.part.heading : '';
  return { kind, title, section: section || undefined, lang, snippet, href: hrefOf(place, language) };
}

function hrefOf(place: Place, language: Language): string {
  if (place.kind === 'practice') return paths.practice(place.id);
  if (place.kind === 'term') return `${paths.lookUp(language)}#${place.id}`;
  const anchor = typeof place.part === 'object' ? place.part.anchor : undefined;
  return paths.lesson(place.slug, language) + (anchor ? `#${encodeURIComponent(anchor)}` : '');
}
