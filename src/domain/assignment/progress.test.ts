import { describe, expect, test } from 'vitest';
import type { Attempt } from '#domain/exam/exam.ts';
import type { Category } from '#domain/kernel/category.ts';
import { noOrganisation, treeOf } from '#domain/people/organisation.ts';
import type { Decision, Person } from '#domain/people/person.ts';
import {
  at,
  day,
  nodeId,
  sampleAttempt,
  sampleCertificate,
  samplePerson,
  sampleStaffing,
} from '../../../tests/contract/sample-documents.ts';
import { smallCourse } from '../../../tests/support/small-course.ts';
import { type AssignmentRule, assignmentPolicy } from './assignment.ts';
import { openAttempt, validCertificate } from './next-step.ts';
import { progressOf, trackOf } from './progress.ts';

const course = smallCourse([]);
const rule = (category: Category, fields: Partial<AssignmentRule>): AssignmentRule => ({
  ...{ id: category, category, track: category, days: 14, beforeAlone: false, accepts: [] },
  ...fields,
});
const policy = assignmentPolicy(
  {
    renewalOpensDays: 60,
    introductionDays: 60,
    rules: [
      rule('new-employee', { accepts: ['unit-manager'] }),
      rule('temporary-staff', { days: 0, beforeAlone: true, accepts: ['new-employee'] }),
      rule('unit-manager', { days: 30 }),
    ],
  },
  treeOf(noOrganisation),
  { on: day('2000-01-01'), days: 0 },
);
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

/** Where somebody stands, whatever it is that they have to take. */
function standingOf(...asked: Parameters<typeof progressOf>) {
  const { task: _, ...standing } = { task: undefined, ...progressOf(...asked).next };
  return standing;
}

const failedThreeTimes = [handedIn('a', 50), handedIn('b', 40), handedIn('c', 30)];

describe('a person stands', () => {
  test('at the first lesson that is not read, in the track’s order', () => {
    expect(standingOf(person({}), course, policy, now)).toMatchObject({ state: 'reading', lesson: 'one' });
    expect(standingOf(person({ lessonsDone: { one: read } }), course, policy, now)).toMatchObject({
      state: 'reading',
      lesson: 'two',
    });
    expect(standingOf(person({ lessonsDone: { two: read, three: read } }), course, policy, now)).toMatchObject({
      state: 'reading',
      lesson: 'one',
    });
  });

  test('ready for the exam when what the track requires is read', () => {
    expect(standingOf(person({ lessonsDone: all }), course, policy, now)).toEqual({ state: 'ready' });
  });

  test('in an exam that is under way, even if the track has got a new lesson since', () => {
    const attempt = sampleAttempt('open', []);
    expect(standingOf(person({ attempts: [handedIn('a', 90), attempt] }), course, policy, now)).toEqual({
      state: 'under-way',
      attempt,
    });
  });

  test('paused for an hour after failing three times in a row, then ready again', () => {
    const waiting = person({ lessonsDone: all, attempts: failedThreeTimes });
    expect(standingOf(waiting, course, policy, now)).toEqual({ state: 'paused', until: '2026-06-10T22:00:00.000Z' });
    expect(standingOf(waiting, course, policy, new Date('2026-06-10T22:00:00Z'))).toEqual({ state: 'ready' });
  });

  test('certified through the certificate’s last day by the date in Stockholm, when the work ends before it', () => {
    const held = certificate('2026-06-10');
    const staffing = [sampleStaffing({ to: day('2026-06-10') })];
    const certified = person({ lessonsDone: all, certificates: [held], staffing });
    expect(standingOf(certified, course, policy, now)).toMatchObject({
      state: 'done',
      certificate: { code: held.code },
    });
    expect(standingOf(certified, course, policy, new Date('2026-06-10T22:00:00Z'))).toEqual({ state: 'gone' });
  });

  test('certified by the certificate that holds longest', () => {
    const newest = certificate('2027-06-10');
    const renewed = person({ certificates: [certificate('2026-06-11'), newest] });
    expect(standingOf(renewed, course, policy, now)).toMatchObject({
      state: 'done',
      certificate: { code: newest.code },
    });
  });

  test('certified before anything else: also with an exam begun again', () => {
    const both = person({ attempts: [sampleAttempt('open', [])], certificates: [certificate('2026-12-31')] });
    expect(standingOf(both, course, policy, now).state).toBe('done');
  });
});

describe('progress', () => {
  const figures = (fields: Partial<Person>) => {
    const { done, total } = progressOf(person(fields), course, policy, now);
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
    expect(progressOf(person({ lessonsDone: { two: read } }), course, policy, now).lessons).toEqual([
      { slug: 'one', done: false },
      { slug: 'two', done: true },
    ]);
  });
});

describe('the track that somebody is on', () => {
  const category = (fields: Partial<Person>, when = now) => trackOf(person(fields), course, policy, when).category;
  const working = (...engagements: Parameters<typeof sampleStaffing>) => [sampleStaffing(...engagements)];
  const given = (track: Category, due: string): Decision => ({
    ...{ kind: 'assign', id: track, track, at: at(0), by: person({}).pseudonym, reason: 'Därför', due: day(due) },
  });

  test('is that of their work, whether or not a rule asks for it', () => {
    expect(category({})).toBe('new-employee');
    expect(category({ staffing: working({ category: 'temporary-staff' }) })).toBe('temporary-staff');
    expect(category({ staffing: working({ category: 'student' }) })).toBe('student');
  });

  test('is one for temporary staff in two units', () => {
    const staffing = working(
      { category: 'temporary-staff', unit: nodeId('alm'), to: day('2026-06-30') },
      { category: 'temporary-staff', unit: nodeId('bjork'), from: day('2026-06-05') },
    );
    expect(progressOf(person({ staffing }), course, policy, now).assignments).toHaveLength(1);
    expect(category({ staffing })).toBe('temporary-staff');
  });

  test('is the managers’ for a manager who also learns, for that course does for both', () => {
    const staffing = working({}, { category: 'unit-manager' });
    expect(category({ staffing })).toBe('unit-manager');
    const managers = certificate('2027-06-10');
    const certified = person({ staffing, certificates: [{ ...managers, track: 'unit-manager' }] });
    expect(standingOf(certified, course, policy, now)).toMatchObject({ state: 'done' });
  });

  test('is the extra course when that is due before the rest, or the rest is done', () => {
    expect(category({ decisions: [given('student', '2026-06-14')] })).toBe('student');
    expect(category({ decisions: [given('student', '2026-06-20')] })).toBe('new-employee');
    const certificates = [certificate('2027-06-10')];
    expect(category({ decisions: [given('student', '2026-06-20')], certificates })).toBe('student');
    expect(
      standingOf(person({ decisions: [given('student', '2026-06-20')], certificates }), course, policy, now),
    ).toMatchObject({ state: 'reading', lesson: 'one' });
  });

  test('is that of the work again when the extra course is done', () => {
    const own = certificate('2027-06-10');
    const extra = { ...certificate('2027-06-09'), track: 'student' as const };
    const finished = person({ decisions: [given('student', '2026-06-20')], certificates: [own, extra] });
    expect(standingOf(finished, course, policy, now)).toMatchObject({ state: 'done', certificate: { code: own.code } });
    expect(trackOf(finished, course, policy, now).category).toBe('new-employee');
  });

  test('stays that of an exam under way, as long as that is asked for', () => {
    const attempts = [{ ...sampleAttempt('open', []), track: 'student' as const }];
    const decisions = [given('student', '2026-12-31')];
    expect(category({ attempts, decisions })).toBe('student');
    expect(category({ attempts })).toBe('new-employee');
    expect(standingOf(person({ attempts }), course, policy, now).state).toBe('reading');
  });

  test('stays that of an exam under way whose certificate will do, when the work changes', () => {
    const staffing = working({ category: 'temporary-staff' });
    const attempt = sampleAttempt('open', []);
    expect(category({ staffing, attempts: [attempt] })).toBe('new-employee');
    expect(standingOf(person({ staffing, attempts: [attempt] }), course, policy, now)).toEqual({
      state: 'under-way',
      attempt,
    });
  });

  test('is finished with a certificate of another track that will do', () => {
    const held = certificate('2027-06-10');
    const staffing = working({ category: 'temporary-staff' });
    expect(standingOf(person({ staffing, certificates: [held] }), course, policy, now)).toMatchObject({
      state: 'done',
      certificate: { code: held.code },
    });
  });

  test('is not finished with one that will not', () => {
    const staffing = working({ category: 'unit-manager' });
    const certificates = [certificate('2027-06-10')];
    expect(standingOf(person({ staffing, certificates }), course, policy, now).state).toBe('reading');
  });

  test('may be gone through by who is exempt, or asked for nothing', () => {
    const exempt: Decision = { ...given('new-employee', '2026-06-10'), kind: 'exempt', until: undefined };
    expect(standingOf(person({ decisions: [exempt], lessonsDone: all }), course, policy, now)).toEqual({
      state: 'ready',
    });
    const staffing = working({ category: 'student' });
    expect(standingOf(person({ staffing, lessonsDone: all }), course, policy, now)).toEqual({ state: 'ready' });
    const certificates = [{ ...certificate('2027-06-10'), track: 'student' as const }];
    expect(standingOf(person({ staffing, certificates }), course, policy, now).state).toBe('done');
  });
});

describe('renewal', () => {
  const held = certificate('2026-08-09');
  const someone = person({ lessonsDone: all, certificates: [held] });

  test('opens the exam 60 days before the certificate ends, while it still holds', () => {
    const theDayBefore = new Date('2026-06-09T10:00:00Z');
    expect(standingOf(someone, course, policy, theDayBefore)).toMatchObject({
      state: 'done',
      certificate: { code: held.code },
    });
    expect(progressOf(someone, course, policy, now)).toMatchObject({
      next: { state: 'ready' },
      certificate: { code: held.code },
    });
    const after = new Date('2026-08-10T10:00:00Z');
    expect(progressOf(someone, course, policy, after)).toMatchObject({
      next: { state: 'ready' },
      certificate: undefined,
    });
  });

  test('leaves the card full, for the certificate holds', () => {
    const { done, total } = progressOf(someone, course, policy, now);
    expect(done).toBe(total);
  });

  test('can be under way, and paused', () => {
    const attempt = sampleAttempt('open', []);
    expect(standingOf({ ...someone, attempts: [attempt] }, course, policy, now).state).toBe('under-way');
    expect(standingOf({ ...someone, attempts: failedThreeTimes }, course, policy, now).state).toBe('paused');
  });

  test('asks for lessons that have become required since', () => {
    expect(standingOf({ ...someone, lessonsDone: { one: read } }, course, policy, now)).toMatchObject({
      state: 'reading',
      lesson: 'two',
    });
  });

  test('is finished with the new certificate beside the old one', () => {
    const renewed = certificate('2027-06-10');
    expect(standingOf({ ...someone, certificates: [held, renewed] }, course, policy, now)).toMatchObject({
      state: 'done',
      certificate: { code: renewed.code },
    });
  });
});

test('a valid certificate is the newest one of the track that holds', () => {
  const other = { ...certificate('2027-06-10'), track: 'student' as const };
  const [old, newest] = [certificate('2026-06-10'), certificate('2026-06-11')];
  const certificates = [old, newest, other];
  expect(validCertificate({ certificates }, 'new-employee', day('2026-06-11'))).toBe(newest);
  expect(validCertificate({ certificates }, 'new-employee', day('2026-06-12'))).toBeUndefined();
  expect(validCertificate({ certificates }, 'student', day('2026-06-12'))).toBe(other);
});

test('the open attempt is the one of the track that is not handed in', () => {
  const open = sampleAttempt('open', []);
  expect(openAttempt({ attempts: [handedIn('a', 5), open] }, ['student', 'new-employee'])).toBe(open);
  expect(openAttempt({ attempts: [handedIn('a', 5), open] }, ['student'])).toBeUndefined();
  expect(openAttempt({ attempts: [handedIn('a', 5)] }, ['new-employee'])).toBeUndefined();
});
