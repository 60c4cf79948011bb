import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { freePort, makeDataDir, removeDataDir } from '../support/app.ts';
import { copyCheckout } from '../support/checkout.ts';

test('the first minutes are quiet: npm start builds, and prints a line of progress, the link and the address', async () => {
  const folder = await copyCheckout();
  const dataDir = await makeDataDir();
  await rm(join(folder, 'dist'), { recursive: true });
  const port = await freePort();
  const { NO_COLOR: _, ...env } = process.env;
  // As on a terminal that shows colours: npm and what it starts may use them.
  const child = spawn('npm', ['start'], {
    cwd: folder,
    env: { ...env, DATA_DIR: dataDir, PORT: String(port), FORCE_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  onTestFinished(async () => {
    if (child.exitCode === null && child.pid !== undefined) {
      const exited = once(child, 'exit');
      process.kill(-child.pid, 'SIGKILL');
      await exited;
    }
    for (const one of [folder, dataDir]) await removeDataDir(one);
  });
  while (!said.includes('/valkommen/') || !said.includes('Mejl:')) {
    if (child.exitCode !== null) throw new Error(`it does not start:\n${said}`);
    await pause(100);
  }
  await pause(1_000);

  const lines = said.split('\n').filter((line) => line.trim() !== '');
  expect(lines.length, said).toBeLessThanOrEqual(20);
  expect(lines.filter((line) => line.startsWith('Bygger webbplatsen.'))).toHaveLength(1);
  expect(said).toContain(`http://127.0.0.1:${port}`);
  expect(said).not.toMatch(/warn|varning|deprecat|error|EBADENGINE/i);
  expect(said.includes('\u001b'), 'colour codes').toBe(false);
});
