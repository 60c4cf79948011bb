import { type AdvicePlace, lessonSample, type Place, type SearchIndex, searchIndexOf } from '#content/search-index.ts';
import type { Course } from '#domain/course/course.ts';
import type { Language } from '#domain/kernel/language.ts';
import { dangersAmong } from '#domain/search/alarm.ts';
import { type Expression, isSaid, type Question, readQuestion } from '#domain/search/expressions.ts';
import { featuresOf } from '#domain/search/features.ts';
import { likelihoods } from '#domain/search/learn.ts';
import { nearestTo } from '#domain/search/nearest.ts';
import { scoreEntries } from '#domain/search/rank.ts';
import { readQuery } from '#domain/search/read-query.ts';
import { markedText, type SnippetPart, snippetOf } from '#domain/search/snippet.ts';
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

/** In characters. Who tells what has happened needs some sentences, and the deed often stands last. */
export const longestQuery = 500;
const mostHits = 12;
/** What is this far below the best is left out, 0–1. */
const leastShare = 0.2;
/** Also beside the surest answer: it may be another that is looked for. */
const besides = 3;
/** A lesson explains, an item lets one try, a term says what a word means. */
const kindWeights: Readonly<Record<Exclude<Place['kind'], 'advice'>, number>> = {
  lesson: 1,
  practice: 0.65,
  term: 0.65,
};
const managersWeight = 0.7;
/** How much of a lesson's score comes from all of it, its title and aim, its best section, and the questions known to be asked. */
const partWeights = { whole: 0.6, head: 0.3, section: 0.25, asked: 0.3 };
/** The best lesson comes first unless it is this far below the best of all, 0–1. */
const lessonFirst = 0.15;
/** How much an advice's ways of being asked for say of its lesson as a whole. */
const adviceInLesson = 0.3;
/** How much the advice that fits best decides which lesson comes first, against all the words that the lesson has. */
const adviceWeight = 2.2;
/** What a way of asking for a lesson as a whole is worth, against one of asking for an advice in it. */
const lessonNear = 0.9;
/** What fits less than this, or so much less than the lesson as a whole, is not shown instead of the passage that holds the words. */
const fittingAdvice = 0.3;
const passageFirst = 0.6;
/** The answer for whoever asks what nothing here is near to, and how near that is. A word or two are no question. */
const whenUnsure = 'osaker';
const nearEnough = 0.4;
const wordsOfQuestion = 4;
/** What an expression that is said adds, by how many words and classes it takes. */
const saidGain: readonly number[] = [0, 0.3, 0.5, 0.62, 0.72];
/** How much what has been learnt decides which advice fits, against the nearest way of asking. */
const learntWeight = 1.5;

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
  const question = readQuestion(query, index.text);
  const nearest = nearestTo(query, index.asked, index.text);
  const likely = likelihoods(featuresOf(query, index.text), index.learnt);
  const fits = adviceFits({ nearest, likely }, question, index);
  const hits = best(index, scores, { fits, nearest }, onlyForManagers(course)).map((one) =>
    hitOf(one, weights, index, language),
  );
  const shown = (place: AdvicePlace) => hitOf({ place }, weights, index, language);
  const urgent = dangersIn(question, likely, index).map(shown);
  const isUnsure = urgent.length === 0 && question.words.length >= wordsOfQuestion && isFar(fits, nearest);
  const unsure = fits.filter(({ place }) => isUnsure && place.id === whenUnsure);
  const first: readonly Hit[] = [
    ...urgent,
    ...unsure.map(({ place }) => ({ ...shown(place), kind: 'lesson' as const })),
  ];
  const others = hits.filter(({ href }) => first.every((one) => one.href !== href));
  return { query, isCut, hits: [...first, ...others].slice(0, mostHits) };
}

/** Nothing that is known to be asked is near: neither for an advice nor for a lesson. */
function isFar(fits: readonly Fit[], nearest: ReadonlyMap<string, number>): boolean {
  return Math.max(fits[0]?.score ?? 0, ...nearest.values()) < nearEnough;
}

/** The advice for each danger that a question speaks of. */
function dangersIn(question: Question, likely: ReadonlyMap<string, number>, { advice }: SearchIndex): AdvicePlace[] {
  const evidence = advice.map(({ place: { id }, danger, when }) => {
    const isDanger = danger.length > 0;
    return { id, isDanger, said: gainOf(sizeSaid(isDanger ? danger : when, question)), likely: likely.get(id) ?? 0 };
  });
  return dangersAmong(evidence).flatMap((id) => advice.find(({ place }) => place.id === id)?.place ?? []);
}

function gainOf(size: number): number {
  return saidGain[Math.min(size, saidGain.length - 1)] ?? 0;
}

/** The size of the longest expression that is said; 0 if none is. */
function sizeSaid(expressions: readonly Expression[], question: Question): number {
  return Math.max(0, ...expressions.filter((one) => isSaid(one, question)).map(({ size }) => size));
}

interface Fit {
  readonly place: AdvicePlace;
  /** 0 and up: how near the nearest known way of asking is, and what is said in so many words. */
  readonly score: number;
}

function adviceFits(
  { nearest, likely }: { readonly nearest: ReadonlyMap<string, number>; readonly likely: ReadonlyMap<string, number> },
  question: Question,
  { advice }: SearchIndex,
): Fit[] {
  return advice
    .map(({ place, danger, when }) => {
      const gain = gainOf(Math.max(sizeSaid(when, question), sizeSaid(danger, question)));
      const { id } = place;
      return { place, score: (nearest.get(id) ?? 0) + gain + learntWeight * (likely.get(id) ?? 0) };
    })
    .sort((one, other) => other.score - one.score);
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
}

function best(
  { places }: SearchIndex,
  scores: ReadonlyMap<number, number>,
  { fits, nearest }: { readonly fits: readonly Fit[]; readonly nearest: ReadonlyMap<string, number> },
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
    };
    if (place.kind === 'advice') {
      const added = place.part === 'asked' ? adviceInLesson * score : 0;
      lessons.set(place.slug, { ...lesson, asked: Math.hypot(lesson.asked, added) });
    } else if (place.part === 'asked') lessons.set(place.slug, { ...lesson, asked: Math.hypot(lesson.asked, score) });
    else if (typeof place.part === 'string') lessons.set(place.slug, { ...lesson, [place.part]: score });
    else if (score > lesson.section) lessons.set(place.slug, { ...lesson, place, section: score });
  }
  for (const { place, score } of fits) {
    // A lesson of which no word is said may still have the advice.
    if (score < fittingAdvice || lessons.has(place.slug)) continue;
    const whole = wholes.get(place.slug);
    if (whole) lessons.set(place.slug, { place: whole, whole: 0, head: 0, section: 0, asked: 0 });
  }
  const summed = [...lessons].map(([slug, { place, ...parts }]) => {
    const sum =
      partWeights.whole * parts.whole +
      partWeights.head * parts.head +
      partWeights.section * parts.section +
      partWeights.asked * parts.asked;
    return { slug, place, sum: sum * (forManagers.has(slug) ? managersWeight : kindWeights.lesson) };
  });
  const most = Math.max(...summed.map(({ sum }) => sum), 0) || 1;
  for (const { slug, place, sum } of summed) {
    const fit = fits.find((one) => one.place.slug === slug);
    const near = nearest.get(lessonSample(slug)) ?? 0;
    const advice = fit && fit.score >= Math.max(fittingAdvice, near * passageFirst) ? fit.place : undefined;
    const asked = Math.max(near * lessonNear, fit?.score ?? 0);
    found.push({ place, score: sum + most * adviceWeight * asked, advice });
  }
  // Sorting is stable: equals stay in the order of the course.
  const sorted = found.sort((one, other) => other.score - one.score);
  const top = sorted[0]?.score ?? 0;
  const kept = sorted.filter(({ score }, place) => place < besides || score >= top * leastShare).slice(0, mostHits);
  const lesson = sorted.find(({ place, score }) => place.kind === 'lesson' && score >= top * lessonFirst);
  return lesson ? [lesson, ...kept.filter((one) => one !== lesson)].slice(0, mostHits) : kept;
}

function isWhole(place: Place): place is Extract<Place, { kind: 'lesson' }> {
  return place.kind === 'lesson' && place.part === 'whole';
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
