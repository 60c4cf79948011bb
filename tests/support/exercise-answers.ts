import type { Exercise, ExerciseAnswer, ExercisePart } from '#domain/course/exercise.ts';

/** All parts right, the first one wrong, or all of them wrong. */
export type Quality = 'right' | 'partly right' | 'wrong';

export function answerTo({ parts }: Exercise, quality: Quality): ExerciseAnswer {
  return Object.fromEntries(
    parts.map((part, place) => {
      const isRight = quality === 'right' || (quality === 'partly right' && place > 0);
      return [part.id, isRight ? part.right : wrongChoices(part)];
    }),
  );
}

/** What somebody might well choose, and should not. */
function wrongChoices({ choices, right }: ExercisePart): readonly string[] {
  const others = choices.filter((choice) => !right.includes(choice));
  // A mark that is right is left out; one that is wrong is set.
  return choices.length === 1 ? others : others.slice(0, 1);
}
