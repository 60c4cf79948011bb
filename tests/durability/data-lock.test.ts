import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { acquireDataLock, callOwner } from '#adapters/lowdb/data-lock.ts';

const handle = async () => null;

describe('the lock of a data folder', { timeout: 60_000 }, () => {
  test('one process gets it, and another is told who holds it', async () => {
    const dataDir = await temporaryFolder();
    const [holder, other] = await Promise.all([startProcess(), startProcess()]);
    expect(await holder.ask(`acquire ${dataDir}`)).toEqual({ ok: true });
    expect(await other.ask(`acquire ${dataDir}`)).toEqual({ ok: false, reason: 'held', pid: holder.pid });
    expect(await acquireDataLock(dataDir, { handle })).toEqual({ ok: false, reason: 'held', pid: holder.pid });
  });

  test('when its holder is killed the next one gets it at once, and clears up', async () => {
    const dataDir = await temporaryFolder();
    const [holder, next] = await Promise.all([startProcess(), startProcess()]);
    await holder.ask(`acquire ${dataDir}`);
    await holder.kill('SIGKILL');
    expect(await socketsIn(dataDir)).toHaveLength(1);
    const started = performance.now();
    expect(await next.ask(`acquire ${dataDir}`)).toEqual({ ok: true });
    expect(performance.now() - started).toBeLessThan(1000);
    expect(await socketsIn(dataDir)).toEqual([expect.stringContaining(`.${next.pid}.`)]);
  });

  test('when its holder releases it the next one gets it, and nothing is left in the folder', async () => {
    const dataDir = await temporaryFolder();
    const first = await acquireDataLock(dataDir, { handle });
    if (first.ok) await first.release();
    expect(await readdir(dataDir)).toEqual([]);
    const second = await acquireDataLock(dataDir, { handle });
    expect(second.ok).toBe(true);
    if (second.ok) await second.release();
  });

  test('of five processes that start together exactly one gets it, 24 times, half of them over a killed holder', async () => {
    const starters = await Promise.all(Array.from({ length: 5 }, () => startProcess()));
    const folders = await Promise.all(Array.from({ length: 24 }, () => temporaryFolder()));
    await leaveDeadSockets(...folders.slice(12));
    for (const [round, dataDir] of folders.entries()) {
      const outcomes = await Promise.all(starters.map((starter) => starter.ask(`acquire ${dataDir}`)));
      const winners = starters.filter((_, index) => outcomes[index]?.['ok'] === true);
      expect(winners, `round ${round}`).toHaveLength(1);
      const losers = outcomes.filter((outcome) => outcome['ok'] === false);
      expect(losers).toEqual(losers.map(() => ({ ok: false, reason: 'held', pid: winners[0]?.pid })));
      expect(await socketsIn(dataDir)).toHaveLength(1);
      await winners[0]?.ask('release');
    }
  });

  test('of 20 starters in one process exactly one gets it', async () => {
    const dataDir = await temporaryFolder();
    const locks = await Promise.all(Array.from({ length: 20 }, () => acquireDataLock(dataDir, { handle })));
    const won = locks.filter((lock) => lock.ok);
    expect(won).toHaveLength(1);
    for (const lock of won) await lock.release();
  });

  test('a holder that is stopped, not dead, still holds it', async () => {
    const dataDir = await temporaryFolder();
    const holder = await startProcess();
    await holder.ask(`acquire ${dataDir}`);
    holder.signal('SIGSTOP');
    expect(await acquireDataLock(dataDir, { handle })).toEqual({ ok: false, reason: 'held', pid: holder.pid });
    expect(await callOwner(dataDir, { job: 'echo' })).toEqual({ ok: false, reason: 'no-reply' });
    holder.signal('SIGCONT');
    expect(await callOwner(dataDir, { job: 'nothing' })).toEqual({ ok: true, reply: null });
  });

  test('its socket is for the owner only, and a missing folder is made', async () => {
    const dataDir = join(await temporaryFolder(), 'not', 'there');
    const lock = await acquireDataLock(dataDir, { handle });
    const [socket] = await socketsIn(dataDir);
    expect((await stat(join(dataDir, socket ?? ''))).mode & 0o777).toBe(0o600);
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
    if (lock.ok) await lock.release();
  });

  test('it works in a folder whose path is longer than a socket’s may be, and leaves nothing elsewhere', async () => {
    const dataDir = join(await temporaryFolder(), 'förvaltningen för vård och omsorg '.repeat(6), 'data');
    expect(Buffer.byteLength(dataDir)).toBeGreaterThan(200);
    const elsewhere = await temporaryFolder();
    vi.stubEnv('TMPDIR', elsewhere);
    onTestFinished(() => void vi.unstubAllEnvs());
    const [holder, next] = await Promise.all([startProcess(), startProcess()]);
    expect(await holder.ask(`acquire ${dataDir}`)).toEqual({ ok: true });
    expect(await next.ask(`acquire ${dataDir}`)).toEqual({ ok: false, reason: 'held', pid: holder.pid });
    expect(await callOwner(dataDir, { job: 'echo', text: 'å' })).toEqual({
      ok: true,
      reply: { pid: holder.pid, heard: 'å' },
    });
    expect(await socketsIn(dataDir)).toHaveLength(1);
    await holder.kill('SIGKILL');
    expect(await next.ask(`acquire ${dataDir}`)).toEqual({ ok: true });
    expect(await readdir(elsewhere)).toEqual([]);
  });

  test('what starters left that were killed in their first millisecond is cleared up a minute later', async () => {
    const dataDir = await temporaryFolder();
    const old = 'lock.1.00112233aabbccdd.sock.new';
    const fresh = 'lock.2.00112233aabbccdd.sock.new';
    for (const name of [old, fresh]) await writeFile(join(dataDir, name), '');
    await utimes(join(dataDir, old), 0, 0);
    const lock = await acquireDataLock(dataDir, { handle });
    expect(await readdir(dataDir)).toEqual(expect.not.arrayContaining([old]));
    expect(await readdir(dataDir)).toContain(fresh);
    if (lock.ok) await lock.release();
  });
});

describe('a call to the owner', { timeout: 60_000 }, () => {
  test('is answered by the process that holds the lock', async () => {
    const dataDir = await temporaryFolder();
    const holder = await startProcess();
    await holder.ask(`acquire ${dataDir}`);
    const text = 'å"\n\\ '.repeat(20_000);
    expect(await callOwner(dataDir, { job: 'echo', text })).toEqual({
      ok: true,
      reply: { pid: holder.pid, heard: text },
    });
  });

  test('20 at once are each answered', async () => {
    const dataDir = await temporaryFolder();
    const lock = await acquireDataLock(dataDir, { handle: async (request) => request['number'] });
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, number) => callOwner(dataDir, { job: 'any', number })),
    );
    expect(replies).toEqual(Array.from({ length: 20 }, (_, number) => ({ ok: true, reply: number })));
    if (lock.ok) await lock.release();
  });

  test('finds nobody where no process ever held the lock, or where the holder is dead', async () => {
    const dataDir = await temporaryFolder();
    expect(await callOwner(dataDir, { job: 'echo' })).toEqual({ ok: false, reason: 'no-owner' });
    await leaveDeadSockets(dataDir);
    expect(await callOwner(dataDir, { job: 'echo' })).toEqual({ ok: false, reason: 'no-owner' });
  });

  test('whose job fails is told why, and the owner goes on', async () => {
    const dataDir = await temporaryFolder();
    const holder = await startProcess();
    await holder.ask(`acquire ${dataDir}`);
    expect(await callOwner(dataDir, { job: 'juggle' })).toEqual({
      ok: false,
      reason: 'job-failed',
      message: 'no job juggle',
    });
    expect(await callOwner(dataDir, { job: 'nothing' })).toEqual({ ok: true, reply: null });
  });

  test('gets no reply when the owner is killed in the middle', async () => {
    const dataDir = await temporaryFolder();
    const holder = await startProcess();
    await holder.ask(`acquire ${dataDir}`);
    expect(await callOwner(dataDir, { job: 'die' })).toEqual({ ok: false, reason: 'no-reply' });
  });

  test('is finished before the owner gives up the lock', async () => {
    const dataDir = await temporaryFolder();
    const job = Promise.withResolvers<string>();
    const started = Promise.withResolvers<void>();
    const lock = await acquireDataLock(dataDir, {
      handle: () => {
        started.resolve();
        return job.promise;
      },
    });
    const call = callOwner(dataDir, { job: 'long' });
    await started.promise;
    const released = lock.ok ? lock.release() : undefined;
    expect(await acquireDataLock(dataDir, { handle })).toEqual({ ok: false, reason: 'held', pid: process.pid });
    expect(await callOwner(dataDir, { job: 'late' })).toEqual({ ok: false, reason: 'no-reply' });
    job.resolve('done');
    expect(await call).toEqual({ ok: true, reply: 'done' });
    await released;
    expect(await readdir(dataDir)).toEqual([]);
  });

  test.for(['not json', '{}', '[]', '{"job":1}', '""'])('that says %s is a bad request', async (line) => {
    const dataDir = await temporaryFolder();
    const lock = await acquireDataLock(dataDir, { handle });
    const [socket] = await socketsIn(dataDir);
    expect(await sendRaw(join(dataDir, socket ?? ''), `${line}\n`)).toBe('{"ok":false,"reason":"bad-request"}\n');
    if (lock.ok) await lock.release();
  });

  test('that never ends its line is cut off, and one that says nothing does not hold up the release', async () => {
    const dataDir = await temporaryFolder();
    const lock = await acquireDataLock(dataDir, { handle });
    const [socket] = await socketsIn(dataDir);
    expect(await sendRaw(join(dataDir, socket ?? ''), 'x'.repeat(1_100_000))).toBe('');
    const silent = connect(join(dataDir, socket ?? ''));
    await once(silent, 'connect');
    if (lock.ok) await lock.release();
    silent.destroy();
    expect(await readdir(dataDir)).toEqual([]);
  });
});

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'data-lock-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

async function socketsIn(dataDir: string): Promise<readonly string[]> {
  return (await readdir(dataDir)).filter((name) => name.startsWith('lock.'));
}

/** In each folder the socket of a process that was killed while it held the lock. */
async function leaveDeadSockets(...folders: readonly string[]): Promise<void> {
  const source = `
    const { createServer } = require('node:net');
    const listening = process.argv.slice(1).map((folder) => new Promise((resolve) =>
      createServer().listen(folder + '/lock.1.00112233aabbccdd.sock', resolve)));
    Promise.all(listening).then(() => process.kill(process.pid, 'SIGKILL'));`;
  await once(spawn(process.execPath, ['-e', source, ...folders]), 'exit');
  for (const folder of folders) expect(await socketsIn(folder)).toHaveLength(1);
}

interface LockProcess {
  readonly pid: number | undefined;
  /** Sends a command and waits for its outcome. */
  readonly ask: (command: string) => Promise<Readonly<Record<string, unknown>>>;
  readonly signal: (signal: NodeJS.Signals) => void;
  readonly kill: (signal: NodeJS.Signals) => Promise<void>;
}

async function startProcess(): Promise<LockProcess> {
  const script = join(import.meta.dirname, 'lock-holder.ts');
  const child: ChildProcess = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  if (child.stdin === null || child.stdout === null) throw new Error('no pipes');
  const { stdin } = child;
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async (): Promise<Readonly<Record<string, unknown>>> =>
    JSON.parse(String((await lines.next()).value));
  await nextLine();
  return {
    pid: child.pid,
    ask: (command) => {
      stdin.write(`${command}\n`);
      return nextLine();
    },
    signal: (signal) => {
      child.kill(signal);
    },
    kill: async (signal) => {
      child.kill(signal);
      await once(child, 'exit');
    },
  };
}

/** Everything that comes back until the other side hangs up. */
async function sendRaw(path: string, text: string): Promise<string> {
  const socket = connect(path);
  let received = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    received += chunk;
  });
  // Cut off in the middle of what it sends, the socket may say EPIPE or ECONNRESET: `close` is what counts.
  socket.on('error', () => undefined);
  socket.write(text);
  await new Promise((resolve) => socket.on('close', resolve));
  return received;
}
