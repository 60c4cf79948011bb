import { describe, expect, test } from 'vitest';
import type { ExamForm } from '#forms/exam/exam-form.ts';
import { NotSavedError, StoreClosedError } from '#ports/store.ts';
import { paths } from '#src/paths.ts';
import { answersTo, begin, fail } from '../../../tests/support/attempts.ts';
import { withFullDisk } from '../../../tests/support/full-disk.ts';
import { everybody, learner, testServices } from '../../../tests/support/test-services.ts';
import { submitExamForm } from './submit-exam-form.ts';

const form = (fields: Partial<ExamForm>): ExamForm => ({
  given: {},
  unclear: [],
  places: {},
  action: 'save',
  place: undefined,
  ...fields,
});

async function exam() {
  const world = testServices();
  const id = await learner(world);
  const { attempt, scenarios } = await begin(world, id);
  const submit = (fields: Partial<ExamForm>) => submitExamForm(world.services, id, attempt.id, form(fields));
  return { ...world, id, attempt, scenarios, submit };
}

describe('the exam’s form without scripts', () => {
  test('saves and comes back to the question whose button was pressed', async () => {
    const { attempt, scenarios, person, id, submit } = await exam();
    const given = answersTo(scenarios.slice(0, 3));
    expect(await submit({ given, place: 3 })).toEqual({ ok: true, next: `${paths.attempt(attempt.id)}#fraga-3` });
    expect((await person(id)).attempts[0]?.answers).toEqual(given);
  });

  test('leads to the page that shows every answer, with what was just given saved', async () => {
    const { attempt, scenarios, person, id, submit } = await exam();
    expect(await submit({ given: answersTo(scenarios), action: 'review' })).toEqual({
      ok: true,
      next: paths.attemptReview(attempt.id),
    });
    expect(Object.keys((await person(id)).attempts[0]?.answers ?? {})).toHaveLength(scenarios.length);
  });

  test('hands in, and leads to the certificate', async () => {
    const { scenarios, person, id, submit } = await exam();
    const submitted = await submit({ given: answersTo(scenarios), action: 'hand-in' });
    expect(submitted).toEqual({ ok: true, next: paths.certificate((await person(id)).certificates[0]?.code ?? '') });
  });

  test('hands in, and leads to the result of a failed exam', async () => {
    const { attempt, scenarios, submit } = await exam();
    const submitted = await submit({ given: answersTo(scenarios, () => false), action: 'hand-in' });
    expect(submitted).toEqual({ ok: true, next: paths.attemptResult(attempt.id) });
  });

  test('with questions left leads to the page that says which', async () => {
    const { attempt, scenarios, submit } = await exam();
    const submitted = await submit({ given: answersTo(scenarios.slice(1)), action: 'hand-in' });
    expect(submitted).toEqual({ ok: true, next: paths.attemptReview(attempt.id) });
  });

  test('with two steps at the same place names the question and saves the other answers', async () => {
    const { scenarios, person, id, submit } = await exam();
    const given = answersTo(scenarios.slice(1));
    expect(await submit({ given, unclear: [1], action: 'review' })).toEqual({
      ok: false,
      status: 422,
      errors: [{ key: 'refusal.equal-places-in', place: 1 }],
    });
    expect((await person(id)).attempts[0]?.answers).toEqual(given);
  });

  test('with something that is no answer says so and saves nothing', async () => {
    const { scenarios, person, id, submit } = await exam();
    const given = {
      ...answersTo(scenarios.slice(1)),
      [scenarios[0]?.id ?? '']: { kind: 'choose-one', option: 'z' } as const,
    };
    expect(await submit({ given })).toEqual({ ok: false, status: 422, errors: [{ key: 'refusal.not-an-answer' }] });
    expect((await person(id)).attempts[0]?.answers).toEqual({});
  });
});

describe('on a full disk', () => {
  test.for(['save', 'review', 'hand-in'] as const)(
    '%s says “not saved”, keeps nothing of it, and works when there is room again',
    async (action) => {
      const world = testServices();
      const id = await learner(world);
      const { attempt, scenarios } = await begin(world, id);
      const before = await everybody(world);
      const { store, makeRoom } = withFullDisk(world.services.store);
      const submit = () =>
        submitExamForm({ ...world.services, store }, id, attempt.id, form({ given: answersTo(scenarios), action }));

      expect(await submit()).toEqual({ ok: false, status: 507, errors: [{ key: 'error.notSaved' }] });
      expect(await everybody(world)).toEqual(before);
      expect(world.reported).toEqual([expect.any(NotSavedError)]);

      makeRoom();
      expect((await submit()).ok).toBe(true);
      const { attempts, certificates } = await world.person(id);
      expect(Object.keys(attempts[0]?.answers ?? {})).toHaveLength(scenarios.length);
      expect(certificates).toHaveLength(action === 'hand-in' ? 1 : 0);
    },
  );

  test('an error that is no full disk is not hidden', async () => {
    const world = testServices();
    const id = await learner(world);
    const { attempt } = await begin(world, id);
    await world.services.store.close();
    await expect(submitExamForm(world.services, id, attempt.id, form({}))).rejects.toThrow(StoreClosedError);
  });
});

test('a form that was sent again after handing in changes nothing', async () => {
  const world = testServices();
  const id = await learner(world);
  await fail(world, id);
  const before = await everybody(world);
  const [attempt] = (await world.person(id)).attempts;
  const submitted = await submitExamForm(world.services, id, attempt?.id ?? '', form({ action: 'hand-in' }));
  expect(submitted).toEqual({ ok: true, next: paths.attemptResult(attempt?.id ?? '') });
  expect(await everybody(world)).toEqual(before);
});
