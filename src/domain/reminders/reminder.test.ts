import { describe, expect, test } from 'vitest';
import { type AssignmentRules, assignmentPolicy } from '#domain/assignment/assignment.ts';
import { dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { CalendarDate, CertificateCode, NodeId, PersonId, Pseudonym } from '#domain/kernel/ids.ts';
import { type Organisation, treeOf } from '#domain/people/organisation.ts';
import type { SentReminder } from '#domain/people/person.ts';
import type { HeldCertificate, StaffRecord } from '#domain/people/staff-record.ts';
import type { Engagement } from '#domain/people/staffing.ts';
import { awake } from '../../../tests/support/acting.ts';
import { finished } from '../../../tests/support/finished.ts';
import { smallCourse } from '../../../tests/support/small-course.ts';
import { digestDue, digestLines, dueReminders, type Leader, type ReminderRules, unitsLedBy } from './reminder.ts';

const day = (text: string) => text as CalendarDate;
const unit = 'unit-1' as NodeId;
const organisation: Organisation = {
  id: 'organisation',
  nodes: [
    { id: 'namnd' as NodeId, kind: 'committee', versions: [{ recordedAt: '2026-01-01T00:00:00.000Z', name: 'Nämnd' }] },
    ...[unit, 'unit-2' as NodeId].map((id) => ({
      id,
      kind: 'unit' as const,
      versions: [{ recordedAt: '2026-01-01T00:00:00.000Z', name: id, parent: 'namnd' as NodeId }],
    })),
  ],
};
const tree = treeOf(organisation);
const assignmentRules: AssignmentRules = {
  renewalOpensDays: 60,
  introductionDays: 60,
  rules: [
    { id: 'ny', category: 'new-employee', track: 'new-employee', days: 14, beforeAlone: false, accepts: [] },
    { id: 'vik', category: 'temporary-staff', track: 'temporary-staff', days: 0, beforeAlone: true, accepts: [] },
  ],
};
const basis = {
  course: smallCourse([]),
  policy: assignmentPolicy(assignmentRules, tree, { on: '2000-01-01' as CalendarDate, days: 0 }),
};
const rules: ReminderRules = {
  fromHour: 8,
  firstAfterSeconds: 60,
  everyMinutes: 60,
  handOverMinutes: 15,
  daysAfterInvitation: 7,
  retryMinutes: [60, 240],
  mostTries: 10,
  digest: { weekday: 1 },
  steps: [
    { id: 'assigned', on: 'assigned' },
    { id: 'week-before', on: 'due', days: -7 },
    { id: 'due', on: 'due', days: 0 },
    { id: 'overdue', on: 'due', days: 1 },
    { id: 'renewal', on: 'renewal-opens' },
    { id: 'renewal-soon', on: 'validity-ends', days: -14 },
    { id: 'certificate', on: 'certificate', withinDays: 14 },
  ],
};

interface Given extends Partial<Omit<StaffRecord, 'staffing'>> {
  readonly engagement?: Partial<Engagement>;
  readonly leave?: readonly [from: string, to?: string];
}

/** A new employee from 1 June 2026: the last day is 15 June. */
function staff({ engagement, leave, ...given }: Given = {}): Leader {
  const recordedAt = '2026-06-01T04:00:00.000Z';
  return {
    id: 'anna' as PersonId,
    pseudonym: 'p-anna' as Pseudonym,
    name: 'Anna Andersson',
    nameGivenBy: 'employer',
    email: 'anna@lindala.example',
    employmentNumber: undefined,
    language: 'sv',
    protectedIdentity: undefined,
    decisions: [],
    identity: undefined,
    reminders: [],
    inviteOn: undefined,
    groupId: undefined,
    legalHold: undefined,
    createdAt: recordedAt,
    canSignIn: true,
    hasCode: false,
    invitation: undefined,
    lessonsDone: {},
    examBegun: {},
    missedLessons: [],
    certificates: [],
    lastSeenAt: recordedAt,
    ...given,
    grants: awake(given.grants ?? []),
    staffing: [
      {
        recordedAt,
        engagements: [{ unit, category: 'new-employee', from: day('2026-06-01'), ...engagement }],
        leaves: leave ? [{ from: day(leave[0]), to: leave[1] === undefined ? undefined : day(leave[1]) }] : [],
      },
    ],
  };
}

const sent = (rule: string, cycle: string): SentReminder => ({
  rule,
  cycle,
  claimedAt: '2026-06-01T06:00:00.000Z',
  sentAt: '2026-06-01T06:00:01.000Z',
  failures: 0,
});
const at = (text: string) => new Date(`${text}:00+02:00`);
const due = (record: StaffRecord, text: string) => dueReminders(record, basis, rules, at(text));
const keys = (record: StaffRecord, text: string) =>
  due(record, text).map(({ rule, cycle, says }) => `${rule} ${cycle} ${says}`);
const certificate = (issuedOn: string, validUntil: string): HeldCertificate => ({
  code: 'C0DE' as CertificateCode,
  track: 'new-employee',
  issuedAt: `${issuedOn}T10:00:00.000Z`,
  issuedOn: day(issuedOn),
  validUntil: day(validUntil),
});

describe('the steps towards the last day', () => {
  test.for([
    ['2026-06-01T08:00', 'assigned new-employee:2026-06-01 assigned'],
    ['2026-06-07T23:00', 'assigned new-employee:2026-06-01 assigned'],
    ['2026-06-08T08:00', 'week-before new-employee:2026-06-01@2026-06-15 before'],
    ['2026-06-14T08:00', 'week-before new-employee:2026-06-01@2026-06-15 before'],
    ['2026-06-15T08:00', 'due new-employee:2026-06-01@2026-06-15 due'],
    ['2026-06-16T08:00', 'overdue new-employee:2026-06-01@2026-06-15 overdue'],
    ['2026-09-01T08:00', 'overdue new-employee:2026-06-01@2026-06-15 overdue'],
  ] as const)(
    'at %s the latest whose day has come is due, also where earlier ones were missed: %s',
    ([when, expected]) => {
      expect(keys(staff(), when)).toEqual([expected]);
    },
  );

  test('each goes out once', () => {
    expect(keys(staff({ reminders: [sent('assigned', 'new-employee:2026-06-01')] }), '2026-06-02T08:00')).toEqual([]);
  });

  test('none goes out before the hour, by the clock in Sweden on either side of summer time', () => {
    expect(due(staff(), '2026-06-08T07:59')).toEqual([]);
    const winter = (utc: string) => dueReminders(staff(), basis, rules, new Date(utc));
    expect(winter('2026-10-25T06:59:00Z')).toEqual([]);
    expect(winter('2026-10-25T07:00:00Z')).toHaveLength(1);
    expect(winter('2026-10-24T06:00:00Z')).toHaveLength(1);
  });

  test('a moved last day is reminded of anew, and what has been assigned is not said again', () => {
    const decision = { track: 'new-employee', by: 'chef' as Pseudonym, reason: '', id: 'd' } as const;
    const moved = staff({
      decisions: [{ ...decision, kind: 'move-due', at: '2026-06-15T10:00:00.000Z', due: day('2026-06-30') }],
      reminders: [
        sent('assigned', 'new-employee:2026-06-01'),
        sent('week-before', 'new-employee:2026-06-01@2026-06-15'),
        sent('due', 'new-employee:2026-06-01@2026-06-15'),
      ],
    });
    expect(keys(moved, '2026-06-16T08:00')).toEqual([]);
    expect(keys(moved, '2026-06-23T08:00')).toEqual(['week-before new-employee:2026-06-01@2026-06-30 before']);
  });

  test('the last day is spoken of as it stands, where a step is late', () => {
    const late = { ...rules, steps: [{ id: 'due', on: 'due' as const, days: 0 }] };
    const [reminder] = dueReminders(staff(), basis, late, at('2026-06-18T08:00'));
    expect(reminder?.says).toBe('overdue');
  });
});

describe('nothing is sent', () => {
  test.for<[string, Given]>([
    ['while on leave', { leave: ['2026-06-10'] }],
    ['after the end of the engagement', { engagement: { to: day('2026-06-15') } }],
    ['to who has no e-mail', { email: undefined }],
    [
      'to who is exempt',
      {
        decisions: [
          {
            id: 'x',
            kind: 'exempt',
            track: 'new-employee',
            at: '2026-06-02T10:00:00.000Z',
            by: 'chef' as Pseudonym,
            reason: '',
          },
        ],
      },
    ],
    ['before the day that was chosen for the invitation', { canSignIn: false, inviteOn: day('2026-06-20') }],
    [
      'of what is done',
      {
        certificates: [certificate('2026-06-05', '2028-06-05')],
        reminders: [sent('certificate', 'new-employee:C0DE')],
      },
    ],
  ])('%s', ([, given]) => {
    expect(keys(staff(given), '2026-06-16T09:00')).toEqual([]);
  });

  test('while on leave, and after it what still holds', () => {
    expect(keys(staff({ leave: ['2026-06-10', '2026-06-20'] }), '2026-06-21T09:00')).toEqual([
      'overdue new-employee:2026-06-01@2026-06-15 overdue',
    ]);
  });
});

describe('certificates', () => {
  const held = (reminders: readonly SentReminder[] = []) =>
    staff({ certificates: [certificate('2026-06-05', '2028-06-05')], reminders });
  const told = sent('certificate', 'new-employee:C0DE');

  test('one that has been issued is told of, but not for long', () => {
    expect(keys(held(), '2026-06-05T14:00')).toEqual(['certificate new-employee:C0DE certificate']);
    expect(keys(held(), '2026-06-19T14:00')).toHaveLength(1);
    expect(keys(held(), '2026-06-20T14:00')).toEqual([]);
  });

  test('its renewal when it opens, nearer the end, and as overdue when it has ended', () => {
    const record = held([told]);
    expect(keys(record, '2028-04-05T08:00')).toEqual([]);
    expect(keys(record, '2028-04-06T08:00')).toEqual(['renewal new-employee:2028-06-05@2028-06-05 expiring']);
    expect(keys(record, '2028-05-22T08:00')).toEqual(['renewal-soon new-employee:2028-06-05@2028-06-05 expiring']);
    expect(keys(record, '2028-06-05T08:00')).toEqual(['renewal-soon new-employee:2028-06-05@2028-06-05 expiring']);
    expect(keys(record, '2028-06-06T08:00')).toEqual(['overdue new-employee:2028-06-05@2028-06-05 overdue']);
  });
});

describe('an invitation', () => {
  const invited = staff({ canSignIn: false, inviteOn: day('2026-06-03') });
  const link = { expiresAt: '2026-06-17T06:00:00.000Z' };

  test('goes out on its day, alone, and later if the day was missed', () => {
    expect(keys(invited, '2026-06-03T08:00')).toEqual(['invitation 2026-06-03 invitation']);
    expect(keys(invited, '2026-06-09T08:00')).toEqual(['invitation 2026-06-03 invitation']);
  });

  test('says that there is a course to take: the next mail is the next step', () => {
    const told = { ...sent('invitation', '2026-06-03'), sentAt: '2026-06-03T06:00:00.000Z' };
    const record = { ...invited, invitation: link, reminders: [told] };
    expect(keys(record, '2026-06-03T12:00')).toEqual([]);
    expect(keys(record, '2026-06-04T08:00')).toEqual([]);
    expect(keys(record, '2026-06-08T08:00')).toEqual(['week-before new-employee:2026-06-01@2026-06-15 before']);
  });

  test('that has been used, or was sent by hand since, is not sent again', () => {
    expect(keys({ ...invited, canSignIn: true }, '2026-06-03T08:00')).toEqual([
      'assigned new-employee:2026-06-01 assigned',
    ]);
    expect(keys({ ...invited, invitation: link }, '2026-06-03T12:00')).toEqual([]);
  });
});

describe('after a claim', () => {
  const key = { rule: 'assigned', cycle: 'new-employee:2026-06-01', claimedAt: '2026-06-02T06:00:00.000Z' };
  const claimed = (given: Partial<SentReminder>) => staff({ reminders: [{ ...key, failures: 0, ...given }] });

  test('what is under way is left alone, and handed over again when it must have been cut off', () => {
    expect(keys(claimed({}), '2026-06-02T08:14')).toEqual([]);
    expect(keys(claimed({}), '2026-06-02T08:15')).toHaveLength(1);
  });

  test('failures are tried again, at longer and longer intervals', () => {
    const failed = (failures: number) => claimed({ failures, lastFailureAt: '2026-06-02T06:00:10.000Z' });
    expect(keys(failed(1), '2026-06-02T09:00')).toEqual([]);
    expect(keys(failed(1), '2026-06-02T09:01')).toHaveLength(1);
    expect(keys(failed(2), '2026-06-02T12:00')).toEqual([]);
    expect(keys(failed(9), '2026-06-02T12:01')).toHaveLength(1);
    expect(keys(failed(10), '2026-06-03T12:01')).toEqual([]);
  });
});

describe('the digest', () => {
  const manager = staff({ id: 'chef' as PersonId, grants: [{ role: 'unit-manager', place: unit }] });
  const now = at('2026-06-15T08:00');
  const found = (...people: StaffRecord[]) =>
    finished(
      digestLines(manager, people, unitsLedBy(manager, tree), basis, { date: dateOf(now), known: instantOf(now) }),
    );
  const lines = (...people: StaffRecord[]) => found(...people).map(({ person, why }) => `${person.id} ${why}`);

  test('is due from its weekday, once a week, while its manager is at work', () => {
    expect(digestDue(manager, rules, at('2026-06-14T12:00'))?.cycle).toBe('2026-W24');
    expect(digestDue(manager, rules, at('2026-06-15T07:00'))).toBeUndefined();
    expect(digestDue(manager, rules, now)).toEqual({ rule: 'digest', cycle: '2026-W25' });
    const wednesday = { ...rules, digest: { weekday: 3 } };
    expect(digestDue(manager, wednesday, now)).toBeUndefined();
    expect(digestDue({ ...manager, reminders: [sent('digest', '2026-W25')] }, rules, now)).toBeUndefined();
    expect(digestDue({ ...manager, email: undefined, canSignIn: false }, rules, now)).toBeUndefined();
    expect(digestDue({ ...manager, grants: [] }, rules, now)).toBeUndefined();
    const away = staff({ grants: manager.grants, leave: ['2026-06-15', '2026-06-15'] });
    expect(digestDue(away, rules, now)).toBeUndefined();
    expect(
      digestDue(staff({ grants: manager.grants, engagement: { to: day('2026-06-14') } }), rules, now),
    ).toBeUndefined();
  });

  test('has who may not work alone, who is overdue and who has no e-mail, in that order', () => {
    const bare = staff({ id: 'utan' as PersonId, email: undefined });
    const late = staff({ id: 'sen' as PersonId, engagement: { category: 'new-employee', from: day('2026-05-01') } });
    const temp = staff({ id: 'vik' as PersonId, engagement: { category: 'temporary-staff', from: day('2026-06-15') } });
    expect(lines(bare, late, temp)).toEqual(['vik before-alone', 'sen overdue', 'utan no-email']);
  });

  test('has nobody who is in time, on leave, in another unit or the manager', () => {
    const late = { category: 'new-employee', from: day('2026-05-01') } as const;
    expect(
      lines(
        staff(),
        staff({ engagement: late, leave: ['2026-06-15'] }),
        staff({ engagement: { ...late, unit: 'unit-2' as NodeId } }),
        staff({ id: manager.id, engagement: late }),
      ),
    ).toEqual([]);
  });

  test('speaks of who begins next and has no e-mail: they take the course before the first shift', () => {
    const coming = { category: 'temporary-staff', from: day('2026-06-22') } as const;
    expect(lines(staff({ email: undefined, engagement: coming }))).toEqual(['anna no-email']);
  });

  test('managers B1: has who has not been invited, and says so of who is late; nobody’s goes to a manager who cannot sign in', () => {
    const never = { canSignIn: false } as const;
    const late = staff({ id: 'sen' as PersonId, ...never, engagement: { from: day('2026-05-01') } });
    const ny = staff({ id: 'ny' as PersonId, ...never, engagement: { from: day('2026-06-10') } });
    const planned = staff({
      id: 'plan' as PersonId,
      ...never,
      inviteOn: day('2026-06-20'),
      engagement: ny.staffing[0]?.engagements[0] ?? {},
    });
    expect(lines(late, ny, planned)).toEqual(['sen overdue', 'ny not-invited']);
    const [first] = found(late);
    expect(first?.isUninvited).toBe(true);
    expect(digestDue({ ...manager, canSignIn: false }, rules, now)).toBeUndefined();
  });
});
