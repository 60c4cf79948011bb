import type { Conflict } from './unique-keys.ts';

/**
 * What a folder keeps in memory about its documents, to find them by something else than their id. `before` is absent
 * for a new document, `after` for a removed one.
 */
export interface DocumentIndex<D> {
  /** Before the write. @throws DuplicateKeyError, and nothing is claimed then */
  claim(before: D | undefined, after: D): void;
  /** The write is durable. */
  commit(before: D | undefined, after: D | undefined): void;
  /** The write failed: gives back what `claim` took. */
  abandon(before: D | undefined, after: D): void;
  /** The document turned out to be damaged and was set aside. */
  forget(id: string): void;
}

/** An index is derived: made anew whenever the store is opened, from as much of each document as an `Entry` holds. */
export interface FillableIndex<D, Entry = D> extends DocumentIndex<D> {
  fill(entries: readonly Entry[]): readonly Conflict[];
  /** How many documents have a key that another one holds, now. */
  conflicts(): number;
}
