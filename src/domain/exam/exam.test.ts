import { describe, expect, test } from 'vitest';
import { loadCourse } from '#content/load-course.ts';
import type { Course } from '#domain/course/course.ts';
import { choiceIds } from '#domain/course/question.ts';
import type { Answer, Scenario, Theme } from '#domain/course/scenario.ts';
import { categories } from '#domain/kernel/category.ts';
import type { AttemptId } from '#domain/kernel/ids.ts';
import { rightAnswer, wrongAnswer } from '../../../tests/support/answers.ts';
import { seededBytes } from '../../../tests/support/seeded-bytes.ts';
import {
  chooseAll,
  chooseOne,
  conversation,
  order,
  smallCourse,
  smallTrack,
} from '../../../tests/support/small-course.ts';
import {
  type Attempt,
  BankTooSmallError,
  drawItem,
  drawItems,
  gradeAttempt,
  pausedUntil,
  refreshAttempt,
  requiredRight,
  startAttempt,
  unanswered,
  withAnswer,
} from './exam.ts';

const now = new Date('2026-06-01T08:00:00Z');
const ids = (attempt: Pick<Attempt, 'items'>) => attempt.items.map(({ scenario }) => scenario);

/** An attempt on these scenarios with these answers. */
function attemptOn(scenarios: readonly Scenario[], answers: Readonly<Record<string, Answer>> = {}): Attempt {
  return {
    id: 'ATTEMPT' as AttemptId,
    track: 'new-employee',
    courseVersion: 'v1',
    startedAt: now.toISOString(),
    items: scenarios.map((scenario) => ({
      scenario: scenario.id,
      version: scenario.version,
      order: choiceIds(scenario),
    })),
    answers,
  };
}

/** So many items of a theme, by the names `theme-1`, `theme-2` … */
const bank = (theme: Theme, count: number) =>
  Array.from({ length: count }, (_, place) => chooseOne(`${theme}-${place + 1}`, { theme }));

describe('the draw', () => {
  const blueprint = [
    { themes: ['basics'] as const, count: 2 },
    { themes: ['relatives'] as const, count: 3 },
    { themes: ['authorities', 'records'] as const, count: 1 },
  ];
  const track = smallTrack({ blueprint });
  const course = smallCourse(
    [
      ...bank('basics', 4),
      ...bank('relatives', 6),
      ...bank('authorities', 1),
      ...bank('records', 1),
      ...bank('consent', 5),
    ],
    {},
    { blueprint },
  );

  test('has so many of each theme as the blueprint says, none twice, and nothing else', () => {
    for (let seed = 0; seed < 100; seed++) {
      const drawn = drawItems(course, track, undefined, seededBytes(seed)).map(({ scenario }) => scenario);
      const of = (theme: Theme) => drawn.filter((id) => id.startsWith(theme)).length;
      expect(new Set(drawn).size).toBe(6);
      expect([of('basics'), of('relatives'), of('authorities') + of('records'), of('consent')]).toEqual([2, 3, 1, 0]);
    }
  });

  test('comes in random order, themes mixed', () => {
    const firsts = new Set<string>();
    for (let seed = 0; seed < 100; seed++) {
      firsts.add(drawItems(course, track, undefined, seededBytes(seed))[0]?.scenario.replace(/-\d$/, '') ?? '');
    }
    expect(firsts).toEqual(new Set(['basics', 'relatives', 'authorities', 'records']));
  });

  test('gives every item of a theme its chance', () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 100; seed++) {
      for (const { scenario } of drawItems(course, track, undefined, seededBytes(seed))) seen.add(scenario);
    }
    expect(seen.size).toBe(4 + 6 + 2);
  });

  test('is fresh: nothing of the last attempt comes again while the bank has others', () => {
    for (let seed = 0; seed < 50; seed++) {
      const first = startAttempt(course, track, undefined, now, seededBytes(seed));
      const second = startAttempt(course, track, first, now, seededBytes(seed + 1000));
      expect(ids(second).filter((id) => ids(first).includes(id))).toEqual([]);
    }
  });

  test('takes items of the last attempt again only where the bank has too few', () => {
    const few = smallCourse(bank('basics', 3));
    const first = startAttempt(few, smallTrack(), undefined, now, seededBytes(1));
    const second = startAttempt(few, smallTrack(), first, now, seededBytes(2));
    expect(ids(second).filter((id) => !ids(first).includes(id))).toHaveLength(1);
    expect(new Set(ids(second)).size).toBe(2);
  });

  test('an item that two parts of the blueprint may take is drawn once', () => {
    const both = smallTrack({
      blueprint: [
        { themes: ['basics'], count: 2 },
        { themes: ['basics', 'consent'], count: 2 },
      ],
    });
    const small = smallCourse([...bank('basics', 3), ...bank('consent', 1)]);
    for (let seed = 0; seed < 30; seed++) {
      expect(new Set(drawItems(small, both, undefined, seededBytes(seed)).map(({ scenario }) => scenario)).size).toBe(
        4,
      );
    }
  });

  test('names the track and the theme of which the bank has too few', () => {
    const draw = () => drawItems(smallCourse(bank('basics', 1)), smallTrack(), undefined, seededBytes(1));
    expect(draw).toThrow(BankTooSmallError);
    expect(draw).toThrow(/new-employee: basics has 1 of 2/);
  });

  test('keeps each item’s version', () => {
    const [drawn] = drawItems(
      smallCourse([chooseOne('x', { version: 3 }), chooseOne('y', { version: 3 })]),
      smallTrack(),
      undefined,
      seededBytes(1),
    );
    expect(drawn?.version).toBe(3);
  });
});

describe('the order in which options are shown', () => {
  const scenarios = [chooseOne('one'), chooseAll('all'), order('steps'), conversation('talk')];

  test.for(scenarios)('$kind: every choice once, each at every place some time', (scenario) => {
    const places = new Map(choiceIds(scenario).map((id) => [id, new Set<number>()]));
    for (let seed = 0; seed < 300; seed++) {
      const shown = drawItem(scenario, seededBytes(seed)).order;
      expect([...shown].sort()).toEqual(choiceIds(scenario).sort());
      for (const [place, id] of shown.entries()) places.get(id)?.add(place);
    }
    for (const [id, at] of places) expect(at.size, id).toBe(places.size);
  });

  test('steps are never shown in their right order: doing nothing would answer them', () => {
    for (let seed = 0; seed < 500; seed++) {
      expect(drawItem(order('steps'), seededBytes(seed)).order.join('')).not.toBe('abc');
    }
  });
});

describe.for(categories)('the real course draws for %s', (category) => {
  const course = loadCourse();
  const track = course.tracks[category];
  const themeOf = (id: string) => course.scenarios.get(id)?.theme;

  test('at least one each of social media, journalists and relatives, and 10 items or 15', () => {
    for (let seed = 0; seed < 50; seed++) {
      const themes = drawItems(course, track, undefined, seededBytes(seed)).map(({ scenario }) => themeOf(scenario));
      expect(themes).toEqual(expect.arrayContaining(['social-media', 'journalists', 'relatives']));
      expect(themes.length).toBeGreaterThanOrEqual(category === 'summer-worker' ? 10 : 15);
    }
  });

  test('nothing that is practised in a lesson', () => {
    for (let seed = 0; seed < 50; seed++) {
      const drawn = drawItems(course, track, undefined, seededBytes(seed));
      expect(drawn.filter(({ scenario }) => course.scenarios.get(scenario)?.use !== 'exam')).toEqual([]);
    }
  });
});

describe('an answer', () => {
  const [one, steps] = [chooseOne('one'), order('steps')];
  const attempt = attemptOn([one, steps]);
  const b: Answer = { kind: 'choose-one', option: 'b' };

  test('is kept, and can be changed', () => {
    const first = withAnswer(attempt, one, { kind: 'choose-one', option: 'a' });
    const second = first.ok ? withAnswer(first.attempt, one, b) : first;
    expect(second).toMatchObject({ ok: true, attempt: { answers: { one: b } } });
    expect(attempt.answers).toEqual({});
  });

  test('is refused once the exam is handed in', () => {
    expect(withAnswer({ ...attempt, handedInAt: now.toISOString() }, one, b)).toEqual({
      ok: false,
      reason: 'handed-in',
    });
  });

  test.for([
    ['a question that was not drawn', chooseOne('other')],
    ['a question that does not exist', undefined],
    ['a newer version of the question', chooseOne('one', { version: 2 })],
  ] as const)('to %s is refused', ([, scenario]) => {
    expect(withAnswer(attempt, scenario, b)).toEqual({ ok: false, reason: 'not-in-attempt' });
  });

  test('that cannot be is refused', () => {
    expect(withAnswer(attempt, one, { kind: 'choose-one', option: 'z' })).toEqual({
      ok: false,
      reason: 'not-an-answer',
    });
    expect(withAnswer(attempt, steps, b)).toEqual({ ok: false, reason: 'not-an-answer' });
  });
});

test('what is left to answer is told in the order shown: nothing chosen, and a conversation that is not at its end', () => {
  const scenarios = [conversation('talk'), chooseAll('all'), chooseOne('one'), order('steps')];
  const course = smallCourse(scenarios);
  expect(unanswered(attemptOn(scenarios), course)).toEqual(['talk', 'all', 'one', 'steps']);
  const begun = attemptOn(scenarios, {
    talk: { kind: 'conversation', path: ['no'] },
    all: { kind: 'choose-all', options: [] },
    one: { kind: 'choose-one', option: 'a' },
    steps: { kind: 'order', steps: ['c', 'b', 'a'] },
  });
  expect(unanswered(begun, course)).toEqual(['talk', 'all']);
  const done = attemptOn(
    scenarios,
    Object.fromEntries(scenarios.map((scenario) => [scenario.id, wrongAnswer(scenario)])),
  );
  expect(unanswered(done, course)).toEqual([]);
});

describe('the result', () => {
  /** Of ten items the first so many are answered right. */
  function result(rightOnes: number, fields: (place: number) => Parameters<typeof chooseOne>[1] = () => ({})) {
    const scenarios = Array.from({ length: 10 }, (_, place) => chooseOne(`q${place}`, fields(place)));
    const answers = scenarios.map((scenario, place) => [
      scenario.id,
      place < rightOnes ? rightAnswer(scenario) : wrongAnswer(scenario),
    ]);
    return gradeAttempt(attemptOn(scenarios, Object.fromEntries(answers)), smallCourse(scenarios));
  }

  test.for([
    [10, true],
    [9, true],
    [8, true],
    [7, false],
    [0, false],
  ] as const)('%i of 10 right: passed is %s', ([right, passed]) => {
    expect(result(right)).toMatchObject({ right, total: 10, passed, criticalMissed: false });
  });

  test('with a critical question wrong it is not passed, whatever the rest', () => {
    expect(result(9, (place) => ({ critical: place === 9 }))).toMatchObject({
      right: 9,
      passed: false,
      criticalMissed: true,
    });
    expect(result(9, (place) => ({ critical: place === 0 }))).toMatchObject({
      right: 9,
      passed: true,
      criticalMissed: false,
    });
  });

  test('names the lessons to read again, the one most missed first, none twice', () => {
    const lessons = ['one', 'two', 'three', 'three', 'two', 'three', 'two', 'three', 'two', 'three'];
    expect(result(5, (place) => ({ lesson: lessons[place] ?? '' })).reread).toEqual(['three', 'two']);
    expect(result(10).reread).toEqual([]);
  });

  test('tells of each question whether it was right, in the order shown', () => {});

  test('of an attempt with a question unanswered cannot be', () => {
    const scenario = chooseOne('one');
    expect(() => gradeAttempt(attemptOn([scenario]), smallCourse([scenario]))).toThrow(RangeError);
  });

  test('every kind can be answered right, and wrong', () => {
    const scenarios = [chooseOne('one'), chooseAll('all'), order('steps'), conversation('talk')];
    const all = (answer: (scenario: Scenario) => Answer) =>
      gradeAttempt(
        attemptOn(scenarios, Object.fromEntries(scenarios.map((one) => [one.id, answer(one)]))),
        smallCourse(scenarios),
      );
    expect(all(rightAnswer).right).toBe(4);
    expect(all(wrongAnswer).right).toBe(0);
  });
});

test('80 per cent is a whole number of questions, and a hair of floating point costs none', () => {
  const required = [1, 4, 5, 9, 10, 14, 15, 20, 25, 100].map((total) => requiredRight(total, { share: 0.8 }));
  expect(required).toEqual([1, 4, 4, 8, 8, 12, 12, 16, 20, 80]);
  for (let total = 1; total <= 200; total++) {
    const needed = requiredRight(total, { share: 0.8 });
    expect(needed * 5, `${total}`).toBeGreaterThanOrEqual(total * 4);
    expect((needed - 1) * 5, `${total}`).toBeLessThan(total * 4);
  }
});

describe('the pause', () => {
  const rule = { share: 0.8, pauseAfterFailed: 3, pauseMinutes: 60 };
  const minute = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

  /** One attempt for each letter, ten minutes apart, the first handed in at `now`: f failed, p passed, o still open. */
  function attempts(letters: string): Attempt[] {
    return [...letters].map((letter, place) => ({
      ...attemptOn([]),
      ...(letter !== 'o' && {
        handedInAt: minute(place * 10).toISOString(),
        result: { right: 0, total: 0, passed: letter === 'p', criticalMissed: false, reread: [] },
      }),
    }));
  }

  test.for(['', 'f', 'ff', 'ffff', 'fffff', 'ffp', 'fffp', 'ffpf', 'ffpff', 'pff', 'ffo', 'fffffffpff'])(
    'there is none after “%s”',
    (letters) => {
      expect(pausedUntil(attempts(letters), rule, minute(letters.length * 10))).toBeUndefined();
    },
  );

  test.for(['fff', 'ffffff', 'pfff', 'fffpfff', 'ffpfff', 'fffffffff'])(
    'there is one after “%s”, for an hour',
    (letters) => {
      const last = (letters.length - 1) * 10;
      expect(pausedUntil(attempts(letters), rule, minute(last))).toBe(minute(last + 60).toISOString());
      expect(pausedUntil(attempts(letters), rule, minute(last + 59))).toBe(minute(last + 60).toISOString());
      expect(pausedUntil(attempts(letters), rule, minute(last + 60))).toBeUndefined();
    },
  );

  test('goes by the course’s own rule', () => {
    expect(pausedUntil(attempts('ff'), { ...rule, pauseAfterFailed: 2, pauseMinutes: 5 }, minute(11))).toBe(
      minute(15).toISOString(),
    );
  });
});

describe('an open attempt after the course has changed', () => {
  const b: Answer = { kind: 'choose-one', option: 'b' };
  const track = smallTrack({
    blueprint: [
      { themes: ['basics'], count: 2 },
      { themes: ['relatives'], count: 2 },
    ],
  });
  const scenarios = [...bank('basics', 4), ...bank('relatives', 4)];
  const course = smallCourse(scenarios);
  const started = startAttempt(course, track, undefined, now, seededBytes(5));
  const attempt: Attempt = { ...started, answers: Object.fromEntries(ids(started).map((id) => [id, b])) };
  const [basic = '', otherBasic = ''] = ids(attempt).filter((id) => id.startsWith('basics'));
  const [relative = ''] = ids(attempt).filter((id) => id.startsWith('relatives'));

  /** The course without some of its scenarios, or with newer versions of them. */
  function changedTo(how: Readonly<Record<string, 'withdrawn' | 'new version'>>): Course {
    const kept = scenarios.filter(({ id }) => how[id] !== 'withdrawn');
    return smallCourse(
      kept.map((scenario) => (how[scenario.id] ? { ...scenario, version: 2 } : scenario)),
      { version: 'v2' },
      track,
    );
  }

  const themes = (one: Attempt) =>
    ids(one)
      .map((id) => id.replace(/-\d$/, ''))
      .sort();

  test('is left alone where nothing of it has changed', () => {
    expect(refreshAttempt(attempt, smallCourse(scenarios, { version: 'v2' }, track), seededBytes(1))).toBe(attempt);
  });

  test('is never touched once it is handed in', () => {
    const done = { ...attempt, handedInAt: now.toISOString() };
    expect(refreshAttempt(done, changedTo({ [basic]: 'withdrawn' }), seededBytes(1))).toBe(done);
  });

  test('loses the answer to a question that has changed, and keeps every other with its order', () => {
    const renewed = refreshAttempt(attempt, changedTo({ [basic]: 'new version' }), seededBytes(1));
    expect(ids(renewed)).toEqual(ids(attempt));
    expect(Object.keys(renewed.answers).sort()).toEqual(
      ids(attempt)
        .filter((id) => id !== basic)
        .sort(),
    );
    expect(renewed.courseVersion).toBe('v2');
    for (const item of renewed.items) {
      const before = attempt.items.find(({ scenario }) => scenario === item.scenario);
      if (item.scenario === basic) expect(item.version).toBe(2);
      else expect(item).toEqual(before);
    }
  });

  test('gets another question in the place of one that was withdrawn, and keeps the other answers', () => {
    const renewed = refreshAttempt(attempt, changedTo({ [basic]: 'withdrawn' }), seededBytes(1));
    expect(ids(renewed)).not.toContain(basic);
    expect(new Set(ids(renewed)).size).toBe(4);
    const place = ids(attempt).indexOf(basic);
    expect(ids(renewed).filter((_, other) => other !== place)).toEqual(ids(attempt).filter((id) => id !== basic));
    expect(Object.keys(renewed.answers).sort()).toEqual(
      ids(attempt)
        .filter((id) => id !== basic)
        .sort(),
    );
  });

  test('keeps to the blueprint: a withdrawn question is replaced by one of its own part', () => {
    for (let seed = 0; seed < 30; seed++) {
      for (const gone of [basic, relative]) {
        const renewed = refreshAttempt(attempt, changedTo({ [gone]: 'withdrawn' }), seededBytes(seed));
        expect(themes(renewed), `${gone} withdrawn, seed ${seed}`).toEqual(themes(attempt));
      }
    }
  });

  test('never asks a question twice, also where the bank is small', () => {
    const small = [...bank('basics', 3), ...bank('relatives', 2)];
    for (let seed = 0; seed < 30; seed++) {
      const first = startAttempt(smallCourse(small), track, undefined, now, seededBytes(seed));
      const [gone, renewedOne] = ids(first).filter((id) => id.startsWith('basics'));
      const changed = small
        .filter(({ id }) => id !== gone)
        .map((one) => (one.id === renewedOne ? { ...one, version: 2 } : one));
      const renewed = refreshAttempt(first, smallCourse(changed, {}, track), seededBytes(seed + 100));
      expect(new Set(ids(renewed)).size, `seed ${seed}: ${ids(renewed).join(' ')}`).toBe(4);
    }
  });

  test('with two questions changed at once each is asked once', () => {
    const renewed = refreshAttempt(
      attempt,
      changedTo({ [basic]: 'withdrawn', [otherBasic]: 'new version' }),
      seededBytes(3),
    );
    expect(new Set(ids(renewed)).size).toBe(4);
    expect(ids(renewed)).toContain(otherBasic);
    expect(renewed.answers[otherBasic]).toBeUndefined();
  });
});
