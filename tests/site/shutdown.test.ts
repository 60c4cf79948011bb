import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type RunningApp, removeDataDir, startApp } from '../support/app.ts';
import { makeSmallDisk } from '../support/small-disk.ts';
import { Visitor } from '../support/visitor.ts';

async function started(options: Parameters<typeof startApp>[0] = {}): Promise<RunningApp> {
  const app = await startApp(options);
  onTestFinished(async () => {
    await app.kill();
    await removeDataDir(app.dataDir).catch(() => undefined);
  });
  return app;
}

/** How the process ended, and after how many milliseconds. */
async function endOf(app: RunningApp, signal: NodeJS.Signals) {
  const at = performance.now();
  app.process.kill(signal);
  const [code, by] = (await once(app.process, 'exit')) as [number | null, NodeJS.Signals | null];
  return { code, by, took: performance.now() - at };
}

describe('reliability F5, F6: the server', () => {
  test.for(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('ends in order on %s', async (signal) => {
    const app = await started();
    expect(await endOf(app, signal)).toMatchObject({ code: 0, by: null });
    expect(app.output()).not.toMatch(/\n\s+at /);
  });

  test('ends within its deadline on a disk that takes nothing', async () => {
    const disk = makeSmallDisk();
    onTestFinished(() => disk.end());
    const app = await startApp({ dataDir: join(disk.folder, 'data'), env: { ...disk.env } });
    disk.fill();
    const { code, took } = await endOf(app, 'SIGTERM');
    expect(code).toBe(0);
    expect(took).toBeLessThan(9_000);
  });

  test('tells who keeps a connection open to go elsewhere: no request of 24 busy ones is cut off', async () => {
    const app = await started();
    const agent = new Agent({ keepAlive: true, maxSockets: 24 });
    let [isOver, cut, last] = [false, 0, ''];
    const client = async () => {
      while (!isOver) {
        const outcome = await ask(`${app.url}/halsa`, agent);
        if (outcome === 'cut') cut += 1;
        else last = outcome;
        // It has been told to: a new connection may come just as the port closes, and whoever makes one tries elsewhere.
        if (outcome !== 'keep-alive') return;
      }
    };
    const clients = Array.from({ length: 24 }, client);
    await delay(500);
    expect(last).toBe('keep-alive');
    const { code, took } = await endOf(app, 'SIGTERM');
    isOver = true;
    await Promise.all(clients);
    agent.destroy();
    expect({ code, cut, last }).toEqual({ code: 0, cut: 0, last: 'close' });
    expect(took).toBeLessThan(4_000);
  });

  test('reports a rejection that belongs to no request, without what it says, and ends in order with 1', async () => {
    const preload = `--import ${resolve('tests/support/reject-on-signal.mjs')}`;
    const app = await started({ env: { NODE_OPTIONS: preload } });
    expect((await new Visitor(app.url).get('/halsa')).status).toBe(200);
    expect(await endOf(app, 'SIGUSR2')).toMatchObject({ code: 1, by: null });
    expect(app.output()).toMatch(/Oväntat fel: Error\n\s+at .*reject-on-signal/);
    expect(app.output()).not.toContain('Hanna');
  });
});

/** @returns the reply's Connection header; `cut` where there was no whole reply, `refused` where nobody listens any more */
function ask(url: string, agent: Agent): Promise<string> {
  return new Promise((done) => {
    get(url, { agent }, (response) => {
      response.resume();
      response.on('end', () => done(response.headers.connection ?? ''));
      response.on('error', () => done('cut'));
    }).on('error', (error: NodeJS.ErrnoException) => done(error.code === 'ECONNREFUSED' ? 'refused' : 'cut'));
  });
}
