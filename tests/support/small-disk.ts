import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A disk of a test's own, which can be filled up and made read-only. */
export interface SmallDisk {
  /** A real one, of memory; or `simulated`, where this machine lets nobody mount. */
  readonly kind: 'mounted' | 'simulated';
  readonly folder: string;
  /** What the server is to be started with. */
  readonly env: Readonly<Record<string, string>>;
  readonly fill: () => void;
  readonly makeRoom: () => void;
  readonly makeReadOnly: () => void;
  readonly end: () => void;
}

export function makeSmallDisk(): SmallDisk {
  const place = mkdtempSync(join(tmpdir(), 'small-disk-'));
  try {
    if (process.env['MOUNT_NOTHING']) throw new Error('as on a machine where it is not allowed');
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m,mode=700', 'tmpfs', place], { stdio: 'ignore' });
    return mounted(place);
  } catch {
    return simulated(place);
  }
}

function mounted(folder: string): SmallDisk {
  const filler = join(folder, 'filler');
  return {
    kind: 'mounted',
    folder,
    env: {},
    fill: () => {
      try {
        for (let size = 1024 * 1024; size >= 1024; size /= 2) {
          for (let more = true; more; ) more = append(filler, size);
        }
      } catch {
        // It is full.
      }
    },
    makeRoom: () => rmSync(filler, { force: true }),
    makeReadOnly: () => void execFileSync('mount', ['-o', 'remount,ro', folder], { stdio: 'ignore' }),
    end: () => {
      execFileSync('umount', [folder], { stdio: 'ignore' });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @returns whether there was room */
function append(file: string, size: number): boolean {
  try {
    writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
    return true;
  } catch {
    return false;
  }
}

function simulated(folder: string): SmallDisk {
  const sign = `${folder}.full`;
  const folders = () => [
    folder,
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name)),
  ];
  const setMode = (mode: number) => {
    for (const one of folders()) chmodSync(one, mode);
    // Root may write everywhere, but for where nobody may.
    if (process.getuid?.() === 0) execFileSync('chattr', [mode === 0o500 ? '+i' : '-i', ...folders()]);
  };
  return {
    kind: 'simulated',
    folder,
    env: {
      DISK_IS_FULL: sign,
      NODE_OPTIONS: `--import ${resolve('tests/support/full-disk-preload.mjs')}`,
    },
    fill: () => writeFileSync(sign, ''),
    makeRoom: () => rmSync(sign, { force: true }),
    makeReadOnly: () => setMode(0o500),
    end: () => {
      if (process.getuid?.() === 0) execFileSync('chattr', ['-i', ...folders()]);
      for (const one of folders()) chmodSync(one, 0o700);
      rmSync(folder, { recursive: true, force: true });
      rmSync(sign, { force: true });
    },
  };
}
