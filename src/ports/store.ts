import type { Device } from '#domain/account/device.ts';
import type { SessionOpener } from '#domain/account/session.ts';
import type { KeptCertificate } from '#domain/exam/certificate.ts';
import type { Group } from '#domain/groups/group.ts';
import type { ImportId, ImportLayouts, StaffImport } from '#domain/import/staff-import.ts';
import type {
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
import type { PurgeRecord } from '#domain/oversight/retention.ts';
import type { Organisation } from '#domain/people/organisation.ts';
import type { Person } from '#domain/people/person.ts';
import type { StaffRecord } from '#domain/people/staff-record.ts';
import type { OwnSettings } from '#domain/settings/own-settings.ts';

/**
 * Whether an id may name a document. Some engines make a file name of it, so it holds letters, digits, `-` and `_`
 * only, and at most 100 of them. Parse ids with this where they come in.
 */
export function isDocumentId(id: string): boolean {
  return /^[A-Za-z0-9_-]{1,100}$/.test(id);
}

/**
 * The document as the frozen value every store hands out: editing one in place is a bug, and throws instead of
 * changing what other readers hold.
 */
export function frozen<D>(document: D): D {
  if (typeof document === 'object' && document !== null && !Object.isFrozen(document)) {
    Object.freeze(document);
    const parts: readonly unknown[] = Object.values(document);
    for (const part of parts) frozen(part);
  }
  return document;
}

/** What a rule decides about one document: the document to save, if any, and what to answer. */
export interface Change<D, R> {
  readonly save?: D | undefined;
  readonly result: R;
}

/** A unique key (e-mail, code, token) is already held by another document; nothing was stored. */
export class DuplicateKeyError extends Error {
  override readonly name = 'DuplicateKeyError';

  /** Which key, never its value: error texts carry nothing about a person. */
  readonly key: 'id' | 'email' | 'code' | 'token' | 'certificate' | 'employment-number' | 'pseudonym';
  constructor(key: DuplicateKeyError['key']) {
    super(`duplicate ${key}`);
    this.key = key;
  }
}

/**
 * The document could not be made durable (a full disk, say). Nothing of it is visible afterwards; only where a disk
 * goes on failing until the process ends may the next one find it, as after any reply that got lost.
 */
export class NotSavedError extends Error {
  override readonly name = 'NotSavedError';
}

/** The document asked to be changed does not exist. */
export class NoSuchDocumentError extends Error {
  override readonly name = 'NoSuchDocumentError';
}

/**
 * People, one document each. Every promise that resolves after a write means: fsynced (docs/design.md#limits).
 * `update` is one step: the change sees the newest document, and no other change of it comes in between. If `change`
 * throws, nothing is saved and the error is passed on. Documents are frozen values: never edit one in place.
 */
export interface PersonStore {
  /** @throws DuplicateKeyError, NotSavedError */
  create(person: Person): Promise<void>;
  get(id: PersonId): Promise<Person | undefined>;
  /** @throws NoSuchDocumentError, DuplicateKeyError, NotSavedError */
  update<R>(id: PersonId, change: (person: Person) => Change<Person, R>): Promise<R>;
  /** E-mail in lower case. */
  findByEmail(email: string): Promise<Person | undefined>;
  findByCodeHash(hash: CodeHash): Promise<Person | undefined>;
  /** Invitation or password reset, used or not. */
  findByToken(hash: TokenHash): Promise<Person | undefined>;
  findByEmploymentNumber(number: string): Promise<Person | undefined>;
  findByPseudonym(pseudonym: Pseudonym): Promise<Person | undefined>;
  /** Whose certificate it is. */
  findByCertificate(code: CertificateCode): Promise<Person | undefined>;
  /**
   * Everybody who works, will work or has worked in one of these units, in order of id: by any of their staffing records,
   * also those that no longer hold. Reads no document.
   */
  staffOf(units: readonly NodeId[]): Promise<readonly StaffRecord[]>;
  /**
   * The same for each unit by itself. A store that has the records in memory answers with the same list again as long as
   * nobody in it has changed, so what has been worked out from a list can be kept beside it.
   */
  staffByUnit(units: readonly NodeId[]): Promise<ReadonlyMap<NodeId, readonly StaffRecord[]>>;
  /** How many work in each of these units on a day or later, by what holds now. Reads no record that is not theirs. */
  headcounts(units: readonly NodeId[], date: CalendarDate): Promise<ReadonlyMap<NodeId, number>>;
  /** Everybody with a role above learner. */
  staffWithGrants(): Promise<readonly StaffRecord[]>;
  /** A page of everybody's records in order of id, from the one after `after`. Reads no document. */
  listStaff(page: { readonly after?: PersonId | undefined; readonly limit: number }): Promise<readonly StaffRecord[]>;
  /** Members of a group, oldest first. */
  findByGroup(group: GroupId): Promise<readonly Person[]>;
  countByGroup(group: GroupId): Promise<number>;
  /** A page of people in order of id, from the one after `after`. */
  list(page: { readonly after?: PersonId | undefined; readonly limit: number }): Promise<readonly Person[]>;
  count(): Promise<number>;
  /** Removing what is not there is no error. @throws NotSavedError */
  delete(id: PersonId): Promise<void>;
}

export interface GroupStore {
  /** @throws DuplicateKeyError, NotSavedError */
  create(group: Group): Promise<void>;
  get(id: GroupId): Promise<Group | undefined>;
  /** @throws NoSuchDocumentError, DuplicateKeyError, NotSavedError */
  update<R>(id: GroupId, change: (group: Group) => Change<Group, R>): Promise<R>;
  /** Code in upper case without hyphens. */
  findByCode(code: string): Promise<Group | undefined>;
  /** Newest first. */
  list(): Promise<readonly Group[]>;
  /** Removing what is not there is no error. @throws NotSavedError */
  delete(id: GroupId): Promise<void>;
}

/** Imports of staff lists, one document each. */
export interface ImportStore {
  /** @throws DuplicateKeyError, NotSavedError */
  create(staffImport: StaffImport): Promise<void>;
  get(id: ImportId): Promise<StaffImport | undefined>;
  /** One step, as `PersonStore.update`. @throws NoSuchDocumentError, NotSavedError */
  update<R>(id: ImportId, change: (staffImport: StaffImport) => Change<StaffImport, R>): Promise<R>;
  /** In order of id. */
  list(): Promise<readonly StaffImport[]>;
  /** Removing what is not there is no error. @throws NotSavedError */
  delete(id: ImportId): Promise<void>;
}

/** A document that there is one of. */
export interface SingleStore<D> {
  get(): Promise<D>;
  /** One step, as `PersonStore.update`. @throws NotSavedError */
  update<R>(change: (document: D) => Change<D, R>): Promise<R>;
}

/** A signed-in browser. The id is the SHA-256 of the cookie's token, so the store never holds what opens a session. */
export interface StoredSession {
  readonly id: string;
  readonly personId: PersonId;
  /** Ends then unless it is used before. */
  readonly expiresAt: Instant;
  /** Signed in then: its longest life is counted from here, under whatever token it goes on. */
  readonly createdAt: Instant;
  /** When the person last showed password, code or link in it. */
  readonly provenAt: Instant;
  /** At most an hour too old (`sessionRules.lastUseMinutes`). */
  readonly lastUsedAt: Instant;
  readonly openedBy: SessionOpener;
  /** Those of the person when who they are was judged (`Person.credentialChanges`). */
  readonly credentialChanges?: number | undefined;
  readonly device: Device;
  /** When a second factor was last shown. */
  readonly strongAt?: Instant | undefined;
}

export interface SessionStore {
  /** Creates or replaces. @throws NotSavedError */
  put(session: StoredSession): Promise<void>;
  /** One step; does nothing where there is no such session (any more). @throws NotSavedError */
  update(id: string, change: (session: StoredSession) => StoredSession): Promise<void>;
  get(id: string): Promise<StoredSession | undefined>;
  /** Removing what is not there is no error. */
  delete(id: string): Promise<void>;
  findByPerson(person: PersonId): Promise<readonly StoredSession[]>;
  /** Whose sessions there are. */
  people(): Promise<readonly PersonId[]>;
  /** Of one person's sessions removes those created first, until there are so many. Holds for those put at the same time too. */
  keepNewest(person: PersonId, most: number): Promise<void>;
  deleteExpired(now: Instant): Promise<number>;
}

/** Certificates that still hold, of people whose records have been purged. */
export interface KeptCertificateStore {
  /** Creates or replaces. @throws NotSavedError */
  put(kept: KeptCertificate): Promise<void>;
  get(code: CertificateCode): Promise<KeptCertificate | undefined>;
  /** The code and last valid day of each. */
  list(): Promise<readonly Pick<KeptCertificate, 'id' | 'validUntil'>[]>;
  /** Removes those whose last valid day is before this one. @returns how many */
  deleteEnded(today: CalendarDate): Promise<number>;
}

/** What has been purged when, without names. */
export interface PurgeStore {
  /** @throws DuplicateKeyError, NotSavedError */
  create(record: PurgeRecord): Promise<void>;
  /** Newest first. */
  list(): Promise<readonly PurgeRecord[]>;
}

/** A file that someone should look at. Its name and a short reason, never anything of its contents. */
export interface SetAside {
  readonly file: string;
  readonly reason: string;
}

/** What somebody has to deal with, counted from what is there (docs/how-to/set-aside.md). */
export interface Unresolved {
  /** Files that were set aside, and that nobody has taken away. */
  readonly setAside: number;
  /** Documents that others point to and that are not there. */
  readonly gone: number;
  /** Documents that share an address, a code or the like with an older one. */
  readonly conflicts: number;
}

export interface Store {
  readonly people: PersonStore;
  readonly groups: GroupStore;
  readonly sessions: SessionStore;
  readonly organisation: SingleStore<Organisation>;
  readonly settings: SingleStore<OwnSettings>;
  readonly imports: ImportStore;
  readonly importLayouts: SingleStore<ImportLayouts>;
  readonly keptCertificates: KeptCertificateStore;
  readonly purges: PurgeStore;
  /**
   * Documents that could not be read and were moved out of the way, and documents in conflict over a unique key
   * (`reason` begins with `conflict`; those stay, see `UniqueKeys` in the lowdb adapter). Grows if one is met later.
   */
  readonly setAside: readonly SetAside[];
  unresolved(): Promise<Unresolved>;
  /**
   * Writes down which people are pointed to and are not there, until somebody has seen to it. Those who are there again are
   * struck off.
   */
  noteGone(people: readonly PersonId[]): Promise<void>;
  /** Waits for the writes under way. A write after this throws. */
  close(): Promise<void>;
}

/** A write came after `close`: somebody else may own the data by now. */
export class StoreClosedError extends Error {
  override readonly name = 'StoreClosedError';
}
