import { join } from 'node:path';
import { isDocumentId } from '#ports/store.ts';
import { decodeNamed, fileName } from './document-folder.ts';
import { DamagedDocumentError, type DocumentKind, NewerDocumentError } from './document-format.ts';
import { type DurableFs, syncFolder } from './durable-fs.ts';
import { isTemporaryName } from './durable-json-file.ts';
import { faultOfOne } from './fault-of-one.ts';
import type { SetAsideFolder } from './set-aside-folder.ts';

/** A document that is there and cannot be read. */
export interface UnreadFile {
  readonly name: string;
  readonly reason: string;
  /** A newer version of the program wrote it. */
  readonly isNewer: boolean;
}

export interface FolderRead<D> {
  readonly documents: readonly D[];
  readonly unread: readonly UnreadFile[];
  /** What a killed process has left half written. */
  readonly leftovers: readonly string[];
}

/**
 * Reads every document of a folder once, as the store is opened, and changes nothing: what is to be done about that which
 * cannot be read is decided when everything is known. Leaves alone what is not a document (`.DS_Store` and the like).
 *
 * The folder is fsynced first: a process that was killed between renaming and fsyncing has left a document that a loss
 * of power can still take back, and what is read here is shown as saved.
 */
export async function readFolder<D extends { readonly id: string }>(
  fs: DurableFs,
  path: string,
  kind: DocumentKind<D>,
): Promise<FolderRead<D>> {
  await syncFolder(fs, path);
  const documents: D[] = [];
  const unread: UnreadFile[] = [];
  const leftovers: string[] = [];
  for (const name of await fs.readdir(path)) {
    if (isTemporaryName(name)) leftovers.push(name);
    if (name.startsWith('.') || !name.endsWith('.json')) continue;
    try {
      documents.push(readDocument(fs, path, kind, name));
    } catch (error) {
      if (!(error instanceof DamagedDocumentError)) throw error;
      unread.push({ name, reason: error.message, isNewer: error instanceof NewerDocumentError });
    }
  }
  return { documents, unread, leftovers };
}

/** Removes what was left half written, and sets aside what cannot be read. */
export async function tidyFolder(
  fs: DurableFs,
  path: string,
  { unread, leftovers }: Pick<FolderRead<unknown>, 'unread' | 'leftovers'>,
  setAside: SetAsideFolder,
): Promise<void> {
  for (const name of leftovers) await fs.unlink(join(path, name));
  for (const { name, reason } of unread) await setAside.take(path, name, reason);
}

function readDocument<D extends { readonly id: string }>(
  fs: DurableFs,
  path: string,
  kind: DocumentKind<D>,
  name: string,
): D {
  const id = name.slice(0, -fileName('').length);
  if (!isDocumentId(id)) throw new DamagedDocumentError('the file name is not an id');
  return decodeNamed(kind, id, readText(fs, join(path, name)));
}

function readText(fs: DurableFs, path: string): string {
  try {
    return fs.readFileSync(path);
  } catch (error) {
    throw faultOfOne(error) ?? error;
  }
}
