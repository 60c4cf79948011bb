import { createHash } from 'node:crypto';
import type { Certificate } from '#domain/exam/certificate.ts';
import type { Attempt } from '#domain/exam/exam.ts';
import type { Group, PaperSheet } from '#domain/groups/group.ts';
import type { DecidedImport, ImportId, OpenImport } from '#domain/import/staff-import.ts';
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
import type { Person } from '#domain/people/person.ts';
import type { Engagement, Staffing } from '#domain/people/staffing.ts';
import type { StoredSession } from '#ports/store.ts';

export const personId = (id: string) => id as PersonId;
export const groupId = (id: string) => id as GroupId;
export const nodeId = (id: string) => id as NodeId;
export const day = (date: string) => date as CalendarDate;
export const tokenHash = (of: string) => sha256(`token ${of}`) as TokenHash;
export const codeHash = (of: string) => sha256(`code ${of}`) as CodeHash;

/** Minutes after 1 June 2026, 08:00 UTC. */
export function at(minutes: number): Instant {
  return new Date(Date.UTC(2026, 5, 1, 8, minutes)).toISOString();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Twenty characters of Crockford's base32, the same for the same seed. */
export function certificateCode(seed: string): CertificateCode {
  const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const bytes = [...createHash('sha256').update(seed).digest()].slice(0, 20);
  return bytes.map((byte) => digits.charAt(byte % 32)).join('') as CertificateCode;
}

export function samplePerson(id: string, fields: Partial<Person> = {}): Person {
  return {
    id: personId(id),
    name: `Åsa Öberg ${id}`,
    nameGivenBy: 'employer',
    pseudonym: pseudonymOf(id),
    grants: [],
    language: 'sv',
    staffing: [sampleStaffing()],
    decisions: [],
    reminders: [],
    lessonsDone: {},
    attempts: [],
    certificates: [],
    createdAt: at(0),
    ...fields,
  };
}

export function pseudonymOf(id: string): Pseudonym {
  return `pseudonym-of-${id}` as Pseudonym;
}

export function sampleStaffing(...engagements: Partial<Engagement>[]): Staffing {
  const sample: Engagement = { category: 'new-employee', from: day('2026-06-01') };
  const given = engagements.length > 0 ? engagements : [{}];
  return { recordedAt: at(0), engagements: given.map((one) => ({ ...sample, ...one })), leaves: [] };
}

export function sampleAttempt(id: string, scenarios: readonly string[]): Attempt {
  return {
    id: id as AttemptId,
    track: 'new-employee',
    courseVersion: '2026.1',
    startedAt: at(10),
    items: scenarios.map((scenario) => ({ scenario, version: 1, order: ['c', 'a', 'b'] })),
    answers: {},
  };
}

export function sampleCertificate(seed: string, fields: Partial<Certificate> = {}): Certificate {
  return {
    code: certificateCode(seed),
    name: 'Åsa Öberg',
    nameGivenBy: 'employer',
    track: 'new-employee',
    courseVersion: '2026.1',
    guidelines: { S2: '2026-02-12' },
    issuedAt: at(30),
    issuedOn: day('2026-06-01'),
    validUntil: day('2027-05-31'),
    issuer: 'Björkdalens kommun',
    ...fields,
  };
}

export function sampleGroup(id: string, fields: Partial<Group> = {}): Group {
  return {
    id: groupId(id),
    name: 'Feriearbetare vecka 25',
    code: `KOD${id.toUpperCase()}`,
    category: 'summer-worker',
    lastDay: day('2026-07-05'),
    size: 20,
    seats: [],
    createdBy: pseudonymOf('admin'),
    createdAt: at(0),
    ...fields,
  };
}

/** An exam on paper, with one question. */
export function sampleSheet(number: number, fields: Partial<PaperSheet> = {}): PaperSheet {
  return {
    id: `sheet${number}` as AttemptId,
    number,
    track: 'summer-worker',
    courseVersion: '2026.1',
    items: [{ scenario: 'busshallplatsen', version: 1, order: ['b', 'a'] }],
    printedAt: at(1),
    ...fields,
  };
}

export function sampleSession(id: string, fields: Partial<StoredSession> = {}): StoredSession {
  return {
    id: sha256(id),
    personId: personId('anna'),
    expiresAt: at(60),
    createdAt: at(0),
    provenAt: at(0),
    lastUsedAt: at(0),
    openedBy: 'password',
    device: { browser: 'firefox', system: 'linux' },
    ...fields,
  };
}

export const importId = (id: string) => id as ImportId;

/** A dry run with every field filled in. */
export function sampleImport(id: string, fields: Partial<OpenImport> = {}): OpenImport {
  return {
    id: importId(id),
    by: pseudonymOf('admin'),
    createdAt: at(0),
    state: 'open',
    encoding: 'windows-1252',
    separator: '\t',
    columns: ['Anstnr', 'Namn', 'Pnr'],
    left: [2],
    rows: [{ line: 3, cells: ['00123', 'Åsa "Ångan" Öberg\nrad 2', ''] }],
    mapping: { employmentNumber: 0, name: 1 },
    choices: { full: true, otherCategory: 'student', inviteOn: day('2026-06-02') },
    ...fields,
  };
}

/** One that has been decided on, with every field filled in. */
export function sampleDecision({ id, by, createdAt }: OpenImport): DecidedImport {
  const { engagements, leaves } = sampleStaffing();
  const work = { engagements, leaves };
  return {
    ...{ id, by, createdAt, state: 'decided', decidedAt: at(1) },
    counts: { added: 1, moved: 2, changed: 3, ended: 4, broken: 5 },
    entries: [
      { person: personId('new'), pseudonym: pseudonymOf('new'), name: 'Ny', employmentNumber: '1', ...work },
      {
        ...{
          person: personId('anna'),
          basedOn: at(0),
          name: 'Åsa',
          email: 'asa@kommun.example',
          employmentNumber: '2',
        },
        ...{ ...work, inviteOn: day('2026-06-02') },
      },
    ],
  };
}
