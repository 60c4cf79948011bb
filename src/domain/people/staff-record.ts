import type { Certificate } from '#domain/exam/certificate.ts';
import type { Attempt } from '#domain/exam/exam.ts';
import type { Category } from '#domain/kernel/category.ts';
import type { Instant } from '#domain/kernel/ids.ts';
import type { Person, SentLink } from './person.ts';

/**
 * What lists, reminders and figures need of a person: state and dates, never answers, scores or the number of attempts.
 * Stores keep these ready for everybody ({@link PersonStore.staffOf}), so that a unit's page reads no document.
 */
export interface StaffRecord
  extends Pick<
    Person,
    | 'id'
    | 'pseudonym'
    | 'name'
    | 'nameGivenBy'
    | 'email'
    | 'mailRefusedAt'
    | 'employmentNumber'
    | 'grants'
    | 'language'
    | 'protectedIdentity'
    | 'staffing'
    | 'decisions'
    | 'identity'
    | 'reminders'
    | 'inviteOn'
    | 'groupId'
    | 'legalHold'
    | 'createdAt'
  > {
  /** With an address and a password: what a role asks for. */
  readonly canSignIn: boolean;
  /** Signs in with a personal code, as a group's participants do. */
  readonly hasCode: boolean;
  readonly invitation?: Pick<SentLink, 'expiresAt' | 'usedAt'> | undefined;
  /** When each lesson was done. */
  readonly lessonsDone: Readonly<Record<string, Instant>>;
  /** When the first attempt of a track was begun. */
  readonly examBegun: Readonly<Partial<Record<Category, Instant>>>;
  /** Lessons to reread after failed attempts, once each: for the weak themes of a whole unit, never shown for one person. */
  readonly missedLessons: readonly { readonly lesson: string; readonly at: Instant }[];
  readonly certificates: readonly HeldCertificate[];
  /** The newest of everything the person has done here. */
  readonly lastSeenAt: Instant;
}

export type HeldCertificate = Pick<Certificate, 'code' | 'track' | 'issuedAt' | 'issuedOn' | 'validUntil'>;

/** Whether mail reaches somebody, as far as is known. */
export function isReachedByMail({ email, mailRefusedAt }: Pick<StaffRecord, 'email' | 'mailRefusedAt'>): boolean {
  return email !== undefined && mailRefusedAt === undefined;
}

/** Whether somebody can sign in at all. */
export function mayEnter({ canSignIn, hasCode }: Pick<StaffRecord, 'canSignIn' | 'hasCode'>): boolean {
  return canSignIn || hasCode;
}

/** What a record is made of: everything but what the index of a store can do without. */
export type RecordSource = Pick<
  Person,
  | Exclude<keyof StaffRecord & keyof Person, 'invitation' | 'lessonsDone' | 'certificates'>
  | 'invitation'
  | 'lessonsDone'
  | 'certificates'
  | 'attempts'
  | 'passwordHash'
  | 'codeHash'
>;

export function staffRecordOf(person: RecordSource): StaffRecord {
  const { id, pseudonym, name, nameGivenBy, email, employmentNumber, grants, language, protectedIdentity } = person;
  const { mailRefusedAt, staffing, decisions, identity, reminders, inviteOn, groupId, legalHold, createdAt } = person;
  const lessonsDone = Object.fromEntries(Object.entries(person.lessonsDone).map(([slug, { at }]) => [slug, at]));
  const certificates = person.certificates.map(({ code, track, issuedAt, issuedOn, validUntil }) => ({
    code,
    track,
    issuedAt,
    issuedOn,
    validUntil,
  }));
  return {
    ...{ id, pseudonym, name, nameGivenBy, email, employmentNumber, grants, language, protectedIdentity },
    ...{ mailRefusedAt, staffing, decisions, identity, reminders, inviteOn, groupId, legalHold, createdAt },
    canSignIn: person.passwordHash !== undefined && email !== undefined,
    hasCode: person.codeHash !== undefined,
    invitation: person.invitation && { expiresAt: person.invitation.expiresAt, usedAt: person.invitation.usedAt },
    lessonsDone,
    examBegun: examBegunIn(person.attempts),
    missedLessons: missedIn(person.attempts),
    certificates,
    lastSeenAt: latest([
      createdAt,
      ...Object.values(lessonsDone),
      ...person.attempts.flatMap(({ startedAt, handedInAt }) => [startedAt, handedInAt ?? startedAt]),
    ]),
  };
}

/** The moment of the last thing that is known from these records: asked about later, they say the same. Empty text for none. */
export function newestIn(records: readonly StaffRecord[]): Instant {
  let newest = '';
  for (const { lastSeenAt, staffing, decisions, certificates } of records) {
    if (lastSeenAt > newest) newest = lastSeenAt;
    for (const { recordedAt } of staffing) if (recordedAt > newest) newest = recordedAt;
    for (const { at } of decisions) if (at > newest) newest = at;
    for (const { issuedAt } of certificates) if (issuedAt > newest) newest = issuedAt;
  }
  return newest;
}

function examBegunIn(attempts: readonly Attempt[]): Partial<Record<Category, Instant>> {
  const begun: Partial<Record<Category, Instant>> = {};
  for (const { track, startedAt } of attempts) begun[track] ??= startedAt;
  return begun;
}

function missedIn(attempts: readonly Attempt[]): StaffRecord['missedLessons'] {
  const first = new Map<string, Instant>();
  for (const { result, handedInAt } of attempts) {
    for (const lesson of result?.reread ?? []) {
      if (handedInAt && !first.has(lesson)) first.set(lesson, handedInAt);
    }
  }
  return [...first].map(([lesson, at]) => ({ lesson, at }));
}

function latest(instants: readonly Instant[]): Instant {
  return instants.reduce((one, other) => (one > other ? one : other));
}
