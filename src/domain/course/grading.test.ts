import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../tests/support/seeded-random.ts';
import { chooseAll, chooseOne, conversation, order } from '../../../tests/support/small-course.ts';
import { isAnswerTo, isFinished, judge, walkConversation } from './grading.ts';
import type { Answer, Scenario } from './scenario.ts';

const one = chooseOne('one');
const all = chooseAll('all');
const steps = order('steps');
const talk = conversation('talk');

const option = (id: string): Answer => ({ kind: 'choose-one', option: id });
const options = (...ids: string[]): Answer => ({ kind: 'choose-all', options: ids });
const inOrder = (...ids: string[]): Answer => ({ kind: 'order', steps: ids });
const path = (...ids: string[]): Answer => ({ kind: 'conversation', path: ids });

const rightParts = (scenario: Scenario, answer: Answer) => judge(scenario, answer).parts.map(({ right }) => right);

describe('choose one', () => {
  test.for([
    ['a', false],
    ['b', true],
    ['c', false],
  ] as const)('%s: %s', ([chosen, right]) => {
    expect(judge(one, option(chosen)).right).toBe(right);
  });

  test('says of every option whether it was chosen and whether it is right', () => {
    expect(judge(one, option('a')).parts).toMatchObject([
      { id: 'a', chosen: true, right: false },
      { id: 'b', chosen: false, right: true },
      { id: 'c', chosen: false, right: false },
    ]);
  });
});

describe('choose all that apply', () => {
  test('is right with all of the right ones and no other, in any order', () => {
    expect(judge(all, options('a', 'c')).right).toBe(true);
    expect(judge(all, options('c', 'a')).right).toBe(true);
  });

  test.for([[['a']], [['c']], [['a', 'b', 'c']], [['a', 'b', 'c', 'd']], [['b', 'd']], [[]]] as const)(
    'partly right is not right: %j',
    ([chosen]) => {
      expect(judge(all, options(...chosen)).right).toBe(false);
    },
  );

  test('shows which right one was missed', () => {
    const missed = judge(all, options('a', 'b')).parts.filter((part) => part.right && !part.chosen);
    expect(missed.map(({ id }) => id)).toEqual(['c']);
  });
});

describe('put in order', () => {
  test('is right in the one right order', () => {
    expect(judge(steps, inOrder('a', 'b', 'c')).right).toBe(true);
  });

  test('two steps that have changed places are both wrong, the third is right', () => {
    const judged = judge(steps, inOrder('b', 'a', 'c'));
    expect(judged.right).toBe(false);
    expect(judged.parts.map(({ id, right }) => [id, right])).toEqual([
      ['a', false],
      ['b', false],
      ['c', true],
    ]);
  });

  test('steps that are each one place off are all wrong', () => {
    expect(rightParts(steps, inOrder('c', 'a', 'b'))).toEqual([false, false, false]);
  });
});

describe('a conversation', () => {
  test('is right when every reply on the way is, up to an end', () => {
    expect(judge(talk, path('no', 'no')).right).toBe(true);
  });

  test.for([[['yes', 'sorry']], [['no', 'yes', 'sorry']]] as const)(
    'is judged by the way, not only by the end: %j',
    ([way]) => {
      expect(judge(talk, path(...way)).right).toBe(false);
    },
  );

  test.for([[[]], [['no']]] as const)('that is not at an end is not right: %j', ([way]) => {
    expect(judge(talk, path(...way)).right).toBe(false);
  });

  test('tells of each reply where it stood', () => {
    expect(judge(talk, path('no', 'yes')).parts.map(({ node, id, right }) => [node, id, right])).toEqual([
      ['hello', 'no', true],
      ['pushes', 'yes', false],
    ]);
  });

  test('is followed as far as its replies lead', () => {
    expect(walkConversation(talk, [])).toMatchObject({ replies: [], node: 'hello', ended: false });
    expect(walkConversation(talk, ['no', 'sorry', 'no'])).toMatchObject({ node: 'pushes', ended: false });
    expect(walkConversation(talk, ['no', 'no', 'no'])).toMatchObject({ node: 'end', ended: true });
  });
});

describe('an answer that cannot be', () => {
  const impossible: readonly (readonly [string, Scenario, Answer])[] = [
    ['an option that is not there', one, option('z')],
    ['an option by the name of something every object has', one, option('constructor')],
    ['an answer of another kind', one, options('b')],
    ['one among several that is not there', all, options('a', 'z')],
    ['the same option twice', all, options('a', 'a')],
    ['a step that is left out', steps, inOrder('a', 'b')],
    ['a step that is there twice', steps, inOrder('a', 'b', 'b')],
    ['a step too many', steps, inOrder('a', 'b', 'c', 'a')],
    ['a step that is not there', steps, inOrder('a', 'b', 'z')],
    ['a reply that is not on its node', talk, path('no', 'sorry')],
    ['a reply after the end', talk, path('no', 'no', 'no')],
    ['a reply by the name of something every object has', talk, path('toString')],
  ];

  test.for(impossible)('%s is no answer', ([, scenario, answer]) => {
    expect(isAnswerTo(scenario, answer)).toBe(false);
    expect(isFinished(scenario, answer)).toBe(false);
    expect(() => judge(scenario, answer)).toThrow(RangeError);
  });
});

describe('finished', () => {
  const cases: readonly (readonly [string, Scenario, Answer | undefined, boolean])[] = [
    ['nothing yet', one, undefined, false],
    ['one option', one, option('a'), true],
    ['no option of several', all, options(), false],
    ['one option of several', all, options('b'), true],
    ['all steps in some order', steps, inOrder('c', 'b', 'a'), true],
    ['a conversation not begun', talk, path(), false],
    ['a conversation on its way', talk, path('yes'), false],
    ['a conversation at an end, whichever', talk, path('yes', 'sorry'), true],
  ];

  test.for(cases)('%s', ([, scenario, answer, finished]) => {
    expect(isFinished(scenario, answer)).toBe(finished);
  });
});

test('of all selections of options exactly one is right, and of all orders', () => {
  const selections = Array.from({ length: 16 }, (_, bits) =>
    ['a', 'b', 'c', 'd'].filter((_id, place) => bits & (1 << place)),
  );
  expect(selections.filter((chosen) => judge(all, options(...chosen)).right)).toEqual([['a', 'c']]);
  const orders = ['abc', 'acb', 'bac', 'bca', 'cab', 'cba'];
  expect(orders.filter((text) => judge(steps, inOrder(...text)).right)).toEqual(['abc']);
});

test('a conversation answered at random is right only along right replies', () => {
  const next = seededRandom(7);
  for (let round = 0; round < 200; round++) {
    const way: string[] = [];
    let walk = walkConversation(talk, way);
    while (!walk.ended && next() < 0.9) {
      const replies = talk.nodes[walk.node]?.replies ?? [];
      way.push(replies[Math.floor(next() * replies.length)]?.id ?? '');
      walk = walkConversation(talk, way);
    }
    expect(isAnswerTo(talk, path(...way))).toBe(true);
    expect(judge(talk, path(...way)).right).toBe(way.join() === 'no,no');
  }
});
