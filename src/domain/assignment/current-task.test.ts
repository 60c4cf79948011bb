import { describe, expect, test } from 'vitest';
import type { Category } from '#domain/kernel/category.ts';
import { day } from '../../../tests/contract/sample-documents.ts';
import type { Assignment } from './assignment.ts';
import { coveredBy, currentTask, isOpen } from './current-task.ts';

const task = (track: Category, due: string, fields: Partial<Assignment> = {}): Assignment => ({
  track,
  accepts: [],
  cycle: track,
  mandatory: true,
  beforeAlone: false,
  units: [],
  since: day('2026-06-01'),
  due: day(due),
  state: 'not-started',
  ...fields,
});

test('open is what can still be done something about', () => {
  const states = ['overdue', 'expiring', 'under-way', 'not-started', 'done', 'exempt'] as const;
  expect(states.filter((state) => isOpen({ state }))).toEqual(['overdue', 'expiring', 'under-way', 'not-started']);
});

describe('what is to be done now', () => {
  test('is nothing when nothing is open', () => {
    expect(currentTask([], [])).toBeUndefined();
    const finished = [
      task('student', '2026-06-10', { state: 'done' }),
      task('new-employee', '2026-06-01', { state: 'exempt' }),
    ];
    expect(currentTask(finished, [])).toBeUndefined();
  });

  test('is what is due first, and of two due together the mandatory one', () => {
    const later = task('new-employee', '2026-06-15');
    const first = task('unit-manager', '2026-06-10');
    const extra = task('student', '2026-06-10', { mandatory: false });
    expect(currentTask([later, extra, first], [])).toBe(first);
    expect(currentTask([later, extra], [])).toBe(extra);
  });

  test('leaves what another course settles too to that one', () => {
    const employee = task('new-employee', '2026-06-15', { accepts: ['unit-manager'] });
    const manager = task('unit-manager', '2026-07-01');
    expect(coveredBy(employee, [employee, manager])).toBe(manager);
    expect(coveredBy(manager, [employee, manager])).toBeUndefined();
    expect(currentTask([employee, manager], [])).toBe(manager);
    expect(currentTask([employee, { ...manager, state: 'exempt' }], [])).toBe(employee);
  });

  test('is as urgent as everything that it settles', () => {
    const employee = task('new-employee', '2026-06-15', { accepts: ['unit-manager'] });
    const manager = task('unit-manager', '2026-07-01');
    const extra = task('student', '2026-06-20', { mandatory: false });
    expect(currentTask([extra, employee, manager], [])).toBe(manager);
  });

  test('is the first of two that do for each other', () => {
    const one = task('student', '2026-06-15', { accepts: ['summer-worker'] });
    const other = task('summer-worker', '2026-06-10', { accepts: ['student'] });
    expect(currentTask([one, other], [])).toBe(one);
    expect(coveredBy(one, [one, other])).toBeUndefined();
  });

  test('is the exam that is begun, while that is open', () => {
    const urgent = task('student', '2026-06-10');
    const begun = task('unit-manager', '2026-07-01');
    expect(currentTask([urgent, begun], ['unit-manager'])).toBe(begun);
    expect(currentTask([urgent, { ...begun, state: 'done' }], ['unit-manager'])).toBe(urgent);
  });
});
