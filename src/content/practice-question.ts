import { createHash } from 'node:crypto';
import type { Course } from '#domain/course/course.ts';
import { type PublicQuestion, toPublicQuestion } from '#domain/course/question.ts';
import type { Answer } from '#domain/course/scenario.ts';
import { drawItem } from '#domain/exam/exam.ts';
import type { Language } from '#domain/kernel/language.ts';
import { scenarioText } from './load-course.ts';

/** A practice item as a page shows it, or undefined if there is none of that name: exam items appear nowhere. */
export function practiceQuestion(
  course: Course,
  id: string,
  language: Language,
  answer?: Answer,
): PublicQuestion | undefined {
  const scenario = course.scenarios.get(id);
  if (scenario?.use !== 'practice') return undefined;
  const { order } = drawItem(scenario, bytesFrom(id));
  const { text, lang } = scenarioText(course, id, language);
  return toPublicQuestion(scenario, text, order, answer, lang);
}

/** The same “random” bytes each time: a page that is built ahead and the reply to it show one order. */
function bytesFrom(seed: string): (count: number) => Uint8Array {
  let round = 0;
  return (count) => createHash('sha512').update(`${seed}:${round++}`).digest().subarray(0, count);
}
