import type { APIRoute } from 'astro';
import { paths } from '#src/paths.ts';

export const POST: APIRoute = async ({ locals, cookies }) => {
  const { sessions } = locals.services;
  const cleared = await sessions.close(cookies.get(sessions.cookieName)?.value);
  return new Response(null, { status: 303, headers: { location: paths.home(), 'set-cookie': cleared } });
};
