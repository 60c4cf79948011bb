import { describe, expect, test } from 'vitest';
import { answerFields, rightAnswer, wrongAnswer } from '../../../tests/support/answers.ts';
import { chooseAll, chooseOne, conversation, order } from '../../../tests/support/small-course.ts';
import { answerFromForm, answerSchema, equalPlaces } from './answer-form.ts';

/** A form as a browser sends it: a field may come several times. */
function form(fields: readonly (readonly [string, string])[]): FormData {
  const sent = new FormData();
  for (const [name, value] of fields) sent.append(name, value);
  return sent;
}

const one = chooseOne('one');
const all = chooseAll('all');
const steps = order('steps');
const talk = conversation('talk');

describe('the form of a question', () => {
  test.for([one, all, steps, talk])('$kind: gives the answer that was chosen', (scenario) => {
    for (const answer of [rightAnswer(scenario), wrongAnswer(scenario)]) {
      expect(answerFromForm(scenario, form([...answerFields(scenario, answer)]))).toEqual(answer);
    }
  });

  test.for([one, all, talk])('$kind: untouched, gives none', (scenario) => {
    expect(answerFromForm(scenario, form([]))).toBeUndefined();
    expect(answerFromForm(scenario, form([[`path.${scenario.id}`, '']]))).toBeUndefined();
  });

  test.for([
    ['an option that is not there', one, [['q.one', 'z']]],
    ['an option of another question', one, [['q.all', 'b']]],
    ['nothing in the field', one, [['q.one', '']]],
    [
      'one among several that is not there',
      all,
      [
        ['q.all', 'a'],
        ['q.all', 'z'],
      ],
    ],
    [
      'the same option twice',
      all,
      [
        ['q.all', 'a'],
        ['q.all', 'a'],
      ],
    ],
    [
      'a place that is no number',
      steps,
      [
        ['q.steps.a', '1'],
        ['q.steps.b', 'två'],
        ['q.steps.c', '3'],
      ],
    ],
    [
      'a place before the first',
      steps,
      [
        ['q.steps.a', '0'],
        ['q.steps.b', '1'],
        ['q.steps.c', '2'],
      ],
    ],
    [
      'a place between two',
      steps,
      [
        ['q.steps.a', '1'],
        ['q.steps.b', '1.5'],
        ['q.steps.c', '2'],
      ],
    ],
    [
      'a step without a place',
      steps,
      [
        ['q.steps.a', '1'],
        ['q.steps.b', '2'],
      ],
    ],
    [
      'a reply that is not on its node',
      talk,
      [
        ['path.talk', 'no'],
        ['q.talk', 'sorry'],
      ],
    ],
    ['a path that leads nowhere', talk, [['path.talk', 'no,no,no']]],
  ] as const)('with %s gives none', ([, scenario, fields]) => {
    expect(answerFromForm(scenario, form(fields))).toBeUndefined();
  });

  test('a file where words should be is no answer', () => {
    const sent = new FormData();
    sent.append('q.one', new File(['b'], 'b'));
    expect(answerFromForm(one, sent)).toBeUndefined();
  });
});

describe('a conversation', () => {
  test('goes one reply further each time', () => {
    expect(
      answerFromForm(
        talk,
        form([
          ['path.talk', ''],
          ['q.talk', 'no'],
        ]),
      ),
    ).toEqual({ kind: 'conversation', path: ['no'] });
    expect(
      answerFromForm(
        talk,
        form([
          ['path.talk', 'no'],
          ['q.talk', 'yes'],
        ]),
      ),
    ).toEqual({ kind: 'conversation', path: ['no', 'yes'] });
  });

  test('stays where it is when no reply was chosen', () => {
    expect(answerFromForm(talk, form([['path.talk', 'no']]))).toEqual({ kind: 'conversation', path: ['no'] });
  });
});

describe('steps', () => {
  test('come in the order of their places, whatever the order of the fields', () => {
    const sent = form([
      ['q.steps.c', '1'],
      ['q.steps.a', '3'],
      ['q.steps.b', '2'],
    ]);
    expect(answerFromForm(steps, sent)).toEqual({ kind: 'order', steps: ['c', 'b', 'a'] });
    expect(equalPlaces(steps, sent)).toBeUndefined();
  });

  test('two of which have the same place are seen, and given back as they were', () => {
    expect(
      equalPlaces(
        steps,
        form([
          ['q.steps.a', '1'],
          ['q.steps.b', '2'],
          ['q.steps.c', '2'],
        ]),
      ),
    ).toEqual({ a: '1', b: '2', c: '2' });
    expect(
      equalPlaces(
        one,
        form([
          ['q.one', 'a'],
          ['q.one', 'a'],
        ]),
      ),
    ).toBeUndefined();
  });
});

describe('an answer that the exam’s script sends', () => {
  test.for([one, all, steps, talk])('$kind: is read', (scenario) => {
    expect(answerSchema.parse(JSON.parse(JSON.stringify(rightAnswer(scenario))))).toEqual(rightAnswer(scenario));
  });

  test.for([
    null,
    'b',
    [],
    {},
    { kind: 'choose-one' },
    { kind: 'choose-one', option: 7 },
    { kind: 'essay', text: 'x' },
    { kind: 'choose-all', options: 'a' },
    { kind: 'order', steps: [1, 2] },
    { kind: 'conversation', path: [null] },
    { kind: 'choose-one', option: 'a'.repeat(61) },
    { kind: 'conversation', path: Array<string>(41).fill('a') },
  ])('%j is none', (sent) => {
    expect(answerSchema.safeParse(sent).success).toBe(false);
  });

  test('keeps nothing that it does not know', () => {
    expect(answerSchema.parse({ kind: 'choose-one', option: 'a', right: true })).toEqual({
      kind: 'choose-one',
      option: 'a',
    });
  });
});
