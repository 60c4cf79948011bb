import { scenarioText } from '#content/load-course.ts';
import type { Course } from '#domain/course/course.ts';
import { type PublicQuestion, toPublicQuestion } from '#domain/course/question.ts';
import type { Answer } from '#domain/course/scenario.ts';
import type { Attempt } from '#domain/exam/exam.ts';
import type { Language } from '#domain/kernel/language.ts';

/** The questions of an attempt as its page shows them, and whether any had to fall back to Swedish. */
export function examView(
  attempt: Attempt,
  course: Course,
  language: Language,
): { questions: PublicQuestion[]; isFallback: boolean } {
  let isFallback = false;
  const questions = attempt.items.flatMap((item) => {
    const scenario = course.scenarios.get(item.scenario);
    if (!scenario) return [];
    const prose = scenarioText(course, item.scenario, language);
    isFallback ||= prose.isFallback;
    return [toPublicQuestion(scenario, prose.text, item.order, attempt.answers[item.scenario], prose.lang)];
  });
  return { questions, isFallback };
}

/** An answer in words, for the page that shows them all before handing in. Empty if there is none yet. */
export function answerInWords(question: PublicQuestion, answer: Answer | undefined, conversationDone: string): string {
  const textOf = (id: string) => question.choices.find((choice) => choice.id === id)?.text ?? '';
  switch (answer?.kind) {
    case 'choose-one':
      return textOf(answer.option);
    case 'choose-all':
      return answer.options.map(textOf).join(' ');
    case 'order':
      return answer.steps.map((id, place) => `${place + 1}. ${textOf(id)}`).join(' ');
    case 'conversation':
      return question.conversation?.ended ? conversationDone : '';
    default:
      return '';
  }
}
