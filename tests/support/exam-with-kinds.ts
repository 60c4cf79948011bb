import type { Scenario } from '#domain/course/scenario.ts';
import type { RunningApp } from './app.ts';
import {
  type MadeGroup,
  makeParticipant,
  type Participant,
  readLessons,
  type StartedExam,
  startExam,
} from './people.ts';

/** An exam is drawn at random: participants join and begin until one has questions of all these kinds. */
export async function examWithKinds(
  app: RunningApp,
  group: MadeGroup,
  kinds: readonly Scenario['kind'][],
): Promise<{ person: Participant; exam: StartedExam }> {
  for (let tries = 0; tries < 100; tries++) {
    const person = await makeParticipant(app, group, 'Åsa Öberg');
    await readLessons(person);
    const exam = await startExam(person);
    if (kinds.every((kind) => exam.scenarios.some((scenario) => scenario.kind === kind))) return { person, exam };
  }
  throw new Error(`the bank hardly ever gives an exam with ${kinds.join(', ')}`);
}
