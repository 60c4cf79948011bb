import type { Exercise, ExerciseAnswer } from '#domain/course/exercise.ts';

/** The name of a part's field: the ids of parts are short, and a page may hold other forms' fields beside it. */
export function fieldOfPart(part: string): string {
  return `e.${part}`;
}

/** Reads what was chosen in each part. What is no choice of the part, or stands there twice, is left out. */
export function exerciseAnswerFrom({ parts }: Exercise, form: FormData): ExerciseAnswer {
  return Object.fromEntries(
    parts.map(({ id, choices, many }) => {
      const given = new Set(form.getAll(fieldOfPart(id)).filter((value) => typeof value === 'string'));
      const known = choices.filter((choice) => given.has(choice));
      return [id, many ? known : known.slice(0, 1)];
    }),
  );
}
