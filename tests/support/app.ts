import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface RunningApp {
  readonly url: string;
  readonly dataDir: string;
  /** The one-time link of a first start. */
  readonly firstLink: string | undefined;
  readonly process: ChildProcess;
  output(): string;
  /** SIGTERM, and waits. */
  stop(): Promise<void>;
  /** SIGKILL, and waits. */
  kill(): Promise<void>;
}

/** As `npm start` has it. */
const serverFlags = startFlags();

function startFlags(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
  return / node ((?:--\S+ )*)src\/cli\/serve\.js$/.exec(scripts.start)?.[1]?.trim().split(' ') ?? [];
}

/** Starts the real server (src/cli/serve.js on the built site) on a free port and a data folder of its own. */
export async function startApp(
  options: { dataDir?: string; port?: number; env?: Record<string, string>; cwd?: string; uid?: number } = {},
): Promise<RunningApp> {
  const dataDir = options.dataDir ?? (await makeDataDir());
  const port = options.port ?? (await freePort());
  const child = spawn(process.execPath, [...serverFlags, 'src/cli/serve.js'], {
    cwd: options.cwd,
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.uid !== undefined && { uid: options.uid, gid: options.uid }),
  });
  let output = '';
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const started = new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Mejl:')) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`the server stopped with ${code}:\n${output}`)));
  });
  await started;
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exited;
  };
  const url = `http://127.0.0.1:${port}`;
  if (!options.dataDir) await waitFor(() => output.includes('administratör'));
  return {
    url,
    dataDir,
    firstLink:
      firstLinkIn(output) ?? (options.dataDir ? undefined : await linkByCommand({ dataDir, port, ...options })),
    process: child,
    output: () => output,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

function firstLinkIn(text: string): string | undefined {
  return /http\S+\/valkommen\/\S+/.exec(text)?.[0];
}

/** Where what the server prints is kept elsewhere, it prints no link. */
async function linkByCommand(app: { dataDir: string; port: number; env?: Record<string, string> }) {
  const env = { ...process.env, ...app.env, DATA_DIR: app.dataDir, PORT: String(app.port) };
  const { stdout } = await promisify(execFile)(process.execPath, ['src/cli/admin-reset.ts'], { env });
  return firstLinkIn(stdout);
}

export async function makeDataDir(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'sekretess-'));
}

export async function removeDataDir(dir: string): Promise<void> {
  await rm(dir, { recursive: true, force: true });
}

/**
 * Ports from below those that the system hands out by itself: a connection of another test cannot be given one that a server
 * is about to take, or comes back to. Each worker has a stretch of its own, and begins somewhere in it.
 */
const worker = Number(process.env['VITEST_POOL_ID'] ?? 0) % 8;
const stretch = 2_000;
let nextPort = Math.floor(Math.random() * stretch);

export async function freePort(): Promise<number> {
  for (let tries = 0; tries < stretch; tries++) {
    const port = 12_000 + worker * stretch + (nextPort++ % stretch);
    if (await isFree(port)) return port;
  }
  throw new Error('no port is free');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** Waits until something holds, at most a minute: other tests run beside this one. */
export async function waitFor<T>(look: () => T | Promise<T>): Promise<NonNullable<T>> {
  const end = Date.now() + 60_000;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error('waited a minute in vain');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** The newest mail in the folder whose text holds a link like this. Decodes quoted-printable. */
export async function linkInMail(dataDir: string, path: string): Promise<string> {
  return waitFor(async () => {
    const folder = join(dataDir, 'mail');
    const files = (await readdir(folder).catch(() => []))
      .filter((name) => name.endsWith('.eml'))
      .sort()
      .reverse();
    for (const file of files) {
      const text = (await readFile(join(folder, file), 'utf8')).replace(/=\r?\n/g, '').replace(/=3D/g, '=');
      const link = new RegExp(`http\\S+${path}[\\w-]+`).exec(text)?.[0];
      if (link) return link;
    }
    return undefined;
  });
}
