import type { Answer, ConversationScenario, Scenario } from '#domain/course/scenario.ts';

/** The answer that is right in every part. */
export function rightAnswer(scenario: Scenario): Answer {
  switch (scenario.kind) {
    case 'choose-one':
      return { kind: 'choose-one', option: scenario.options.find(({ right }) => right)?.id ?? '' };
    case 'choose-all':
      return { kind: 'choose-all', options: scenario.options.filter(({ right }) => right).map(({ id }) => id) };
    case 'order':
      return { kind: 'order', steps: scenario.steps.map(({ id }) => id) };
    case 'conversation':
      return { kind: 'conversation', path: pathToEnd(scenario, true) };
  }
}

/** An answer that is complete, and wrong. */
export function wrongAnswer(scenario: Scenario): Answer {
  switch (scenario.kind) {
    case 'choose-one':
      return { kind: 'choose-one', option: scenario.options.find(({ right }) => !right)?.id ?? '' };
    case 'choose-all':
      return { kind: 'choose-all', options: scenario.options.map(({ id }) => id) };
    case 'order':
      return { kind: 'order', steps: scenario.steps.map(({ id }) => id).reverse() };
    case 'conversation':
      return { kind: 'conversation', path: pathToEnd(scenario, false) };
  }
}

/** The fields that the form of a question sends for this answer (see islands/QuestionFields.tsx). */
export function answerFields(scenario: Scenario, answer: Answer): URLSearchParams {
  const fields = new URLSearchParams();
  const field = `q.${scenario.id}`;
  if (answer.kind === 'choose-one') fields.append(field, answer.option);
  if (answer.kind === 'choose-all') for (const option of answer.options) fields.append(field, option);
  if (answer.kind === 'order')
    for (const [place, step] of answer.steps.entries()) fields.append(`${field}.${step}`, String(place + 1));
  if (answer.kind === 'conversation') fields.append(`path.${scenario.id}`, answer.path.join(','));
  return fields;
}

/** Reply ids from the start to an end: right ones only, or with at least one that is wrong. */
function pathToEnd(scenario: ConversationScenario, right: boolean): string[] {
  const walk = (
    node: string,
    path: readonly string[],
    allRight: boolean,
    visited: readonly string[],
  ): string[] | undefined => {
    const replies = scenario.nodes[node]?.replies ?? [];
    if (replies.length === 0) return allRight === right ? [...path] : undefined;
    for (const reply of replies) {
      if (visited.includes(reply.to) || (right && !reply.right)) continue;
      const found = walk(reply.to, [...path, reply.id], allRight && reply.right, [...visited, reply.to]);
      if (found) return found;
    }
    return undefined;
  };
  const found = walk(scenario.start, [], true, [scenario.start]);
  if (!found) throw new Error(`${scenario.id}: no ${right ? 'right' : 'wrong'} way to an end`);
  return found;
}
