import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Adapter } from 'lowdb';
import { NotSavedError } from '#ports/store.ts';
import { type DurableFs, syncFolder, systemErrorCode } from './durable-fs.ts';

/** A write or a removal failed. */
export class WriteFailedError extends NotSavedError {
  /**
   * The name in the folder may already lead to the new file, or to the old one, now or after a loss of power.
   * `false`: the failure came earlier, and the old file is as it was.
   */
  readonly inDoubt: boolean;
  constructor(inDoubt: boolean, cause: unknown) {
    super(`not saved (${systemErrorCode(cause)})`, { cause });
    this.inDoubt = inDoubt;
  }
}

export interface DurableJsonFileOptions<D> {
  readonly fs: DurableFs;
  readonly folder: string;
  readonly name: string;
  readonly encode: (document: D) => string;
  readonly decode: (text: string) => D;
}

/**
 * lowdb's adapter for one document in one file. When `write` resolves, the document survives a loss of power: the text is
 * written to a temporary file beside it and fsynced, renamed over the old one, and the folder is fsynced. At every
 * moment in between, the name leads to the whole old document or the whole new one.
 *
 * After a failed fsync the kernel may have thrown the dirty pages away and call the next fsync a success. So a file
 * whose fsync failed is never tried again: it is removed, and another attempt writes a new file from the beginning.
 */
export class DurableJsonFile<D> implements Adapter<D> {
  readonly #options: DurableJsonFileOptions<D>;

  constructor(options: DurableJsonFileOptions<D>) {
    this.#options = options;
  }

  /** `null` where there is no file, as lowdb's adapters do. */
  async read(): Promise<D | null> {
    const { fs, folder, name, decode } = this.#options;
    let text: string;
    try {
      text = await fs.readFile(join(folder, name));
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return null;
      throw error;
    }
    return decode(text);
  }

  /** @throws WriteFailedError */
  async write(document: D): Promise<void> {
    const { fs, folder, name, encode } = this.#options;
    const text = encode(document);
    const temporary = join(folder, temporaryName(name));
    let inDoubt = false;
    try {
      await writeNewFile(fs, temporary, text);
      inDoubt = true;
      await fs.rename(temporary, join(folder, name));
      await syncFolder(fs, folder);
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error;
      await removeIfPossible(fs, temporary);
      throw new WriteFailedError(inDoubt, error);
    }
  }

  /** Removing what is not there still makes its absence durable. @throws WriteFailedError */
  async remove(): Promise<void> {
    const { fs, folder, name } = this.#options;
    try {
      await unlinkIfThere(fs, join(folder, name));
      await syncFolder(fs, folder);
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error;
      throw new WriteFailedError(true, error);
    }
  }
}

function temporaryName(name: string): string {
  return `.${name}.${randomUUID()}.tmp`;
}

/** Left by a process that was killed between creating and renaming. */
export function isTemporaryName(name: string): boolean {
  return /^\..+\.json\.[0-9a-f-]{36}\.tmp$/.test(name);
}

async function writeNewFile(fs: DurableFs, path: string, text: string): Promise<void> {
  const file = await fs.create(path);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function unlinkIfThere(fs: DurableFs, path: string): Promise<void> {
  try {
    await fs.unlink(path);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
  }
}

/** A disk in trouble may refuse this too. Then the leftover stays until the store is opened next, which removes it. */
async function removeIfPossible(fs: DurableFs, path: string): Promise<void> {
  try {
    await fs.unlink(path);
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
  }
}
