import type { ClaimDescription } from '#content/sources.ts';
import type { PublicQuestion } from '#domain/question.ts';

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
