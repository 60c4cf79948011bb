import { randomUUID } from 'node:crypto';
import { open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { systemErrorCode } from '#adapters/lowdb/durable-fs.ts';
import type { DiskState } from '#ports/data-folder.ts';

/** More than any document of one person, so that “ok” means that the next one can be saved. */
const sample = Buffer.alloc(64 * 1024, ' ');

/**
 * Writes a file into a folder, fsyncs it and takes it away again. Its name is that of a file that was left half written, so that
 * the next start removes it where this process is killed in between.
 *
 * @throws the system error for which it could not be done
 */
export async function tryWriting(folder: string): Promise<void> {
  const path = join(folder, `.probe.json.${randomUUID()}.tmp`);
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(sample);
    await file.sync();
  } finally {
    await file.close();
    await unlink(path);
  }
}

const states: Readonly<Record<string, DiskState>> = { ENOSPC: 'full', EDQUOT: 'full', EROFS: 'read-only' };

/** Milliseconds for which an answer is good: anybody may ask, and each try costs an fsync. */
const freshFor = 2_000;

/** Whether documents can be saved in a folder. */
export function createDiskState(folder: string): () => Promise<DiskState> {
  let asked: { readonly at: number; readonly state: Promise<DiskState> } | undefined;
  return () => {
    const now = performance.now();
    if (!asked || now - asked.at > freshFor) asked = { at: now, state: stateOf(folder) };
    return asked.state;
  };
}

async function stateOf(folder: string): Promise<DiskState> {
  try {
    await tryWriting(folder);
    return 'ok';
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    return states[code] ?? 'refuses';
  }
}
