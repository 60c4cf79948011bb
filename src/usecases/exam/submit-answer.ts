import { z } from 'zod';
import { scenarioText } from '#content/load-course.ts';
import { type PublicQuestion, toPublicQuestion } from '#domain/course/question.ts';
import type { Answer } from '#domain/course/scenario.ts';
import type { Person } from '#domain/people/person.ts';
import { answerSchema } from '#forms/exam/answer-form.ts';
import { translate } from '#i18n/translate.ts';
import { NotSavedError } from '#ports/store.ts';
import type { Services } from '#src/services.ts';
import { saveAnswers } from './take-exam.ts';

type Needs = Pick<Services, 'store' | 'course' | 'clock' | 'random' | 'reportError'>;

/** What the exam's script gets for one answer. A conversation goes on, so its question comes back with the next lines. */
export interface AnswerReply {
  readonly status: number;
  readonly body:
    | { readonly saved: true; readonly question?: PublicQuestion | undefined }
    | { readonly error: string; readonly text: string };
}

const sent = z.object({ scenario: z.string().max(100), answer: answerSchema });
const statuses = { 'no-attempt': 404, 'handed-in': 409, 'not-in-attempt': 422, 'not-an-answer': 422 } as const;

/**
 * Saves one answer of the person's own open attempt, as the exam's script sends it. “Saved” means fsynced.
 *
 * @param text the body of the request: JSON, or anything
 */
export async function submitAnswer(
  services: Needs,
  person: Person,
  attempt: string,
  text: string,
): Promise<AnswerReply> {
  const t = translate(person.language);
  const refusal = (reason: keyof typeof statuses, status: number): AnswerReply => ({
    status,
    body: { error: reason, text: t(`refusal.${reason}`) },
  });
  const parsed = sent.safeParse(parseJson(text));
  if (!parsed.success) return refusal('not-an-answer', 400);
  const { scenario, answer } = parsed.data;
  try {
    const saved = await saveAnswers(services, person.id, attempt, { [scenario]: answer });
    if (!saved.ok) return refusal(saved.reason, statuses[saved.reason]);
  } catch (error) {
    if (!(error instanceof NotSavedError)) throw error;
    services.reportError(error);
    return { status: 507, body: { error: 'not-saved', text: t('error.notSaved') } };
  }
  return { status: 200, body: { saved: true, question: await nextLines(services, person, attempt, scenario, answer) } };
}

async function nextLines(
  { store, course }: Needs,
  person: Person,
  attempt: string,
  id: string,
  answer: Answer,
): Promise<PublicQuestion | undefined> {
  const scenario = course.scenarios.get(id);
  if (scenario?.kind !== 'conversation') return undefined;
  const newest = await store.people.get(person.id);
  const item = newest?.attempts
    .find((candidate) => candidate.id === attempt)
    ?.items.find((drawn) => drawn.scenario === id);
  const { text, lang } = scenarioText(course, id, person.language);
  return toPublicQuestion(scenario, text, item?.order ?? [], answer, lang);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
