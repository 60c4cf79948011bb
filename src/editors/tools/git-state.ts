import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CommandMistake } from './options.ts';

/** Something cannot be read from git. Its message is for the editor. */
export class GitStateError extends Error {
  override readonly name = 'GitStateError';
  readonly mistake: CommandMistake;
  constructor(mistake: CommandMistake) {
    super(`${mistake.field}: ${mistake.problem}`);
    this.mistake = mistake;
  }
}

/**
 * Lets something read a folder as it was at a revision. It is put in a temporary folder and taken away afterwards.
 *
 * @param option names the revision in errors: `--from`
 * @param folder of the repository, from its root
 * @throws GitStateError for an unknown revision, or one without the folder
 */
export function atRevision<T>(
  { revision, option, folder, cwd }: { revision: string; option: string; folder: string; cwd: string },
  read: (dir: string) => T,
): T {
  const commit = commitOf(revision, option, cwd);
  const files = filesAt(commit, folder, cwd);
  if (files.length === 0) {
    throw new GitStateError({
      field: `${option} ${revision}`,
      problem: `hade ingen mapp ${folder}`,
      remedy: 'ange en senare version',
    });
  }
  const dir = mkdtempSync(join(tmpdir(), 'content-state-'));
  try {
    for (const { path, bytes } of contentsOf(files, cwd)) {
      const file = join(dir, path.slice(folder === '' ? 0 : folder.length + 1));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, bytes);
    }
    return read(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** A folder's path from its repository's root. @throws GitStateError if it is in none */
export function folderInGit(dir: string): string {
  try {
    return git(['rev-parse', '--show-prefix'], dir).toString().trim().replace(/\/$/, '');
  } catch (error) {
    if (!hasFailed(error)) throw error;
    throw new GitStateError({
      field: dir,
      problem: 'ligger inte i något git-förråd',
      remedy: 'kör kommandot i projektets mapp, hämtad med git clone',
    });
  }
}

/** git ended with a status of its own; that it is not installed is another error. */
function hasFailed(error: unknown): boolean {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}

interface Blob {
  readonly id: string;
  readonly path: string;
}

function commitOf(revision: string, option: string, cwd: string): string {
  try {
    return git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`], cwd)
      .toString()
      .trim();
  } catch (error) {
    if (!hasFailed(error)) throw error;
    throw new GitStateError({
      field: `${option} ${revision}`,
      problem: 'finns inte i git',
      remedy: 'ange en gren, en tagg eller ett commit-id; git log visar dem',
    });
  }
}

function filesAt(commit: string, folder: string, cwd: string): Blob[] {
  return git(['ls-tree', '-r', '-z', '--full-tree', commit, ...(folder === '' ? [] : [`${folder}/`])], cwd)
    .toString()
    .split('\0')
    .flatMap((line) => {
      const [, id, path] = /^\d+ blob ([\da-f]+)\t(.+)$/s.exec(line) ?? [];
      return id && path ? [{ id, path }] : [];
    });
}

/** All at once: a process for each of a thousand files would take its time. */
function contentsOf(files: readonly Blob[], cwd: string): { path: string; bytes: Buffer }[] {
  const output = git(['cat-file', '--batch'], cwd, files.map(({ id }) => `${id}\n`).join(''));
  let place = 0;
  return files.map(({ path }) => {
    const headEnd = output.indexOf('\n', place);
    const size = Number(output.subarray(place, headEnd).toString().split(' ')[2]);
    const bytes = output.subarray(headEnd + 1, headEnd + 1 + size);
    place = headEnd + 1 + size + 1;
    return { path, bytes };
  });
}

function git(args: readonly string[], cwd: string, input = ''): Buffer {
  return execFileSync('git', args, { cwd, input, maxBuffer: 256 * 1024 * 1024, stdio: ['pipe', 'pipe', 'pipe'] });
}
