import { mkdir } from 'node:fs/promises';
import { acquireDataLock } from '#adapters/lowdb/data-lock.ts';
import type { HandleRequest } from '#adapters/lowdb/lock-socket.ts';
import { readSettings, type Settings } from '../env.ts';
import { openServices, type Services } from '../services.ts';
import { setAsideLine } from './folder-lines.ts';
import { endInTrouble } from './trouble.ts';

/** Runs a command with its settings; what stands in its way is said in one line, and it ends with 1. */
export async function runCommand(work: (settings: Settings) => Promise<void>): Promise<void> {
  let dataDir = '';
  try {
    const settings = readSettings();
    dataDir = settings.dataDir;
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await work(settings);
  } catch (error) {
    endInTrouble(error, dataDir);
  }
}

export interface OwnServicesOptions {
  /** What others may ask of the owner meanwhile. */
  readonly handle?: HandleRequest | undefined;
  readonly mayLackAdministrator?: boolean | undefined;
}

const nothingForOthers: HandleRequest = async () => ({ ok: false, reason: 'unknown-job' });

/**
 * Owns the data folder while something is done, and closes it however that ends.
 *
 * @returns undefined where another process owns it
 */
export async function withOwnServices<R>(
  settings: Settings,
  work: (services: Services) => Promise<R>,
  { handle = nothingForOthers, mayLackAdministrator = false }: OwnServicesOptions = {},
): Promise<R | undefined> {
  const lock = await acquireDataLock(settings.dataDir, { handle });
  if (!lock.ok) return undefined;
  try {
    const services = await openServices(settings, {
      mayLackAdministrator,
      reportSetAside: (entry) => console.error(setAsideLine(entry, settings.dataDir)),
    });
    try {
      return await work(services);
    } finally {
      await services.securityLog.close();
      await services.store.close();
      await services.issued.close();
      await services.audit.close();
    }
  } finally {
    await lock.release();
  }
}
