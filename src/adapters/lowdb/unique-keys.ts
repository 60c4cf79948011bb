import { DuplicateKeyError } from '#ports/store.ts';

export interface UniqueKey {
  readonly kind: DuplicateKeyError['key'];
  readonly value: string;
}

/** A document on disk that has a key which an older document holds. */
export interface Conflict {
  readonly id: string;
  readonly kind: UniqueKey['kind'];
}

/**
 * Which document holds which unique key. A key is claimed before the document is written and given back if the write
 * fails, so of two simultaneous creations with one e-mail address one is refused before it touches the disk.
 *
 * Two files on disk can hold the same key only through somebody's hand (a restored copy, say). Then the document
 * created first keeps the key. The other stays where it is and is found by id, by its group and by its other keys,
 * because setting it aside would take away certificates that people hold; and it can be updated, because an update
 * claims only what the document did not have before.
 */
export class UniqueKeys {
  readonly #holders = new Map<UniqueKey['kind'], Map<string, string>>();
  /** Documents that have keys which others hold. */
  readonly #refused = new Map<string, readonly UniqueKey[]>();

  holder(key: UniqueKey): string | undefined {
    return this.#holders.get(key.kind)?.get(key.value);
  }

  /** Claims all of them for `id`, or none. @throws DuplicateKeyError */
  claim(id: string, keys: readonly UniqueKey[]): void {
    const taken = keys.find((key) => !this.#isFreeFor(id, key));
    if (taken !== undefined) throw new DuplicateKeyError(taken.kind);
    for (const key of keys) this.#give(id, key);
  }

  /** Claims those that are free, and answers with those that are not. */
  claimFree(id: string, keys: readonly UniqueKey[]): readonly UniqueKey[] {
    const taken = keys.filter((key) => !this.#isFreeFor(id, key));
    for (const key of keys) if (!taken.includes(key)) this.#give(id, key);
    if (taken.length > 0) this.#refused.set(id, taken);
    return taken;
  }

  /** How many documents still have a key that another one holds. */
  conflicts(): number {
    const isTaken = (id: string) => (key: UniqueKey) => !this.#isFreeFor(id, key);
    return [...this.#refused].filter(([id, keys]) => keys.some(isTaken(id))).length;
  }

  release(id: string, keys: readonly UniqueKey[]): void {
    for (const key of keys) if (this.holder(key) === id) this.#holders.get(key.kind)?.delete(key.value);
    const refused = this.#refused.get(id);
    if (refused) this.#refused.set(id, without(refused, keys));
  }

  /** Everything that `id` holds, when its document can no longer be asked. Walks through all keys. */
  releaseAll(id: string): void {
    this.#refused.delete(id);
    for (const holders of this.#holders.values()) {
      for (const [value, holder] of holders) if (holder === id) holders.delete(value);
    }
  }

  #isFreeFor(id: string, key: UniqueKey): boolean {
    const holder = this.holder(key);
    return holder === undefined || holder === id;
  }

  #give(id: string, key: UniqueKey): void {
    const holders = this.#holders.get(key.kind) ?? new Map<string, string>();
    this.#holders.set(key.kind, holders.set(key.value, id));
  }
}

/** The keys in `these` that are not in `those`. */
export function without(these: readonly UniqueKey[], those: readonly UniqueKey[]): readonly UniqueKey[] {
  return these.filter((key) => !those.some((other) => other.kind === key.kind && other.value === key.value));
}
