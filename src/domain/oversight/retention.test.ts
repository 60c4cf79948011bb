import { describe, expect, test } from 'vitest';
import type { CalendarDate, GroupId, TokenHash } from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';
import type { Engagement } from '#domain/people/staffing.ts';
import { sampleAttempt, samplePerson, sampleStaffing } from '../../../tests/contract/sample-documents.ts';
import { certificatesToKeep, isPersonDue, purgeDay, type RetentionMonths, withoutDue } from './retention.ts';

const day = (date: string) => date as CalendarDate;
const months: RetentionMonths = {
  person: 24,
  participant: 6,
  answers: 12,
  links: 1,
  group: 6,
  'loose-file': 3,
  security: 6,
};
const worked = (engagements: Partial<Engagement>[], fields: Partial<Person> = {}) =>
  samplePerson('anna', { staffing: [sampleStaffing(...engagements)], ...fields });

describe('a person’s record goes', () => {
  test('so many months after the last day of the last work, and not before', () => {
    const person = worked([{ to: day('2024-01-31') }, { to: day('2024-03-31') }]);
    expect(purgeDay(person, months)).toBe('2026-03-31');
    expect(isPersonDue(person, months, day('2026-03-30'))).toBe(false);
    expect(isPersonDue(person, months, day('2026-03-31'))).toBe(true);
  });

  test('never while some work has no last day', () => {
    expect(purgeDay(worked([{ to: day('2020-01-31') }, {}]), months)).toBeUndefined();
  });

  test('sooner for who came by a group’s code and has no address', () => {
    const summer = { groupId: 'summer' as GroupId };
    expect(purgeDay(worked([{ to: day('2026-08-31') }], summer), months)).toBe('2027-02-28');
    expect(purgeDay(worked([{ to: day('2026-08-31') }], { ...summer, email: 'a@b.se' }), months)).toBe('2028-08-31');
  });

  test('not while there is a legal hold', () => {
    const legalHold = { at: '2026-01-01T00:00:00.000Z', by: samplePerson('x').pseudonym };
    expect(isPersonDue(worked([{ to: day('2020-01-31') }], { legalHold }), months, day('2026-03-31'))).toBe(false);
  });
});

describe('within a record', () => {
  const answered = {
    ...sampleAttempt('one', ['bus']),
    answers: { bus: { kind: 'choose-one', option: 'a' } } as const,
    handedInAt: '2025-06-10T08:00:00.000Z',
  };
  const link = { tokenHash: 'a'.repeat(64) as TokenHash, expiresAt: '2026-05-01T00:00:00.000Z' };
  const person = worked([{}], { attempts: [answered], passwordReset: link });

  test('answers go a year after they were handed in, and the attempt and its result stay', () => {
    const { person: left, answers } = withoutDue(person, months, day('2026-06-10'));
    expect(answers).toBe(1);
    expect(left.attempts).toEqual([{ ...answered, answers: {} }]);
    expect(withoutDue(person, months, day('2026-06-09')).answers).toBe(0);
  });

  test('a link goes a month after it has ended; nothing due leaves the same document', () => {
    expect(withoutDue(person, months, day('2026-06-01'))).toMatchObject({
      links: 1,
      person: { passwordReset: undefined },
    });
    expect(withoutDue(person, months, day('2026-05-31')).person).toBe(person);
    const { person: left } = withoutDue(person, months, day('2026-06-10'));
    expect(withoutDue(left, months, day('2026-06-10')).person).toBe(left);
  });
});

test('of a purged person’s certificates those are kept that hold on the day', () => {
  expect(certificatesToKeep(samplePerson('anna'), day('2026-06-10'))).toEqual([]);
});
