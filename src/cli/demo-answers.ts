import type { Course } from '#domain/course/course.ts';
import type { Answer, ConversationScenario, Scenario } from '#domain/course/scenario.ts';
import type { Attempt } from '#domain/exam/exam.ts';

/** Answers to every question of an attempt: all right, or all wrong. */
export function answersFor(attempt: Attempt, course: Course, way: 'right' | 'wrong'): Record<string, Answer> {
  const scenarios = attempt.items.flatMap(({ scenario }) => course.scenarios.get(scenario) ?? []);
  return Object.fromEntries(scenarios.map((scenario) => [scenario.id, answerTo(scenario, way === 'right')]));
}

function answerTo(scenario: Scenario, right: boolean): Answer {
  switch (scenario.kind) {
    case 'choose-one':
      return { kind: 'choose-one', option: scenario.options.find((option) => option.right === right)?.id ?? '' };
    case 'choose-all':
      return {
        kind: 'choose-all',
        options: scenario.options.filter((option) => option.right === right).map(({ id }) => id),
      };
    case 'order': {
      const steps = scenario.steps.map(({ id }) => id);
      return { kind: 'order', steps: right ? steps : steps.reverse() };
    }
    case 'conversation':
      return { kind: 'conversation', path: wayThrough(scenario, right) };
  }
}

/** The first wrong reply, if one is wanted, and from there the right ones: to an end. */
function wayThrough(scenario: ConversationScenario, right: boolean): string[] {
  const path: string[] = [];
  let node = scenario.start;
  for (;;) {
    const wanted = right || path.length > 0;
    const reply = scenario.nodes[node]?.replies.find((candidate) => candidate.right === wanted);
    if (!reply) return path;
    path.push(reply.id);
    node = reply.to;
  }
}
