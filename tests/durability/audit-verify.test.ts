import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openFileAuditLog } from '#adapters/audit/file-audit-log.ts';
import { type LogKeys, logKeysFrom } from '#adapters/audit/log-keys.ts';
import { beginningOf, encodeLine, parseLine } from '#adapters/audit/log-line.ts';
import { verifyLog } from '#adapters/audit/verify-log.ts';
import type { AuditEntry, AuditFault } from '#ports/audit-log.ts';
import { at, nodeId, pseudonymOf } from '../contract/sample-documents.ts';
import { SimulatedDisk } from './simulated-disk.ts';

// What is worked out anew for each of some 30,000 folders is remembered here, where the very same question comes again:
// with a line flipped in one bit, the 49 others are what they were.
vi.mock(import('#adapters/audit/log-line.ts'), async (original) => {
  const module = await original();
  const remembered = new Map<string, ReturnType<typeof module.checkLine>>();
  return {
    ...module,
    checkLine: (keys, previous, line) => {
      const question = `${keys.publicKey} ${previous} ${line}`;
      const known = remembered.get(question) ?? module.checkLine(keys, previous, line);
      if (known.isTrue) remembered.set(question, known);
      return known;
    },
  };
});
vi.mock(import('#adapters/audit/log-keys.ts'), async (original) => {
  const module = await original();
  const remembered = new Map<string, Awaited<ReturnType<typeof module.readLogKeys>>>();
  const remembering = (keys: LogKeys): LogKeys => {
    const answers = new Map<string, boolean>();
    return {
      ...keys,
      verify: (head, signature) => {
        const question = `${head} ${signature}`;
        const answer = answers.get(question) ?? keys.verify(head, signature);
        answers.set(question, answer);
        return answer;
      },
    };
  };
  return {
    ...module,
    readLogKeys: async (fs, folder) => {
      const text = await fs.readFile(join(folder, keyFile)).catch(() => '');
      const keys = remembered.get(text) ?? (await module.readLogKeys(fs, folder));
      if (keys && !remembered.has(text)) remembered.set(text, remembering(keys));
      return remembered.get(text);
    },
  };
});

const entries: readonly AuditEntry[] = Array.from({ length: 50 }, (_, number) => ({
  at: at(number),
  actor: pseudonymOf('chief'),
  action: number % 3 === 0 ? 'open-list' : 'open-person',
  ...(number % 3 === 0 ? {} : { subject: pseudonymOf(`p${number}`), why: 'support' as const }),
  place: nodeId('north'),
}));

const logFile = 'audit/0001.jsonl';
const headFile = 'audit-head/head.json';
const keyFile = 'keys/audit.key';
const files = [logFile, headFile, keyFile];

let dataDir: string;
/** The folder as it was when the log was whole. */
let whole: Readonly<Record<string, Buffer>>;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'audit-verify-'));
  const log = await openFileAuditLog({ dataDir });
  for (const entry of entries) await log.append(entry);
  await log.close();
  whole = Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, await readFile(join(dataDir, file))] as const)),
  );
});
afterAll(() => rm(dataDir, { recursive: true }));

/** The faults of a folder that is as the whole one but for these files; `undefined` is a file that is not there. */
async function faultsWith(changed: Readonly<Record<string, Buffer | string | undefined>>) {
  const verified = await verifyLog('/data', undefined, inMemory({ ...whole, ...changed }));
  return verified.outcome === 'read' ? verified.faults : undefined;
}

/** A disk that holds these bytes and nothing else, for thousands of folders a second. */
function inMemory(contents: Readonly<Record<string, Buffer | string | undefined>>) {
  const bytesOf = (path: string) => {
    const content = contents[path.slice('/data/'.length)];
    if (content === undefined) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT', syscall: 'open' });
    return Buffer.from(content);
  };
  return Object.assign(SimulatedDisk.empty(), {
    readdir: async (path: string) =>
      Object.keys(contents).flatMap((name) => {
        const [folder, file] = name.split('/');
        return `/data/${folder}` === path && file !== undefined && contents[name] !== undefined ? [file] : [];
      }),
    readFile: async (path: string) => bytesOf(path).toString('utf8'),
    openToRead: async (path: string) => ({
      read: async (position: number, length: number) => bytesOf(path).subarray(position, position + length),
      close: async () => undefined,
    }),
  });
}

const lines = () => (whole[logFile]?.toString() ?? '').split(/(?<=\n)/);
const reasonsOf = (faults: readonly AuditFault[] | undefined) => faults?.map(({ reason }) => reason);

describe('a log that nobody has touched', () => {
  test('is whole, and its head says how long it is', async () => {
    const verified = await verifyLog(dataDir);
    expect(verified).toMatchObject({ outcome: 'read', faults: [], beyondHead: 0, head: { length: 50 } });
    expect(lines()).toHaveLength(50);
  });

  test('and verifying changes nothing in the folder', async () => {
    const before = await readdir(dataDir, { recursive: true });
    await verifyLog(dataDir);
    expect(await readdir(dataDir, { recursive: true })).toEqual(before);
    for (const file of files) expect(await readFile(join(dataDir, file))).toEqual(whole[file]);
  });

  test('is for its owner only, key, head and lines', async () => {
    for (const file of files) expect((await stat(join(dataDir, file))).mode & 0o777).toBe(0o600);
    for (const folder of ['audit', 'audit-head', 'keys']) {
      expect((await stat(join(dataDir, folder))).mode & 0o777).toBe(0o700);
    }
  });

  test('names no key in the clear, and lines of JSON with number and mark', () => {
    expect(JSON.parse(lines()[6] ?? '')).toEqual({ n: 7, ...entries[6], mac: expect.stringMatching(/^[\w-]{43}$/) });
    const secret = whole[keyFile]?.toString().trim() ?? '-';
    for (const file of [logFile, headFile]) expect(whole[file]?.toString()).not.toContain(secret);
  });
});

describe('is found:', { timeout: 120_000 }, () => {
  test.for([headFile, keyFile])('every single bit that is flipped in %s', async (file) => {
    const { length } = whole[file] ?? [];
    expect(length).toBeGreaterThan(60);
    expect(await unseenFlips(file, 0, length ?? 0)).toEqual([]);
  });

  // A line is checked by itself and by the one before it. These are the kinds there are: the first and those on it, where the
  // number grows by a digit, in the middle, the last; of both kinds of entry.
  test.for([0, 1, 2, 3, 7, 8, 9, 10, 24, 25, 48, 49])('every single bit that is flipped in line %i', async (number) => {
    const from = Buffer.byteLength(lines().slice(0, number).join(''));
    const { length } = Buffer.from(lines()[number] ?? '');
    expect(length).toBeGreaterThan(60);
    expect(await unseenFlips(logFile, from, from + length)).toEqual([]);
  });

  /** The bits between two bytes of a file that can be flipped without being found. */
  async function unseenFlips(file: string, from: number, to: number): Promise<readonly number[]> {
    const unseen: number[] = [];
    for (let bit = from * 8; bit < to * 8; bit += 1) {
      const flipped = Buffer.from(whole[file] ?? []);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const faults = await faultsWith({ [file]: flipped });
      if (faults?.length === 0) unseen.push(bit);
    }
    return unseen;
  }

  test('each line that is removed, and where', async () => {
    for (const [number] of lines().entries()) {
      const faults = await faultsWith({ [logFile]: lines().toSpliced(number, 1).join('') });
      const isLast = number === 49;
      expect(faults?.[0]).toEqual({
        reason: isLast ? 'tail-cut' : 'line-missing',
        file: '0001.jsonl',
        line: number + 1,
      });
    }
  });

  test('each line that is changed, by its number', async () => {
    for (const [number, line] of lines().entries()) {
      const changed = lines().with(number, line.replace('north', 'south'));
      const faults = await faultsWith({ [logFile]: changed.join('') });
      expect(faults).toEqual([{ reason: 'line-changed', file: '0001.jsonl', line: number + 1 }]);
    }
  });

  test('any two lines that have changed places', async () => {
    for (let one = 0; one < 50; one += 1) {
      for (let other = one + 1; other < 50; other += 1) {
        const swapped = lines()
          .with(one, lines()[other] ?? '')
          .with(other, lines()[one] ?? '');
        expect((await faultsWith({ [logFile]: swapped.join('') }))?.length).toBeGreaterThan(0);
      }
    }
  });

  test('a line that stands there twice', async () => {
    for (const [number, line] of lines().entries()) {
      expect((await faultsWith({ [logFile]: lines().toSpliced(number, 0, line).join('') }))?.length).toBeGreaterThan(0);
    }
  });

  test('a tail that is cut, at every length', async () => {
    const log = whole[logFile] ?? Buffer.alloc(0);
    for (let length = 0; length < log.length; length += 1) {
      const faults = await faultsWith({ [logFile]: log.subarray(0, length) });
      expect(reasonsOf(faults), `${length} bytes`).toContain('tail-cut');
    }
  });

  test('a tail that is cut, though an older head is put into the log’s folder', async () => {
    const older = await mkdtemp(join(tmpdir(), 'audit-older-'));
    onTestFinished(() => rm(older, { recursive: true }));
    await mkdir(join(older, 'keys'));
    await cp(join(dataDir, keyFile), join(older, keyFile));
    await cp(join(dataDir, headFile), join(older, headFile), { recursive: true });
    await mkdir(join(older, 'audit'));
    await writeFile(join(older, logFile), lines().slice(0, 40).join(''));
    // The head that was true at forty lines, as a thief of the log's folder may have kept it.
    await cp(join(dataDir, headFile), join(older, 'audit/head.json'));
    const verified = await verifyLog(older);
    expect(verified).toMatchObject({ faults: [{ reason: 'tail-cut', line: 41 }] });
  });

  test('a chain that is rewritten from its beginning by one who has not the key', async () => {
    const stranger = logKeysFrom(new Uint8Array(32).fill(1));
    let mac = beginningOf('0001.jsonl');
    const rewritten = lines().map((line) => {
      const parsed = parseLine(line);
      if (parsed?.kind !== 'entry') throw new Error('not an entry');
      const encoded = encodeLine(stranger, mac, parsed.n, { ...parsed.entry, subject: pseudonymOf('other') });
      mac = encoded.mac;
      return encoded.text;
    });
    const faults = await faultsWith({ [logFile]: rewritten.join('') });
    expect(reasonsOf(faults)).toEqual(['chain-rewritten', 'head-disagrees']);
  });

  test('a whole other log with its own key and head under the first one’s key', async () => {
    const other = await mkdtemp(join(tmpdir(), 'audit-other-'));
    onTestFinished(() => rm(other, { recursive: true }));
    const log = await openFileAuditLog({ dataDir: other });
    await log.append({ at: at(0), actor: 'system', action: 'purge' });
    await log.close();
    const faults = await faultsWith({
      [logFile]: await readFile(join(other, logFile)),
      [headFile]: await readFile(join(other, headFile)),
    });
    expect(reasonsOf(faults)).toEqual(['head-changed', 'line-changed']);
  });

  test.for([
    [logFile, 'file-missing'],
    [headFile, 'head-missing'],
    [keyFile, 'key-missing'],
  ] as const)('that %s is gone', async ([file, reason]) => {
    expect(reasonsOf(await faultsWith({ [file]: undefined }))).toEqual([reason]);
  });

  test('a file that was put beside the log', async () => {
    const faults = await faultsWith({ 'audit/0002.jsonl': whole[logFile] });
    expect(faults).toEqual([{ reason: 'file-unknown', file: '0002.jsonl' }]);
  });

  test('that lines and head are gone while the key is there', async () => {
    expect(reasonsOf(await faultsWith({ [logFile]: undefined, [headFile]: undefined }))).toEqual(['head-missing']);
  });
});

describe('a head that was kept elsewhere', () => {
  test('is found again, also when the log has grown', async () => {
    const verified = await verifyLog(dataDir);
    const head = verified.outcome === 'read' ? verified.head : undefined;
    if (!head) throw new Error('no head');
    expect(await verifyLog(dataDir, head)).toMatchObject({ since: 'same' });
    const earlier = parseMac(lines()[19] ?? '');
    expect(await verifyLog(dataDir, { length: 20, mac: earlier })).toMatchObject({ since: 'same' });
  });

  test('shows what nothing in the folder can show: an older copy of all of it, and a log that is rewritten with its key', async () => {
    const last = { length: 50, mac: parseMac(lines()[49] ?? '') };
    const older = await mkdtemp(join(tmpdir(), 'audit-kept-'));
    onTestFinished(() => rm(older, { recursive: true }));
    await mkdir(join(older, 'keys'));
    await cp(join(dataDir, keyFile), join(older, keyFile));
    const another = await mkdtemp(join(tmpdir(), 'audit-short-'));
    onTestFinished(() => rm(another, { recursive: true }));
    const log = await openFileAuditLog({ dataDir: another });
    for (const entry of entries.slice(0, 30)) await log.append(entry);
    await log.close();
    expect(await verifyLog(another, last)).toMatchObject({ faults: [], since: 'shorter' });
    const longer = await openFileAuditLog({ dataDir: another });
    for (const entry of entries.slice(0, 30)) await longer.append(entry);
    await longer.close();
    expect(await verifyLog(another, last)).toMatchObject({ faults: [], since: 'other-line' });
    expect(await verifyLog(another, { ...last, publicKey: 'another' })).toMatchObject({ since: 'other-key' });
  });
});

test('a folder without a log says so', async () => {
  expect(await verifyLog('/data', undefined, inMemory({}))).toEqual({ outcome: 'none' });
});

function parseMac(line: string): string {
  const { mac }: { mac: string } = JSON.parse(line);
  return mac;
}

describe('npm run audit:verify', { timeout: 60_000 }, () => {
  const runIn = (env: Readonly<Record<string, string>>, ...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/audit-verify.ts', ...args], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });
    return { status, text: stdout + stderr };
  };
  const run = (...args: readonly string[]) => runIn({}, ...args);

  test('says that a whole log is whole, and ends with 0', () => {
    const { status, text } = run('--data', dataDir);
    expect(text).toContain('Loggen är hel: 50 rader');
    expect(status).toBe(0);
  });

  test('prints a line to keep, and compares with it later', () => {
    const line = /--since (\S+)/.exec(run('--data', dataDir, '--head').text)?.[1] ?? '';
    expect(line).toMatch(/^50:[\w-]{43}:[\w-]{43}$/);
    expect(run('--data', dataDir, '--since', line)).toMatchObject({ status: 0 });
    const other = run('--data', dataDir, '--since', line.replace(/^50:./, '50:_'));
    expect(other.text).toContain('Loggen är omskriven.');
    expect(other.status).toBe(1);
  });

  test('says in Swedish what is wrong and on which line, and ends with 1', async () => {
    const broken = await mkdtemp(join(tmpdir(), 'audit-command-'));
    onTestFinished(() => rm(broken, { recursive: true }));
    await cp(dataDir, broken, { recursive: true });
    await writeFile(join(broken, logFile), lines().toSpliced(6, 1).join(''));
    const { status, text } = run('--data', broken);
    expect(text).toContain('0001.jsonl, rad 7: En eller flera rader före den här saknas');
    expect(status).toBe(1);
  });

  test('says in one line which setting cannot be used', () => {
    for (const args of [[], ['--data', dataDir]])
      expect(runIn({ AUDIT_KEY_FILE: '/nowhere/audit-key' }, ...args)).toEqual({
        status: 1,
        text: 'AUDIT_KEY_FILE: ska vara en fil som går att läsa (ENOENT)\n',
      });
    expect(runIn({ PORT: 'x' })).toMatchObject({ status: 1, text: expect.stringMatching(/^PORT: [^\n]*\n$/) });
  });

  test('ends with 1 where there is no log, and for an option that it does not know', () => {
    expect(run('--data', join(dataDir, 'keys'))).toMatchObject({ status: 1 });
    expect(run('--dta', dataDir)).toMatchObject({ status: 1, text: expect.stringContaining('--dta') });
    expect(run('--since', 'x')).toMatchObject({ status: 1, text: expect.stringContaining('--since') });
  });
});
