import type { ClaimDescription } from '#content/sources.ts';
import type { PublicQuestion } from '#domain/course/question.ts';

/** What a learner sees after answering a practice item. It holds the key: it is only ever sent after the answer. */
export interface PracticeFeedback {
  /** Undefined while a conversation goes on. */
  readonly right: boolean | undefined;
  readonly parts: readonly {
    readonly id: string;
    readonly text: string;
    readonly chosen: boolean;
    readonly right: boolean;
    readonly feedback: string;
    readonly claims: readonly ClaimDescription[];
  }[];
  readonly remember: string | undefined;
  /** The question as it stands now: a conversation has come one step further. */
  readonly question: PublicQuestion;
}

/** What a heading says of one option, reply or step. Each is a text of its own, `verdict.…`: what is true of one kind is not of another. */
export const verdicts = [
  'right',
  'better',
  'answer',
  'also',
  'part-of-it',
  'not-in-it',
  'in-place',
  'misplaced',
] as const;
export type Verdict = (typeof verdicts)[number];

type Judged = Pick<PracticeFeedback['parts'][number], 'chosen' | 'right'>;

/**
 * The heading of one part among all that were judged. “Also” is only said where something else that is right was chosen, and
 * “the answer” only where there is no other. None for an option that is wrong and was left.
 */
export function verdictOf(kind: PublicQuestion['kind'], part: Judged, parts: readonly Judged[]): Verdict | undefined {
  if (kind === 'order') return part.right ? 'in-place' : 'misplaced';
  if (part.chosen) return part.right ? 'right' : kind === 'choose-all' ? 'not-in-it' : 'better';
  if (!part.right) return undefined;
  if (parts.some((one) => one.chosen && one.right)) return 'also';
  return parts.filter((one) => one.right).length === 1 ? 'answer' : 'part-of-it';
}
