import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), dev: z.boolean().optional(), optional: z.boolean().optional() }),
  ),
});
type LockFile = z.output<typeof lockFile>;

/**
 * Packages that run and are not here in the version that package-lock.json names: after new source without `npm ci`, say.
 *
 * @returns names, in the lock file's order; nothing where another than npm has installed them, and none can be compared
 */
export function wrongPackages(): readonly string[] {
  const installed = 'node_modules/.package-lock.json';
  if (!existsSync('node_modules')) return ['node_modules'];
  return existsSync(installed) ? differing(readLock('package-lock.json'), readLock(installed)) : [];
}

/** @param installed what npm has noted of what it installed */
export function differing(wanted: LockFile, installed: LockFile): readonly string[] {
  return Object.entries(wanted.packages)
    .filter(([path, { dev, optional }]) => path !== '' && !dev && !optional)
    .filter(([path, { version }]) => installed.packages[path]?.version !== version)
    .map(([path]) => path.replace(/^.*node_modules\//, ''));
}

function readLock(file: string): LockFile {
  return lockFile.parse(JSON.parse(readFileSync(file, 'utf8')));
}
