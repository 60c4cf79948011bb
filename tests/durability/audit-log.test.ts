import { describe, expect, test } from 'vitest';
import { AuditKeyError, openFileAuditLog } from '#adapters/audit/file-audit-log.ts';
import type { LogFs } from '#adapters/audit/log-fs.ts';
import { verifyLog } from '#adapters/audit/verify-log.ts';
import type { AuditEntry, AuditFault, AuditLog } from '#ports/audit-log.ts';
import { NotSavedError } from '#ports/store.ts';
import { at, pseudonymOf } from '../contract/sample-documents.ts';
import { type Operation, SimulatedDisk, systemError } from './simulated-disk.ts';

const dataDir = '/data';
const logFile = '/data/audit/0001.jsonl';
const headFile = '/data/audit-head/head.json';

const look = (minute: number): AuditEntry => ({
  at: at(minute),
  actor: pseudonymOf('chief'),
  action: 'open-person',
  subject: pseudonymOf('anna'),
});
const looks = (count: number) => Array.from({ length: count }, (_, minute) => look(minute));
const open = (fs: LogFs) => openFileAuditLog({ dataDir, fs, now: () => new Date(at(500)) });
const everything = (log: AuditLog) => log.since(at(0));
const faultsOf = async (fs: LogFs): Promise<readonly AuditFault[] | 'none'> => {
  const verified = await verifyLog(dataDir, undefined, fs);
  return verified.outcome === 'read' ? verified.faults : 'none';
};

/** A disk with so many entries, and the log closed. */
async function diskWith(count: number): Promise<SimulatedDisk> {
  const disk = SimulatedDisk.empty();
  const log = await open(disk);
  for (const entry of looks(count)) await log.append(entry);
  await log.close();
  return disk;
}

async function replace(disk: SimulatedDisk, path: string, change: (text: string) => string): Promise<void> {
  const text = change(await disk.readFile(path));
  await disk.unlink(path);
  const file = await disk.create(path);
  await file.writeFile(text);
  await file.sync();
}

describe('the order of a write', () => {
  test('line, fsync, then the head: written, fsynced, renamed, folder fsynced', async () => {
    const disk = await diskWith(0);
    const log = await open(disk);
    const start = disk.log.length;
    await log.append(look(0));
    const steps = disk.log.slice(start).map((step) => ('path' in step ? `${step.op} ${step.path}` : step.op));
    expect(steps).toEqual([
      'write',
      'fsync',
      expect.stringMatching(/^create \/data\/audit-head\/\.head\.json\./),
      'write',
      'fsync',
      'close',
      expect.stringMatching(/^rename /),
      'fsync folder /data/audit-head',
    ]);
    expect(disk.log.at(-2)).toMatchObject({ op: 'rename', to: headFile });
  });

  test('nothing is acknowledged, before the head’s folder is fsynced', async () => {
    const disk = await diskWith(0);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const log = await open(
      through(disk, async (step, path) => {
        if (step === 'fsync folder' && path === '/data/audit-head') await held;
      }),
    );
    let replied = false;
    const appending = log.append(look(0)).then(() => {
      replied = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await disk.readFile(logFile)).toContain('"n":1');
    expect(replied).toBe(false);
    release();
    await appending;
  });

  test('a thousand at once take two writes, of lines and of heads', async () => {
    const disk = await diskWith(0);
    const log = await open(disk);
    const start = disk.log.length;
    await Promise.all(looks(1000).map((entry) => log.append(entry)));
    expect(disk.log.slice(start).filter(({ op }) => op === 'fsync')).toHaveLength(4);
    expect(await everything(log)).toEqual(looks(1000));
    expect(await faultsOf(disk)).toEqual([]);
  });
});

describe('the power is lost', { timeout: 60_000 }, () => {
  /** The log is made, gets an entry, three at once and one more. */
  async function written() {
    const disk = SimulatedDisk.empty();
    const log = await open(disk);
    const acknowledged = [{ operations: 0, count: 0 }];
    const note = (count: number) => acknowledged.push({ operations: disk.log.length, count });
    await log.append(look(0));
    note(1);
    await Promise.all([log.append(look(1)), log.append(look(2)), log.append(look(3))]);
    note(4);
    await log.append(look(4));
    note(5);
    return { operations: [...disk.log] as readonly Operation[], acknowledged };
  }

  test('at any moment: the log is whole, has what was acknowledged, and goes on', async () => {
    const { operations, acknowledged } = await written();
    let disks = 0;
    for (let length = 0; length <= operations.length; length += 1) {
      const least = acknowledged.findLast((step) => step.operations <= length)?.count ?? 0;
      for (const disk of SimulatedDisk.after(operations.slice(0, length)).afterPowerLoss()) {
        const log = await open(disk);
        const found = await everything(log);
        expect(log.faults, `after ${length} operations`).toEqual([]);
        expect(found.length).toBeGreaterThanOrEqual(least);
        expect(found).toEqual(looks(found.length));
        await log.append(look(found.length));
        await log.close();
        expect(await faultsOf(disk)).toEqual([]);
        disks += 1;
      }
    }
    expect(disks).toBeGreaterThan(operations.length);
  });

  test('again while the log is being opened: what was shown once stays', async () => {
    const { operations } = await written();
    for (let length = 0; length <= operations.length; length += 1) {
      for (const disk of SimulatedDisk.after(operations.slice(0, length)).afterPowerLoss()) {
        const shown = await everything(await open(disk));
        for (const again of disk.afterPowerLoss()) {
          const log = await open(again);
          expect(await everything(log)).toEqual(shown);
          expect(log.faults).toEqual([]);
        }
      }
    }
  });

  test('verifying what is left, before anybody starts on it, finds no fault either', async () => {
    const { operations } = await written();
    for (let length = 0; length <= operations.length; length += 1) {
      const disk = SimulatedDisk.after(operations.slice(0, length));
      expect(await faultsOf(disk)).toSatisfy((faults) => faults === 'none' || faults.length === 0);
    }
  });
});

describe('what stands after the head', () => {
  test('an interrupted line was never acknowledged, and goes', async () => {
    const disk = await diskWith(3);
    const before = await disk.readFile(logFile);
    await replace(disk, logFile, (text) => `${text}{"n":4,"at":"2026-`);
    const log = await open(disk);
    expect(log.faults).toEqual([]);
    expect(await everything(log)).toEqual(looks(3));
    expect(await disk.readFile(logFile)).toBe(before);
  });

  test('an interrupted line that the head knows of is no interrupted write', async () => {
    const disk = await diskWith(3);
    await replace(disk, logFile, (text) => text.slice(0, -10));
    const log = await open(disk);
    expect(log.faults).toEqual([{ reason: 'tail-cut', file: '0001.jsonl', line: 3 }]);
    expect(await everything(log)).toEqual(looks(2));
  });

  test('whole lines that chain are taken in, and the head advances', async () => {
    const disk = await diskWith(2);
    const olderHead = await disk.readFile(headFile);
    const log = await open(disk);
    await log.append(look(2));
    await log.close();
    await replace(disk, headFile, () => olderHead);
    expect(await verifyLog(dataDir, undefined, disk)).toMatchObject({ faults: [], beyondHead: 1, head: { length: 2 } });
    expect(await everything(await open(disk))).toEqual(looks(3));
    expect(await verifyLog(dataDir, undefined, disk)).toMatchObject({ faults: [], beyondHead: 0, head: { length: 3 } });
  });

  test('a whole line that does not chain is a fault', async () => {
    const disk = await diskWith(2);
    await replace(disk, logFile, (text) => `${text}{"n":3}\n`);
    expect((await open(disk)).faults).toEqual([{ reason: 'line-changed', file: '0001.jsonl', line: 3 }]);
  });
});

describe('a log that is broken', () => {
  const changed = { reason: 'line-changed', file: '0001.jsonl', line: 2 } as const;

  async function brokenDisk(): Promise<SimulatedDisk> {
    const disk = await diskWith(5);
    await replace(disk, logFile, (text) => text.replace(at(1), at(9)));
    return disk;
  }

  test('goes on in a new file whose first line names what is wrong, and the old one stays as it is', async () => {
    const disk = await brokenDisk();
    const evidence = await disk.readFile(logFile);
    const log = await open(disk);
    expect(log.faults).toEqual([changed]);
    await log.append(look(5));
    expect(await disk.readFile(logFile)).toBe(evidence);
    const [first = '', second = ''] = (await disk.readFile('/data/audit/0002.jsonl')).split('\n');
    expect(JSON.parse(first)).toMatchObject({
      n: 6,
      at: at(500),
      broken: [changed],
      sealed: [{ file: '0001.jsonl', bytes: evidence.length }],
    });
    expect(JSON.parse(second)).toMatchObject({ n: 7, ...look(5) });
  });

  test('still tells what stands in its true lines, old and new', async () => {
    const log = await open(await brokenDisk());
    await log.append(look(5));
    expect((await everything(log)).map((entry) => entry.at)).toEqual([0, 2, 3, 4, 5].map(at));
    expect((await log.about(pseudonymOf('anna'), [])).map((entry) => entry.at)).toEqual([5, 4, 3, 2, 0].map(at));
  });

  test('says so at every start from then on, and begins no other file for it', async () => {
    const disk = await brokenDisk();
    for (let start = 0; start < 3; start += 1) {
      const log = await open(disk);
      expect(log.faults).toEqual([changed]);
      await log.append(look(10 + start));
      await log.close();
    }
    expect(disk.names('/data/audit')).toEqual(['0001.jsonl', '0002.jsonl']);
    expect(await faultsOf(disk)).toEqual([changed]);
  });

  test('is found if the old file is changed once more, mended or removed', async () => {
    for (const change of [(text: string) => text.replace(at(9), at(1)), () => '']) {
      const disk = await brokenDisk();
      await (await open(disk)).close();
      await replace(disk, logFile, change);
      const faults = [changed, { reason: 'file-changed', file: '0001.jsonl' }];
      expect(await faultsOf(disk)).toEqual(faults);
      expect((await open(disk)).faults).toEqual(faults);
      expect((await open(disk)).faults).toEqual(faults);
      expect(disk.names('/data/audit').toSorted()).toEqual(['0001.jsonl', '0002.jsonl', '0003.jsonl']);
    }
    const disk = await brokenDisk();
    await (await open(disk)).close();
    await disk.unlink(logFile);
    expect(await faultsOf(disk)).toEqual([changed, { reason: 'file-missing', file: '0001.jsonl' }]);
  });

  test('is found if the new file is removed, and its name is not used again for something else', async () => {
    const disk = await brokenDisk();
    await (await open(disk)).close();
    await disk.unlink('/data/audit/0002.jsonl');
    const log = await open(disk);
    expect(log.faults).toEqual([{ reason: 'file-missing', file: '0002.jsonl' }]);
    expect(disk.names('/data/audit').toSorted()).toEqual(['0001.jsonl', '0003.jsonl']);
  });

  test.for([
    ['/data/keys/audit.key', 'key-missing'],
    [headFile, 'head-missing'],
    [logFile, 'file-missing'],
  ] as const)('without %s it starts all the same, and says so', async ([path, reason]) => {
    const disk = await diskWith(3);
    await disk.unlink(path);
    const log = await open(disk);
    expect(log.faults).toMatchObject([{ reason }]);
    await log.append(look(3));
    await log.close();
    expect(await faultsOf(disk)).toMatchObject([{ reason }]);
    const numbers = (await disk.readFile('/data/audit/0002.jsonl')).split('\n', 2).map((line) => JSON.parse(line).n);
    expect(numbers).toEqual([4, 5]);
  });

  test('with its lines and head removed and the key left is not taken for a new one', async () => {
    const disk = await diskWith(3);
    await disk.unlink(logFile);
    await disk.unlink(headFile);
    expect((await open(disk)).faults).toEqual([{ reason: 'head-missing', file: 'head.json' }]);
  });
});

describe('ASVS 13.3.1: a key that the operator gives', () => {
  const secret = Buffer.alloc(32, 7);
  const keyFile = '/data/keys/audit.key';
  const openGiven = (fs: LogFs, given: Uint8Array = secret) =>
    openFileAuditLog({ dataDir, fs, secret: given, now: () => new Date(at(500)) });
  const verifyGiven = async (fs: LogFs) => {
    const verified = await verifyLog(dataDir, undefined, fs, secret);
    return verified.outcome === 'read' ? verified.faults : 'none';
  };

  async function givenDisk(count: number): Promise<SimulatedDisk> {
    const disk = SimulatedDisk.empty();
    const log = await openGiven(disk);
    expect(log.isNew).toBe(true);
    for (const entry of looks(count)) await log.append(entry);
    await log.close();
    return disk;
  }

  test('makes and checks the log, and stands nowhere in the data folder', async () => {
    const disk = await givenDisk(3);
    expect(await verifyGiven(disk)).toEqual([]);
    const log = await openGiven(disk);
    expect([log.isNew, log.faults, (await everything(log)).length]).toEqual([false, [], 3]);
    await log.close();
    expect(await disk.readFile(keyFile)).toMatch(/^given:[\w-]{43}\n$/);
    expect(await disk.readFile(keyFile)).not.toContain(secret.toString('hex'));
    expect(await faultsOf(disk)).toEqual([{ reason: 'key-missing', file: 'audit.key' }]);
  });

  test('is refused where the folder knows of another, and nothing is changed', async () => {
    const other = Buffer.alloc(32, 8);
    for (const disk of [await diskWith(2), await givenDisk(2)]) {
      const before = await Promise.all([logFile, headFile, keyFile].map((file) => disk.readFile(file)));
      await expect(openGiven(disk, other)).rejects.toThrow(new AuditKeyError('other'));
      expect(await Promise.all([logFile, headFile, keyFile].map((file) => disk.readFile(file)))).toEqual(before);
    }
  });

  test('is asked for where the folder knows that there is one, though nothing has been written yet', async () => {
    const disk = await givenDisk(0);
    await expect(open(disk)).rejects.toThrow(new AuditKeyError('missing'));
    expect(await faultsOf(disk)).toEqual([{ reason: 'key-missing', file: 'audit.key' }]);
  });

  test('goes on with a log whose key has been moved out of the folder', async () => {
    const disk = await diskWith(2);
    const moved = Buffer.from((await disk.readFile(keyFile)).trim(), 'hex');
    await disk.unlink(keyFile);
    const log = await openGiven(disk, moved);
    expect([log.isNew, log.faults, (await everything(log)).length]).toEqual([false, [], 2]);
    await log.close();
    expect(await disk.readFile(keyFile)).toMatch(/^given:/);
  });

  test('that is replaced, once the note of the older one is moved away, goes on in a new file, and begins no other for it', async () => {
    const disk = await givenDisk(3);
    const newer = Buffer.alloc(32, 9);
    await disk.unlink(keyFile);
    const log = await openGiven(disk, newer);
    expect([log.isNew, log.faults[0]?.reason]).toEqual([false, 'head-changed']);
    await log.append(look(4));
    await log.close();
    const again = await openGiven(disk, newer);
    expect(again.faults[0]?.reason).toBe('head-changed');
    expect(await everything(again)).toHaveLength(1);
    await again.close();
    expect((await disk.readdir('/data/audit')).toSorted()).toEqual(['0001.jsonl', '0002.jsonl']);
  });

  test('with lines and head removed is not taken for a new log', async () => {
    const disk = await givenDisk(3);
    await disk.unlink(logFile);
    await disk.unlink(headFile);
    expect((await openGiven(disk)).faults).toEqual([{ reason: 'head-missing', file: 'head.json' }]);
  });
});

describe('a disk that is full or fails', () => {
  const steps = ['append', 'fsync line', 'create', 'fsync head', 'rename', 'fsync folder'] as const;

  const failures = [
    ...steps.flatMap((step) => (['before', 'after'] as const).map((when) => [step, when] as const)),
    ['append', 'half way'] as const,
  ];

  test.for(failures)('at “%s” (%s): not saved, and what comes next is', async ([step, when]) => {
    const disk = await diskWith(2);
    let failing = false;
    const fs = through(
      disk,
      async (taken) => {
        if (failing && taken === step && when === 'before') throw systemError('ENOSPC', step);
      },
      (taken) => {
        if (failing && taken === step && when !== 'before') throw systemError('EIO', step);
      },
      () => failing && when === 'half way',
    );
    const log = await open(fs);
    failing = true;
    await expect(log.append(look(2))).rejects.toBeInstanceOf(NotSavedError);
    await expect(log.append(look(2))).rejects.toBeInstanceOf(NotSavedError);
    failing = false;
    await log.append(look(3));
    const minutes = (await everything(log)).map((entry) => entry.at);
    expect(minutes.filter((minute) => minute !== at(2))).toEqual([at(0), at(1), at(3)]);
    await log.close();
    expect(await faultsOf(disk)).toEqual([]);
    expect(await everything(await open(disk))).toEqual(await everything(await open(disk)));
  });

  test('a bug is no “not saved”, and those who wait for the same write hear of it too', async () => {
    const disk = await diskWith(0);
    const log = await open(
      through(disk, (step) => {
        if (step === 'append') throw new TypeError('a bug');
      }),
    );
    const appended = await Promise.allSettled(looks(3).map((entry) => log.append(entry)));
    expect(appended.map((one) => one.status === 'rejected' && one.reason instanceof TypeError)).toEqual([
      true,
      true,
      true,
    ]);
  });
});

/** The disk, with something said or done about the steps of an append. @param isTorn half a line gets to the disk */
function through(
  disk: SimulatedDisk,
  before: (step: string, path: string) => void | Promise<void>,
  after: (step: string) => void = () => undefined,
  isTorn: () => boolean = () => false,
): LogFs {
  const take = async <R>(step: string, path: string, action: () => Promise<R>): Promise<R> => {
    await before(step, path);
    const result = await action();
    after(step);
    return result;
  };
  return {
    mkdir: (path) => disk.mkdir(path),
    readdir: (path) => disk.readdir(path),
    readFile: (path) => disk.readFile(path),
    readFileSync: (path) => disk.readFileSync(path),
    unlink: (path) => disk.unlink(path),
    openToRead: (path) => disk.openToRead(path),
    rename: (from, to) => take('rename', from, () => disk.rename(from, to)),
    create: async (path) => {
      const file = await take('create', path, () => disk.create(path));
      return { ...file, sync: () => take('fsync head', path, () => file.sync()) };
    },
    openFolder: async (path) => {
      const folder = await disk.openFolder(path);
      return { ...folder, sync: () => take('fsync folder', path, () => folder.sync()) };
    },
    openToAppend: async (path) => {
      const file = await disk.openToAppend(path);
      return {
        ...file,
        append: (text) => take('append', path, () => file.append(isTorn() ? text.slice(0, text.length / 2) : text)),
        sync: () => take('fsync line', path, () => file.sync()),
      };
    },
  };
}
