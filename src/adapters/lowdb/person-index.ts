import type { Certificate } from '#domain/certificate.ts';
import type { CertificateCode, CodeHash, GroupId, Instant, PersonId, TokenHash } from '#domain/ids.ts';
import type { Person, SentLink } from '#domain/person.ts';
import { type Aged, byAge } from './by-age.ts';
import type { FillableIndex } from './document-index.ts';
import { type Conflict, type UniqueKey, UniqueKeys, without } from './unique-keys.ts';

/** What the index needs to know of a person. A `Person` is one too. */
export interface PersonEntry {
  readonly id: PersonId;
  readonly email?: string | undefined;
  readonly codeHash?: CodeHash | undefined;
  readonly groupId?: GroupId | undefined;
  readonly invitation?: Pick<SentLink, 'tokenHash'> | undefined;
  readonly passwordReset?: Pick<SentLink, 'tokenHash'> | undefined;
  readonly certificates: readonly Pick<Certificate, 'code'>[];
  readonly createdAt: Instant;
}

export class PersonIndex implements FillableIndex<Person, PersonEntry> {
  readonly #keys = new UniqueKeys();
  readonly #members = new Map<GroupId, Map<string, Aged<PersonId>>>();

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

  forget(id: string): void {
    this.#keys.releaseAll(id);
    for (const members of this.#members.values()) members.delete(id);
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

  #join({ id, groupId, createdAt }: PersonEntry): void {
    if (groupId === undefined) return;
    const members = this.#members.get(groupId) ?? new Map<string, Aged<PersonId>>();
    this.#members.set(groupId, members.set(id, { id, createdAt }));
  }

  #leave({ id, groupId }: PersonEntry): void {
    if (groupId !== undefined) this.#members.get(groupId)?.delete(id);
  }
}

/** What no two people may share. */
export function keysOf(person: PersonEntry | undefined): readonly UniqueKey[] {
  if (person === undefined) return [];
  const keys: UniqueKey[] = person.certificates.map(({ code }) => certificateKey(code));
  if (person.email !== undefined) keys.push(emailKey(person.email));
  if (person.codeHash !== undefined) keys.push(codeKey(person.codeHash));
  if (person.invitation !== undefined) keys.push(tokenKey(person.invitation.tokenHash));
  if (person.passwordReset !== undefined) keys.push(tokenKey(person.passwordReset.tokenHash));
  return keys;
}

export const emailKey = (value: string): UniqueKey => ({ kind: 'email', value });
export const codeKey = (value: CodeHash): UniqueKey => ({ kind: 'code', value });
export const tokenKey = (value: TokenHash): UniqueKey => ({ kind: 'token', value });
export const certificateKey = (value: CertificateCode): UniqueKey => ({ kind: 'certificate', value });
