import type { APIRoute } from 'astro';
import { dateOf } from '#domain/calendar.ts';
import { thisBuild } from '#src/this-build.ts';

/**
 * For monitoring: the server answers, its store can be read, and which version and build it is. Says nothing about people, not even
 * how many. It answers 200 also where nothing can be saved, so that nobody takes the service away for it: what has been built ahead
 * and what is stored can still be read.
 */
export const GET: APIRoute = async ({ locals }) => {
  const { store, folder, issued, clock } = locals.services;
  await store.people.list({ limit: 1 });
  const disk = await folder.disk();
  return Response.json({
    status: disk === 'ok' ? 'ok' : 'cannot-save',
    disk,
    version: thisBuild?.version,
    build: thisBuild?.stamp,
    builtOn: thisBuild?.builtOn,
    course: locals.services.course.version,
    ...(await store.unresolved()),
    certificates: issued.countLost(dateOf(clock())),
  });
};
