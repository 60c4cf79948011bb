import type { DurableFs, OpenFile, OpenFolder } from '#adapters/lowdb/durable-fs.ts';
import { systemError } from './simulated-disk.ts';

/** The steps of a durable write or removal, in their order. */
export const writeSteps = [
  'create',
  'write',
  'fsync',
  'close',
  'rename',
  'open folder',
  'fsync folder',
  'close folder',
] as const;
export type Step = (typeof writeSteps)[number] | 'unlink' | 'mkdir' | 'readdir' | 'read';

export interface Interception {
  /** May wait, or throw so that the step is not taken. */
  readonly before?: ((step: Step, path: string) => void | Promise<void>) | undefined;
  /** May throw although the step was taken. */
  readonly after?: ((step: Step, path: string) => void) | undefined;
}

/** `fs`, with something said or done about each step. */
export function interceptedFs(fs: DurableFs, { before, after }: Interception): DurableFs {
  async function take<R>(step: Step, path: string, action: () => Promise<R>): Promise<R> {
    await before?.(step, path);
    const result = await action();
    after?.(step, path);
    return result;
  }
  /** A file or folder is closed also where its opening or closing is to fail: only the report is false. */
  async function open<H extends OpenFolder>(step: Step, path: string, action: () => Promise<H>): Promise<H> {
    await before?.(step, path);
    const opened = await action();
    try {
      after?.(step, path);
    } catch (error) {
      await opened.close();
      throw error;
    }
    return opened;
  }
  async function close(step: Step, path: string, opened: OpenFolder): Promise<void> {
    try {
      await before?.(step, path);
    } finally {
      await opened.close();
    }
    after?.(step, path);
  }
  const folder = (opened: OpenFolder, path: string): OpenFolder => ({
    sync: () => take('fsync folder', path, () => opened.sync()),
    close: () => close('close folder', path, opened),
  });
  const file = (opened: OpenFile, path: string): OpenFile => ({
    writeFile: (text) => take('write', path, () => opened.writeFile(text)),
    sync: () => take('fsync', path, () => opened.sync()),
    close: () => close('close', path, opened),
  });
  return {
    mkdir: (path) => take('mkdir', path, () => fs.mkdir(path)),
    readdir: (path) => take('readdir', path, () => fs.readdir(path)),
    readFile: (path) => take('read', path, () => fs.readFile(path)),
    readFileSync: (path) => fs.readFileSync(path),
    create: async (path) => file(await open('create', path, () => fs.create(path)), path),
    openFolder: async (path) => folder(await open('open folder', path, () => fs.openFolder(path)), path),
    rename: (from, to) => take('rename', from, () => fs.rename(from, to)),
    unlink: (path) => take('unlink', path, () => fs.unlink(path)),
  };
}

/** A file system on which steps can be made to fail: `fail('fsync', 'EIO')`, `fail('rename', 'ENOSPC', 2)`… */
export interface FailingFs {
  readonly fs: DurableFs;
  /** @param times how often in a row; @param when whether the step is taken before it fails. */
  readonly fail: (step: Step, code: string, times?: number, when?: 'before' | 'after') => void;
  readonly heal: () => void;
}

export function failingFs(fs: DurableFs): FailingFs {
  let failure: { step: Step; code: string; times: number; when: 'before' | 'after' } | undefined;
  function failAt(when: 'before' | 'after', step: Step): void {
    if (failure?.step !== step || failure.when !== when || failure.times === 0) return;
    failure.times -= 1;
    throw systemError(failure.code, step);
  }
  return {
    fs: interceptedFs(fs, { before: (step) => failAt('before', step), after: (step) => failAt('after', step) }),
    fail: (step, code, times = 1, when = 'before') => {
      failure = { step, code, times, when };
    },
    heal: () => {
      failure = undefined;
    },
  };
}
