import type { APIRoute } from 'astro';
import { thisBuild } from '#src/this-build.ts';
import { folderHealth, readSomething } from '#usecases/oversight/folder-health.ts';

/**
 * For monitoring: the server answers, its store can be read, and which version and build it is. Says nothing about people, not even
 * how many. It answers 200 also where nothing can be saved, so that nobody takes the service away for it: what has been built ahead
 * and what is stored can still be read.
 */
export const GET: APIRoute = async ({ locals }) => {
  await readSomething(locals.services);
  const { disk, ...unresolved } = await folderHealth(locals.services);
  return Response.json({
    status: disk === 'ok' ? 'ok' : 'cannot-save',
    disk,
    version: thisBuild?.version,
    build: thisBuild?.stamp,
    builtOn: thisBuild?.builtOn,
    course: locals.services.course.version,
    ...unresolved,
  });
};
