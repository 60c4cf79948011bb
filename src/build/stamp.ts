import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path/posix';
import { z } from 'zod';

/** All that a build is made of: source, texts, settings, packages. Paths from the project's root. */
const parts = ['astro.config.mjs', 'content', 'package-lock.json', 'package.json', 'public', 'src', 'tsconfig.json'];

/** What is built; the file that says so is written last and taken away first, so that half a build has none. */
const folder = 'dist';
const buildFile = 'build.json';

const build = z.object({
  /** As package.json has it. */
  version: z.string(),
  /** Of what it was made of: twelve hex digits. */
  stamp: z.string(),
  /** The day it was built. */
  builtOn: z.string(),
});
export type Build = z.output<typeof build>;

/** What stands in dist/build.json: which build, and the hash of every other file in dist. */
const kept = build.extend({ files: z.string() });

/** Twelve hex digits that change with any file that the build is made of; tests are no part of it. */
export function stampOfSources(root = '.'): string {
  return hashOf(
    root,
    parts.flatMap((part) => filesIn(root, part)).filter((file) => !/\.test\.tsx?$/.test(file)),
  );
}

/**
 * - `current`: what is built is of what is here, and whole
 * - `none`: nothing has been built, or the build was interrupted
 * - `changed`: something that it is made of has changed since, or something in dist has
 */
export type BuildState = 'current' | 'none' | 'changed';

export function buildState(root = '.'): BuildState {
  const file = join(root, folder, buildFile);
  if (!existsSync(file)) return 'none';
  const found = kept.safeParse(parsed(readFileSync(file, 'utf8')));
  if (!found.success) return 'none';
  const isCurrent = found.data.stamp === stampOfSources(root) && found.data.files === hashOfBuilt(root);
  return isCurrent ? 'current' : 'changed';
}

/** Before anything in dist is touched. */
export function removeBuildFile(root = '.'): void {
  rmSync(join(root, folder, buildFile), { force: true });
}

/** When all is built. @returns whether it says so: not where something has changed while it was built */
export function writeBuildFile(made: Build, root = '.'): boolean {
  if (stampOfSources(root) !== made.stamp) return false;
  const file = join(root, folder, buildFile);
  writeFileSync(`${file}.new`, JSON.stringify({ ...made, files: hashOfBuilt(root) }));
  renameSync(`${file}.new`, file);
  return true;
}

function hashOfBuilt(root: string): string {
  return hashOf(
    root,
    filesIn(root, folder).filter((file) => !file.startsWith(join(folder, buildFile))),
  );
}

function filesIn(root: string, part: string): string[] {
  const whole = join(root, part);
  if (!existsSync(whole)) return [];
  if (!statSync(whole).isDirectory()) return [part];
  return readdirSync(whole, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(part, entry.parentPath.slice(whole.length), entry.name));
}

/** The same whichever order the folders list them in. */
function hashOf(root: string, files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of [...files].sort()) {
    const bytes = readFileSync(join(root, file));
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex').slice(0, 12);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
