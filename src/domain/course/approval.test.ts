import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '#domain/kernel/ids.ts';
import { approvalState, isLawCheckOld } from './approval.ts';

const day = (text: string) => text as CalendarDate;
const first = { by: 'Kommunjuristen', on: day('2026-03-01'), version: '2026.1' };
const second = { by: 'Socialjuristen', on: day('2026-12-01'), version: '2026.2' };

describe('jurist A3: an approval is an act, not a sentence', () => {
  test('without one, nobody has approved', () => {
    expect(approvalState([], '2026.1')).toEqual({ kind: 'none' });
  });

  test('it is of one version', () => {
    expect(approvalState([first, second], '2026.1')).toEqual({ kind: 'approved', approval: first });
    expect(approvalState([first, second], '2026.2')).toEqual({ kind: 'approved', approval: second });
    expect(approvalState([first], '2026.2')).toEqual({ kind: 'earlier', approval: first });
  });

  test('of two of the same version the newer counts', () => {
    const again = { ...first, on: day('2026-05-01') };
    expect(approvalState([first, again], '2026.1')).toEqual({ kind: 'approved', approval: again });
  });
});

describe('a comparison with the law', () => {
  test.for([
    ['2026-11-12', false],
    ['2026-11-13', true],
  ] as const)('of 12 February is old on %s: %s', ([today, isOld]) => {
    expect(isLawCheckOld(day('2026-02-12'), day(today))).toBe(isOld);
  });
});
