import { scenarioText } from '#content/load-course.ts';
import { practiceQuestion } from '#content/practice-question.ts';
import { type ClaimDescription, describeClaims } from '#content/sources.ts';
import type { ActingPerson } from '#domain/access/grant-days.ts';
import type { PublicQuestion } from '#domain/course/question.ts';
import type { ClaimId, Scenario } from '#domain/course/scenario.ts';
import { dateOf, instantOf, weekNumber } from '#domain/kernel/calendar.ts';
import type { NodeId } from '#domain/kernel/ids.ts';
import type { Language } from '#domain/kernel/language.ts';
import type { Place } from '#domain/people/organisation.ts';
import { weakLessons } from '#domain/unit/department-view.ts';
import type { Services } from '#src/services.ts';
import { accessPlace } from '#usecases/access/audited-access.ts';

/** Something to talk about, and what it rests on. Which option is right is not said: that is what the meeting is for. */
export interface TalkingPoint {
  readonly question: PublicQuestion;
  readonly remember: string | undefined;
  readonly claims: readonly ClaimDescription[];
}

export interface MeetingPlan {
  readonly unit: Place;
  /** The lesson that it is about. */
  readonly lesson: string;
  /** Lessons that at least five people of the unit have had to read again. */
  readonly weak: readonly string[];
  /** Lessons that there are situations for. */
  readonly lessons: readonly string[];
  readonly points: readonly TalkingPoint[];
}

/**
 * Two practice situations for the next staff meeting: on the theme asked for, else on the unit's weakest, else on one that
 * changes from week to week. No list of people is opened: nothing in it is about fewer than five.
 */
export async function planMeeting(
  needs: Pick<Services, 'store' | 'audit' | 'clock' | 'course'>,
  actor: ActingPerson,
  id: NodeId,
  asked: { readonly lesson: string; readonly language: Language },
): Promise<MeetingPlan | undefined> {
  const opened = await accessPlace(needs, actor, 'list:people', id);
  if (opened?.place.kind !== 'unit') return undefined;
  const { course, clock, store } = needs;
  const now = clock();
  const today = dateOf(now);
  const practice = [...course.scenarios.values()].filter(({ use }) => use === 'practice');
  const lessons = course.lessons.filter((slug) => practice.filter(({ lesson }) => lesson === slug).length >= 2);
  const weak = weakLessons(await store.people.staffOf([id]), id, { date: today, known: instantOf(now) });
  const week = weekNumber(today);
  const lesson =
    lessons.find((slug) => slug === asked.lesson) ??
    weak.find((slug) => lessons.includes(slug)) ??
    lessons[week % lessons.length];
  if (lesson === undefined) throw new Error('no lesson has two practice situations');
  const fitting = practice.filter((one) => one.lesson === lesson);
  const [first, second] = [fitting[week % fitting.length], fitting[(week + 1) % fitting.length]];
  const points = [first, second].flatMap((one) => (one ? talkingPoint(needs, one, asked.language) : []));
  return { unit: opened.place, lesson, weak, lessons, points };
}

function talkingPoint({ course }: Pick<Services, 'course'>, scenario: Scenario, language: Language): TalkingPoint[] {
  const question = practiceQuestion(course, scenario.id, language);
  if (!question) return [];
  const { remember } = scenarioText(course, scenario.id, language).text;
  return [{ question, remember, claims: describeClaims([...new Set(claimsOf(scenario))]) }];
}

/** What the right ways rest on; not which they are. */
function claimsOf(scenario: Scenario): readonly ClaimId[] {
  switch (scenario.kind) {
    case 'conversation':
      return Object.values(scenario.nodes).flatMap(({ replies }) =>
        replies.filter(isRight).flatMap(({ claims }) => claims),
      );
    case 'order':
      return scenario.steps.flatMap(({ claims }) => claims);
    default:
      return scenario.options.filter(isRight).flatMap(({ claims }) => claims);
  }
}

function isRight({ right }: { readonly right: boolean }): boolean {
  return right;
}
