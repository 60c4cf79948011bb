import type { APIRoute } from 'astro';
import { fieldValue, readLanguage } from '#forms/fields.ts';
import { paths } from '#src/paths.ts';
import { markLessonDone } from '#usecases/course/mark-lesson-done.ts';

/**
 * “Klar” at the end of a lesson. Signed in, it is kept and leads to what is left; signed out, one simply reads on.
 */
export const POST: APIRoute = async ({ request, locals, cookies, redirect }) => {
  const form = await request.formData();
  const slug = fieldValue(form, 'lesson');
  const language = readLanguage(form);
  const { course } = locals.services;
  if (!course.lessons.includes(slug)) return redirect(paths.course(language), 303);
  if (locals.person) {
    const next = await markLessonDone(locals.services, locals.person.id, slug);
    return redirect(next ? paths.lesson(next, language) : paths.myPage(), 303);
  }
  // Someone who was signed in and no longer is would think it was kept.
  if (cookies.has(locals.services.sessions.cookieName)) {
    return redirect(`${paths.signIn()}?till=${encodeURIComponent(paths.lesson(slug, language))}`, 303);
  }
  const next = course.lessons[course.lessons.indexOf(slug) + 1];
  return redirect(next ? paths.lesson(next, language) : paths.course(language), 303);
};
