import { execFile } from 'node:child_process';
import { cp, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type ChildServer, startChildServer } from './child-server.ts';

/** Builds tests/bench/empty-site in a folder of its own, with the project's packages, and starts it. */
export async function startEmptySite(folder: string): Promise<ChildServer> {
  await cp('tests/bench/empty-site', folder, { recursive: true });
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  const astro = join(folder, 'node_modules/.bin/astro');
  await promisify(execFile)(process.execPath, [astro, 'build'], { cwd: folder });
  return startChildServer('server.ts', [], folder);
}
