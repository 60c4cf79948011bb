import type { AttemptId, Instant } from './ids.ts';
import type { Answer } from './scenario.ts';

/** One drawn item: which scenario, which version, in which order its options are shown. */
export interface DrawnItem {
  readonly scenario: string;
  readonly version: number;
  readonly order: readonly string[];
}

export interface ItemResult { readonly scenario: string; readonly right: boolean }

export interface ExamResult {
  readonly right: number;
  readonly total: number;
  readonly passed: boolean;
  /** A critical question was wrong: not passed whatever the number of right answers. */
  readonly criticalMissed: boolean;
  readonly items: readonly ItemResult[];
  /** Lessons to reread, the one most missed first. */
  readonly reread: readonly string[];
}

/** An attempt stores ids, versions and answers, and is never regraded. */
export interface Attempt {
  readonly id: AttemptId;
  readonly courseVersion: string;
  readonly startedAt: Instant;
  readonly items: readonly DrawnItem[];
  readonly answers: Readonly<Record<string, Answer>>;
  readonly handedInAt?: Instant | undefined;
  readonly result?: ExamResult | undefined;
}
