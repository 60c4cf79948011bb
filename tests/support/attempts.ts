import type { Answer, Scenario } from '#domain/course/scenario.ts';
import type { Attempt } from '#domain/exam/exam.ts';
import type { PersonId } from '#domain/kernel/ids.ts';
import { handInExam, startExam } from '#usecases/exam/take-exam.ts';
import { rightAnswer, wrongAnswer } from './answers.ts';
import type { TestWorld } from './test-services.ts';

export interface BegunAttempt {
  readonly attempt: Attempt;
  /** In the order shown. */
  readonly scenarios: readonly Scenario[];
}

/** Starts an attempt for somebody who is ready. */
export async function begin(world: TestWorld, id: PersonId): Promise<BegunAttempt> {
  const started = await startExam(world.services, id);
  if (!started.ok) throw new Error(started.reason);
  return begunAttempt(world, id, started.attempt);
}

export async function begunAttempt(world: TestWorld, id: PersonId, attemptId: string): Promise<BegunAttempt> {
  const attempt = (await world.person(id)).attempts.find((one) => one.id === attemptId);
  if (!attempt) throw new Error('no such attempt');
  return {
    attempt,
    scenarios: attempt.items.flatMap(({ scenario }) => world.services.course.scenarios.get(scenario) ?? []),
  };
}

/** Answers to all of them: right, or wrong where the test says so. */
export function answersTo(
  scenarios: readonly Scenario[],
  isRight: (scenario: Scenario, place: number) => boolean = () => true,
): Record<string, Answer> {
  return Object.fromEntries(
    scenarios.map((scenario, place) => [
      scenario.id,
      isRight(scenario, place) ? rightAnswer(scenario) : wrongAnswer(scenario),
    ]),
  );
}

/** Starts, and hands in with every answer wrong, at the present moment. */
export async function fail(world: TestWorld, id: PersonId): Promise<void> {
  const { attempt, scenarios } = await begin(world, id);
  const result = await handInExam(
    world.services,
    id,
    attempt.id,
    answersTo(scenarios, () => false),
  );
  if (!result.ok || result.certificate) throw new Error('the exam was not failed');
}
