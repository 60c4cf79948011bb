import type {
  CalendarDate,
  CertificateCode,
  CodeHash,
  GroupId,
  NodeId,
  PersonId,
  Pseudonym,
  TokenHash,
} from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';
import { type RecordSource, type StaffRecord, staffRecordOf } from '#domain/people/staff-record.ts';
import { frozen } from '#ports/store.ts';
import { type Aged, byAge } from './by-age.ts';
import type { FillableIndex } from './document-index.ts';
import { type Conflict, type UniqueKey, UniqueKeys, without } from './unique-keys.ts';
import { byId, UnitStaff } from './unit-staff.ts';

/** What the index needs to know of a person. A `Person` is one too. */
export type PersonEntry = RecordSource & Pick<Person, 'passwordReset' | 'pastLinks'>;

export class PersonIndex implements FillableIndex<Person, PersonEntry> {
  readonly #keys = new UniqueKeys();
  readonly #members = new Map<GroupId, Map<string, Aged<PersonId>>>();
  readonly #records = new Map<string, StaffRecord>();
  readonly #units = new Map<NodeId, UnitStaff>();
  readonly #granted = new Set<PersonId>();

  fill(entries: readonly PersonEntry[]): readonly Conflict[] {
    return entries.toSorted(byAge).flatMap((entry) => {
      this.#join(entry);
      return this.#keys.claimFree(entry.id, keysOf(entry)).map(({ kind }) => ({ id: entry.id, kind }));
    });
  }

  claim(before: Person | undefined, after: Person): void {
    this.#keys.claim(after.id, without(keysOf(after), keysOf(before)));
  }

  commit(before: Person | undefined, after: Person | undefined): void {
    if (before !== undefined) {
      this.#keys.release(before.id, without(keysOf(before), keysOf(after)));
      this.#leave(before);
    }
    if (after !== undefined) this.#join(after);
  }

  abandon(before: Person | undefined, after: Person): void {
    this.#keys.release(after.id, without(keysOf(after), keysOf(before)));
  }

  conflicts(): number {
    return this.#keys.conflicts();
  }

  forget(id: string): void {
    this.#keys.releaseAll(id);
    for (const members of this.#members.values()) members.delete(id);
    const record = this.#records.get(id);
    if (record !== undefined) this.#unrecord(record);
  }

  holder(key: UniqueKey): string | undefined {
    return this.#keys.holder(key);
  }

  /** Oldest first. */
  members(group: GroupId): readonly PersonId[] {
    return [...(this.#members.get(group)?.values() ?? [])].sort(byAge).map((entry) => entry.id);
  }

  countMembers(group: GroupId): number {
    return this.#members.get(group)?.size ?? 0;
  }

  /** Everybody who is, will be or has been in one of these units, in order of id. */
  staffOf(units: readonly NodeId[]): readonly StaffRecord[] {
    const [only, ...others] = units.flatMap((unit) => this.#units.get(unit) ?? []);
    if (!only) return [];
    if (others.length === 0) return only.list;
    return [...new Set([only, ...others].flatMap(({ list }) => list))].sort(byId);
  }

  staffByUnit(units: readonly NodeId[]): ReadonlyMap<NodeId, readonly StaffRecord[]> {
    return new Map(units.map((unit) => [unit, this.#units.get(unit)?.list ?? []]));
  }

  headcounts(units: readonly NodeId[], date: CalendarDate): ReadonlyMap<NodeId, number> {
    return new Map(units.map((unit) => [unit, this.#units.get(unit)?.countFrom(date) ?? 0]));
  }

  staffWithGrants(): readonly StaffRecord[] {
    return this.recordsOf([...this.#granted].sort());
  }

  recordsOf(ids: readonly string[]): readonly StaffRecord[] {
    return ids.flatMap((id) => this.#records.get(id) ?? []);
  }

  #record(entry: PersonEntry): void {
    const record = frozen(staffRecordOf(entry));
    this.#records.set(record.id, record);
    for (const unit of unitsOf(record)) {
      const staff = this.#units.get(unit) ?? new UnitStaff(unit);
      staff.set(record);
      this.#units.set(unit, staff);
    }
    if (record.grants.length > 0) this.#granted.add(record.id);
  }

  #unrecord(record: Pick<StaffRecord, 'id' | 'staffing'>): void {
    this.#records.delete(record.id);
    for (const unit of unitsOf(record)) this.#units.get(unit)?.delete(record.id);
    this.#granted.delete(record.id);
  }

  #join(entry: PersonEntry): void {
    this.#record(entry);
    const { id, groupId, createdAt } = entry;
    if (groupId === undefined) return;
    const members = this.#members.get(groupId) ?? new Map<string, Aged<PersonId>>();
    this.#members.set(groupId, members.set(id, { id, createdAt }));
  }

  #leave(entry: PersonEntry): void {
    this.#unrecord(entry);
    const { id, groupId } = entry;
    if (groupId !== undefined) this.#members.get(groupId)?.delete(id);
  }
}

function unitsOf({ staffing }: Pick<StaffRecord, 'staffing'>): Set<NodeId> {
  return new Set(staffing.flatMap(({ engagements }) => engagements.flatMap(({ unit }) => unit ?? [])));
}

/** What no two people may share. */
export function keysOf(person: PersonEntry | undefined): readonly UniqueKey[] {
  if (person === undefined) return [];
  const keys: UniqueKey[] = person.certificates.map(({ code }) => certificateKey(code));
  keys.push({ kind: 'pseudonym', value: person.pseudonym });
  if (person.employmentNumber !== undefined) keys.push(employmentKey(person.employmentNumber));
  if (person.email !== undefined) keys.push(emailKey(person.email));
  if (person.codeHash !== undefined) keys.push(codeKey(person.codeHash));
  if (person.invitation !== undefined) keys.push(tokenKey(person.invitation.tokenHash));
  if (person.passwordReset !== undefined) keys.push(tokenKey(person.passwordReset.tokenHash));
  for (const { tokenHash } of person.pastLinks ?? []) keys.push(tokenKey(tokenHash));
  return keys;
}

export const emailKey = (value: string): UniqueKey => ({ kind: 'email', value });
export const codeKey = (value: CodeHash): UniqueKey => ({ kind: 'code', value });
export const tokenKey = (value: TokenHash): UniqueKey => ({ kind: 'token', value });
export const certificateKey = (value: CertificateCode): UniqueKey => ({ kind: 'certificate', value });
export const employmentKey = (value: string): UniqueKey => ({ kind: 'employment-number', value });
export const pseudonymKey = (value: Pseudonym): UniqueKey => ({ kind: 'pseudonym', value });
