import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Answer } from '#domain/course/scenario.ts';

/** What the server tells a person is stored about them (/min-sida/uppgifter.json), as far as the exam goes. */
const recordSchema = z.object({
  attempts: z.array(
    z.object({
      id: z.string(),
      items: z.array(z.object({ scenario: z.string(), version: z.number(), order: z.array(z.string()) })),
      answers: z.record(z.string(), z.unknown()),
      result: z.looseObject({ passed: z.boolean() }).optional(),
    }),
  ),
  certificates: z.array(z.looseObject({ code: z.string() })),
});
export type StoredRecord = z.infer<typeof recordSchema>;
type StoredAttempt = StoredRecord['attempts'][number];

export function parseRecord(text: string): StoredRecord {
  return recordSchema.parse(JSON.parse(text));
}

/** One attempt as the person has been told that it is: each part once its reply has come. */
export interface KnownAttempt {
  readonly id: string;
  items?: StoredAttempt['items'];
  readonly answers: Map<string, Answer>;
  /** Where handing in led: the certificate's code, or `failed`. */
  outcome?: string;
  result?: StoredAttempt['result'];
}

/** Sent, and no reply has come: the server may have done it or not. It is always about the newest attempt. */
export type Unanswered =
  | { readonly kind: 'start' }
  | { readonly kind: 'answer'; readonly scenario: string; readonly answer: Answer }
  | { readonly kind: 'hand-in' };

/** Compares what is stored with what a person has been told. @returns what was lost, doubled or changed, a sentence each */
export function lossesIn(
  stored: StoredRecord,
  known: readonly KnownAttempt[],
  unanswered: Unanswered | undefined,
): readonly string[] {
  return [
    ...lostAttempts(stored, known, unanswered),
    ...known.flatMap((attempt) => {
      const found = stored.attempts.find(({ id }) => id === attempt.id);
      const inDoubt = attempt === known.at(-1) ? unanswered : undefined;
      return found ? [...lostAnswers(found, attempt, inDoubt), ...lostResult(found, attempt, inDoubt)] : [];
    }),
    ...lostCertificates(stored, known),
  ];
}

function lostAttempts(
  { attempts }: StoredRecord,
  known: readonly KnownAttempt[],
  unanswered: Unanswered | undefined,
): string[] {
  const told = known.map(({ id }) => id);
  const stored = attempts.map(({ id }) => id);
  const most = unanswered?.kind === 'start' ? told.length + 1 : told.length;
  const isHeld = isDeepStrictEqual(stored.slice(0, told.length), told) && stored.length <= most;
  return isHeld && new Set(stored).size === stored.length ? [] : [`the attempts ${told} have become ${stored}`];
}

function lostAnswers(stored: StoredAttempt, known: KnownAttempt, inDoubt: Unanswered | undefined): string[] {
  const scenarios = new Set([...known.answers.keys(), ...Object.keys(stored.answers)]);
  const lost = [...scenarios].filter((scenario) => {
    const possible: unknown[] = [known.answers.get(scenario)];
    if (inDoubt?.kind === 'answer' && inDoubt.scenario === scenario) possible.push(inDoubt.answer);
    return !possible.some((answer) => isDeepStrictEqual(stored.answers[scenario], answer));
  });
  const isSameDraw = !known.items || isDeepStrictEqual(stored.items, known.items);
  return [
    ...lost.map((scenario) => `attempt ${known.id}: the answer to ${scenario} is not the one that was saved`),
    ...(isSameDraw ? [] : [`attempt ${known.id} has other questions than were drawn`]),
  ];
}

function lostResult(stored: StoredAttempt, known: KnownAttempt, inDoubt: Unanswered | undefined): string[] {
  const isHandedIn = known.outcome !== undefined || known.result !== undefined;
  if (isHandedIn && !stored.result) return [`the result of attempt ${known.id} is gone`];
  if (known.result && !isDeepStrictEqual(stored.result, known.result))
    return [`the result of attempt ${known.id} has changed`];
  if (!isHandedIn && stored.result && inDoubt?.kind !== 'hand-in') return [`attempt ${known.id} was never handed in`];
  return [];
}

/** There is one for each exam that was passed, and those that people were led to are among them. */
function lostCertificates({ attempts, certificates }: StoredRecord, known: readonly KnownAttempt[]): string[] {
  const passed = attempts.filter(({ result }) => result?.passed).length;
  const codes = certificates.map(({ code }) => code);
  const lost = known.filter(({ outcome }) => outcome && outcome !== 'failed' && !codes.includes(outcome));
  return [
    ...lost.map(({ outcome }) => `the certificate ${outcome} is gone`),
    ...(new Set(codes).size === passed && codes.length === passed
      ? []
      : [`${passed} exams passed, and certificates ${codes}`]),
  ];
}
