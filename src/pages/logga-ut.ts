import type { APIRoute } from 'astro';
import { clearedJoinCookie } from '#auth/join-cookie.ts';
import { paths } from '#src/paths.ts';

/** Ends the session; and a form by which somebody has joined opens nothing on this device any more. */
export const POST: APIRoute = async ({ locals, cookies }) => {
  const { sessions } = locals.services;
  const headers = new Headers({ location: paths.home() });
  headers.append('set-cookie', await sessions.close(cookies.get(sessions.cookieName)?.value));
  headers.append('set-cookie', clearedJoinCookie(locals.services));
  return new Response(null, { status: 303, headers });
};
