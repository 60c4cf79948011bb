import { describe, expect, test } from 'vitest';
import {
  type AssignmentRule,
  asOf,
  assignmentPolicy,
  assignmentsOn,
  workAloneBlock,
} from '#domain/assignment/assignment.ts';
import { addDays } from '#domain/kernel/calendar.ts';
import type { Category } from '#domain/kernel/category.ts';
import type { CalendarDate } from '#domain/kernel/ids.ts';
import { noOrganisation, treeOf } from '#domain/people/organisation.ts';
import type { Decision } from '#domain/people/person.ts';
import { staffRecordOf } from '#domain/people/staff-record.ts';
import { day, nodeId, samplePerson } from '../../../tests/contract/sample-documents.ts';
import { seededRandom } from '../../../tests/support/seeded-random.ts';

const rule = (category: Category, days: number): AssignmentRule => ({
  ...{ id: category, category, track: category, days, beforeAlone: days === 0, accepts: [] },
});
const rules = {
  renewalOpensDays: 60,
  introductionDays: 60,
  rules: [rule('new-employee', 14), rule('temporary-staff', 0), rule('unit-manager', 30)],
};
const tree = treeOf(noOrganisation);
const unit = nodeId('alm');
const introduced = { on: day('2026-09-01'), days: 45 };
const lastDay = day('2026-10-16');

const works = (category: Category, from: string, decisions: readonly Decision[] = []) =>
  staffRecordOf(
    samplePerson('anna', {
      staffing: [
        { recordedAt: '2010-01-01T08:00:00.000Z', engagements: [{ unit, category, from: day(from) }], leaves: [] },
      ],
      decisions,
      certificates: [],
    }),
  );
const on = (date: string) => asOf(day(date), new Date('2027-06-01T10:00:00Z'));
const dueOf = (category: Category, from: string, date = '2026-09-15') =>
  assignmentsOn(works(category, from), assignmentPolicy(rules, tree, introduced), on(date))[0]?.due;
const isBarred = (category: Category, from: string, date: string, introduction: typeof introduced | undefined) =>
  workAloneBlock(works(category, from), unit, assignmentPolicy(rules, tree, introduction), on(date))?.why;

describe('managers S1: when the course is due once the municipality introduces it', () => {
  test('who worked before that day has so many days from it, whatever the work', () => {
    expect(dueOf('new-employee', '2011-08-17')).toBe(lastDay);
    expect(dueOf('temporary-staff', '2026-03-01')).toBe(lastDay);
    expect(dueOf('unit-manager', '2026-08-31')).toBe(lastDay);
  });

  test('who begins that day or later follows the rules of their work', () => {
    expect(dueOf('new-employee', '2026-09-01')).toBe('2026-09-15');
    expect(dueOf('temporary-staff', '2026-09-10')).toBe('2026-09-10');
    expect(dueOf('unit-manager', '2026-09-02')).toBe('2026-10-02');
  });

  test('who may not work alone before the certificate, and worked before, may until the days have passed', () => {
    expect(isBarred('temporary-staff', '2026-03-01', '2026-08-01', introduced)).toBeUndefined();
    expect(isBarred('temporary-staff', '2026-03-01', lastDay, introduced)).toBeUndefined();
    expect(isBarred('temporary-staff', '2026-03-01', addDays(lastDay, 1), introduced)).toBe('before-alone');
    expect(isBarred('new-employee', '2011-08-17', addDays(lastDay, 1), introduced)).toBe('overdue');
    expect(isBarred('temporary-staff', '2026-09-01', '2026-09-01', introduced)).toBe('before-alone');
  });

  test('a manager cannot move a day to before it', () => {
    const moved: Decision = {
      ...{ id: 'moved', track: 'new-employee', at: '2026-06-01T08:00:00.000Z', by: 'P' as Decision['by'] },
      ...{ reason: 'snart', kind: 'move-due', due: day('2026-06-20') },
    };
    const record = works('new-employee', '2026-05-20', [moved]);
    const [assignment] = assignmentsOn(record, assignmentPolicy(rules, tree, introduced), on('2026-07-01'));
    expect(assignment).toMatchObject({ due: introduced.on, state: 'not-started' });
  });

  test('until somebody has chosen a day nobody is late and nobody is barred, however long they have worked', () => {
    for (const category of ['new-employee', 'temporary-staff', 'unit-manager'] as const) {
      for (const from of ['2011-08-17', '2026-09-14', '2026-09-15']) {
        expect(isBarred(category, from, '2026-09-15', undefined)).toBeUndefined();
        const [assignment] = assignmentsOn(
          works(category, from),
          assignmentPolicy(rules, tree, undefined),
          on('2026-09-15'),
        );
        expect(assignment?.state).toBe('not-started');
      }
    }
  });

  test('at random: no last day is before the introduction, and nobody is late on a day up to it', () => {
    const random = seededRandom(2026);
    const some = (from: string, days: number): CalendarDate => addDays(day(from), Math.floor(random() * days));
    const kinds = ['new-employee', 'temporary-staff', 'unit-manager'] as const;
    for (let round = 0; round < 2000; round++) {
      const introduction = { on: some('2026-01-01', 700), days: Math.floor(random() * 200) };
      const from = some('2024-01-01', 1500);
      const category = kinds[Math.floor(random() * 3)] ?? 'new-employee';
      const date = some('2025-06-01', 1000);
      const policy = assignmentPolicy(rules, tree, introduction);
      const record = works(category, from);
      const [assignment] = assignmentsOn(record, policy, asOf(date, new Date('2029-06-01T10:00:00Z')));
      expect(assignment && assignment.due >= introduction.on).toBe(true);
      if (date > introduction.on) continue;
      expect(assignment?.state).not.toBe('overdue');
    }
  });
});
