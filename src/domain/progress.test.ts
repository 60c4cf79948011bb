import { describe, expect, test } from 'vitest';
import { day, sampleAttempt, sampleCertificate, samplePerson } from '../../tests/contract/sample-documents.ts';
import { smallCourse } from '../../tests/support/small-course.ts';
import type { Attempt } from './exam.ts';
import type { Person } from './person.ts';
import { openAttempt, progressOf, standingOf, validCertificate } from './progress.ts';

const course = smallCourse([]);
const now = new Date('2026-06-10T21:30:00Z');
const read = { at: '2026-06-01T08:00:00.000Z', courseVersion: 'v1' };
const all = { one: read, two: read };

const person = (fields: Partial<Person>) => samplePerson('anna', fields);
const certificate = (validUntil: string) => sampleCertificate(validUntil, { validUntil: day(validUntil) });

function handedIn(id: string, minutesAgo: number, passed = false): Attempt {
  const handedInAt = new Date(now.getTime() - minutesAgo * 60_000).toISOString();
  const result = { right: 0, total: 10, passed, criticalMissed: false, reread: [] };
  return { ...sampleAttempt(id, []), handedInAt, result };
}

const failedThreeTimes = [handedIn('a', 50), handedIn('b', 40), handedIn('c', 30)];

describe('a person stands', () => {
  test('at the first lesson that is not read, in the track’s order', () => {
    expect(standingOf(person({}), course, now)).toEqual({ state: 'reading', next: 'one' });
    expect(standingOf(person({ lessonsDone: { one: read } }), course, now)).toEqual({ state: 'reading', next: 'two' });
    expect(standingOf(person({ lessonsDone: { two: read, three: read } }), course, now)).toEqual({
      state: 'reading',
      next: 'one',
    });
  });

  test('ready for the exam when what the track requires is read', () => {
    expect(standingOf(person({ lessonsDone: all }), course, now)).toEqual({ state: 'ready' });
  });

  test('in an exam that is under way, even if the track has got a new lesson since', () => {
    const attempt = sampleAttempt('open', []);
    expect(standingOf(person({ attempts: [handedIn('a', 90), attempt] }), course, now)).toEqual({
      state: 'under-way',
      attempt,
    });
  });

  test('paused for an hour after failing three times in a row, then ready again', () => {
    const waiting = person({ lessonsDone: all, attempts: failedThreeTimes });
    expect(standingOf(waiting, course, now)).toEqual({ state: 'paused', until: '2026-06-10T22:00:00.000Z' });
    expect(standingOf(waiting, course, new Date('2026-06-10T22:00:00Z'))).toEqual({ state: 'ready' });
  });

  test('certified through the certificate’s last day by the date in Stockholm', () => {
    const held = certificate('2026-06-10');
    const certified = person({ lessonsDone: all, certificates: [held] });
    expect(standingOf(certified, course, now)).toEqual({ state: 'certified', certificate: held });
    expect(standingOf(certified, course, new Date('2026-06-10T22:00:00Z'))).toEqual({ state: 'ready' });
  });

  test('certified by the newest certificate', () => {
    const newest = certificate('2027-06-10');
    expect(validCertificate({ certificates: [certificate('2026-06-01'), newest] }, day('2026-06-11'))).toBe(newest);
  });

  test('certified before anything else: also with an exam begun again', () => {
    const both = person({ attempts: [sampleAttempt('open', [])], certificates: [certificate('2026-12-31')] });
    expect(standingOf(both, course, now).state).toBe('certified');
  });
});

describe('progress', () => {
  const figures = (fields: Partial<Person>) => {
    const { done, total } = progressOf(person(fields), course, now);
    return `${done} of ${total}`;
  };

  test('counts required lessons and the exam', () => {
    expect(figures({})).toBe('0 of 3');
    expect(figures({ lessonsDone: { two: read } })).toBe('1 of 3');
    expect(figures({ lessonsDone: all })).toBe('2 of 3');
    expect(figures({ lessonsDone: all, certificates: [certificate('2026-12-31')] })).toBe('3 of 3');
  });

  test('is not moved by further reading, nor by failing', () => {
    expect(figures({ lessonsDone: { three: read } })).toBe('0 of 3');
    expect(figures({ lessonsDone: all, attempts: failedThreeTimes })).toBe('2 of 3');
  });

  test('is whole with a certificate, even if the track has got a new lesson since', () => {
    expect(figures({ lessonsDone: { one: read }, certificates: [certificate('2026-12-31')] })).toBe('3 of 3');
  });

  test('says of each required lesson whether it is read', () => {
    expect(progressOf(person({ lessonsDone: { two: read } }), course, now).lessons).toEqual([
      { slug: 'one', done: false },
      { slug: 'two', done: true },
    ]);
  });
});

test('the open attempt is the one that is not handed in', () => {
  const open = sampleAttempt('open', []);
  expect(openAttempt({ attempts: [handedIn('a', 5), open] })).toBe(open);
  expect(openAttempt({ attempts: [handedIn('a', 5)] })).toBeUndefined();
});
