import type { Person } from '#domain/people/person.ts';
import { readExamForm } from '#forms/exam/exam-form.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { openAttempt, saveAnswers } from './take-exam.ts';

/**
 * Saves the exam's form that somebody sent after their session had ended, once they have signed in again. What does not
 * belong to an open attempt of theirs is left alone: somebody else may have signed in.
 *
 * @param held the form as it was sent, URL-encoded; @param path where it was sent
 */
export async function saveHeldAnswers(
  services: Pick<Services, 'store' | 'course' | 'clock' | 'random'>,
  person: Person,
  path: string,
  held: string,
): Promise<void> {
  const own = person.attempts.find(({ id }) => paths.attempt(id) === path);
  const attempt = own && (await openAttempt(services, person, own.id));
  if (!attempt || attempt.result) return;
  const form = new FormData();
  for (const [name, value] of new URLSearchParams(held)) form.append(name, value);
  await saveAnswers(services, person.id, attempt.id, readExamForm(form, attempt, services.course).given);
}
