import { readFileSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises';

/** A file or folder held open. */
export interface OpenFolder {
  /** Resolves when what was done before is on the disk (fsync). */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface OpenFile extends OpenFolder {
  writeFile(text: string): Promise<void>;
}

/**
 * The few file-system calls that durability rests on, and nothing else: small enough for a test to simulate a disk
 * that loses whatever was not fsynced. Failures are Node's system errors (`code: 'ENOSPC'`…).
 */
export interface DurableFs {
  /** One level, mode 700. @throws EEXIST, ENOENT */
  mkdir(path: string): Promise<void>;
  readdir(path: string): Promise<readonly string[]>;
  readFile(path: string): Promise<string>;
  /** For opening a store only: reading 10,000 files this way takes a quarter of the time, and nobody is served yet. */
  readFileSync(path: string): string;
  /** A new, empty file, mode 600. @throws EEXIST */
  create(path: string): Promise<OpenFile>;
  openFolder(path: string): Promise<OpenFolder>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
}

export const nodeDurableFs: DurableFs = {
  mkdir: (path) => mkdir(path, { mode: 0o700 }),
  readdir: (path) => readdir(path),
  readFile: (path) => readFile(path, 'utf8'),
  readFileSync: (path) => readFileSync(path, 'utf8'),
  create: (path) => open(path, 'wx', 0o600),
  openFolder: (path) => open(path, 'r'),
  rename,
  unlink,
};

/** Makes the folder's entries durable: what was created in it, renamed or removed. */
export async function syncFolder(fs: DurableFs, path: string): Promise<void> {
  const folder = await fs.openFolder(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** `'ENOSPC'` and the like for an error of the operating system, `undefined` for every other error (a bug). */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
