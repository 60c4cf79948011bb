import { describe, expect, test } from 'vitest';
import type { PaperSheet } from '#domain/groups/group.ts';
import type { AttemptId, Pseudonym } from '#domain/kernel/ids.ts';
import { personId } from '../../../../tests/contract/sample-documents.ts';
import { chooseAll, chooseOne, order, smallCourse } from '../../../../tests/support/small-course.ts';
import { readSheetCount, readSheetEntry } from './paper-form.ts';

const scenarios = [chooseOne('one'), chooseAll('all'), order('steps')];
const course = smallCourse(scenarios);
const sheet: PaperSheet = {
  id: 'S'.repeat(16) as AttemptId,
  number: 1,
  track: 'summer-worker',
  courseVersion: course.version,
  items: scenarios.map(({ id, version }) => ({ scenario: id, version, order: [] })),
  printedAt: '2026-06-08T07:00:00.000Z',
};
const listed = (id: string) => ({
  id: personId(id),
  pseudonym: `${id}-pseudonym` as Pseudonym,
  name: id,
  createdAt: '2026-06-01T12:00:00.000Z',
});
const chosen = { people: [listed('bo')], vouchers: [listed('chef')] };
const now = new Date('2026-06-10T12:00:00Z');
const filledIn: readonly (readonly [string, string])[] = [
  ['who', 'bo'],
  ['name', ''],
  ['takenOn', '2026-06-09'],
  ['voucher', 'chef'],
  ['vouched', '1'],
  ['q.one', 'b'],
  ['q.all', 'a'],
  ['q.all', 'c'],
  ['q.steps.a', '1'],
  ['q.steps.b', '3'],
  ['q.steps.c', '2'],
];

/** The form with some fields left out, and others in their place. */
function read(without: readonly string[] = [], instead: readonly (readonly [string, string])[] = []) {
  const form = new FormData();
  for (const [name, value] of [...filledIn.filter(([field]) => !without.includes(field)), ...instead])
    form.append(name, value);
  return readSheetEntry(form, sheet, course, chosen, now);
}

const errorsOf = (...form: Parameters<typeof read>) => {
  const result = read(...form);
  return result.ok ? {} : result.errors;
};

test('a sheet that was filled in is read as it stands', () => {
  expect(read()).toEqual({
    ok: true,
    value: {
      who: { kind: 'known', id: 'bo' },
      takenOn: '2026-06-09',
      vouchedBy: 'chef-pseudonym',
      answers: {
        one: { kind: 'choose-one', option: 'b' },
        all: { kind: 'choose-all', options: ['a', 'c'] },
        steps: { kind: 'order', steps: ['a', 'c', 'b'] },
      },
    },
  });
});

test('somebody new has a name', () => {
  const asNew = [
    ['who', 'ny'],
    ['name', '  Åsa   Öberg '],
  ] as const;
  const result = read(['who', 'name'], asNew);
  expect(result.ok && result.value.who).toEqual({ kind: 'new', name: 'Åsa Öberg' });
  expect(errorsOf(['who'], [['who', 'ny']])).toEqual({ name: 'paper.who.error' });
});

describe('what is missing or cannot be is named at its field', () => {
  test.for([
    ['nobody chosen', ['who'], [], { who: 'paper.who.error' }],
    ['somebody who was not listed', ['who'], [['who', 'okänd']], { who: 'paper.who.error' }],
    ['no day', ['takenOn'], [], { takenOn: 'paper.takenOn.error' }],
    ['a day that does not exist', ['takenOn'], [['takenOn', '2026-06-31']], { takenOn: 'paper.takenOn.error' }],
    [
      'a day before the sheet was printed',
      ['takenOn'],
      [['takenOn', '2026-06-07']],
      { takenOn: 'paper.takenOn.error' },
    ],
    ['tomorrow', ['takenOn'], [['takenOn', '2026-06-11']], { takenOn: 'paper.takenOn.error' }],
    ['a voucher who was not listed', ['voucher'], [['voucher', 'bo']], { voucher: 'paper.voucher.error' }],
    ['nobody vouching', ['vouched'], [], { vouched: 'paper.vouched.error' }],
    ['a question passed over', ['q.one'], [], { 'fraga-1': 'paper.answer.missing' }],
    ['an option of another question', ['q.one'], [['q.one', 'z']], { 'fraga-1': 'paper.answer.unclear' }],
    ['an answer and none', [], [['q.all', '-']], { 'fraga-2': 'paper.answer.unclear' }],
    ['two steps in one place', ['q.steps.c'], [['q.steps.c', '3']], { 'fraga-3': 'paper.answer.unclear' }],
    ['a step without a place', ['q.steps.c'], [], { 'fraga-3': 'paper.answer.unclear' }],
    ['no step at all', ['q.steps.a', 'q.steps.b', 'q.steps.c'], [], { 'fraga-3': 'paper.answer.missing' }],
  ] as const)('%s', ([, without, instead, errors]) => {
    expect(errorsOf(without, instead)).toEqual(errors);
  });

  test('all at once', () => {
    expect(Object.keys(errorsOf(filledIn.map(([name]) => name)))).toEqual([
      'who',
      'takenOn',
      'voucher',
      'vouched',
      'fraga-1',
      'fraga-2',
      'fraga-3',
    ]);
  });
});

test('a question that has no answer on the paper is left out of the answers', () => {
  const none = read(
    ['q.one', 'q.all', 'q.steps.a', 'q.steps.b', 'q.steps.c'],
    [
      ['q.one', '-'],
      ['q.all', '-'],
      ['q.steps', '-'],
    ],
  );
  expect(none.ok && none.value.answers).toEqual({});
});

test.for([
  ['1', true],
  ['20', true],
  [' 3 ', true],
  ['0', false],
  ['21', false],
  ['', false],
  ['två', false],
  ['1.5', false],
] as const)('%j sheets can be printed: %s', ([count, ok]) => {
  const form = new FormData();
  form.set('count', count);
  expect(readSheetCount(form).ok).toBe(ok);
});
