import { type AdvicePlace, type Place, type SearchIndex, searchIndexOf } from '#content/search-index.ts';
import type { Course } from '#domain/course.ts';
import type { Language } from '#domain/language.ts';
import { scoreEntries } from '#domain/search/rank.ts';
import { readQuery } from '#domain/search/read-query.ts';
import { markedText, type SnippetPart, snippetOf } from '#domain/search/snippet.ts';
import { wordsOf } from '#domain/search/words.ts';
import { paths } from '#src/paths.ts';

export interface Hit {
  /** `advice`: it comes first because somebody may be in danger. */
  readonly kind: Place['kind'];
  readonly title: string;
  /** The heading in a lesson. */
  readonly section: string | undefined;
  readonly href: string;
  readonly lang: 'sv' | undefined;
  /** Of a lesson, the advice that fits best, where there is one; else the passage that holds most of what was asked for. */
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
const kindWeights: Readonly<Record<Exclude<Place['kind'], 'advice'>, number>> = {
  lesson: 1,
  practice: 0.65,
  term: 0.65,
};
const managersWeight = 0.7;
/** How much of a lesson's score comes from all of it, its title and aim, its best section, and the questions known to be asked. */
const partWeights = { whole: 0.6, head: 0.3, section: 0.25, asked: 0.3, advice: 0.4 };
/** The best lesson comes first unless it is this far below the best of all, 0–1. */
const lessonFirst = 0.15;
/** How much of an advice's score comes from its own words and from the ways of asking for it, and how much those say of its lesson. */
const adviceWeights = { text: 0.35, asked: 1, lesson: 0.3 };

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
  const hits = best(index, scores, onlyForManagers(course)).map((one) => hitOf(one, weights, index, language));
  const urgent = dangersIn(query, index).map((place) => hitOf({ place }, weights, index, language));
  const others = hits.filter(({ href }) => urgent.every((first) => first.href !== href));
  return { query, isCut, hits: [...urgent, ...others].slice(0, mostHits) };
}

/**
 * The advice for each danger that a question speaks of: its own rare words decide, in their order (who hits is not who is hit),
 * however many other words there are. One slip of the finger is forgiven.
 */
function dangersIn(query: string, { dangers, text }: SearchIndex): AdvicePlace[] {
  const { vocabulary, postings, spell } = text;
  const written = wordsOf(query).map(({ text: word }) => {
    const stem = vocabulary.stem(word);
    if (postings.has(stem)) return [stem];
    const guesses = spell(word).filter(({ distance }) => distance <= 1);
    return [stem, ...guesses.map((guess) => vocabulary.stem(guess.word))];
  });
  const found = dangers.filter(({ stems }) => standInOrder(stems, written));
  // The longest expression is the surest.
  const places = found.sort((one, other) => other.stems.length - one.stems.length).map(({ place }) => place);
  return places.filter((place, index) => places.findIndex(({ id }) => id === place.id) === index);
}

function standInOrder(stems: readonly string[], written: readonly (readonly string[])[]): boolean {
  let next = 0;
  for (const word of written) if (word.includes(stems[next] ?? '')) next += 1;
  return next === stems.length;
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
  /** Of a lesson. */
  readonly advice?: AdvicePlace | undefined;
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
  /** How well each of the lesson's answers fits, by its id. */
  readonly advice: ReadonlyMap<string, { readonly place: AdvicePlace; readonly score: number }>;
}

function best(
  { places }: SearchIndex,
  scores: ReadonlyMap<number, number>,
  forManagers: ReadonlySet<string>,
): Scored[] {
  const lessons = new Map<string, LessonScore>();
  const found: Scored[] = [];
  const wholes = new Map(places.flatMap((place) => (isWhole(place) ? [[place.slug, place] as const] : [])));
  for (const [entry, place] of places.entries()) {
    const score = scores.get(entry);
    if (score === undefined) continue;
    if (place.kind === 'practice' || place.kind === 'term') {
      found.push({ place, score: score * kindWeights[place.kind] });
      continue;
    }
    const lesson = lessons.get(place.slug) ?? {
      place: wholes.get(place.slug) ?? place,
      whole: 0,
      head: 0,
      section: 0,
      asked: 0,
      advice: new Map(),
    };
    if (place.kind === 'advice') lessons.set(place.slug, withAdvice(lesson, place, score));
    else if (place.part === 'asked') lessons.set(place.slug, { ...lesson, asked: Math.hypot(lesson.asked, score) });
    else if (typeof place.part === 'string') lessons.set(place.slug, { ...lesson, [place.part]: score });
    else if (score > lesson.section) lessons.set(place.slug, { ...lesson, place, section: score });
  }
  for (const [slug, { place, advice, ...parts }] of lessons) {
    const nearest = [...advice.values()].sort((one, other) => other.score - one.score)[0];
    const score =
      partWeights.advice * (nearest?.score ?? 0) +
      partWeights.whole * parts.whole +
      partWeights.head * parts.head +
      partWeights.section * parts.section +
      partWeights.asked * parts.asked;
    const weight = forManagers.has(slug) ? managersWeight : kindWeights.lesson;
    found.push({ place, score: score * weight, advice: nearest?.place });
  }
  // Sorting is stable: equals stay in the order of the course.
  const sorted = found.sort((one, other) => other.score - one.score);
  const top = sorted[0]?.score ?? 0;
  const kept = sorted.filter(({ score }) => score >= top * leastShare).slice(0, mostHits);
  const lesson = sorted.find(({ place, score }) => place.kind === 'lesson' && score >= top * lessonFirst);
  return lesson ? [lesson, ...kept.filter((one) => one !== lesson)].slice(0, mostHits) : kept;
}

function isWhole(place: Place): place is Extract<Place, { kind: 'lesson' }> {
  return place.kind === 'lesson' && place.part === 'whole';
}

/** A way of asking for an answer is one of asking for its lesson too. */
function withAdvice(lesson: LessonScore, place: AdvicePlace, score: number): LessonScore {
  const before = lesson.advice.get(place.id)?.score ?? 0;
  const added = score * adviceWeights[place.part];
  return {
    ...lesson,
    asked: place.part === 'asked' ? Math.hypot(lesson.asked, adviceWeights.lesson * score) : lesson.asked,
    advice: new Map(lesson.advice).set(place.id, { place, score: Math.hypot(before, added) }),
  };
}

function hitOf(
  { place, advice }: Pick<Scored, 'place' | 'advice'>,
  weights: ReadonlyMap<string, number>,
  index: SearchIndex,
  language: Language,
): Hit {
  const shown = advice ?? place;
  const { title, lang } = place;
  const snippet = (shown.kind === 'advice' ? markedText : snippetOf)(shown.text, weights, index.text);
  const section = sectionOf(shown)?.heading || undefined;
  return { kind: place.kind, title, section, lang, snippet, href: hrefOf(shown, language) };
}

function sectionOf(place: Place): { readonly heading: string; readonly anchor: string | undefined } | undefined {
  if (place.kind === 'advice') return place.section;
  return place.kind === 'lesson' && typeof place.part === 'object' ? place.part : undefined;
}

function hrefOf(place: Place, language: Language): string {
  if (place.kind === 'practice') return paths.practice(place.id);
  if (place.kind === 'term') return `${paths.lookUp(language)}#${place.id}`;
  const anchor = sectionOf(place)?.anchor;
  return paths.lesson(place.slug, language) + (anchor ? `#${encodeURIComponent(anchor)}` : '');
}
