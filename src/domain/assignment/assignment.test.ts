import { describe, expect, test } from 'vitest';
import { addDays, endOfDay } from '#domain/kernel/calendar.ts';
import type { Category } from '#domain/kernel/category.ts';
import type { CalendarDate, Instant } from '#domain/kernel/ids.ts';
import { addPlace, noOrganisation, type Organisation, treeOf } from '#domain/people/organisation.ts';
import type { Decision } from '#domain/people/person.ts';
import { type HeldCertificate, type StaffRecord, staffRecordOf } from '#domain/people/staff-record.ts';
import type { Engagement, Leave } from '#domain/people/staffing.ts';
import { day, nodeId, pseudonymOf, sampleCertificate, samplePerson } from '../../../tests/contract/sample-documents.ts';
import { seededRandom } from '../../../tests/support/seeded-random.ts';
import {
  type AssignmentPolicy,
  type AssignmentRule,
  asOf,
  assignmentPolicy,
  assignmentsOn,
  workAloneBlock,
} from './assignment.ts';

/** Nine in the morning in Stockholm, or a little later in summer. */
const morning = (date: string): Instant => `${date}T08:00:00.000Z`;

function grown(...places: readonly [id: string, kind: 'committee' | 'department' | 'unit', parent?: string][]) {
  return places.reduce<Organisation>((organisation, [id, kind, parent]) => {
    const place = {
      id: nodeId(id),
      kind,
      code: id.toUpperCase(),
      name: id,
      parent: parent ? nodeId(parent) : undefined,
    };
    const changed = addPlace(organisation, place, morning('2025-01-01'));
    if (!changed.ok) throw new Error(changed.reason);
    return changed.organisation;
  }, noOrganisation);
}

const tree = treeOf(
  grown(
    ['committee', 'committee'],
    ['homes', 'department', 'committee'],
    ['alm', 'unit', 'homes'],
    ['bjork', 'unit', 'homes'],
    ['ceder', 'unit', 'committee'],
  ),
);

const rule = (id: string, fields: Partial<AssignmentRule> & { readonly category: Category }): AssignmentRule => ({
  id,
  track: fields.category,
  days: 14,
  beforeAlone: false,
  accepts: [],
  ...fields,
});
const alone = { days: 0, beforeAlone: true } as const;

const longAgo = { on: day('2000-01-01'), days: 0 };
const policyOf = (...rules: readonly AssignmentRule[]): AssignmentPolicy =>
  assignmentPolicy({ renewalOpensDays: 60, introductionDays: 60, rules }, tree, longAgo);
const policy = policyOf(
  rule('new', { category: 'new-employee', accepts: ['unit-manager'] }),
  rule('temporary', { category: 'temporary-staff', accepts: ['new-employee'], ...alone }),
  rule('student', { category: 'student', accepts: ['temporary-staff', 'new-employee'], ...alone }),
  rule('manager', { category: 'unit-manager', days: 30 }),
);

interface History {
  readonly work?: readonly Engagement[];
  readonly leaves?: readonly Leave[];
  readonly recordedAt?: Instant;
  readonly fields?: Partial<StaffRecord>;
}

const sample = staffRecordOf(samplePerson('anna'));
const record = ({ work = [], leaves = [], recordedAt = morning('2026-01-01'), fields }: History): StaffRecord => ({
  ...sample,
  staffing: [{ recordedAt, engagements: work, leaves }],
  ...fields,
});

const work = (category: Category, from: string, to?: string, unit = 'alm'): Engagement => ({
  unit: nodeId(unit),
  category,
  from: day(from),
  to: to === undefined ? undefined : day(to),
});

function held(track: Category, issuedOn: string, validUntil: string): HeldCertificate {
  const fields = { track, issuedOn: day(issuedOn), issuedAt: morning(issuedOn), validUntil: day(validUntil) };
  return sampleCertificate(`${track} ${issuedOn}`, fields);
}

const decided = { track: 'new-employee', by: pseudonymOf('chef'), reason: 'Därför' } as const;
const on = (someone: StaffRecord, date: string, rules = policy) =>
  assignmentsOn(someone, rules, { date: day(date), known: endOfDay(day(date)) });
const states = (someone: StaffRecord, date: string, rules = policy) =>
  on(someone, date, rules).map(({ track, state, due }) => `${track} ${state} ${due}`);
const barred = (someone: StaffRecord, date: string, unit = 'alm', rules = policy) =>
  workAloneBlock(someone, nodeId(unit), rules, { date: day(date), known: endOfDay(day(date)) })?.why;

describe('a rule', () => {
  test('gives track and last day, counted from the first day of work', () => {
    expect(states(record({ work: [work('new-employee', '2026-06-01')] }), '2026-06-01')).toEqual([
      'new-employee not-started 2026-06-15',
    ]);
    expect(states(record({ work: [work('temporary-staff', '2026-06-01')] }), '2026-06-01')).toEqual([
      'temporary-staff not-started 2026-06-01',
    ]);
  });

  test('that nobody has written asks for nothing', () => {
    expect(states(record({ work: [work('summer-worker', '2026-06-01')] }), '2026-06-01')).toEqual([]);
  });

  test('for some places holds there and below, and the first that fits goes before', () => {
    const placed = policyOf(
      rule('unit', { category: 'new-employee', places: ['ALM'], days: 3 }),
      rule('department', { category: 'new-employee', places: ['HOMES', 'ELSEWHERE'], days: 7 }),
      rule('rest', { category: 'new-employee', days: 30 }),
    );
    const dueIn = (unit: string) =>
      on(record({ work: [work('new-employee', '2026-06-01', undefined, unit)] }), '2026-06-01', placed)[0]?.due;
    expect(dueIn('alm')).toBe('2026-06-04');
    expect(dueIn('bjork')).toBe('2026-06-08');
    expect(dueIn('ceder')).toBe('2026-07-01');
    expect(dueIn('gone')).toBe('2026-07-01');
  });

  test('for some places does not hold for who has no unit', () => {
    const placed = policyOf(rule('unit', { category: 'new-employee', places: ['ALM'] }));
    const nowhere: Engagement = { category: 'new-employee', from: day('2026-06-01') };
    expect(states(record({ work: [nowhere] }), '2026-06-01', placed)).toEqual([]);
    expect(states(record({ work: [nowhere] }), '2026-06-01')).toHaveLength(1);
  });

  test('that is new gives those who already work its days from when it began', () => {
    const fresh = policyOf(rule('new', { category: 'new-employee', from: day('2026-06-01') }));
    const someone = record({ work: [work('new-employee', '2020-01-01')] });
    expect(states(someone, '2026-05-31', fresh)).toEqual([]);
    expect(states(someone, '2026-06-01', fresh)).toEqual(['new-employee not-started 2026-06-15']);
  });

  test('that replaces another of the same track begins nothing anew', () => {
    const replaced = policyOf(
      rule('old', { category: 'new-employee', to: day('2026-05-31') }),
      rule('new', { category: 'new-employee', from: day('2026-06-01'), days: 21 }),
    );
    const someone = record({ work: [work('new-employee', '2026-05-25')] });
    const [before] = on(someone, '2026-05-31', replaced);
    const [after] = on(someone, '2026-06-01', replaced);
    expect(before).toMatchObject({ due: '2026-06-08', since: '2026-05-25' });
    expect(after).toMatchObject({ due: '2026-06-15', since: '2026-05-25', cycle: before?.cycle });
  });

  test('that has ended asks for nothing more', () => {
    const ended = policyOf(rule('old', { category: 'new-employee', to: day('2026-05-31') }));
    const someone = record({ work: [work('new-employee', '2026-05-25')] });
    expect(states(someone, '2026-05-31', ended)).toHaveLength(1);
    expect(states(someone, '2026-06-01', ended)).toEqual([]);
  });
});

describe('work', () => {
  test('that has not been recorded asks for nothing', () => {
    const someone = record({ work: [work('new-employee', '2026-06-01')], recordedAt: morning('2026-06-03') });
    expect(states(someone, '2026-06-02')).toEqual([]);
    expect(states(someone, '2026-06-03')).toHaveLength(1);
  });

  test('that is to begin is asked for at once, by the rule of its first day', () => {
    expect(states(record({ work: [work('temporary-staff', '2026-06-01')] }), '2026-05-01')).toEqual([
      'temporary-staff not-started 2026-06-01',
    ]);
  });

  test('that has ended asks for nothing, from the day after', () => {
    const someone = record({ work: [work('temporary-staff', '2026-06-01', '2026-06-30')] });
    expect(states(someone, '2026-06-30')).toEqual(['temporary-staff overdue 2026-06-01']);
    expect(states(someone, '2026-07-01')).toEqual([]);
  });

  test('that ended before it began never was', () => {
    expect(states(record({ work: [work('new-employee', '2026-06-01', '2026-05-31')] }), '2026-05-01')).toEqual([]);
  });

  test('that goes on without a day between is one and the same', () => {
    const together = record({
      work: [work('new-employee', '2026-06-11'), work('new-employee', '2026-06-01', '2026-06-10', 'bjork')],
    });
    expect(on(together, '2026-06-12')).toEqual([
      expect.objectContaining({ since: '2026-06-01', due: '2026-06-15', units: ['alm'] }),
    ]);
  });

  test('after a day between begins anew', () => {
    const apart = record({
      work: [work('new-employee', '2026-06-01', '2026-06-09', 'bjork'), work('new-employee', '2026-06-11')],
    });
    expect(on(apart, '2026-06-12')).toEqual([
      expect.objectContaining({ since: '2026-06-11', due: '2026-06-25', units: ['alm'] }),
    ]);
  });

  test('in two units at once is one assignment for both', () => {
    const both = record({
      work: [work('temporary-staff', '2026-06-03', '2026-06-20', 'bjork'), work('temporary-staff', '2026-06-01')],
    });
    expect(on(both, '2026-06-05')).toEqual([
      expect.objectContaining({ units: ['alm', 'bjork'], since: '2026-06-01', due: '2026-06-01' }),
    ]);
    expect(on(both, '2026-06-21')).toEqual([expect.objectContaining({ units: ['alm'], since: '2026-06-01' })]);
  });

  test('of two kinds at once is an assignment for each', () => {
    const chief = record({
      work: [work('new-employee', '2026-06-01', undefined, 'bjork'), work('unit-manager', '2026-06-01')],
    });
    expect(states(chief, '2026-06-05')).toEqual([
      'new-employee not-started 2026-06-15',
      'unit-manager not-started 2026-07-01',
    ]);
  });

  test('in a second unit with a stricter rule brings the last day nearer', () => {
    const strict = policyOf(
      rule('here', { category: 'new-employee', places: ['BJORK'], ...alone }),
      rule('rest', { category: 'new-employee' }),
    );
    const both = record({
      work: [work('new-employee', '2026-06-01'), work('new-employee', '2026-06-05', undefined, 'bjork')],
    });
    expect(on(both, '2026-06-04', strict)[0]).toMatchObject({ due: '2026-06-05', beforeAlone: false });
    expect(on(both, '2026-06-05', strict)[0]).toMatchObject({ due: '2026-06-05', beforeAlone: true });
  });

  test('of another kind from one day to the next changes what is asked for', () => {
    const promoted = record({
      work: [work('new-employee', '2026-01-01', '2026-06-30'), work('unit-manager', '2026-07-01')],
      fields: { certificates: [held('new-employee', '2026-01-10', '2027-01-10')] },
    });
    expect(states(promoted, '2026-06-30')).toEqual([
      'new-employee done 2026-01-15',
      'unit-manager not-started 2026-07-31',
    ]);
    expect(states(promoted, '2026-07-01')).toEqual(['unit-manager not-started 2026-07-31']);
  });

  test('that comes after a break is in front of who has finished with what today’s asks for', () => {
    const returning = record({
      work: [work('temporary-staff', '2026-06-01', '2026-06-10'), work('temporary-staff', '2026-06-20', '2026-08-01')],
      fields: { certificates: [held('temporary-staff', '2026-06-01', '2026-06-10')] },
    });
    expect(states(returning, '2026-06-05')).toEqual(['temporary-staff expiring 2026-06-20']);
    expect(states(returning, '2026-06-15')).toEqual(['temporary-staff not-started 2026-06-20']);
    const cycles = ['2026-06-05', '2026-06-15', '2026-06-25'].map((date) => on(returning, date)[0]?.cycle);
    expect(new Set(cycles)).toEqual(new Set(['temporary-staff:2026-06-20']));
  });
});

describe('a state', () => {
  const someone = (fields: Partial<StaffRecord>) => record({ work: [work('new-employee', '2026-06-01')], fields });

  test('is under way once a lesson is done or the exam has been begun', () => {
    expect(states(someone({ lessonsDone: { one: morning('2026-06-02') } }), '2026-06-01')[0]).toContain('not-started');
    expect(states(someone({ lessonsDone: { one: morning('2026-06-02') } }), '2026-06-02')[0]).toContain('under-way');
    const begun = someone({ examBegun: { 'new-employee': morning('2026-06-03') } });
    expect(states(begun, '2026-06-02')[0]).toContain('not-started');
    expect(states(begun, '2026-06-03')[0]).toContain('under-way');
    const another = someone({ examBegun: { student: morning('2026-06-03') } });
    expect(states(another, '2026-06-03')[0]).toContain('not-started');
  });

  test('is overdue from the day after the last, however far one has come', () => {
    const begun = someone({ lessonsDone: { one: morning('2026-06-02') } });
    expect(states(begun, '2026-06-15')).toEqual(['new-employee under-way 2026-06-15']);
    expect(states(begun, '2026-06-16')).toEqual(['new-employee overdue 2026-06-15']);
  });

  test('does not count what was done for an earlier certificate', () => {
    const back = record({
      work: [work('temporary-staff', '2025-06-01', '2025-08-01'), work('temporary-staff', '2026-06-01')],
      fields: {
        lessonsDone: { one: morning('2025-06-01') },
        examBegun: { 'temporary-staff': morning('2025-06-01') },
        certificates: [held('temporary-staff', '2025-06-01', '2025-08-01')],
      },
    });
    expect(states(back, '2026-05-20')).toEqual(['temporary-staff not-started 2026-06-01']);
  });

  test('is done with a certificate, also an overdue one', () => {
    const late = someone({ certificates: [held('new-employee', '2026-06-20', '2027-06-20')] });
    expect(states(late, '2026-06-19')).toEqual(['new-employee overdue 2026-06-15']);
    expect(states(late, '2026-06-20')).toEqual(['new-employee done 2026-06-15']);
  });
});

describe('a certificate of another track', () => {
  const temporary = (track: Category) =>
    record({
      work: [work('temporary-staff', '2026-06-01')],
      fields: { certificates: [held(track, '2026-05-01', '2027-05-01')] },
    });

  test('will do where the rule says so', () => {
    expect(states(temporary('new-employee'), '2026-06-01')).toEqual(['temporary-staff done 2026-06-01']);
    expect(barred(temporary('new-employee'), '2026-06-01')).toBeUndefined();
  });

  test('will not where it does not', () => {
    expect(states(temporary('student'), '2026-06-01')).toEqual(['temporary-staff not-started 2026-06-01']);
    expect(barred(temporary('student'), '2026-06-01')).toBe('before-alone');
  });

  test('will do in one unit and not in the other, where their rules differ', () => {
    const differing = policyOf(
      rule('strict', { category: 'temporary-staff', places: ['BJORK'], ...alone }),
      rule('rest', { category: 'temporary-staff', accepts: ['new-employee'], ...alone }),
    );
    const both = record({
      work: [work('temporary-staff', '2026-06-01'), work('temporary-staff', '2026-06-01', undefined, 'bjork')],
      fields: { certificates: [held('new-employee', '2026-05-01', '2027-05-01')] },
    });
    expect(states(both, '2026-06-01', differing)).toEqual(['temporary-staff not-started 2026-06-01']);
    expect(barred(both, '2026-06-01', 'alm', differing)).toBeUndefined();
    expect(barred(both, '2026-06-01', 'bjork', differing)).toBe('before-alone');
  });
});

describe('renewal', () => {
  const first = held('new-employee', '2026-06-05', '2027-06-05');
  const second = held('new-employee', '2027-05-01', '2028-05-01');
  const employed = (certificates: readonly HeldCertificate[], to?: string) =>
    record({ work: [work('new-employee', '2026-06-01', to)], fields: { certificates } });

  test('opens 60 days before the end, while the certificate still holds', () => {
    expect(on(employed([first]), '2027-04-05')[0]).toMatchObject({
      state: 'done',
      due: '2026-06-15',
      renewableFrom: '2027-04-06',
    });
    expect(on(employed([first]), '2027-04-06')[0]).toMatchObject({
      state: 'expiring',
      due: '2027-06-05',
      certificate: first,
    });
    expect(on(employed([first]), '2027-06-05')[0]).toMatchObject({ state: 'expiring', certificate: first });
    expect(on(employed([first]), '2027-06-06')[0]).toMatchObject({ state: 'overdue', due: '2027-06-05' });
    expect(on(employed([first]), '2027-06-06')[0]?.certificate).toBeUndefined();
  });

  test('is one thing to do from when it opens until it is done, and another than before', () => {
    const cycleOn = (date: string, certificates: readonly HeldCertificate[]) =>
      on(employed(certificates), date)[0]?.cycle;
    expect(cycleOn('2026-06-02', [])).toBe('new-employee:2026-06-01');
    expect(cycleOn('2026-06-06', [first])).toBe('new-employee:2026-06-01');
    for (const date of ['2027-04-06', '2027-06-05', '2027-06-06', '2028-01-01']) {
      expect(cycleOn(date, [first])).toBe('new-employee:2027-06-05');
    }
    expect(cycleOn('2027-05-02', [first, second])).toBe('new-employee:2027-06-05');
    expect(cycleOn('2028-04-30', [first, second])).toBe('new-employee:2028-05-01');
  });

  test('gives a certificate beside the old one, and the one that lasts longest counts', () => {
    expect(on(employed([first, second]), '2027-05-02')[0]).toMatchObject({ state: 'done', certificate: second });
    expect(on(employed([second, first]), '2027-06-06')[0]).toMatchObject({ state: 'done', certificate: second });
  });

  test('is not asked of who stops before the certificate does', () => {
    const [assignment] = on(employed([first], '2027-06-05'), '2027-06-05');
    expect(assignment).toMatchObject({ state: 'done', renewableFrom: undefined });
    expect(states(employed([first], '2027-06-06'), '2027-06-05')).toEqual(['new-employee expiring 2027-06-05']);
  });

  test('never cuts the days that new work gives', () => {
    const brought = record({
      work: [work('new-employee', '2026-06-01')],
      fields: { certificates: [held('unit-manager', '2025-06-04', '2026-06-04')] },
    });
    expect(states(brought, '2026-06-01')).toEqual(['new-employee expiring 2026-06-15']);
    expect(states(brought, '2026-06-05')).toEqual(['new-employee not-started 2026-06-15']);
  });
});

describe('a manager’s decision', () => {
  const employed = (decisions: readonly Decision[], fields: Partial<StaffRecord> = {}) =>
    record({ work: [work('new-employee', '2026-06-01')], fields: { decisions, ...fields } });
  const moveDue = (id: string, on: string, due: string): Decision => ({
    ...decided,
    kind: 'move-due',
    id,
    at: morning(on),
    due: day(due),
  });
  const exempt = (id: string, on: string, until?: string): Decision => ({
    ...decided,
    kind: 'exempt',
    id,
    at: morning(on),
    until: until === undefined ? undefined : day(until),
  });
  const withdraw = (decision: string, on: string): Decision => ({
    ...decided,
    kind: 'withdraw',
    id: `not ${decision}`,
    at: morning(on),
    decision,
  });

  test('moves the last day, from when it was made', () => {
    const decision = moveDue('a', '2026-06-10', '2026-07-01');
    const someone = employed([decision]);
    expect(states(someone, '2026-06-09')).toEqual(['new-employee not-started 2026-06-15']);
    expect(on(someone, '2026-06-10')[0]).toMatchObject({ due: '2026-07-01', moved: decision });
    expect(states(someone, '2026-07-02')).toEqual(['new-employee overdue 2026-07-01']);
  });

  test('about the same thing goes before an earlier one, and can be taken back', () => {
    const twice = [moveDue('a', '2026-06-02', '2026-07-01'), moveDue('b', '2026-06-04', '2026-06-20')];
    expect(on(employed(twice), '2026-06-04')[0]?.due).toBe('2026-06-20');
    expect(on(employed([...twice, withdraw('b', '2026-06-05')]), '2026-06-05')[0]?.due).toBe('2026-07-01');
    expect(on(employed([...twice, withdraw('b', '2026-06-05')]), '2026-06-04')[0]?.due).toBe('2026-06-20');
  });

  test('about another track changes nothing', () => {
    const other: Decision = { ...decided, kind: 'exempt', id: 'a', track: 'student', at: morning('2026-06-02') };
    expect(states(employed([other]), '2026-06-03')).toEqual(['new-employee not-started 2026-06-15']);
  });

  test('about a date does not outlive what it was for', () => {
    const certificates = [held('new-employee', '2026-06-20', '2027-06-20')];
    const renewing = employed([moveDue('a', '2026-06-10', '2026-07-01')], { certificates });
    expect(states(renewing, '2026-06-20')).toEqual(['new-employee done 2026-07-01']);
    expect(on(renewing, '2027-06-01')[0]).toMatchObject({ state: 'expiring', due: '2027-06-20', moved: undefined });

    const back = record({
      work: [work('new-employee', '2026-01-01', '2026-03-01'), work('new-employee', '2026-06-01')],
      fields: { decisions: [moveDue('a', '2026-01-10', '2026-02-20')] },
    });
    expect(states(back, '2026-02-10')).toEqual(['new-employee not-started 2026-02-20']);
    expect(states(back, '2026-06-01')).toEqual(['new-employee not-started 2026-06-15']);
  });

  test('about the date of a renewal holds for that', () => {
    const certificates = [held('new-employee', '2026-06-20', '2027-06-20')];
    const renewing = employed([moveDue('a', '2027-06-10', '2027-07-01')], { certificates });
    expect(states(renewing, '2027-06-21')).toEqual(['new-employee not-started 2027-07-01']);
  });

  test('exempts until its last day, or for good', () => {
    const decision = exempt('a', '2026-06-10', '2026-06-30');
    expect(on(employed([decision]), '2026-06-30')[0]).toMatchObject({ state: 'exempt', exemption: decision });
    expect(states(employed([decision]), '2026-07-01')).toEqual(['new-employee overdue 2026-06-15']);
    expect(states(employed([exempt('a', '2026-06-10')]), '2030-01-01')[0]).toContain('exempt');
  });

  test('exempts no longer once it is taken back or another one has been made', () => {
    const taken = [exempt('a', '2026-06-10'), withdraw('a', '2026-06-12')];
    expect(states(employed(taken), '2026-06-11')[0]).toContain('exempt');
    expect(states(employed(taken), '2026-06-12')).toEqual(['new-employee not-started 2026-06-15']);
    const moved = [exempt('a', '2026-06-10'), moveDue('b', '2026-06-12', '2026-07-01')];
    expect(states(employed(moved), '2026-06-12')).toEqual(['new-employee not-started 2026-07-01']);
  });

  test('exempts from renewal while the certificate holds, and after', () => {
    const certificates = [held('new-employee', '2025-06-20', '2026-06-20')];
    const someone = employed([exempt('a', '2026-06-10')], { certificates });
    expect(states(someone, '2026-06-10')[0]).toContain('done');
    expect(states(someone, '2026-06-21')[0]).toContain('exempt');
  });
});

describe('an extra course', () => {
  const given: Decision = {
    ...decided,
    kind: 'assign',
    id: 'extra',
    track: 'unit-manager',
    // Half past midnight in Stockholm, still the day before in UTC.
    at: '2026-06-10T22:30:00.000Z',
    due: day('2026-06-30'),
  };
  const someone = (fields: Partial<StaffRecord> = {}, to?: string) =>
    record({ work: [work('student', '2026-06-01', to)], fields: { decisions: [given], ...fields } });
  const extraOn = (person: StaffRecord, date: string) =>
    on(person, date).find((assignment) => assignment.track === 'unit-manager');

  test('stands beside what the rules ask for, and is not mandatory', () => {
    expect(extraOn(someone(), '2026-06-10')).toBeUndefined();
    expect(extraOn(someone(), '2026-06-11')).toMatchObject({
      mandatory: false,
      given,
      since: '2026-06-11',
      due: '2026-06-30',
      state: 'not-started',
      cycle: 'unit-manager:extra',
    });
    expect(extraOn(someone(), '2026-07-01')?.state).toBe('overdue');
  });

  test('goes when the work ends, and when it is taken back', () => {
    expect(extraOn(someone({}, '2026-06-20'), '2026-06-20')).toBeDefined();
    expect(extraOn(someone({}, '2026-06-20'), '2026-06-21')).toBeUndefined();
    const back: Decision = {
      ...decided,
      track: 'unit-manager',
      kind: 'withdraw',
      id: 'b',
      at: morning('2026-06-15'),
      decision: 'extra',
    };
    expect(extraOn(someone({ decisions: [given, back] }), '2026-06-14')).toBeDefined();
    expect(extraOn(someone({ decisions: [given, back] }), '2026-06-15')).toBeUndefined();
  });

  test('is done for good by a certificate from after it was given', () => {
    const passed = someone({ certificates: [held('unit-manager', '2026-06-20', '2026-12-20')] });
    expect(extraOn(passed, '2026-06-19')?.state).toBe('not-started');
    expect(extraOn(passed, '2026-06-20')).toMatchObject({ state: 'done', due: '2026-06-30' });
    expect(extraOn(passed, '2027-06-20')?.state).toBe('done');
    expect(extraOn(passed, '2027-06-20')?.certificate).toBeUndefined();
  });

  test('is done by an earlier certificate as long as that holds', () => {
    const passed = someone({ certificates: [held('unit-manager', '2025-09-01', '2026-08-31')] });
    expect(extraOn(passed, '2026-08-31')?.state).toBe('done');
    expect(extraOn(passed, '2026-09-01')).toMatchObject({ state: 'overdue', due: '2026-08-31' });
  });

  test('can have its last day moved, and be exempted from', () => {
    const about = { ...decided, track: 'unit-manager', at: morning('2026-06-12') } as const;
    const moved = someone({ decisions: [given, { ...about, kind: 'move-due', id: 'm', due: day('2026-07-10') }] });
    expect(extraOn(moved, '2026-07-01')).toMatchObject({ state: 'not-started', due: '2026-07-10' });
    const spared = someone({ decisions: [given, { ...about, kind: 'exempt', id: 'x' }] });
    expect(extraOn(spared, '2026-07-01')?.state).toBe('exempt');
  });

  test('that the rules ask for anyway is asked for once', () => {
    const promoted = record({ work: [work('unit-manager', '2026-06-01')], fields: { decisions: [given] } });
    expect(on(promoted, '2026-06-11')).toEqual([expect.objectContaining({ track: 'unit-manager', mandatory: true })]);
  });

  test('never bars from work', () => {
    const overdue = record({
      work: [work('summer-worker', '2026-06-01')],
      fields: { decisions: [given] },
    });
    expect(states(overdue, '2026-07-01')).toEqual(['unit-manager overdue 2026-06-30']);
    expect(barred(overdue, '2026-07-01')).toBeUndefined();
  });
});

describe('who may not work alone', () => {
  const temporary = (fields: Partial<StaffRecord> = {}, leaves: readonly Leave[] = []) =>
    record({ work: [work('temporary-staff', '2026-06-01', '2026-08-31')], leaves, fields });

  test('is at work in the unit that day', () => {
    expect(barred(temporary(), '2026-05-31')).toBeUndefined();
    expect(barred(temporary(), '2026-06-01')).toBe('before-alone');
    expect(barred(temporary(), '2026-08-31')).toBe('before-alone');
    expect(barred(temporary(), '2026-09-01')).toBeUndefined();
    expect(barred(temporary(), '2026-06-01', 'bjork')).toBeUndefined();
  });

  test('is not on leave', () => {
    const away = temporary({}, [{ from: day('2026-06-05'), to: day('2026-06-10') }]);
    expect(barred(away, '2026-06-04')).toBe('before-alone');
    expect(barred(away, '2026-06-05')).toBeUndefined();
    expect(barred(away, '2026-06-10')).toBeUndefined();
    expect(barred(away, '2026-06-11')).toBe('before-alone');
    expect(barred(temporary({}, [{ from: day('2026-06-05') }]), '2026-08-01')).toBeUndefined();
  });

  test('has no certificate that holds that day', () => {
    const certified = temporary({ certificates: [held('temporary-staff', '2026-06-02', '2026-07-31')] });
    expect(barred(certified, '2026-06-01')).toBe('before-alone');
    expect(barred(certified, '2026-06-02')).toBeUndefined();
    expect(barred(certified, '2026-07-31')).toBeUndefined();
    expect(barred(certified, '2026-08-01')).toBe('before-alone');
  });

  test('is only one whose last day has passed where the rule lets one begin without', () => {
    const employee = record({ work: [work('new-employee', '2026-06-01')] });
    expect(barred(employee, '2026-06-15')).toBeUndefined();
    expect(barred(employee, '2026-06-16')).toBe('overdue');
  });

  test('is asked by the rule of that unit, not by that of another', () => {
    const strict = policyOf(
      rule('here', { category: 'new-employee', places: ['BJORK'], ...alone }),
      rule('rest', { category: 'new-employee' }),
    );
    const both = record({
      work: [work('new-employee', '2026-06-01'), work('new-employee', '2026-06-01', undefined, 'bjork')],
    });
    expect(barred(both, '2026-06-01', 'bjork', strict)).toBe('before-alone');
    expect(barred(both, '2026-06-01', 'alm', strict)).toBeUndefined();
  });

  test('is not one who is exempt, nor one whose last day was moved', () => {
    const at = morning('2026-06-02');
    expect(
      barred(
        temporary({ decisions: [{ ...decided, track: 'temporary-staff', kind: 'exempt', id: 'a', at }] }),
        '2026-06-02',
      ),
    ).toBeUndefined();
    const employee = (decisions: readonly Decision[]) =>
      record({ work: [work('new-employee', '2026-05-01')], fields: { decisions } });
    expect(barred(employee([]), '2026-06-02')).toBe('overdue');
    expect(
      barred(employee([{ ...decided, kind: 'move-due', id: 'a', at, due: day('2026-06-10') }]), '2026-06-02'),
    ).toBeUndefined();
  });

  test('can be asked of a coming day, with what is known now', () => {
    const now = new Date('2026-05-29T10:00:00Z');
    const certified = temporary({ certificates: [held('temporary-staff', '2026-05-28', '2026-06-30')] });
    const on = (someone: StaffRecord, date: string) =>
      workAloneBlock(someone, nodeId('alm'), policy, asOf(day(date), now));
    expect(on(temporary(), '2026-06-01')).toMatchObject({ why: 'before-alone', assignment: { due: '2026-06-01' } });
    expect(on(certified, '2026-06-01')).toBeUndefined();
    expect(on(certified, '2026-07-01')?.why).toBe('before-alone');
  });

  test('can come back to work after a break, and is judged by the work of that day', () => {
    const returning = record({
      work: [work('temporary-staff', '2026-06-01', '2026-06-10'), work('temporary-staff', '2026-06-20', '2026-08-01')],
      fields: { certificates: [held('temporary-staff', '2026-06-01', '2026-06-10')] },
    });
    expect(barred(returning, '2026-06-10')).toBeUndefined();
    expect(barred(returning, '2026-06-15')).toBeUndefined();
    expect(barred(returning, '2026-06-20')).toBe('before-alone');
  });
});

describe('what was known', () => {
  const now = new Date('2026-06-10T10:00:00Z');

  test('for a past day is what was at its end in Stockholm, for others what is now', () => {
    expect(asOf(day('2026-06-09'), now)).toEqual({ date: '2026-06-09', known: '2026-06-09T21:59:59.999Z' });
    expect(asOf(day('2026-06-10'), now)).toEqual({ date: '2026-06-10', known: '2026-06-10T10:00:00.000Z' });
    expect(asOf(day('2026-07-01'), now)).toEqual({ date: '2026-07-01', known: '2026-06-10T10:00:00.000Z' });
  });

  test('a change that is recorded late does not rewrite what was seen', () => {
    const moved: StaffRecord = {
      ...sample,
      staffing: [
        { recordedAt: morning('2026-06-01'), engagements: [work('temporary-staff', '2026-06-01')], leaves: [] },
        {
          recordedAt: morning('2026-06-20'),
          engagements: [work('temporary-staff', '2026-06-01', '2026-06-10')],
          leaves: [{ from: day('2026-06-05') }],
        },
      ],
    };
    expect(barred(moved, '2026-06-15')).toBe('before-alone');
    expect(states(moved, '2026-06-15')).toEqual(['temporary-staff overdue 2026-06-01']);
    expect(states(moved, '2026-06-20')).toEqual([]);
  });
});

describe('for random histories', { timeout: 30_000 }, () => {
  const days = 400;
  const start = day('2026-01-01');
  const rounds = 40;

  /** Somebody's whole history over the days: staffing recorded now and then, decisions, lessons, certificates. */
  function randomRecord(seed: number): StaffRecord {
    const next = seededRandom(seed);
    const pick = <T>(from: readonly [T, ...T[]]): T => from[Math.floor(next() * from.length)] ?? from[0];
    const dateIn = (): CalendarDate => addDays(start, Math.floor(next() * days));
    const instantIn = (): Instant => `${dateIn()}T${String(Math.floor(next() * 24)).padStart(2, '0')}:30:00.000Z`;
    const times = <T>(most: number, make: (index: number) => T): T[] =>
      Array.from({ length: Math.floor(next() * (most + 1)) }, (_, index) => make(index));
    const track = () => pick<Category>(['new-employee', 'temporary-staff', 'student', 'summer-worker', 'unit-manager']);
    const engagement = (): Engagement => {
      const from = dateIn();
      const to = next() < 0.4 ? undefined : addDays(from, Math.floor(next() * 120) - 2);
      return { category: track(), unit: next() < 0.2 ? undefined : nodeId(pick(['alm', 'bjork', 'ceder'])), from, to };
    };
    const decision = (index: number): Decision => {
      const base = { ...decided, id: `${index}`, track: track(), at: instantIn() };
      switch (pick(['assign', 'move-due', 'exempt', 'withdraw'])) {
        case 'assign':
          return { ...base, kind: 'assign', due: dateIn() };
        case 'move-due':
          return { ...base, kind: 'move-due', due: dateIn() };
        case 'exempt':
          return { ...base, kind: 'exempt', until: next() < 0.5 ? undefined : dateIn() };
        default:
          return { ...base, kind: 'withdraw', decision: `${Math.floor(next() * 6)}` };
      }
    };
    const certificate = (): HeldCertificate => {
      const issuedOn = dateIn();
      return held(track(), issuedOn, addDays(issuedOn, Math.floor(next() * 200)));
    };
    const staffing = [0, ...times(4, () => 0)].map(() => ({
      recordedAt: instantIn(),
      engagements: [engagement(), ...times(3, engagement)],
      leaves: times(1, () => ({ from: dateIn(), to: next() < 0.5 ? undefined : dateIn() })),
    }));
    return {
      ...sample,
      staffing: staffing.toSorted((a, b) => (a.recordedAt < b.recordedAt ? -1 : 1)),
      decisions: times(6, decision).toSorted((a, b) => (a.at < b.at ? -1 : 1)),
      certificates: times(4, certificate).toSorted((a, b) => (a.issuedAt < b.issuedAt ? -1 : 1)),
      lessonsDone: Object.fromEntries(times(3, (index) => [`lesson-${index}`, instantIn()])),
      examBegun: Object.fromEntries(times(2, () => [track(), instantIn()])),
    };
  }

  /** The record as it was that evening. */
  function knownBy(whole: StaffRecord, known: Instant): StaffRecord {
    const upTo = (values: Readonly<Record<string, Instant>>) =>
      Object.fromEntries(Object.entries(values).filter(([, at]) => at <= known));
    return {
      ...whole,
      staffing: whole.staffing.filter(({ recordedAt }) => recordedAt <= known),
      decisions: whole.decisions.filter(({ at }) => at <= known),
      certificates: whole.certificates.filter(({ issuedAt }) => issuedAt <= known),
      lessonsDone: upTo(whole.lessonsDone),
      examBegun: upTo(whole.examBegun),
    };
  }

  function eachDay(check: (someone: StaffRecord, date: CalendarDate, where: string) => void) {
    for (let seed = 1; seed <= rounds; seed++) {
      const someone = randomRecord(seed);
      for (let step = 0; step < days; step += 1 + (seed % 7)) {
        const date = addDays(start, step);
        check(someone, date, `seed ${seed}, ${date}`);
      }
    }
  }

  const inForce = assignmentPolicy(
    {
      renewalOpensDays: 60,
      introductionDays: 60,
      rules: [
        rule('old', { category: 'new-employee', to: day('2026-06-30'), accepts: ['unit-manager'] }),
        rule('new', { category: 'new-employee', from: day('2026-07-01'), days: 21 }),
        rule('strict', { category: 'temporary-staff', places: ['HOMES'], ...alone }),
        rule('temporary', { category: 'temporary-staff', accepts: ['new-employee'] }),
        rule('student', { category: 'student', track: 'temporary-staff', ...alone }),
        rule('manager', { category: 'unit-manager', days: 30 }),
      ],
    },
    tree,
    longAgo,
  );

  test('a day is answered the same whatever was recorded later', () => {
    let asked = 0;
    eachDay((someone, date, where) => {
      const then = { date, known: endOfDay(date) };
      const known = knownBy(someone, then.known);
      const answer = assignmentsOn(someone, inForce, then);
      expect(answer, where).toEqual(assignmentsOn(known, inForce, then));
      for (const unit of ['alm', 'bjork', 'ceder'].map(nodeId)) {
        expect(workAloneBlock(someone, unit, inForce, then), where).toEqual(workAloneBlock(known, unit, inForce, then));
      }
      asked += answer.length;
    });
    expect(asked).toBeGreaterThan(1000);
  });

  test('each track is asked for once, and every state agrees with its dates', () => {
    const seen = new Set<string>();
    eachDay((someone, date, where) => {
      const answer = assignmentsOn(someone, inForce, { date, known: endOfDay(date) });
      expect(new Set(answer.map(({ track }) => track)).size, where).toBe(answer.length);
      for (const { state, due, certificate, exemption, mandatory, renewableFrom } of answer) {
        seen.add(state);
        if (state === 'overdue') expect(date > due && !certificate, where).toBe(true);
        if (state === 'not-started' || state === 'under-way') expect(date <= due && !certificate, where).toBe(true);
        if (state === 'done' && mandatory) expect(certificate, where).toBeDefined();
        if (state === 'expiring') expect(renewableFrom && renewableFrom <= date, where).toBe(true);
        expect(state === 'exempt', where).toBe(exemption !== undefined);
        if (certificate) expect(certificate.issuedOn <= date && date <= certificate.validUntil, where).toBe(true);
      }
    });
    expect(seen).toEqual(new Set(['overdue', 'expiring', 'under-way', 'not-started', 'done', 'exempt']));
  });

  test('who may not work alone is just who the definition says', () => {
    const answers = new Set<string>();
    eachDay((someone, date, where) => {
      const then = { date, known: endOfDay(date) };
      const staffing = someone.staffing.findLast(({ recordedAt }) => recordedAt <= then.known);
      const isOn = ({ from, to }: Engagement | Leave) => from <= date && (to === undefined || date <= to);
      for (const unit of ['alm', 'bjork', 'ceder'].map(nodeId)) {
        const here = (staffing?.engagements ?? []).filter((one) => one.unit === unit && isOn(one));
        const asking = here.flatMap((one) => inForce.ruleFor(one, date) ?? []);
        const lacking = asking.filter(
          ({ track, accepts }) =>
            !someone.certificates.some(
              (one) =>
                [track, ...accepts].includes(one.track) &&
                one.issuedAt <= then.known &&
                one.issuedOn <= date &&
                date <= one.validUntil,
            ),
        );
        const found = workAloneBlock(someone, unit, inForce, then);
        answers.add(found?.why ?? 'free');
        if (staffing?.leaves.some(isOn) || lacking.length === 0) expect(found, where).toBeUndefined();
        if (found)
          expect(
            lacking.map(({ track }) => track),
            where,
          ).toContain(found.assignment.track);
        if (found?.why === 'before-alone')
          expect(
            lacking.some((one) => one.beforeAlone),
            where,
          ).toBe(true);
        if (found?.why === 'overdue') expect(date > found.assignment.due, where).toBe(true);
        const isExempt = ({ track }: AssignmentRule) =>
          someone.decisions.some((one) => one.kind === 'exempt' && one.track === track);
        const mustBe = lacking.some((one) => one.beforeAlone && !isExempt(one));
        if (mustBe && !staffing?.leaves.some(isOn)) expect(found, where).toBeDefined();
      }
    });
    expect(answers).toEqual(new Set(['free', 'before-alone', 'overdue']));
  });

  test('what there is to do keeps its name until it is done', () => {
    eachDay((someone, date, where) => {
      const still = { ...someone, staffing: someone.staffing.slice(0, 1), decisions: [] };
      const recordedAt = still.staffing[0]?.recordedAt ?? '';
      const tomorrow = addDays(date, 1);
      if (recordedAt > endOfDay(date) || date === '2026-06-30') return;
      for (const today of assignmentsOn(still, inForce, { date, known: endOfDay(date) })) {
        const known = endOfDay(tomorrow);
        const then = assignmentsOn(still, inForce, { date: tomorrow, known }).find(
          ({ track }) => track === today.track,
        );
        const isNew = still.certificates.some(({ issuedOn }) => issuedOn === tomorrow);
        const goesOn = then && then.since === today.since && today.state !== 'done' && !isNew;
        if (goesOn && then.certificate === today.certificate) expect(then.cycle, where).toBe(today.cycle);
      }
    });
  });
});
