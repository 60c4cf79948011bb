import { describe, expect, test } from 'vitest';
import { progressOf } from '#domain/assignment/progress.ts';
import { currentPolicy } from '#usecases/assignment/assignment-policy.ts';
import { learner, testServices } from '../../../tests/support/test-services.ts';
import { markLessonDone } from './mark-lesson-done.ts';

describe('a lesson that is read', () => {
  test('leads to the next one, and the last leads to none', async () => {
    const { services } = testServices();
    const id = await learner({ ...testServices(), services }, { readAll: false });
    const { required } = services.course.tracks['new-employee'];
    const next: (string | undefined)[] = [];
    for (const slug of required) next.push(await markLessonDone(services, id, slug));
    expect(next).toEqual([...required.slice(1), undefined]);
  });

  test('out of order leads back to the first that is left', async () => {
    const world = testServices();
    const id = await learner(world, { readAll: false });
    const [first, second, third = ''] = world.services.course.tracks['new-employee'].required;
    expect(await markLessonDone(world.services, id, third)).toBe(first);
    expect(await markLessonDone(world.services, id, first ?? '')).toBe(second);
  });

  test('is remembered with its day and the course’s version, also when it is read again later', async () => {
    const world = testServices();
    const id = await learner(world, { readAll: false });
    for (const slug of ['tystnadsplikt', 'i-vardagen', 'tystnadsplikt']) {
      await markLessonDone(world.services, id, slug);
      world.pass({ minutes: 600 });
    }
    const { lessonsDone, lastLesson } = await world.person(id);
    const courseVersion = world.services.course.version;
    expect(lessonsDone).toEqual({
      tystnadsplikt: { at: '2026-06-10T12:00:00.000Z', courseVersion },
      'i-vardagen': { at: '2026-06-10T22:00:00.000Z', courseVersion },
    });
    expect(lastLesson).toBe('tystnadsplikt');
  });

  test.for(['finns-inte', '', 'constructor', '__proto__'])(
    'that does not exist changes nothing: “%s”',
    async (slug) => {
      const world = testServices();
      const id = await learner(world, { readAll: false });
      const before = await world.person(id);
      expect(await markLessonDone(world.services, id, slug)).toBe('tystnadsplikt');
      expect(await world.person(id)).toEqual(before);
    },
  );

  test('in two tabs at once loses neither', async () => {
    const world = testServices();
    const id = await learner(world, { readAll: false });
    const { required } = world.services.course.tracks['new-employee'];
    await Promise.all(required.map((slug) => markLessonDone(world.services, id, slug)));
    const { done, next } = progressOf(
      await world.person(id),
      world.services.course,
      await currentPolicy(world.services),
      world.services.clock(),
    );
    expect([done, next.state]).toEqual([required.length, 'ready']);
  });
});
