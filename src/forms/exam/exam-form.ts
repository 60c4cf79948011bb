import type { Course } from '#domain/course/course.ts';
import type { Answer } from '#domain/course/scenario.ts';
import type { Attempt, DrawnItem } from '#domain/exam/exam.ts';
import { fieldValue } from '#forms/fields.ts';
import { answerFromForm, equalPlaces } from './answer-form.ts';

export interface ExamForm {
  readonly given: Readonly<Record<string, Answer>>;
  /** Places in the exam, from 1, of orders where two steps got the same number. */
  readonly unclear: readonly number[];
  /** The places of their steps as they were given, by scenario. */
  readonly places: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly action: 'save' | 'review' | 'hand-in';
  /** The question whose button was pressed, from 1. */
  readonly place: number | undefined;
}

/** Reads every answer that the exam's form holds. What was pressed decides where to go next, not what is saved. */
export function readExamForm(form: FormData, attempt: Attempt, course: Course): ExamForm {
  const [action = '', place] = fieldValue(form, 'action').split(':');
  const given: Record<string, Answer> = {};
  const unclear: number[] = [];
  const places: Record<string, Readonly<Record<string, string>>> = {};
  attempt.items.forEach((item, index) => {
    const scenario = course.scenarios.get(item.scenario);
    if (!scenario) return;
    if (action === 'restart' && Number(place) === index + 1) {
      given[scenario.id] = { kind: 'conversation', path: [] };
      return;
    }
    const equal = equalPlaces(scenario, form);
    if (equal) {
      unclear.push(index + 1);
      places[scenario.id] = equal;
      return;
    }
    const answer = answerFromForm(scenario, form);
    if (answer && isMeant(answer, item, attempt, action, Number(place) === index + 1)) given[scenario.id] = answer;
  });
  return {
    given,
    unclear,
    places,
    action: action === 'review' || action === 'hand-in' ? action : 'save',
    place: place ? Number(place) : undefined,
  };
}

/**
 * Steps that nobody has touched are in the form all the same. They are an answer once their own button is pressed, they
 * have been moved or saved before, or the person goes on to the page that shows every answer.
 */
function isMeant(answer: Answer, item: DrawnItem, attempt: Attempt, action: string, isOwnButton: boolean): boolean {
  if (answer.kind !== 'order' || isOwnButton || action === 'review' || action === 'hand-in') return true;
  return item.scenario in attempt.answers || answer.steps.some((step, place) => step !== item.order[place]);
}
