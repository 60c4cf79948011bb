import type { Course } from '#domain/course/course.ts';
import { type ExerciseAnswer, type JudgedExercise, judgeExercise, undecided } from '#domain/course/exercise.ts';
import { exerciseAnswerFrom } from '#forms/course/exercise-form.ts';

/** What came of an exercise that was sent in. Nothing of it is stored. */
export type ExerciseReply =
  | { readonly ok: true; readonly answer: ExerciseAnswer; readonly judged: JudgedExercise }
  /** Parts that are still to be decided; what was chosen stays. */
  | { readonly ok: false; readonly answer: ExerciseAnswer; readonly undecided: readonly string[] };

export function replyToExercise(course: Course, id: string, form: FormData): ExerciseReply | undefined {
  const exercise = course.exercises.get(id);
  if (!exercise) return undefined;
  const answer = exerciseAnswerFrom(exercise, form);
  const left = undecided(exercise, answer);
  return left.length > 0
    ? { ok: false, answer, undecided: left }
    : { ok: true, answer, judged: judgeExercise(exercise, answer) };
}
