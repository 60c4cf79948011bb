import { cp, mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * A folder like the project's, in which reminders go out at any hour of the day: for processes that are run there, since a
 * process has no clock that a test could set.
 */
export async function projectWhereMailAlwaysGoes(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'project-'));
  for (const name of await readdir('.')) {
    if (name !== 'content' && name !== 'dist') await symlink(resolve(name), join(folder, name));
  }
  await mkdir(join(folder, 'content'));
  await linkBuild(folder);
  for (const name of await readdir('content')) {
    if (name !== 'reminders.yaml') await cp(join('content', name), join(folder, 'content', name), { recursive: true });
  }
  const rules = await readFile('content/reminders.yaml', 'utf8');
  await writeFile(join(folder, 'content', 'reminders.yaml'), rules.replace(/^fromHour: .*/m, 'fromHour: 0'));
  return folder;
}

/** What is built, in another folder of the project's shape, with the content of that folder in place of its own. */
export async function linkBuild(folder: string): Promise<void> {
  await mkdir(join(folder, 'dist'));
  for (const name of ['client', 'server']) await symlink(resolve('dist', name), join(folder, 'dist', name));
  await symlink(join(folder, 'content'), join(folder, 'dist', 'content'));
}
