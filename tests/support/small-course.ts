import type { Course, Track } from '#domain/course/course.ts';
import type {
  ChoiceScenario,
  ConversationScenario,
  OrderScenario,
  Scenario,
  ScenarioText,
  Theme,
} from '#domain/course/scenario.ts';
import { type Category, categories } from '#domain/kernel/category.ts';
import type { CalendarDate } from '#domain/kernel/ids.ts';

/** A course small enough to see through: what a rule does with it can be worked out by hand. */

interface Fields {
  readonly version?: number;
  readonly use?: 'practice' | 'exam';
  readonly theme?: Theme;
  readonly lesson?: string;
  readonly critical?: boolean;
  readonly audiences?: readonly Category[];
}

const base = (id: string, fields: Fields) => ({
  id,
  version: 1,
  use: 'exam' as const,
  theme: 'basics' as const,
  lesson: 'one',
  setting: 'home-care' as const,
  difficulty: 'easy' as const,
  critical: false,
  audiences: categories,
  ...fields,
});

const claims = ['S2-1-c1'];

/** Right is `b`. */
export function chooseOne(id: string, fields: Fields = {}): ChoiceScenario {
  return {
    ...base(id, fields),
    kind: 'choose-one',
    options: ['a', 'b', 'c'].map((option) => ({ id: option, right: option === 'b', claims })),
  };
}

/** Right are `a` and `c`. */
export function chooseAll(id: string, fields: Fields = {}): ChoiceScenario {
  return {
    ...base(id, fields),
    kind: 'choose-all',
    options: ['a', 'b', 'c', 'd'].map((option) => ({ id: option, right: option === 'a' || option === 'c', claims })),
  };
}

/** Right is `a b c`. */
export function order(id: string, fields: Fields = {}): OrderScenario {
  return { ...base(id, fields), kind: 'order', steps: ['a', 'b', 'c'].map((step) => ({ id: step, claims })) };
}

/** Right is `no`, `no`. A `yes` leads to a node from where one can still come to the end. */
export function conversation(id: string, fields: Fields = {}): ConversationScenario {
  return {
    ...base(id, fields),
    kind: 'conversation',
    channel: 'call',
    start: 'hello',
    nodes: {
      hello: {
        replies: [
          { id: 'yes', to: 'told', right: false, claims },
          { id: 'no', to: 'pushes', right: true, claims },
        ],
      },
      told: { replies: [{ id: 'sorry', to: 'end', right: true, claims }] },
      pushes: {
        replies: [
          { id: 'yes', to: 'told', right: false, claims },
          { id: 'no', to: 'end', right: true, claims },
        ],
      },
      end: { replies: [] },
    },
  };
}

export function textOf(scenario: Scenario): ScenarioText {
  const prose = (id: string) => ({ text: `text of ${id}`, feedback: `feedback on ${id}` });
  const each = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, prose(id)]));
  const shared = { title: `title of ${scenario.id}`, situation: `situation of ${scenario.id}`, question: 'question?' };
  switch (scenario.kind) {
    case 'choose-one':
    case 'choose-all':
      return { ...shared, options: each(scenario.options.map(({ id }) => id)) };
    case 'order':
      return { ...shared, steps: each(scenario.steps.map(({ id }) => id)) };
    case 'conversation':
      return {
        ...shared,
        counterpart: 'Bo',
        nodes: Object.fromEntries(
          Object.entries(scenario.nodes).map(([node, { replies }]) => [
            node,
            { text: `line of ${node}`, replies: each(replies.map(({ id }) => id)) },
          ]),
        ),
      };
  }
}

export function smallTrack(fields: Partial<Track> = {}): Track {
  return {
    category: 'new-employee',
    required: ['one', 'two'],
    blueprint: [{ themes: ['basics'], count: 2 }],
    validity: { kind: 'months', months: 12 },
    atMostMinutes: 25,
    ...fields,
  };
}

export function smallCourse(
  scenarios: readonly Scenario[],
  fields: Partial<Course> = {},
  track: Partial<Track> = {},
): Course {
  return {
    version: 'v1',
    lawChecked: '2026-02-12' as CalendarDate,
    guidelines: { S2: '2026-02-12' },
    lessons: ['one', 'two', 'three'],
    tracks: {
      'new-employee': smallTrack(track),
      'temporary-staff': smallTrack({ ...track, category: 'temporary-staff' }),
      student: smallTrack({ ...track, category: 'student' }),
      'summer-worker': smallTrack({ ...track, category: 'summer-worker' }),
      'unit-manager': smallTrack({ ...track, category: 'unit-manager' }),
    },
    pass: { share: 0.8, pauseAfterFailed: 3, pauseMinutes: 60 },
    scenarios: new Map(scenarios.map((scenario) => [scenario.id, scenario])),
    exercises: new Map(),
    exerciseTexts: new Map(),
    texts: new Map(scenarios.map((scenario) => [scenario.id, { sv: textOf(scenario) }])),
    ...fields,
  };
}
