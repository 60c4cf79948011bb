import { trackOf } from '#domain/assignment/progress.ts';
import { instantOf } from '#domain/kernel/calendar.ts';
import type { PersonId } from '#domain/kernel/ids.ts';
import type { Services } from '#src/services.ts';
import { currentPolicy } from '#usecases/assignment/assignment-policy.ts';

/** @returns the lesson to go on with, or undefined when the track's are all done. Unknown lessons change nothing. */
export async function markLessonDone(
  services: Pick<Services, 'store' | 'course' | 'assignmentRules' | 'clock'>,
  id: PersonId,
  slug: string,
): Promise<string | undefined> {
  const { store, course, clock } = services;
  const policy = await currentPolicy(services);
  const known = course.lessons.includes(slug);
  return store.people.update(id, (person) => {
    const done = { ...person.lessonsDone };
    if (known && !done[slug]) done[slug] = { at: instantOf(clock()), courseVersion: course.version };
    const next = trackOf(person, course, policy, clock()).required.find((lesson) => !done[lesson]);
    const changed = known && (!person.lessonsDone[slug] || person.lastLesson !== slug);
    return { save: changed ? { ...person, lessonsDone: done, lastLesson: slug } : undefined, result: next };
  });
}
