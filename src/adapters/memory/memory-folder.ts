import {
  type Change,
  DuplicateKeyError,
  frozen,
  isDocumentId,
  NoSuchDocumentError,
  StoreClosedError,
} from '#ports/store.ts';

/** A unique key: its name, and what a document has of it. */
type Unique<D> = readonly [key: DuplicateKeyError['key'], valuesOf: (document: D) => readonly (string | undefined)[]];

/** Documents of one kind in memory. Nothing here waits, so every change is one step. */
export class MemoryFolder<D extends { readonly id: string }> {
  readonly #documents = new Map<string, D>();
  readonly #uniques: readonly Unique<D>[];
  #closed = false;

  constructor(uniques: readonly Unique<D>[]) {
    this.#uniques = uniques;
  }

  get(id: string): D | undefined {
    return this.#documents.get(id);
  }

  all(): D[] {
    return [...this.#documents.values()];
  }

  create(document: D): void {
    this.#refuseIfClosed();
    if (this.#documents.has(document.id)) throw new DuplicateKeyError('id');
    this.put(document);
  }

  update<R>(id: string, change: (document: D) => Change<D, R>): R {
    this.#refuseIfClosed();
    const before = this.#documents.get(id);
    if (before === undefined) throw new NoSuchDocumentError();
    const { save, result } = change(before);
    if (save !== undefined) {
      if (save.id !== id) throw new Error('a change may not change the id');
      this.put(save);
    }
    return result;
  }

  /** A copy goes in: whoever holds a part of the document cannot change what is stored. */
  put(document: D): void {
    this.#refuseIfClosed();
    if (!isDocumentId(document.id)) throw new Error('not an id');
    this.#refuseDuplicates(document);
    this.#documents.set(document.id, frozen(structuredClone(document)));
  }

  delete(id: string): void {
    this.#refuseIfClosed();
    this.#documents.delete(id);
  }

  close(): void {
    this.#closed = true;
  }

  #refuseIfClosed(): void {
    if (this.#closed) throw new StoreClosedError();
  }

  #refuseDuplicates(document: D): void {
    const others = this.all().filter((other) => other.id !== document.id);
    for (const [key, valuesOf] of this.#uniques) {
      const taken = new Set(others.flatMap(valuesOf));
      if (valuesOf(document).some((value) => value !== undefined && taken.has(value))) throw new DuplicateKeyError(key);
    }
  }
}
