import { join } from 'node:path';
import { isDocumentId } from '#ports/store.ts';
import { decodeNamed, fileName } from './document-folder.ts';
import { DamagedDocumentError, type DocumentKind } from './document-format.ts';
import { type DurableFs, syncFolder, systemErrorCode } from './durable-fs.ts';
import { isTemporaryName } from './durable-json-file.ts';
import type { SetAsideFolder } from './set-aside-folder.ts';

/**
 * Reads every document of a folder once, as the store is opened. Sets aside what is damaged, removes what a killed
 * process left half written, and leaves alone what is not a document (`.DS_Store` and the like).
 *
 * The folder is fsynced first: a process that was killed between renaming and fsyncing has left a document that a loss
 * of power can still take back, and what is read here is shown as saved.
 */
export async function readFolder<D extends { readonly id: string }>(
  fs: DurableFs,
  path: string,
  kind: DocumentKind<D>,
  setAside: SetAsideFolder,
): Promise<readonly D[]> {
  await syncFolder(fs, path);
  const documents: D[] = [];
  for (const name of await fs.readdir(path)) {
    if (isTemporaryName(name)) await fs.unlink(join(path, name));
    if (name.startsWith('.') || !name.endsWith('.json')) continue;
    try {
      documents.push(readDocument(fs, path, kind, name));
    } catch (error) {
      if (!(error instanceof DamagedDocumentError)) throw error;
      await setAside.take(path, name, error.message);
    }
  }
  return documents;
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

/** A bad sector, or a folder where a file should be, damages one document. Other errors concern the whole disk. */
function readText(fs: DurableFs, path: string): string {
  try {
    return fs.readFileSync(path);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'EIO' || code === 'EISDIR') throw new DamagedDocumentError(`unreadable (${code})`);
    throw error;
  }
}
