import type { APIRoute } from 'astro';
import { submitAnswer } from '#usecases/exam/submit-answer.ts';

/** The exam's script saves here. Who may is answered before Astro (src/server/save-answer.ts, decision 0017); the others by the middleware. */
export const POST: APIRoute = async ({ request, params, locals }) => {
  const { services, person } = locals;
  if (!person) return new Response(null, { status: 401 });
  const { status, body } = await submitAnswer(services, person, params['attempt'] ?? '', await request.text());
  return Response.json(body, { status });
};
