import { z } from 'zod';
import { isAnswerTo } from '#domain/course/grading.ts';
import type { Answer, Scenario } from '#domain/course/scenario.ts';

const ids = z.array(z.string().max(60)).max(40);

/** An answer as the exam's script sends it. */
export const answerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('choose-one'), option: z.string().max(60) }),
  z.object({ kind: z.literal('choose-all'), options: ids }),
  z.object({ kind: z.literal('order'), steps: ids }),
  z.object({ kind: z.literal('conversation'), path: ids }),
]);

/**
 * Reads the answer to one scenario from a form's fields (see islands/QuestionFields.tsx).
 *
 * @returns undefined if nothing was answered, or what was sent is no answer to this scenario
 */
export function answerFromForm(scenario: Scenario, form: FormData): Answer | undefined {
  const answer = readFields(scenario, form);
  return answer && isAnswerTo(scenario, answer) ? answer : undefined;
}

function readFields(scenario: Scenario, form: FormData): Answer | undefined {
  const field = `q.${scenario.id}`;
  switch (scenario.kind) {
    case 'choose-one': {
      const option = textOf(form, field);
      return option === undefined ? undefined : { kind: 'choose-one', option };
    }
    case 'choose-all': {
      const options = form.getAll(field).filter((value) => typeof value === 'string');
      return options.length === 0 ? undefined : { kind: 'choose-all', options };
    }
    case 'order': {
      const places = scenario.steps.map((step) => ({
        id: step.id,
        place: Number(textOf(form, `${field}.${step.id}`)),
      }));
      if (places.some(({ place }) => !Number.isInteger(place) || place < 1)) return undefined;
      return { kind: 'order', steps: places.sort((a, b) => a.place - b.place).map(({ id }) => id) };
    }
    case 'conversation': {
      const path = textOf(form, `path.${scenario.id}`)?.split(',').filter(Boolean) ?? [];
      const reply = textOf(form, field);
      if (path.length === 0 && reply === undefined) return undefined;
      return { kind: 'conversation', path: reply === undefined ? path : [...path, reply] };
    }
  }
}

/**
 * In an order, two steps given the same number: what was meant cannot be known.
 *
 * @returns each step's place as it was given, to be shown again; undefined if they are all different
 */
export function equalPlaces(scenario: Scenario, form: FormData): Readonly<Record<string, string>> | undefined {
  if (scenario.kind !== 'order') return undefined;
  const places = scenario.steps
    .map((step) => [step.id, textOf(form, `q.${scenario.id}.${step.id}`) ?? ''] as const)
    // This goes back to the browser: the order of the scenario's steps is the key.
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return new Set(places.map(([, place]) => place)).size < places.length ? Object.fromEntries(places) : undefined;
}

function textOf(form: FormData, name: string): string | undefined {
  const value = form.get(name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
