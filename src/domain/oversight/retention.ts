import { certificateState, type KeptCertificate } from '#domain/exam/certificate.ts';
import type { Attempt } from '#domain/exam/exam.ts';
import type { Group } from '#domain/groups/group.ts';
import { addMonths, dateOf } from '#domain/kernel/calendar.ts';
import type { CalendarDate, Instant, Pseudonym } from '#domain/kernel/ids.ts';
import type { Person, SentLink } from '#domain/people/person.ts';
import { currentStaffing } from '#domain/people/staffing.ts';

/** What a rule is about: content/retention.yaml says from which day the months are counted. */
export const retainedRecords = [
  'person',
  'participant',
  'answers',
  'links',
  'group',
  'loose-file',
  'security',
] as const;
export type RetainedRecord = (typeof retainedRecords)[number];

/** Calendar months that each kind of record is kept. */
export type RetentionMonths = Readonly<Record<RetainedRecord, number>>;

/** What was removed on one occasion. It names no one. */
export interface PurgeRecord {
  readonly id: string;
  readonly at: Instant;
  readonly by: Pseudonym | 'system';
  readonly counts: readonly { readonly record: RetainedRecord; readonly count: number }[];
}

/** Somebody who came by a group's code and has not become an employee with an address since. */
export function isParticipant({ groupId, email }: Pick<Person, 'groupId' | 'email'>): boolean {
  return groupId !== undefined && email === undefined;
}

/**
 * The first day on which a person's whole record is purged; undefined while they work, or nobody knows when they leave. A legal
 * hold does not move the day: see `isPersonDue`.
 */
export function purgeDay(
  person: Pick<Person, 'staffing' | 'groupId' | 'email'>,
  months: RetentionMonths,
): CalendarDate | undefined {
  const ends = currentStaffing(person).engagements.map(({ to }) => to);
  const last = ends.reduce((one, other) => (one === undefined || other === undefined ? undefined : later(one, other)));
  return last && addMonths(last, isParticipant(person) ? months.participant : months.person);
}

export function isPersonDue(
  person: Pick<Person, 'staffing' | 'groupId' | 'email' | 'legalHold'>,
  months: RetentionMonths,
  today: CalendarDate,
): boolean {
  const day = purgeDay(person, months);
  return person.legalHold === undefined && day !== undefined && day <= today;
}

/** The first day on which an attempt's answers go. */
export function answersPurgeDay(
  { handedInAt, startedAt }: Pick<Attempt, 'handedInAt' | 'startedAt'>,
  months: RetentionMonths,
): CalendarDate {
  return addMonths(dateOf(new Date(handedInAt ?? startedAt)), months.answers);
}

/** A person's record without what has stood its time, and how much that was. The same document where nothing is due. */
export function withoutDue(
  person: Person,
  months: RetentionMonths,
  today: CalendarDate,
): { readonly person: Person; readonly answers: number; readonly links: number } {
  if (person.legalHold) return { person, answers: 0, links: 0 };
  const isPast = (moment: Instant, count: number) => addMonths(dateOf(new Date(moment)), count) <= today;
  let answers = 0;
  const attempts = person.attempts.map((attempt) => {
    const isDue = answersPurgeDay(attempt, months) <= today;
    if (!isDue || Object.keys(attempt.answers).length === 0) return attempt;
    answers += 1;
    return { ...attempt, answers: {} };
  });
  const isOver = (link: Pick<SentLink, 'usedAt' | 'expiresAt'> | undefined) =>
    link && isPast(link.usedAt ?? link.expiresAt, months.links);
  const { invitation, passwordReset, pastLinks = [] } = person;
  const links = [invitation, passwordReset, ...pastLinks].filter(isOver).length;
  if (answers + links === 0) return { person, answers, links };
  const left = {
    invitation: isOver(invitation) ? undefined : invitation,
    passwordReset: isOver(passwordReset) ? undefined : passwordReset,
    pastLinks: pastLinks.every(isOver) ? undefined : pastLinks.filter((link) => !isOver(link)),
  };
  return { person: { ...person, attempts, ...left }, answers, links };
}

/** The first day on which a group goes, once nobody who joined is left. */
export function groupPurgeDay({ lastDay }: Pick<Group, 'lastDay'>, months: RetentionMonths): CalendarDate {
  return addMonths(lastDay, months.group);
}

/** What has to stay checkable of a person who is purged. */
export function certificatesToKeep(
  person: Pick<Person, 'certificates' | 'protectedIdentity' | 'identity'>,
  today: CalendarDate,
): readonly KeptCertificate[] {
  const { protectedIdentity, identity } = person;
  return person.certificates
    .filter((certificate) => certificateState(certificate, today) === 'valid')
    .map(({ code, issuedAt: _moment, name, ...shown }) => ({
      ...shown,
      id: code,
      name: protectedIdentity ? undefined : name,
      identity: identity && { confirmedOn: dateOf(new Date(identity.at)), onPaper: identity.onPaper ?? false },
    }));
}

function later(one: CalendarDate, other: CalendarDate): CalendarDate {
  return one > other ? one : other;
}
