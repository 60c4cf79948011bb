import { walkConversation } from './grading.ts';
import type { Answer, Scenario, ScenarioText, Setting } from './scenario.ts';

/**
 * What a browser may know of a scenario before it is answered: texts in the order shown, and nothing of which
 * option is right, what the feedback says or which claims it rests on. A type of its own, so the key cannot slip in.
 */
export interface PublicQuestion {
  readonly id: string;
  /** Set where the text has fallen back to Swedish on a page in another language. */
  readonly lang?: 'sv' | undefined;
  readonly kind: Scenario['kind'];
  readonly setting: Setting;
  readonly title: string;
  readonly situation: string;
  readonly question?: string | undefined;
  /** Options or steps, in the order shown. */
  readonly choices: readonly { readonly id: string; readonly text: string }[];
  readonly conversation?: PublicConversation | undefined;
}

/** A conversation as far as it has come: later lines would show where each reply leads. */
export interface PublicConversation {
  readonly channel: 'text-thread' | 'call';
  readonly counterpart: string;
  readonly lines: readonly { readonly from: 'counterpart' | 'me'; readonly text: string }[];
  readonly path: readonly string[];
  readonly replies: readonly { readonly id: string; readonly text: string }[];
  readonly ended: boolean;
}

/**
 * @param order ids of options or steps in the order shown; what it does not name is left out, so pass all of them.
 * @param answer the answer so far; only a conversation needs it
 * @param lang see `PublicQuestion`
 */
export function toPublicQuestion(
  scenario: Scenario,
  text: ScenarioText,
  order: readonly string[],
  answer?: Answer,
  lang?: 'sv',
): PublicQuestion {
  const prose = scenario.kind === 'order' ? text.steps : text.options;
  return {
    id: scenario.id,
    lang,
    kind: scenario.kind,
    setting: scenario.setting,
    title: text.title,
    situation: text.situation,
    question: text.question,
    choices: scenario.kind === 'conversation' ? [] : order.map((id) => ({ id, text: prose?.[id]?.text ?? '' })),
    conversation:
      scenario.kind === 'conversation'
        ? publicConversation(scenario, text, order, answer?.kind === 'conversation' ? answer.path : [])
        : undefined,
  };
}

function publicConversation(
  scenario: Scenario & { kind: 'conversation' },
  text: ScenarioText,
  order: readonly string[],
  path: readonly string[],
): PublicConversation {
  const walk = walkConversation(scenario, path);
  const lineOf = (node: string) => text.nodes?.[node]?.text ?? '';
  const lines = walk.replies.flatMap(({ node, reply }) => [
    { from: 'counterpart' as const, text: lineOf(node) },
    { from: 'me' as const, text: text.nodes?.[node]?.replies[reply.id]?.text ?? '' },
  ]);
  const replies = scenario.nodes[walk.node]?.replies ?? [];
  const place = (id: string) => order.indexOf(`${walk.node}/${id}`);
  return {
    channel: scenario.channel,
    counterpart: text.counterpart ?? '',
    lines: [...lines, { from: 'counterpart', text: lineOf(walk.node) }],
    path: walk.replies.map(({ reply }) => reply.id),
    replies: [...replies]
      .sort((a, b) => place(a.id) - place(b.id))
      .map((reply) => ({ id: reply.id, text: text.nodes?.[walk.node]?.replies[reply.id]?.text ?? '' })),
    ended: walk.ended,
  };
}

/** Everything of a scenario whose order is shuffled: options, steps, or replies as `node/reply`. */
export function choiceIds(scenario: Scenario): string[] {
  switch (scenario.kind) {
    case 'choose-one':
    case 'choose-all':
      return scenario.options.map((option) => option.id);
    case 'order':
      return scenario.steps.map((step) => step.id);
    case 'conversation':
      return Object.entries(scenario.nodes).flatMap(([node, { replies }]) =>
        replies.map((reply) => `${node}/${reply.id}`),
      );
  }
}
