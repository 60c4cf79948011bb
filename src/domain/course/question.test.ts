import { describe, expect, test } from 'vitest';
import { loadCourse } from '#content/load-course.ts';
import { chooseOne, conversation, order, textOf } from '../../../tests/support/small-course.ts';
import { choiceIds, toPublicQuestion } from './question.ts';
import type { Answer, Scenario } from './scenario.ts';

const show = (scenario: Scenario, shown: readonly string[] = choiceIds(scenario), answer?: Answer) =>
  toPublicQuestion(scenario, textOf(scenario), shown, answer);

test('options are shown in the order drawn', () => {
  expect(show(chooseOne('one'), ['c', 'a', 'b']).choices).toEqual([
    { id: 'c', text: 'text of c' },
    { id: 'a', text: 'text of a' },
    { id: 'b', text: 'text of b' },
  ]);
});

test('steps are shown in the order drawn, not in the right one', () => {
  expect(show(order('steps'), ['b', 'c', 'a']).choices.map(({ id }) => id)).toEqual(['b', 'c', 'a']);
});

describe('a conversation', () => {
  const talk = conversation('talk');
  const at = (...path: string[]) => show(talk, choiceIds(talk), { kind: 'conversation', path }).conversation;

  test('begins with the other person’s first line', () => {
    expect(show(talk).conversation).toMatchObject({
      counterpart: 'Bo',
      lines: [{ from: 'counterpart', text: 'line of hello' }],
      path: [],
      ended: false,
    });
  });

  test('shows what has been said so far, and the replies there are now', () => {
    expect(at('no')).toMatchObject({
      lines: [
        { from: 'counterpart', text: 'line of hello' },
        { from: 'me', text: 'text of no' },
        { from: 'counterpart', text: 'line of pushes' },
      ],
      path: ['no'],
      replies: [{ id: 'yes' }, { id: 'no' }],
      ended: false,
    });
  });

  test('does not show what has not been said: that would show where each reply leads', () => {
    const shown = JSON.stringify(show(talk));
    for (const later of ['line of told', 'line of pushes', 'line of end']) expect(shown).not.toContain(later);
  });

  test('has no replies at its end', () => {
    expect(at('no', 'no')).toMatchObject({ replies: [], ended: true });
  });

  test('shows the replies of each node in the order drawn', () => {
    const shown = ['pushes/no', 'hello/no', 'told/sorry', 'pushes/yes', 'hello/yes'];
    const replies = (answer?: Answer) => show(talk, shown, answer).conversation?.replies.map(({ id }) => id);
    expect(replies()).toEqual(['no', 'yes']);
    expect(replies({ kind: 'conversation', path: ['no'] })).toEqual(['no', 'yes']);
  });

  test('that was answered with something else begins anew', () => {
    expect(show(talk, choiceIds(talk), { kind: 'choose-one', option: 'no' }).conversation?.path).toEqual([]);
  });
});

describe('of every scenario in the course', () => {
  const course = loadCourse();
  const scenarios = [...course.scenarios.values()];

  test.for(scenarios.map((scenario) => [scenario.id, scenario] as const))(
    '%s: no key, feedback or claim is shown',
    ([id, scenario]) => {
      const text = course.texts.get(id)?.sv;
      if (!text) throw new Error('no Swedish text');
      const shown = toPublicQuestion(scenario, text, choiceIds(scenario));
      const fields = new Set<string>();
      JSON.stringify(shown, (field, value: unknown) => {
        fields.add(field);
        return value;
      });
      const known = [
        'id',
        'lang',
        'kind',
        'setting',
        'title',
        'situation',
        'question',
        'choices',
        'text',
        'conversation',
        'channel',
        'counterpart',
        'lines',
        'from',
        'path',
        'replies',
        'ended',
      ];
      expect([...fields].filter((field) => field !== '' && !/^\d+$/.test(field) && !known.includes(field))).toEqual([]);
      const prose = [text.options, text.steps, ...Object.values(text.nodes ?? {}).map(({ replies }) => replies)];
      const words = JSON.stringify(shown);
      for (const { feedback } of prose.flatMap((part) => Object.values(part ?? {})))
        expect(words).not.toContain(feedback);
      const claims = JSON.stringify(scenario).match(/"[SL]\d[^"]*"/g) ?? [];
      for (const claim of claims) expect(words).not.toContain(claim);
    },
  );

  test.for(scenarios.map((scenario) => [scenario.id, scenario] as const))(
    '%s: every choice has its words',
    ([id, scenario]) => {
      const text = course.texts.get(id)?.sv;
      if (!text) throw new Error('no Swedish text');
      const { choices, conversation: talk } = toPublicQuestion(scenario, text, choiceIds(scenario));
      const shown = [...choices, ...(talk?.replies ?? [])];
      expect(shown.length).toBeGreaterThan(1);
      expect(shown.filter((choice) => choice.text === '')).toEqual([]);
    },
  );
});
