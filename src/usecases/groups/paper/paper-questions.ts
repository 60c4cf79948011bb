import { scenarioText } from '#content/load-course.ts';
import type { Course } from '#domain/course/course.ts';
import { type PublicQuestion, toPublicQuestion } from '#domain/course/question.ts';
import type { Answer } from '#domain/course/scenario.ts';
import type { PaperSheet } from '#domain/groups/group.ts';
import type { Language } from '#domain/kernel/language.ts';

/** The questions of a sheet in the order printed, with their options as they are lettered; without the key. */
export function paperQuestions(sheet: PaperSheet, course: Course, language: Language): readonly PublicQuestion[] {
  return sheet.items.flatMap((item) => {
    const scenario = course.scenarios.get(item.scenario);
    if (!scenario) return [];
    const { text, lang } = scenarioText(course, item.scenario, language);
    return [toPublicQuestion(scenario, text, item.order, undefined, lang)];
  });
}

/** @example optionLetter(2) // 'C' */
export function optionLetter(place: number): string {
  return String.fromCharCode(65 + place);
}

/** An answer in letters, to be held against the paper. @example 'A, C' */
export function answerInLetters({ choices }: PublicQuestion, answer: Answer | undefined): string {
  const letterOf = (id: string) => optionLetter(choices.findIndex((choice) => choice.id === id));
  switch (answer?.kind) {
    case 'choose-one':
      return letterOf(answer.option);
    case 'choose-all':
      return answer.options.map(letterOf).sort().join(', ');
    case 'order':
      return answer.steps.map(letterOf).join(' – ');
    default:
      return '';
  }
}
