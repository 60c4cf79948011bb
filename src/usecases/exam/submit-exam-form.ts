import type { PersonId } from '#domain/kernel/ids.ts';
import type { ExamForm } from '#forms/exam/exam-form.ts';
import type { UiKey } from '#i18n/translate.ts';
import { NotSavedError } from '#ports/store.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { handInExam, saveAnswers } from './take-exam.ts';

export type SubmitResult =
  | { readonly ok: true; readonly next: string }
  | {
      readonly ok: false;
      readonly status: number;
      readonly errors: readonly { readonly key: UiKey; readonly place?: number }[];
    };

/** The exam's form, as it is sent without scripts: saves everything in it and says where to go. */
export async function submitExamForm(
  services: Pick<Services, 'store' | 'course' | 'clock' | 'random' | 'municipality' | 'reportError'>,
  person: PersonId,
  attempt: string,
  form: ExamForm,
): Promise<SubmitResult> {
  try {
    if (form.action === 'hand-in') return await handIn(services, person, attempt, form);
    const saved = await saveAnswers(services, person, attempt, form.given);
    if (!saved.ok && saved.reason !== 'handed-in')
      return { ok: false, status: 422, errors: [{ key: `refusal.${saved.reason}` }] };
    if (form.unclear.length > 0) {
      return {
        ok: false,
        status: 422,
        errors: form.unclear.map((place) => ({ key: 'refusal.equal-places-in', place })),
      };
    }
    const next =
      form.action === 'review' ? paths.attemptReview(attempt) : `${paths.attempt(attempt)}#fraga-${form.place ?? 1}`;
    return { ok: true, next };
  } catch (error) {
    if (!(error instanceof NotSavedError)) throw error;
    services.reportError(error);
    return { ok: false, status: 507, errors: [{ key: 'error.notSaved' }] };
  }
}

async function handIn(
  services: Parameters<typeof submitExamForm>[0],
  person: PersonId,
  attempt: string,
  form: ExamForm,
): Promise<SubmitResult> {
  const result = await handInExam(services, person, attempt, form.given);
  if (!result.ok) {
    if (result.reason === 'answers-missing') return { ok: true, next: paths.attemptReview(attempt) };
    return { ok: false, status: 422, errors: [{ key: `refusal.${result.reason}` }] };
  }
  return {
    ok: true,
    next: result.certificate ? paths.certificate(result.certificate.code) : paths.attemptResult(attempt),
  };
}
