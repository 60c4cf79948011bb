import type { ClaimId, OptionText, Scenario, ScenarioText } from '#domain/course/scenario.ts';

/** An option, step or reply, with its place in scenario.yaml; its words have the same place in the language files. */
export interface ScenarioPart {
  /** `options.b`, `steps.ring`, `nodes.hej.replies.a` */
  readonly field: string;
  readonly id: string;
  readonly node?: string;
  /** A step is always right: only its place can be wrong. */
  readonly right: boolean;
  readonly claims: readonly ClaimId[];
}

export function partsOf(scenario: Scenario): ScenarioPart[] {
  switch (scenario.kind) {
    case 'choose-one':
    case 'choose-all':
      return scenario.options.map((option) => ({ ...option, field: `options.${option.id}` }));
    case 'order':
      return scenario.steps.map((step) => ({ ...step, right: true, field: `steps.${step.id}` }));
    case 'conversation':
      return Object.entries(scenario.nodes).flatMap(([node, { replies }]) =>
        replies.map(({ id, right, claims }) => ({ id, right, claims, node, field: `nodes.${node}.replies.${id}` })),
      );
  }
}

/** The words of a part, if the language file has them. */
export function wordsOf(part: ScenarioPart, text: ScenarioText): OptionText | undefined {
  if (part.node !== undefined) return text.nodes?.[part.node]?.replies[part.id];
  return (text.options ?? text.steps)?.[part.id];
}
