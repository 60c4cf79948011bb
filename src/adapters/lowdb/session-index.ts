import type { Instant, PersonId } from '#domain/kernel/ids.ts';
import type { StoredSession } from '#ports/store.ts';
import type { FillableIndex } from './document-index.ts';
import type { Conflict } from './unique-keys.ts';

export class SessionIndex implements FillableIndex<StoredSession> {
  readonly #sessions = new Map<string, StoredSession>();
  readonly #idsByPerson = new Map<PersonId, Set<string>>();

  fill(sessions: readonly StoredSession[]): readonly Conflict[] {
    for (const session of sessions) this.#add(session);
    return [];
  }

  /** Nothing about a session is unique but its id. */
  claim(): void {}

  conflicts(): number {
    return 0;
  }

  /** Whose sessions there are. */
  people(): readonly PersonId[] {
    return [...this.#idsByPerson.keys()];
  }

  abandon(): void {}

  commit(before: StoredSession | undefined, after: StoredSession | undefined): void {
    if (before !== undefined) this.forget(before.id);
    if (after !== undefined) this.#add(after);
  }

  forget(id: string): void {
    const session = this.#sessions.get(id);
    if (session === undefined) return;
    this.#sessions.delete(id);
    const ids = this.#idsByPerson.get(session.personId);
    ids?.delete(id);
    if (ids?.size === 0) this.#idsByPerson.delete(session.personId);
  }

  ofPerson(person: PersonId): readonly string[] {
    return [...(this.#idsByPerson.get(person) ?? [])];
  }

  /** All but the newest so many. */
  oldestOf(person: PersonId, most: number): readonly string[] {
    const createdAt = (id: string) => this.#sessions.get(id)?.createdAt ?? '';
    const oldestFirst = this.ofPerson(person).toSorted((one, other) => compare(createdAt(one), createdAt(other)));
    return oldestFirst.slice(0, Math.max(0, oldestFirst.length - most));
  }

  expiredAt(now: Instant): readonly string[] {
    return [...this.#sessions.values()].filter((session) => session.expiresAt <= now).map(({ id }) => id);
  }

  #add(session: StoredSession): void {
    this.#sessions.set(session.id, session);
    const ids = this.#idsByPerson.get(session.personId) ?? new Set<string>();
    this.#idsByPerson.set(session.personId, ids.add(session.id));
  }
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
