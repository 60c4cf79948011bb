import type { ClaimId } from './scenario.ts';

/**
 * Exercises that no multiple choice replaces. Each is a list of parts to decide on; the kind says how it is shown.
 * mask: which words of a document are made unreadable. log: which look-ups have no ground. consent: a note to fill in.
 * walls: how information goes between organisations. path: the steps of an assessment. papers: where a paper goes.
 */
export const exerciseKinds = ['mask', 'log', 'consent', 'walls', 'path', 'papers'] as const;
export type ExerciseKind = (typeof exerciseKinds)[number];

export interface ExercisePart {
  readonly id: string;
  /** What one may choose here; of `mask` and `log` a single mark, which is set or not. */
  readonly choices: readonly string[];
  /** Exactly these are to be chosen. Of `mask` and `log` none or one; else one, or several where `many` is set. */
  readonly right: readonly string[];
  readonly many: boolean;
  /** `walls`: the boxes of the map between which the flow goes. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly claims: readonly ClaimId[];
}

/** With its key. Never leaves the server before the answer is in. */
export interface Exercise {
  readonly id: string;
  readonly version: number;
  readonly kind: ExerciseKind;
  /** Slug of the lesson where it stands. */
  readonly lesson: string;
  readonly parts: readonly ExercisePart[];
}

/** The prose of one exercise in one language. */
export interface ExerciseText {
  readonly title: string;
  /** What has happened. */
  readonly situation: string;
  /** What to do. */
  readonly task: string;
  /** What to read beside the parts: lines of a conversation, tasks of the staff. */
  readonly context?: { readonly heading: string; readonly lines: readonly string[] } | undefined;
  /** `mask`: paragraphs, with each part as `{id}`. */
  readonly document?: readonly string[] | undefined;
  /** `walls`: what the boxes of the map are called. */
  readonly map?: Readonly<Record<string, string>> | undefined;
  /** Words for choices that all parts have. */
  readonly choices?: Readonly<Record<string, string>> | undefined;
  readonly parts: Readonly<Record<string, ExercisePartText>>;
  readonly remember: string;
}

export interface ExercisePartText {
  readonly text: string;
  /** Why, whether it was right or wrong. */
  readonly feedback: string;
  /** Words for this part's own choices. */
  readonly choices?: Readonly<Record<string, string>> | undefined;
}

/** What was chosen in each part; a part that is not there was left. */
export type ExerciseAnswer = Readonly<Record<string, readonly string[]>>;

export interface JudgedExercise {
  readonly parts: readonly { readonly id: string; readonly given: readonly string[]; readonly right: boolean }[];
  readonly right: number;
  readonly total: number;
}

/** Marks may be left unset; everything else must be decided before it can be judged. @returns ids of parts left */
export function undecided({ kind, parts }: Exercise, answer: ExerciseAnswer): string[] {
  if (kind === 'mask' || kind === 'log') return [];
  return parts.filter(({ id }) => (answer[id] ?? []).length === 0).map(({ id }) => id);
}

/** Too little and too much are both wrong: a part is right when exactly what belongs there was chosen. */
export function judgeExercise({ parts }: Exercise, answer: ExerciseAnswer): JudgedExercise {
  const judged = parts.map(({ id, right }) => {
    const given = answer[id] ?? [];
    return { id, given, right: given.length === right.length && right.every((choice) => given.includes(choice)) };
  });
  return { parts: judged, right: judged.filter((part) => part.right).length, total: judged.length };
}
