import { Low } from 'lowdb';
import {
  type Change,
  DuplicateKeyError,
  frozen,
  NoSuchDocumentError,
  NotSavedError,
  StoreClosedError,
} from '#ports/store.ts';
import {
  DamagedDocumentError,
  type DocumentKind,
  decodeDocument,
  encodeDocument,
  storable,
} from './document-format.ts';
import type { DocumentIndex } from './document-index.ts';
import type { DurableFs } from './durable-fs.ts';
import { DurableJsonFile, WriteFailedError } from './durable-json-file.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { RecentlyUsed } from './recently-used.ts';
import type { SetAsideFolder } from './set-aside-folder.ts';
import { SortedIds } from './sorted-ids.ts';

export interface DocumentFolderOptions<D> {
  readonly fs: DurableFs;
  readonly path: string;
  readonly kind: DocumentKind<D>;
  readonly index: DocumentIndex<D>;
  readonly setAside: SetAsideFolder;
  /** The documents that are there. */
  readonly ids: Iterable<string>;
  /** How many documents to keep in memory. */
  readonly keep: number;
}

/**
 * Documents of one kind, a lowdb file each. What it answers with is always durable: a write makes a new `Low`, which
 * takes the place of the old one in memory when the disk has it, so no reader sees a document that might yet be lost.
 *
 * A write that failed at its rename or later leaves in doubt which document the name leads to. The caller is told "not
 * saved", so the old document must be made to stand: memory goes on with it, and the disk gets it back, at once or, as
 * long as the disk refuses, before anything else is written in this folder. Otherwise a creation that was refused could
 * come back at the next start and take an e-mail address from the person who got it in the meantime. (Reading the
 * file again instead would show people a result that the next loss of power can take away.)
 */
export class DocumentFolder<D extends { readonly id: string }> {
  readonly #options: DocumentFolderOptions<D>;
  readonly #ids: SortedIds;
  readonly #recent: RecentlyUsed<Low<D>>;
  readonly #queue = new KeyedQueue();
  /** What must stand under each id whose file is in doubt; `undefined`: no file. */
  readonly #inDoubt = new Map<string, D | undefined>();
  #settling: Promise<void> | undefined;
  #closed = false;

  constructor(options: DocumentFolderOptions<D>) {
    this.#options = options;
    this.#ids = new SortedIds(options.ids);
    this.#recent = new RecentlyUsed(options.keep);
  }

  get size(): number {
    return this.#ids.size;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  async get(id: string): Promise<D | undefined> {
    const remembered = this.#remembered(id);
    if (remembered !== undefined || !this.#ids.has(id)) return remembered;
    return this.#queue.run(id, () => this.#load(id));
  }

  idsAfter(after: string | undefined, limit: number): readonly string[] {
    return this.#ids.after(after, limit);
  }

  /** Those of `ids` that are there, in the same order. */
  async getAll(ids: readonly string[]): Promise<readonly D[]> {
    const documents = await Promise.all(ids.map((id) => this.get(id)));
    return documents.filter((document) => document !== undefined);
  }

  /** At most `limit` documents in order of id. Fewer means that there are no more. */
  async page(after: string | undefined, limit: number): Promise<readonly D[]> {
    const ids = this.#ids.after(after, limit);
    const documents = await this.getAll(ids);
    const last = ids.at(-1);
    if (documents.length === ids.length || last === undefined) return documents;
    // Some were damaged and have just been set aside: fill the page up.
    return [...documents, ...(await this.page(last, limit - documents.length))];
  }

  /** @throws DuplicateKeyError, NotSavedError */
  async create(document: D): Promise<void> {
    return this.#change(document.id, async (before) => {
      if (before !== undefined) throw new DuplicateKeyError('id');
      await this.#save(undefined, document);
    });
  }

  /** Creates or replaces. @throws DuplicateKeyError, NotSavedError */
  async put(document: D): Promise<void> {
    return this.#change(document.id, (before) => this.#save(before, document));
  }

  /** @throws NoSuchDocumentError, DuplicateKeyError, NotSavedError */
  async update<R>(id: string, change: (document: D) => Change<D, R>): Promise<R> {
    return this.#change(id, async (before) => {
      if (before === undefined) throw new NoSuchDocumentError();
      const { save, result } = change(before);
      if (save !== undefined) await this.#save(before, save);
      return result;
    });
  }

  /** Removes the document if it is there and `condition` holds for it. @throws NotSavedError */
  async remove(id: string, condition: (document: D) => boolean = () => true): Promise<boolean> {
    return this.#change(id, async (before) => {
      if (before === undefined || !condition(before)) return false;
      await this.#settleDoubts();
      await this.#attempt(id, before, () => this.#file(id).remove());
      this.#options.index.commit(before, undefined);
      this.#ids.delete(id);
      this.#recent.delete(id);
      return true;
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#queue.idle();
    await this.#trySettlingDoubts();
  }

  /** One step at a time for each document: nothing comes between what the step is told and what it saves. */
  async #change<R>(id: string, step: (before: D | undefined) => Promise<R>): Promise<R> {
    if (this.#closed) throw new StoreClosedError();
    return this.#queue.run(id, async () => step(await this.#load(id)));
  }

  #remembered(id: string): D | undefined {
    return this.#inDoubt.get(id) ?? this.#recent.get(id)?.data;
  }

  async #load(id: string): Promise<D | undefined> {
    const remembered = this.#remembered(id);
    if (remembered !== undefined || !this.#ids.has(id)) return remembered;
    const file = this.#file(id);
    try {
      const document = await file.read();
      if (document === null) throw new DamagedDocumentError('the file is gone');
      this.#recent.set(id, new Low(file, document));
      return document;
    } catch (error) {
      if (!(error instanceof DamagedDocumentError)) throw error;
      this.#ids.delete(id);
      this.#options.index.forget(id);
      await this.#options.setAside.take(this.#options.path, fileName(id), error.message);
      return undefined;
    }
  }

  async #save(before: D | undefined, document: D): Promise<void> {
    const { index, kind } = this.#options;
    const after = frozen(storable(kind, document));
    if (before !== undefined && before.id !== after.id) throw new Error('a change may not change the id');
    const low = new Low<D>(this.#file(after.id), after);
    index.claim(before, after);
    try {
      await this.#settleDoubts();
      await this.#attempt(after.id, before, () => low.write());
    } catch (error) {
      index.abandon(before, after);
      throw error;
    }
    index.commit(before, after);
    this.#ids.add(after.id);
    this.#recent.set(after.id, low);
  }

  async #attempt(id: string, before: D | undefined, write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (error instanceof WriteFailedError && error.inDoubt) {
        this.#inDoubt.set(id, before);
        await this.#trySettlingDoubts();
      }
      throw error;
    }
  }

  async #trySettlingDoubts(): Promise<void> {
    try {
      await this.#settleDoubts();
    } catch (error) {
      // The disk still refuses. The next write tries again, and fails if this does.
      if (!(error instanceof NotSavedError)) throw error;
    }
  }

  /** @throws NotSavedError */
  async #settleDoubts(): Promise<void> {
    while (this.#inDoubt.size > 0) {
      this.#settling ??= this.#restoreAll().finally(() => {
        this.#settling = undefined;
      });
      await this.#settling;
    }
  }

  async #restoreAll(): Promise<void> {
    for (const [id, document] of this.#inDoubt) {
      const file = this.#file(id);
      await (document === undefined ? file.remove() : new Low<D>(file, document).write());
      this.#inDoubt.delete(id);
    }
  }

  #file(id: string): DurableJsonFile<D> {
    const { fs, path, kind } = this.#options;
    return new DurableJsonFile<D>({
      fs,
      folder: path,
      name: fileName(id),
      encode: (document) => encodeDocument(kind, document),
      decode: (text) => frozen(decodeNamed(kind, id, text)),
    });
  }
}

export function fileName(id: string): string {
  return `${id}.json`;
}

/** @throws DamagedDocumentError, also when the document is another than the name of its file says */
export function decodeNamed<D extends { readonly id: string }>(kind: DocumentKind<D>, id: string, text: string): D {
  const document = decodeDocument(kind, text);
  if (document.id !== id) throw new DamagedDocumentError('the id is not that of the file name');
  return document;
}
