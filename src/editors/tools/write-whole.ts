import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Something with the name is there already. */
export class AlreadyThereError extends Error {
  override readonly name = 'AlreadyThereError';
}

/**
 * Writes a folder with its files: all of it or nothing. It is made beside the course and then renamed into its place.
 *
 * @throws AlreadyThereError
 */
export function writeFolder(dir: string, folder: string, files: ReadonlyMap<string, string>): void {
  const target = resolve(dir, folder);
  if (existsSync(target)) throw new AlreadyThereError(folder);
  mkdirSync(dirname(target), { recursive: true });
  const made = mkdtempSync(resolve(dir, '.ny-'));
  try {
    for (const [name, text] of files) writeFileSync(join(made, name), text);
    renameSync(made, target);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

/**
 * Writes files below a folder, each whole or not at all; the last one last of all. All are written beside their places
 * first, so that a full disk leaves everything as it was; a new file whose followers fail is taken away again.
 */
export function writeFiles(dir: string, files: ReadonlyMap<string, string>): void {
  const beside: [from: string, to: string][] = [];
  /** Folders and files that were not there. */
  const made: string[] = [];
  try {
    for (const [file, text] of files) {
      const target = resolve(dir, file);
      const folder = mkdirSync(dirname(target), { recursive: true });
      if (folder !== undefined) made.push(folder);
      beside.push([`${target}.${process.pid}.tmp`, target]);
      writeFileSync(`${target}.${process.pid}.tmp`, text);
    }
    for (const [from, to] of beside) {
      if (!existsSync(to)) made.push(to);
      renameSync(from, to);
    }
  } catch (error) {
    for (const path of [...beside.map(([from]) => from), ...made]) rmSync(path, { recursive: true, force: true });
    throw error;
  }
}
