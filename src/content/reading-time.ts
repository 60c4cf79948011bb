import type { Exercise, ExerciseText } from '#domain/course/exercise.ts';
import { walkConversation } from '#domain/course/grading.ts';
import type { Scenario, ScenarioText } from '#domain/course/scenario.ts';

/** A slow, careful reader (docs/design.md#time). */
const wordsPerMinute = 130;
/** To decide, once one has read. */
const secondsToDecide = 8;

/** Minutes of reading in a lesson's MDX, without its practice items. */
export function lessonMinutes(mdx: string): number {
  return countWords(visibleText(mdx)) / wordsPerMinute;
}

/** Minutes to read and answer an item; of a conversation, along the right way. */
export function answeringMinutes(scenario: Scenario, text: ScenarioText): number {
  const { words, decisions } = itemReading(scenario, text);
  return words / wordsPerMinute + (decisions * secondsToDecide) / 60;
}

/** The words that stand on the way to an answer, and how often one decides; of a conversation, along the right way. */
export function itemReading(scenario: Scenario, text: ScenarioText): { words: number; decisions: number } {
  const shown = [text.situation, text.question ?? ''];
  let decisions = 1;
  if (scenario.kind === 'conversation') {
    const path = rightWay(scenario);
    const walk = walkConversation(scenario, path);
    decisions = path.length;
    for (const { node } of walk.replies) {
      shown.push(
        text.nodes?.[node]?.text ?? '',
        ...Object.values(text.nodes?.[node]?.replies ?? {}).map((reply) => reply.text),
      );
    }
    shown.push(text.nodes?.[walk.node]?.text ?? '');
  } else {
    shown.push(...Object.values(text.options ?? text.steps ?? {}).map((option) => option.text));
  }
  return { words: countWords(shown.join(' ')), decisions };
}

/** The practice items that a lesson holds, in order. */
export function practiceIn(mdx: string): string[] {
  return [...mdx.matchAll(/<Practice\s+scenario="([^"]+)"/g)].map((match) => match[1] ?? '');
}

/** The exercises that a lesson holds, in order. */
export function exercisesIn(mdx: string): string[] {
  return [...mdx.matchAll(/<Exercise\s+id="([^"]+)"/g)].map((match) => match[1] ?? '');
}

/** Minutes to read an exercise and decide on its parts. What all parts may choose from is read once. */
export function exerciseMinutes({ parts }: Exercise, text: ExerciseText): number {
  const shown = [
    text.situation,
    text.task,
    ...(text.context?.lines ?? []),
    ...(text.document ?? []),
    ...Object.values(text.choices ?? {}),
    ...Object.values(text.parts).flatMap((part) => [part.text, ...Object.values(part.choices ?? {})]),
  ];
  return countWords(shown.join(' ')) / wordsPerMinute + (parts.length * secondsToDecide) / 60;
}

/** What is left of MDX when tags and marks are gone. A local name counts as one word. */
export function visibleText(mdx: string): string {
  return mdx
    .replace(/^---[\s\S]*?\n---/, '')
    .replace(/<Local[^>]*>/g, ' ord ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/[#*_>]|^\s*[-\d]+\.?\s/gm, ' ');
}

export function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\d]/u.test(word)).length;
}

function rightWay(scenario: Scenario & { kind: 'conversation' }): string[] {
  const path: string[] = [];
  let node = scenario.start;
  // A conversation is short; the bound only guards against a loop of right replies.
  for (let turn = 0; turn < 20; turn++) {
    const reply = scenario.nodes[node]?.replies.find((candidate) => candidate.right);
    if (!reply) break;
    path.push(reply.id);
    node = reply.to;
  }
  return path;
}
