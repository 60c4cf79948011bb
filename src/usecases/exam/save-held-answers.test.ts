import { expect, test } from 'vitest';
import { paths } from '#src/paths.ts';
import { answerFields, rightAnswer } from '../../../tests/support/answers.ts';
import { answersTo, type BegunAttempt, begin } from '../../../tests/support/attempts.ts';
import { everybody, learner, testServices } from '../../../tests/support/test-services.ts';
import { saveHeldAnswers } from './save-held-answers.ts';
import { handInExam, saveAnswers } from './take-exam.ts';

/** The form as the sign-in page carries it: every question answered rightly, a button pressed. */
function heldForm({ scenarios }: BegunAttempt, action: string): string {
  const fields = scenarios.flatMap((scenario) => [...answerFields(scenario, rightAnswer(scenario))]);
  return new URLSearchParams([...fields, ['action', action]]).toString();
}

test('what was sent after the session had ended is saved beside what was there, and never hands in', async () => {
  const world = testServices();
  const id = await learner(world);
  const begun = await begin(world, id);
  const [first] = begun.scenarios;
  if (first) await saveAnswers(world.services, id, begun.attempt.id, { [first.id]: rightAnswer(first) });
  const person = await world.person(id);
  await saveHeldAnswers(world.services, person, paths.attempt(begun.attempt.id), heldForm(begun, 'hand-in'));
  const [attempt] = (await world.person(id)).attempts;
  expect(attempt?.answers).toEqual(answersTo(begun.scenarios));
  expect(attempt?.handedInAt).toBeUndefined();
});

test('somebody else who signs in saves nothing, in nobody’s exam', async () => {
  const world = testServices();
  const [anna, bo] = [await learner(world), await learner(world)];
  const begun = await begin(world, anna);
  await begin(world, bo);
  const before = await everybody(world);
  await saveHeldAnswers(
    world.services,
    await world.person(bo),
    paths.attempt(begun.attempt.id),
    heldForm(begun, 'save:1'),
  );
  expect(await everybody(world)).toEqual(before);
});

test.for(['', 'q.x=1', '%%%', '=&=&', 'action=hand-in'])(
  '“%s” is no exam’s form: nothing is saved, nothing fails',
  async (held) => {
    const world = testServices();
    const id = await learner(world);
    const { attempt } = await begin(world, id);
    const before = await everybody(world);
    await saveHeldAnswers(world.services, await world.person(id), paths.attempt(attempt.id), held);
    await saveHeldAnswers(world.services, await world.person(id), paths.myPage(), held);
    expect(await everybody(world)).toEqual(before);
  },
);

test('an exam that was handed in meanwhile, on another phone, stays as it is', async () => {
  const world = testServices();
  const id = await learner(world);
  const begun = await begin(world, id);
  await handInExam(
    world.services,
    id,
    begun.attempt.id,
    answersTo(begun.scenarios, () => false),
  );
  const before = await everybody(world);
  await saveHeldAnswers(
    world.services,
    await world.person(id),
    paths.attempt(begun.attempt.id),
    heldForm(begun, 'save:1'),
  );
  expect(await everybody(world)).toEqual(before);
});
