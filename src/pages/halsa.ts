import type { APIRoute } from 'astro';

/** For monitoring: the server answers and its store can be read. Says nothing about people, not even how many. */
export const GET: APIRoute = async ({ locals }) => {
  await locals.services.store.people.list({ limit: 1 });
  return Response.json({
    status: 'ok',
    course: locals.services.course.version,
    setAside: locals.services.store.setAside.length,
  });
};
