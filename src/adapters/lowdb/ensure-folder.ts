import { dirname } from 'node:path';
import { type DurableFs, syncFolder, systemErrorCode } from './durable-fs.ts';

/**
 * Makes the folder (mode 700) and those above it that are missing. A folder that a loss of power takes away takes every
 * document in it along, so its own name is fsynced, also when it was there: a killed process may have just made it.
 */
export async function ensureFolder(fs: DurableFs, path: string): Promise<void> {
  const parent = dirname(path);
  let existed = false;
  try {
    await fs.mkdir(path);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' && parent !== path) {
      await ensureFolder(fs, parent);
      return ensureFolder(fs, path);
    }
    if (code !== 'EEXIST') throw error;
    existed = true;
  }
  try {
    await syncFolder(fs, parent);
  } catch (error) {
    // A parent that we may not open is one in which somebody else made this folder for us.
    if (!existed || systemErrorCode(error) !== 'EACCES') throw error;
  }
}
