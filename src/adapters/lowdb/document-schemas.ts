import { z } from 'zod';
import { type Device, deviceBrowsers, deviceSystems } from '#domain/account/device.ts';
import { linkKinds } from '#domain/account/sent-link.ts';
import { sessionOpeners } from '#domain/account/session.ts';
import type { Answer } from '#domain/course/scenario.ts';
import type { Certificate, KeptCertificate } from '#domain/exam/certificate.ts';
import type { Attempt, DrawnItem, ExamResult, PaperVoucher } from '#domain/exam/exam.ts';
import type { Group, PaperSheet } from '#domain/groups/group.ts';
import { type ColumnMapping, importFields } from '#domain/import/columns.ts';
import type { ImportChoices } from '#domain/import/plan-import.ts';
import { separators } from '#domain/import/separator.ts';
import type {
  DecidedImport,
  DoneImport,
  ImportCounts,
  ImportEntry,
  ImportId,
  ImportLayout,
  ImportLayouts,
  OpenImport,
  StaffImport,
} from '#domain/import/staff-import.ts';
import { categories } from '#domain/kernel/category.ts';
import type {
  AttemptId,
  CalendarDate,
  CertificateCode,
  CodeHash,
  GroupId,
  Instant,
  NodeId,
  PersonId,
  Pseudonym,
  TokenHash,
} from '#domain/kernel/ids.ts';
import { languages } from '#domain/kernel/language.ts';
import { type PurgeRecord, retainedRecords } from '#domain/oversight/retention.ts';
import { type NodeVersion, nodeKinds, type Organisation, type OrganisationNode } from '#domain/people/organisation.ts';
import type {
  Decision,
  Grant,
  IdentityConfirmation,
  LegalHold,
  LessonDone,
  Passkey,
  PastLink,
  Person,
  SecondFactors,
  SentLink,
  SentReminder,
} from '#domain/people/person.ts';
import { roles } from '#domain/people/person.ts';
import type { Engagement, Leave, Staffing } from '#domain/people/staffing.ts';
import { mailSwitches, type PausedMail } from '#domain/settings/mail-switch.ts';
import type { ChosenIntroduction, OwnSettings } from '#domain/settings/own-settings.ts';
import { isDocumentId, type StoredSession } from '#ports/store.ts';
import type { DocumentKind } from './document-format.ts';
import { madeByPseudonym, openedEarlier, placedInTheOrganisation, unchanged, withRolesOfToday } from './migrations.ts';
import type { PersonEntry } from './person-index.ts';

/**
 * Every field of a domain type, optional ones too: a field that is added to the domain and forgotten here does not
 * compile, and so cannot be lost on its way to the disk.
 */
type FieldsOf<T> = { readonly [Field in keyof T]-?: z.ZodType<T[Field]> };

/** What a text must look like; `meta` is what the test of shapes sees of it. */
function branded<T extends string>(pattern: RegExp): z.ZodType<T> {
  return z
    .custom<T>((value) => typeof value === 'string' && pattern.test(value))
    .meta({ type: 'string', pattern: pattern.source });
}

const documentId = <T extends string>(): z.ZodType<T> =>
  z
    .custom<T>((value) => typeof value === 'string' && isDocumentId(value))
    .meta({ type: 'string', pattern: 'document id' });

const sha256 = /^[0-9a-f]{64}$/;
/** With the id of its key, but for the first one's. */
const keyedHash = /^(k[1-9]\d{0,5}:)?[0-9a-f]{64}$/;
const instant = branded<Instant>(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const calendarDate = branded<CalendarDate>(/^\d{4}-\d\d-\d\d$/);
const text = z.string();
const nameGivenBy = z.enum(['employer', 'self']);
const category = z.enum(categories);

const sentLink = z.strictObject({
  tokenHash: branded<TokenHash>(sha256),
  expiresAt: instant,
  usedAt: instant.optional(),
  clearsFactors: z.literal(true).optional(),
} satisfies FieldsOf<SentLink>);

const pastLink = z.strictObject({
  kind: z.enum(linkKinds),
  tokenHash: sentLink.shape.tokenHash,
  expiresAt: instant,
  usedAt: instant.optional(),
  ended: z.enum(['replaced', 'withdrawn']),
} satisfies FieldsOf<PastLink>);

const nodeId = documentId<NodeId>();
const pseudonym = documentId<Pseudonym>();

const engagement = z.strictObject({
  unit: nodeId.optional(),
  category,
  from: calendarDate,
  to: calendarDate.optional(),
} satisfies FieldsOf<Engagement>);

const leave = z.strictObject({ from: calendarDate, to: calendarDate.optional() } satisfies FieldsOf<Leave>);

const staffing = z.strictObject({
  recordedAt: instant,
  engagements: z.array(engagement).min(1),
  leaves: z.array(leave),
} satisfies FieldsOf<Staffing>);

const grant = z.strictObject({
  role: z.enum(roles),
  place: z.union([z.literal('everything'), nodeId]),
  seesProtected: z.literal(true).optional(),
  from: calendarDate.optional(),
  to: calendarDate.optional(),
  givenAt: instant.optional(),
  by: pseudonym.optional(),
} satisfies FieldsOf<Grant>);

const decided = {
  id: text,
  track: category,
  at: instant,
  by: pseudonym,
  reason: text,
  unit: nodeId.optional(),
};
const decision = z.discriminatedUnion('kind', [
  z.strictObject({ ...decided, kind: z.literal('assign'), due: calendarDate }),
  z.strictObject({ ...decided, kind: z.literal('move-due'), due: calendarDate }),
  z.strictObject({ ...decided, kind: z.literal('exempt'), until: calendarDate.optional() }),
  z.strictObject({ ...decided, kind: z.literal('withdraw'), decision: text }),
]) satisfies z.ZodType<Decision>;

const identity = z.strictObject({
  by: pseudonym,
  at: instant,
  onPaper: z.literal(true).optional(),
} satisfies FieldsOf<IdentityConfirmation>);

const sentReminder = z.strictObject({
  rule: text,
  cycle: text,
  claimedAt: instant,
  sentAt: instant.optional(),
  failures: z.int(),
  lastFailureAt: instant.optional(),
  passedOverAt: instant.optional(),
} satisfies FieldsOf<SentReminder>);

const passkey = z.strictObject({
  id: text,
  publicKey: text,
  counter: z.int(),
  transports: z.array(text),
  label: text,
  addedAt: instant,
} satisfies FieldsOf<Passkey>);

const secondFactors = z.strictObject({
  passkeys: z.array(passkey),
  totp: z.strictObject({ secret: text, addedAt: instant, lastStep: z.int().optional() }).optional(),
  recoveryCodes: z.array(branded<CodeHash>(keyedHash)),
} satisfies FieldsOf<SecondFactors>);

const legalHold = z.strictObject({ at: instant, by: pseudonym } satisfies FieldsOf<LegalHold>);

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

const paperVoucher = z.strictObject({
  takenOn: calendarDate,
  vouchedBy: pseudonym,
  enteredBy: pseudonym,
} satisfies FieldsOf<PaperVoucher>);

const attempt = z.strictObject({
  id: documentId<AttemptId>(),
  track: category,
  courseVersion: text,
  startedAt: instant,
  items: z.array(drawnItem),
  answers: z.record(z.string(), answer),
  handedInAt: instant.optional(),
  result: examResult.optional(),
  onPaper: paperVoucher.optional(),
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
  takenOnPaper: calendarDate.optional(),
  issuer: text,
} satisfies FieldsOf<Certificate>);

const person = {
  id: documentId<PersonId>(),
  pseudonym,
  name: text,
  nameGivenBy,
  email: text.optional(),
  mailRefusedAt: instant.optional(),
  employmentNumber: text.optional(),
  passwordHash: text.optional(),
  codeHash: branded<CodeHash>(keyedHash).optional(),
  codeEnding: text.optional(),
  secondFactors: secondFactors.optional(),
  credentialChanges: z.int().optional(),
  grants: z.array(grant),
  language: z.enum(languages),
  protectedIdentity: z.literal(true).optional(),
  staffing: z.array(staffing).min(1),
  decisions: z.array(decision),
  identity: identity.optional(),
  reminders: z.array(sentReminder),
  inviteOn: calendarDate.optional(),
  legalHold: legalHold.optional(),
  groupId: documentId<GroupId>().optional(),
  invitation: sentLink.optional(),
  passwordReset: sentLink.optional(),
  pastLinks: z.array(pastLink).optional(),
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
  schema: 4,
  migrations: { 1: placedInTheOrganisation, 2: withRolesOfToday, 3: unchanged },
  shape: z.strictObject(person),
};

/**
 * What the indexes need, for opening 10,000 documents: the whole shape takes as long again as reading and parsing them. What
 * is only passed on (`trusted`) is checked when the document is read.
 */
export const personEntryDocument: DocumentKind<PersonEntry> = {
  ...personDocument,
  shape: z.object({
    id: person.id,
    pseudonym: person.pseudonym,
    name: person.name,
    nameGivenBy: person.nameGivenBy,
    email: person.email,
    mailRefusedAt: person.mailRefusedAt,
    employmentNumber: person.employmentNumber,
    passwordHash: person.passwordHash,
    codeHash: person.codeHash,
    grants: trusted<Person['grants']>(),
    language: person.language,
    protectedIdentity: person.protectedIdentity,
    staffing: trusted<Person['staffing']>(),
    decisions: trusted<Person['decisions']>(),
    identity: person.identity,
    reminders: trusted<Person['reminders']>(),
    inviteOn: person.inviteOn,
    legalHold: person.legalHold,
    groupId: person.groupId,
    invitation: person.invitation,
    passwordReset: person.passwordReset,
    pastLinks: person.pastLinks,
    lessonsDone: z.custom<Person['lessonsDone']>((value) => typeof value === 'object' && value !== null),
    attempts: trusted<Person['attempts']>(),
    certificates: trusted<Person['certificates']>(),
    createdAt: person.createdAt,
  } satisfies FieldsOf<PersonEntry>),
};

/** A list as our own program wrote it. */
function trusted<T extends readonly object[]>(): z.ZodType<T> {
  return z.custom<T>((value) => Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null));
}

const paperSheet = z.strictObject({
  id: documentId<AttemptId>(),
  number: z.int(),
  track: category,
  courseVersion: text,
  items: z.array(drawnItem),
  printedAt: instant,
  person: documentId<PersonId>().optional(),
} satisfies FieldsOf<PaperSheet>);

export const groupDocument: DocumentKind<Group> = {
  schema: 2,
  migrations: { 1: madeByPseudonym },
  shape: z.strictObject({
    id: documentId<GroupId>(),
    name: text,
    unit: nodeId.optional(),
    code: text,
    category,
    lastDay: calendarDate,
    size: z.int(),
    seats: z.array(documentId<PersonId>()),
    sheets: z.array(paperSheet).optional(),
    createdBy: pseudonym,
    createdAt: instant,
    closedAt: instant.optional(),
  } satisfies FieldsOf<Group>),
};

const device = z.strictObject({
  browser: z.enum(deviceBrowsers),
  system: z.enum(deviceSystems),
} satisfies FieldsOf<Device>);

export const sessionDocument: DocumentKind<StoredSession> = {
  schema: 3,
  migrations: { 1: openedEarlier, 2: unchanged },
  shape: z.strictObject({
    id: documentId<string>(),
    personId: documentId<PersonId>(),
    expiresAt: instant,
    createdAt: instant,
    provenAt: instant,
    lastUsedAt: instant,
    openedBy: z.enum(sessionOpeners),
    credentialChanges: z.int().optional(),
    device,
    strongAt: instant.optional(),
  } satisfies FieldsOf<StoredSession>),
};

const nodeVersion = z.strictObject({
  recordedAt: instant,
  name: text,
  parent: nodeId.optional(),
  removed: z.literal(true).optional(),
} satisfies FieldsOf<NodeVersion>);

const organisationNode = z.strictObject({
  id: nodeId,
  kind: z.enum(nodeKinds),
  code: text.optional(),
  versions: z.array(nodeVersion).min(1),
} satisfies FieldsOf<OrganisationNode>);

export const organisationDocument: DocumentKind<Organisation> = {
  schema: 1,
  migrations: {},
  shape: z.strictObject({
    id: z.literal('organisation'),
    nodes: z.array(organisationNode),
  } satisfies FieldsOf<Organisation>),
};

const chosenIntroduction = z.strictObject({
  on: calendarDate,
  days: z.int(),
  chosenAt: instant,
  chosenBy: pseudonym,
} satisfies FieldsOf<ChosenIntroduction>);

const pausedMail = z.strictObject({
  what: z.enum(mailSwitches),
  since: instant,
  by: pseudonym,
} satisfies FieldsOf<PausedMail>);

export const settingsDocument: DocumentKind<OwnSettings> = {
  schema: 1,
  migrations: {},
  shape: z.strictObject({
    id: z.literal('settings'),
    introductions: z.array(chosenIntroduction),
    pausedMail: z.array(pausedMail),
  } satisfies FieldsOf<OwnSettings>),
};

const column = z.int().min(0);
const columnMapping: z.ZodType<ColumnMapping> = z.partialRecord(z.enum(importFields), column);

const importChoices = z.strictObject({
  full: z.boolean(),
  otherCategory: category.optional(),
  inviteOn: calendarDate.optional(),
} satisfies FieldsOf<ImportChoices>);

const importCounts = z.strictObject({
  added: z.int(),
  moved: z.int(),
  changed: z.int(),
  ended: z.int(),
  broken: z.int(),
} satisfies FieldsOf<ImportCounts>);

const importEntry = z.strictObject({
  person: documentId<PersonId>(),
  pseudonym: pseudonym.optional(),
  basedOn: instant.optional(),
  name: text,
  email: text.optional(),
  employmentNumber: text,
  engagements: z.array(engagement).min(1),
  leaves: z.array(leave),
  inviteOn: calendarDate.optional(),
  otherEmail: z.literal(true).optional(),
} satisfies FieldsOf<ImportEntry>);

const importBase = { id: documentId<ImportId>(), by: pseudonym, createdAt: instant };

const openImport = z.strictObject({
  ...importBase,
  state: z.literal('open'),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'macintosh']),
  separator: z.enum(separators),
  columns: z.array(text),
  left: z.array(column),
  rows: z.array(z.strictObject({ line: z.int(), cells: z.array(text) })),
  mapping: columnMapping,
  choices: importChoices,
} satisfies FieldsOf<OpenImport>);

const decidedImport = z.strictObject({
  ...importBase,
  state: z.literal('decided'),
  decidedAt: instant,
  counts: importCounts,
  entries: z.array(importEntry),
} satisfies FieldsOf<DecidedImport>);

const doneImport = z.strictObject({
  ...importBase,
  state: z.literal('done'),
  counts: importCounts,
  passedOver: z.int(),
} satisfies FieldsOf<DoneImport>);

export const importDocument: DocumentKind<StaffImport> = {
  schema: 1,
  migrations: {},
  shape: z.discriminatedUnion('state', [openImport, decidedImport, doneImport]),
};

const importLayout = z.strictObject({
  headings: branded<string>(sha256),
  mapping: columnMapping,
  otherCategory: category.optional(),
  usedAt: instant,
} satisfies FieldsOf<ImportLayout>);

export const importLayoutsDocument: DocumentKind<ImportLayouts> = {
  schema: 1,
  migrations: {},
  shape: z.strictObject({
    id: z.literal('import-layouts'),
    layouts: z.array(importLayout),
  } satisfies FieldsOf<ImportLayouts>),
};

export const keptCertificateDocument: DocumentKind<KeptCertificate> = {
  schema: 1,
  migrations: {},
  shape: z.strictObject({
    id: branded<CertificateCode>(/^[0-9A-HJKMNP-TV-Z]{20}$/),
    name: text.optional(),
    nameGivenBy,
    track: category,
    courseVersion: text,
    guidelines: z.record(z.string(), z.string()),
    issuedOn: calendarDate,
    validUntil: calendarDate,
    takenOnPaper: calendarDate.optional(),
    issuer: text,
    identity: z.strictObject({ confirmedOn: calendarDate, onPaper: z.boolean() }).optional(),
  } satisfies FieldsOf<KeptCertificate>),
};

export const purgeDocument: DocumentKind<PurgeRecord> = {
  schema: 1,
  migrations: {},
  shape: z.strictObject({
    id: documentId<string>(),
    at: instant,
    by: z.union([z.literal('system'), pseudonym]),
    counts: z.array(z.strictObject({ record: z.enum(retainedRecords), count: z.int() })),
  } satisfies FieldsOf<PurgeRecord>),
};
