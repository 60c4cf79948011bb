import { scenarioFile, textFile } from '#content/files.ts';
import type { ContentMistake } from '#content/read-yaml.ts';
import type { Scenario, ScenarioText } from '#domain/course/scenario.ts';
import type { Language } from '#domain/kernel/language.ts';
import type { Content } from './read-content.ts';

export function choicesHaveAKey({ course }: Content): ContentMistake[] {
  return [...course.scenarios.values()].flatMap((scenario) => {
    if (!('options' in scenario)) return [];
    const right = scenario.options.filter((option) => option.right).length;
    const at = { file: scenarioFile(scenario.id), field: 'options' };
    if (scenario.kind === 'choose-one' && right !== 1) {
      return [
        {
          ...at,
          problem: `${right} rätta alternativ; choose-one har exakt ett`,
          remedy: 'rätta nyckeln, eller byt till choose-all',
        },
      ];
    }
    if (right === 0 || right === scenario.options.length) {
      return [
        { ...at, problem: 'choose-all behöver minst ett rätt och minst ett fel alternativ', remedy: 'rätta nyckeln' },
      ];
    }
    return [];
  });
}

export function idsStandOnce({ course }: Content): ContentMistake[] {
  return [...course.scenarios.values()].flatMap((scenario) =>
    idLists(scenario).flatMap(({ field, ids }) =>
      ids
        .filter((id, place) => ids.indexOf(id) < place)
        .map((id) => ({
          file: scenarioFile(scenario.id),
          field,
          problem: `id:t ${id} finns två gånger`,
          remedy: 'ge varje svar ett eget id',
        })),
    ),
  );
}

/** Options, steps, nodes and replies have the same ids in scenario.yaml and in every language file. */
export function proseMatchesKey({ course }: Content): ContentMistake[] {
  return [...course.scenarios.values()].flatMap((scenario) =>
    Object.entries(course.texts.get(scenario.id) ?? {}).flatMap(([language, text]) => {
      const file = textFile(scenario.id, language as Language);
      const theirs = new Map(textIdLists(text).map(({ field, ids }) => [field, ids]));
      const ours = new Map(idLists(scenario).map(({ field, ids }) => [field, ids]));
      return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((field) =>
        difference(ours.get(field) ?? [], theirs.get(field) ?? []).map((found) => ({ file, field, ...found })),
      );
    }),
  );
}

/** A choice and an order ask something; a conversation has someone on the other side. */
export function everyKindHasItsProse({ course }: Content): ContentMistake[] {
  return [...course.scenarios.values()].flatMap((scenario) =>
    Object.entries(course.texts.get(scenario.id) ?? {}).flatMap(([language, text]) => {
      const field = scenario.kind === 'conversation' ? 'counterpart' : 'question';
      if (text[field]) return [];
      const remedy = field === 'question' ? 'skriv frågan' : 'skriv vem det är som säger replikerna';
      return [{ file: textFile(scenario.id, language as Language), field, problem: 'saknas', remedy }];
    }),
  );
}

function idLists(scenario: Scenario): { field: string; ids: string[] }[] {
  switch (scenario.kind) {
    case 'choose-one':
    case 'choose-all':
      return [{ field: 'options', ids: scenario.options.map(({ id }) => id) }];
    case 'order':
      return [{ field: 'steps', ids: scenario.steps.map(({ id }) => id) }];
    case 'conversation':
      return [
        { field: 'nodes', ids: Object.keys(scenario.nodes) },
        ...Object.entries(scenario.nodes).map(([node, { replies }]) => ({
          field: `nodes.${node}.replies`,
          ids: replies.map(({ id }) => id),
        })),
      ];
  }
}

function textIdLists(text: ScenarioText): { field: string; ids: string[] }[] {
  const nodes = Object.entries(text.nodes ?? {});
  return [
    { field: 'options', ids: Object.keys(text.options ?? {}) },
    { field: 'steps', ids: Object.keys(text.steps ?? {}) },
    { field: 'nodes', ids: nodes.map(([node]) => node) },
    ...nodes.map(([node, { replies }]) => ({ field: `nodes.${node}.replies`, ids: Object.keys(replies) })),
  ];
}

function difference(ours: readonly string[], theirs: readonly string[]): { problem: string; remedy: string }[] {
  return [
    ...ours
      .filter((id) => !theirs.includes(id))
      .map((id) => ({ problem: `${id} saknas`, remedy: `skriv texten till ${id}` })),
    ...theirs
      .filter((id) => !ours.includes(id))
      .map((id) => ({ problem: `${id} finns inte i scenario.yaml`, remedy: `ta bort ${id}, eller rätta id:t` })),
  ];
}
