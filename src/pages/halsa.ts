import type { APIRoute } from 'astro';
import { thisBuild } from '#src/this-build.ts';

/**
 * For monitoring: the server answers, its store can be read, and which version and build it is. Says nothing about people, not even
 * how many.
 */
export const GET: APIRoute = async ({ locals }) => {
  await locals.services.store.people.list({ limit: 1 });
  return Response.json({
    status: 'ok',
    version: thisBuild?.version,
    build: thisBuild?.stamp,
    builtOn: thisBuild?.builtOn,
    course: locals.services.course.version,
    setAside: locals.services.store.setAside.length,
  });
};
