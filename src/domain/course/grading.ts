import type { Answer, ClaimId, ConversationScenario, Reply, Scenario } from './scenario.ts';

/** One option, step or reply as it was judged. */
export interface JudgedPart {
  readonly id: string;
  /** For a conversation, the node where the reply stood. */
  readonly node?: string;
  readonly chosen: boolean;
  /** The option is a right one; a step stands at its right place. */
  readonly right: boolean;
  readonly claims: readonly ClaimId[];
}

export interface Judgement {
  readonly right: boolean;
  readonly parts: readonly JudgedPart[];
}

/**
 * Judges a whole answer. A conversation is judged by the way through: every reply must be right, not only the end.
 *
 * @throws RangeError if the answer is none to this scenario; parse it with `isAnswerTo` first.
 */
export function judge(scenario: Scenario, answer: Answer): Judgement {
  if (!isAnswerTo(scenario, answer)) throw new RangeError('answer does not belong to the scenario');
  switch (scenario.kind) {
    case 'choose-one':
    case 'choose-all': {
      const chosen =
        answer.kind === 'choose-one' ? [answer.option] : answer.kind === 'choose-all' ? answer.options : [];
      const parts = scenario.options.map((option) => ({ ...option, chosen: chosen.includes(option.id) }));
      return { right: parts.every((part) => part.chosen === part.right), parts };
    }
    case 'order': {
      const given = answer.kind === 'order' ? answer.steps : [];
      const parts = scenario.steps.map((step, place) => ({ ...step, chosen: true, right: given[place] === step.id }));
      return { right: parts.every((part) => part.right), parts };
    }
    case 'conversation': {
      const walk = walkConversation(scenario, answer.kind === 'conversation' ? answer.path : []);
      const parts = walk.replies.map(({ node, reply }) => ({
        id: reply.id,
        node,
        chosen: true,
        right: reply.right,
        claims: reply.claims,
      }));
      return { right: walk.ended && parts.every((part) => part.right), parts };
    }
  }
}

/** Does the answer name only options, steps or replies of this scenario, in a way that can be? It may be unfinished. */
export function isAnswerTo(scenario: Scenario, answer: Answer): boolean {
  if (scenario.kind !== answer.kind) return false;
  switch (answer.kind) {
    case 'choose-one':
      return 'options' in scenario && scenario.options.some((option) => option.id === answer.option);
    case 'choose-all':
      return (
        'options' in scenario &&
        isSelection(
          answer.options,
          scenario.options.map((option) => option.id),
        )
      );
    case 'order':
      return (
        'steps' in scenario &&
        answer.steps.length === scenario.steps.length &&
        isSelection(
          answer.steps,
          scenario.steps.map((step) => step.id),
        )
      );
    case 'conversation':
      return 'nodes' in scenario && walkConversation(scenario, answer.path).replies.length === answer.path.length;
  }
}

/** Is there nothing left to answer? A conversation is finished at an end, a choice when something is chosen. */
export function isFinished(scenario: Scenario, answer: Answer | undefined): boolean {
  if (!answer || !isAnswerTo(scenario, answer)) return false;
  if (answer.kind === 'choose-all') return answer.options.length > 0;
  if (answer.kind === 'conversation') return 'nodes' in scenario && walkConversation(scenario, answer.path).ended;
  return true;
}

export interface Walk {
  /** Replies that could be followed; shorter than the path if one was not on its node. */
  readonly replies: readonly { readonly node: string; readonly reply: Reply }[];
  /** The node where the walk stands now. */
  readonly node: string;
  readonly ended: boolean;
}

/** Follows reply ids from the start node as far as they lead. */
export function walkConversation(scenario: ConversationScenario, path: readonly string[]): Walk {
  const replies: { node: string; reply: Reply }[] = [];
  let node = scenario.start;
  for (const id of path) {
    const reply = scenario.nodes[node]?.replies.find((candidate) => candidate.id === id);
    if (!reply) break;
    replies.push({ node, reply });
    node = reply.to;
  }
  return { replies, node, ended: scenario.nodes[node]?.replies.length === 0 };
}

function isSelection(chosen: readonly string[], among: readonly string[]): boolean {
  return new Set(chosen).size === chosen.length && chosen.every((id) => among.includes(id));
}
