import type { APIRoute } from 'astro';
import { z } from 'zod';
import { scenarioText } from '#content/load-course.ts';
import { toPublicQuestion } from '#domain/question.ts';
import { NotSavedError } from '#ports/store.ts';
import { answerSchema } from '#src/forms/answer-form.ts';
import { saveAnswers } from '#usecases/take-exam.ts';

const body = z.object({ scenario: z.string().max(100), answer: answerSchema });
const statuses = { 'no-attempt': 404, 'handed-in': 409, 'not-in-attempt': 422, 'not-an-answer': 422 } as const;

/** Saves one answer of the person's own open attempt. “Saved” means fsynced. */
export const POST: APIRoute = async ({ request, params, locals }) => {
  const { services, person, t, language } = locals;
  const text = await request.text();
  const parsed = body.safeParse(parseJson(text));
  if (!parsed.success || !person) return refusal('not-an-answer', 400);
  const { scenario: id, answer } = parsed.data;
  try {
    const saved = await saveAnswers(services, person.id, params['attempt'] ?? '', { [id]: answer });
    if (!saved.ok) return refusal(saved.reason, statuses[saved.reason]);
  } catch (error) {
    if (!(error instanceof NotSavedError)) throw error;
    services.reportError(error);
    return Response.json({ error: 'not-saved', text: t('error.notSaved') }, { status: 507 });
  }
  const scenario = services.course.scenarios.get(id);
  if (scenario?.kind !== 'conversation') return Response.json({ saved: true });
  const newest = await services.store.people.get(person.id);
  const item = newest?.attempts
    .find((attempt) => attempt.id === params['attempt'])
    ?.items.find((drawn) => drawn.scenario === id);
  const { text: prose, lang } = scenarioText(services.course, id, language);
  const question = toPublicQuestion(scenario, prose, item?.order ?? [], answer, lang);
  return Response.json({ saved: true, question });

  function refusal(reason: keyof typeof statuses, status: number): Response {
    return Response.json({ error: reason, text: t(`refusal.${reason}`) }, { status });
  }
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
