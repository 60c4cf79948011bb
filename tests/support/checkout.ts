import { cp, mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** What a checkout has and a build is made of, and the build. */
const copied = [
  'astro.config.mjs',
  'content',
  'dist',
  'package-lock.json',
  'package.json',
  'public',
  'src',
  'tsconfig.json',
];

/**
 * A copy of the checkout as it has been built, to be changed and started by npm. Packages are those of the project, without those
 * that only development needs; caches are its own.
 */
export async function copyCheckout(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'checkout-'));
  for (const name of copied) await cp(name, join(folder, name), { recursive: true });
  const { packages } = JSON.parse(await readFile('package-lock.json', 'utf8')) as {
    packages: Record<string, { dev?: boolean }>;
  };
  const isNeeded = (name: string) => !packages[`node_modules/${name}`]?.dev;
  for (const name of await readdir('node_modules')) {
    if (/^\.(?!bin$|package-lock\.json$)/.test(name)) continue;
    const scoped = name.startsWith('@')
      ? (await readdir(join('node_modules', name))).map((one) => `${name}/${one}`)
      : [name];
    for (const path of scoped.filter(isNeeded)) {
      const link = join(folder, 'node_modules', path);
      await mkdir(dirname(link), { recursive: true });
      await symlink(resolve('node_modules', path), link);
    }
  }
  return folder;
}

/** Changes a text file of the copy, and makes sure that there was something to change. */
export async function edit(folder: string, file: string, what: string | RegExp, by: string): Promise<void> {
  const path = join(folder, file);
  const before = await readFile(path, 'utf8');
  const after = before.replace(what, by);
  if (after === before) throw new Error(`nothing to change in ${file}`);
  await writeFile(path, after);
}
