import { z } from 'zod';
import type { Certificate } from '#domain/certificate.ts';
import type { Attempt, DrawnItem, ExamResult } from '#domain/exam.ts';
import type {
  AttemptId,
  CalendarDate,
  CertificateCode,
  CodeHash,
  GroupId,
  Instant,
  PersonId,
  TokenHash,
} from '#domain/ids.ts';
import { languages } from '#domain/language.ts';
import type { Engagement, Group, LessonDone, Person, SentLink } from '#domain/person.ts';
import { categories, roles } from '#domain/person.ts';
import type { Answer } from '#domain/scenario.ts';
import { isDocumentId, type StoredSession } from '#ports/store.ts';
import type { DocumentKind } from './document-format.ts';
import type { PersonEntry } from './person-index.ts';

/**
 * Every field of a domain type, optional ones too: a field that is added to the domain and forgotten here does not
 * compile, and so cannot be lost on its way to the disk.
 */
type FieldsOf<T> = { readonly [Field in keyof T]-?: z.ZodType<T[Field]> };

function branded<T extends string>(pattern: RegExp): z.ZodType<T> {
  return z.custom<T>((value) => typeof value === 'string' && pattern.test(value));
}

const documentId = <T extends string>(): z.ZodType<T> =>
  z.custom<T>((value) => typeof value === 'string' && isDocumentId(value));

const sha256 = /^[0-9a-f]{64}$/;
const instant = branded<Instant>(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const calendarDate = branded<CalendarDate>(/^\d{4}-\d\d-\d\d$/);
const text = z.string();
const nameGivenBy = z.enum(['employer', 'self']);
const category = z.enum(categories);

const sentLink = z.strictObject({
  tokenHash: branded<TokenHash>(sha256),
  expiresAt: instant,
  usedAt: instant.optional(),
} satisfies FieldsOf<SentLink>);

const engagement = z.strictObject({
  category,
  to: calendarDate.optional(),
} satisfies FieldsOf<Engagement>);

const lessonDone = z.strictObject({
  at: instant,
  courseVersion: text,
} satisfies FieldsOf<LessonDone>);

const answer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choose-one'), option: text }),
  z.strictObject({ kind: z.literal('choose-all'), options: z.array(text) }),
  z.strictObject({ kind: z.literal('order'), steps: z.array(text) }),
  z.strictObject({ kind: z.literal('conversation'), path: z.array(text) }),
]) satisfies z.ZodType<Answer>;

const drawnItem = z.strictObject({
  scenario: text,
  version: z.int(),
  order: z.array(text),
} satisfies FieldsOf<DrawnItem>);

const examResult = z.strictObject({
  right: z.int(),
  total: z.int(),
  passed: z.boolean(),
  criticalMissed: z.boolean(),
  reread: z.array(text),
} satisfies FieldsOf<ExamResult>);

const attempt = z.strictObject({
  id: documentId<AttemptId>(),
  courseVersion: text,
  startedAt: instant,
  items: z.array(drawnItem),
  answers: z.record(z.string(), answer),
  handedInAt: instant.optional(),
  result: examResult.optional(),
} satisfies FieldsOf<Attempt>);

const certificate = z.strictObject({
  code: branded<CertificateCode>(/^[0-9A-HJKMNP-TV-Z]{20}$/),
  name: text,
  nameGivenBy,
  track: category,
  courseVersion: text,
  guidelines: z.record(z.string(), z.string()),
  issuedAt: instant,
  issuedOn: calendarDate,
  validUntil: calendarDate,
  issuer: text,
} satisfies FieldsOf<Certificate>);

const person = {
  id: documentId<PersonId>(),
  name: text,
  nameGivenBy,
  email: text.optional(),
  passwordHash: text.optional(),
  codeHash: branded<CodeHash>(sha256).optional(),
  roles: z.array(z.enum(roles)),
  language: z.enum(languages),
  engagement,
  groupId: documentId<GroupId>().optional(),
  invitation: sentLink.optional(),
  passwordReset: sentLink.optional(),
  lessonsDone: z.record(z.string(), lessonDone),
  lastLesson: text.optional(),
  attempts: z.array(attempt),
  certificates: z.array(certificate),
  createdAt: instant,
} satisfies FieldsOf<Person>;

/**
 * `schema` is the number each document carries on disk. To change a shape: raise the number here, add the step from the
 * old one to `migrations`, and put a data folder of the old shape under tests/fixtures.
 */
export const personDocument: DocumentKind<Person> = {
  schema: 1,
  migrations: {},
  shape: z.strictObject(person),
};

/**
 * Only what the indexes need, for opening 10,000 documents: the whole shape takes as long again as reading and parsing
 * them. A document that is wrong elsewhere is found when it is read.
 */
export const personEntryDocument: DocumentKind<PersonEntry> = {
  ...personDocument,
  shape: z.object({
    id: person.id,
    email: person.email,
    codeHash: person.codeHash,
    groupId: person.groupId,
    invitation: sentLink.pick({ tokenHash: true }).strip().optional(),
    passwordReset: sentLink.pick({ tokenHash: true }).strip().optional(),
    certificates: z.array(certificate.pick({ code: true }).strip()),
    createdAt: person.createdAt,
  } satisfies FieldsOf<PersonEntry>),
};

export const groupDocument: DocumentKind<Group> = {
  schema: 1,
  migrations: {},
  shape: z.strictObject({
    id: documentId<GroupId>(),
    name: text,
    code: text,
    category,
    lastDay: calendarDate,
    size: z.int(),
    seats: z.array(documentId<PersonId>()),
    createdBy: documentId<PersonId>(),
    createdAt: instant,
    closedAt: instant.optional(),
  } satisfies FieldsOf<Group>),
};

export const sessionDocument: DocumentKind<StoredSession> = {
  schema: 1,
  migrations: {},
  shape: z.strictObject({
    id: documentId<string>(),
    personId: documentId<PersonId>(),
    expiresAt: instant,
  } satisfies FieldsOf<StoredSession>),
};
