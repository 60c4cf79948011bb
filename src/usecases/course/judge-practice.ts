import { scenarioText } from '#content/load-course.ts';
import { practiceQuestion } from '#content/practice-question.ts';
import { describeClaims } from '#content/sources.ts';
import { isFinished, type JudgedPart, judge } from '#domain/course/grading.ts';
import type { Answer, Scenario, ScenarioText } from '#domain/course/scenario.ts';
import type { Language } from '#domain/kernel/language.ts';
import { answerFromForm, equalPlaces } from '#forms/exam/answer-form.ts';
import type { PracticeFeedback } from '#islands/practice-feedback.ts';
import type { Services } from '#src/services.ts';

export type PracticeResult =
  | { readonly ok: true; readonly answer: Answer; readonly feedback: PracticeFeedback }
  | { readonly ok: false; readonly reason: 'no-answer' }
  | { readonly ok: false; readonly reason: 'equal-places'; readonly places: Readonly<Record<string, string>> };

/** Judges a practice item and gives the reason for every option. Nothing of it is stored. */
export function judgePractice(
  { course }: Pick<Services, 'course'>,
  id: string,
  form: FormData,
  language: Language,
): PracticeResult {
  const scenario = course.scenarios.get(id);
  if (scenario?.use !== 'practice') return { ok: false, reason: 'no-answer' };
  const places = equalPlaces(scenario, form);
  if (places) return { ok: false, reason: 'equal-places', places };
  const answer = answerFromForm(scenario, form);
  const question = practiceQuestion(course, id, language, answer);
  if (!answer || !question) return { ok: false, reason: 'no-answer' };
  const { text } = scenarioText(course, id, language);
  const { right, parts } = judge(scenario, answer);
  const done = isFinished(scenario, answer);
  const feedback: PracticeFeedback = {
    right: done ? right : undefined,
    // In a conversation one sees what came of the reply just given; at the end, of all of them.
    parts: (done ? parts : parts.slice(-1)).map((part) => explained(part, scenario, text)),
    remember: text.remember,
    question,
  };
  return { ok: true, answer, feedback };
}

function explained(part: JudgedPart, scenario: Scenario, text: ScenarioText): PracticeFeedback['parts'][number] {
  const prose =
    scenario.kind === 'conversation'
      ? text.nodes?.[part.node ?? '']?.replies
      : scenario.kind === 'order'
        ? text.steps
        : text.options;
  return {
    id: part.node ? `${part.node}/${part.id}` : part.id,
    text: prose?.[part.id]?.text ?? '',
    feedback: prose?.[part.id]?.feedback ?? '',
    chosen: part.chosen,
    right: part.right,
    claims: describeClaims(part.claims),
  };
}
