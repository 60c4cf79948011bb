import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildState } from '#src/build/stamp.ts';
import { freePort, makeDataDir, removeDataDir, waitFor } from '../support/app.ts';
import { copyCheckout, edit } from '../support/checkout.ts';
import { sendBare } from '../support/raw-request.ts';

/** In milliseconds: a build and a start, on a machine that others share. */
const buildTime = 170_000;

describe('managers S8, structure H1: what is served is one version', { timeout: 2 * buildTime }, () => {
  let folder: string;
  let dataDir: string;
  beforeAll(async () => {
    folder = await copyCheckout();
    dataDir = await makeDataDir();
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await removeDataDir(dataDir);
  });

  test('what is built and has not changed is served at once', async () => {
    expect(buildState(folder)).toBe('current');
    const server = await npmStart();
    expect(server.output()).not.toContain('Bygger');
    expect((await health(server))['builtOn']).toMatch(/^\d{4}-\d\d-\d\d$/);
    await server.stop();
  });

  test('a build that is interrupted is no build', async () => {
    await edit(folder, 'content/municipality.yaml', /^name: .*/m, 'name: Storkommun');
    await edit(folder, 'content/municipality.yaml', /^issuer: .*/m, 'issuer: Storkommun, omsorgsnämnden');
    const { child, said } = run('start');
    while (!said().includes('Bygger om') || existsSync(join(folder, 'dist/build.json'))) await pause(20);
    await pause(1500);
    endAll(child, 'SIGKILL');
    await once(child, 'exit');
    expect(buildState(folder)).toBe('none');
  });

  test('after a changed text, setting and source file, npm start serves the new of all three, on every kind of page', async () => {
    await edit(folder, 'content/ui/sv.json', /("signIn\.title": ")[^"]*/, '$1Kliv på');
    await edit(folder, 'content/ui/sv.json', /("error\.method": ")[^"]*/, '$1Så kan sidan inte användas.');
    await edit(folder, 'package.json', /("version": ")[^"]+/, '$10.1.999');
    await edit(folder, 'src/server/headers.ts', `'referrer-policy': 'same-origin'`, `'referrer-policy': 'origin'`);
    const server = await npmStart();
    expect(server.output()).toContain('Bygger');
    const page = async (path: string) => (await fetch(`${server.url}${path}`)).text();

    expect(await page('/logga-in')).toMatch(/<title>Kliv på/);
    const refused = await sendBare(server.url, [
      'DELETE /logga-in HTTP/1.1',
      `Host: ${new URL(server.url).host}`,
      `Origin: ${server.url}`,
    ]);
    expect(refused.body).toBe('Så kan sidan inte användas.');
    for (const path of ['/', '/kurser/sekretess', '/personuppgifter', '/logga-in', '/intyg']) {
      expect(await page(path), path).toContain('Storkommun');
      expect(await page(path), path).not.toContain('Lindala kommun');
    }
    for (const path of ['/', '/logga-in'])
      expect((await fetch(`${server.url}${path}`)).headers.get('referrer-policy'), path).toBe('origin');
    expect(buildState(folder)).toBe('current');
    const first = await health(server);
    expect(first['version']).toBe('0.1.999');
    expect(JSON.parse(await readFile(join(dataDir, 'folder.json'), 'utf8'))).toMatchObject({ version: '0.1.999' });
    await server.stop();

    const again = await npmStart();
    expect(again.output()).not.toContain('Bygger');
    expect(await health(again)).toEqual(first);
    // What is edited meanwhile waits for the next start: nothing that runs is read from here.
    await rename(join(folder, 'content'), join(folder, 'content-away'));
    await rename(join(folder, 'src'), join(folder, 'src-away'));
    expect((await fetch(`${again.url}/sla-upp?fraga=polisen`)).status).toBe(200);
    expect((await fetch(`${again.url}/logga-in`)).status).toBeLessThan(500);
    await rename(join(folder, 'content-away'), join(folder, 'content'));
    await rename(join(folder, 'src-away'), join(folder, 'src'));
    await again.stop();
  });

  test('what cannot be built is not served, and the start says what to do', async () => {
    await edit(folder, 'content/municipality.yaml', /^name: .*\n/m, '');
    const { child, said } = run('start');
    const [code] = await once(child, 'exit');
    expect(code).not.toBe(0);
    expect(said()).toMatch(/gick inte att bygga/);
    expect(said()).toContain('npm run content:check');
    expect(said()).not.toContain('Mejl:');
  });

  test('with packages of another version it says so, before anything is built', async () => {
    await edit(folder, 'package-lock.json', /("node_modules\/zod": \{\s+"version": ")[^"]+/, '$199.0.0');
    const { child, said } = run('start');
    const [code] = await once(child, 'exit');
    expect(code).toBe(1);
    expect(said()).toMatch(/\(zod\).*npm ci/);
    expect(said()).not.toContain('Bygger');
  });

  function run(script: string, env: Readonly<Record<string, string>> = {}) {
    const child = spawn('npm', ['run', '--silent', script], {
      cwd: folder,
      env: { ...process.env, DATA_DIR: dataDir, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    return { child, said: () => output };
  }

  interface Started {
    readonly url: string;
    output(): string;
    stop(): Promise<void>;
  }

  async function npmStart(): Promise<Started> {
    const port = await freePort();
    const { child, said } = run('start', { PORT: String(port) });
    const end = Date.now() + buildTime;
    while (!said().includes('Mejl:')) {
      if (child.exitCode !== null || Date.now() > end) throw new Error(`it does not start:\n${said()}`);
      await pause(50);
    }
    const stop = async () => {
      const exited = once(child, 'exit');
      endAll(child, 'SIGTERM');
      await exited;
      // npm may be gone before the server has let go of the folder.
      await waitFor(() =>
        fetch(`http://127.0.0.1:${port}/halsa`).then(
          () => false,
          () => true,
        ),
      );
    };
    return { url: `http://127.0.0.1:${port}`, output: said, stop };
  }

  async function health({ url }: Started): Promise<Record<string, unknown>> {
    return (await (await fetch(`${url}/halsa`)).json()) as Record<string, unknown>;
  }
});

describe('structure H1: the built program', () => {
  const folder = 'dist/server';
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.mjs'));
  const textOf = (name: string) => readFileSync(join(folder, name), 'utf8');
  /** Rolldown names the module above each piece. */
  const modulesIn = (name: string) =>
    [...textOf(name).matchAll(/^\/\/ ((?:src|content)\/\S+)/gm)].map(([, path]) => path ?? '');

  test('has each module of ours once', () => {
    const all = files.flatMap(modulesIn);
    expect(all.length).toBeGreaterThan(300);
    for (const path of [
      'src/cli/start.ts',
      'src/server/create-server.ts',
      'src/ports/store.ts',
      'src/usecases/exam/take-exam.ts',
    ])
      expect(all).toContain(path);
    expect(all.filter((path, place) => all.indexOf(path) !== place)).toEqual([]);
  });

  test('is started by a program that reads nothing of the source, as are its threads, which start no server', () => {
    const specifiers = (text: string) =>
      [...text.matchAll(/(?:from|import)\s*\(?\s*["']([^"']+)["']/g)].map(([, name]) => name ?? '');
    expect(specifiers(readFileSync('src/cli/serve.js', 'utf8')).filter((name) => !name.startsWith('node:'))).toEqual(
      [],
    );
    const reached = (name: string): string[] => {
      const near = specifiers(textOf(name)).filter((one) => one.startsWith('.'));
      return [name, ...near.flatMap((one) => reached(join(dirname(name), one)))];
    };
    for (const thread of ['chunks/hash-thread.mjs', 'chunks/list-worker.mjs']) {
      const modules = reached(thread).flatMap(modulesIn);
      expect(modules.length).toBeGreaterThan(0);
      expect(modules.filter((path) => !/^src\/(domain|adapters\/(secrets|staff-lists))\//.test(path))).toEqual([]);
    }
  });
});

/** npm and what it has started are one group. */
function endAll({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid !== undefined) process.kill(-pid, signal);
}
