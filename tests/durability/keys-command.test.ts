import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { acquireDataLock } from '#adapters/lowdb/data-lock.ts';

const none = { personalCodes: 0, recoveryCodes: 0, appSecrets: 0 };

describe('npm run keys:rotate', { timeout: 120_000 }, () => {
  test('makes a new key, tells what rests on which, and takes away those that nothing rests on when told to', async () => {
    const dataDir = await newDataDir();
    const status = await run(dataDir, '--status');
    expect(status.code).toBe(0);
    expect(status.text).toMatch(
      /^k1 \(används för allt nytt\): 0 personliga koder, 0 reservkoder, 0 appar för koder\n$/,
    );
    const rotated = await run(dataDir);
    expect(rotated.text).toContain('Ny nyckel: k2.');
    expect(rotated.text).toContain('k1: inget sparat vilar på den');
    const dropped = await run(dataDir, '--drop');
    expect(dropped.text).toMatch(/^k2 \(används för allt nytt\)[^\n]*\n$/);
    expect(await readFile(join(dataDir, 'keys/installation.key'), 'utf8')).toMatch(/^k2:[0-9a-f]{64}\n$/);
    expect(rotated.text + dropped.text).not.toMatch(/[0-9a-f]{64}/);
  });

  test('asks the process that has the data, and names the key that it is to replace', async () => {
    const dataDir = await newDataDir();
    const asked: unknown[] = [];
    const lock = await acquireDataLock(dataDir, {
      handle: async (request) => {
        asked.push(request);
        const replaced = 'replaced' in request;
        return {
          uses: replaced
            ? [
                { id: 'k2', ...none },
                { id: 'k1', ...none, personalCodes: 3 },
              ]
            : [{ id: 'k1', ...none }],
          present: replaced ? ['k2', 'k1'] : ['k1'],
          areGiven: false,
        };
      },
    });
    onTestFinished(async () => {
      if (lock.ok) await lock.release();
    });
    const { code, text } = await run(dataDir);
    expect(code).toBe(0);
    expect(text).toContain('k1: 3 personliga koder');
    expect(asked).toEqual([{ job: 'keys' }, { job: 'keys', reseal: true, replaced: 'k1' }]);
  });

  test('leaves a file of keys that the operator gives as it is', async () => {
    const dataDir = await newDataDir();
    const file = join(dataDir, 'given');
    const lines = `${'1'.repeat(64)}\nk2:${'2'.repeat(64)}\n`;
    await writeFile(file, lines);
    const { code, text } = await run(dataDir, '--drop', { INSTALLATION_KEYS_FILE: file });
    expect(code).toBe(0);
    expect(text).toContain('k2 (används för allt nytt)');
    expect(text).toContain('INSTALLATION_KEYS_FILE');
    expect(await readFile(file, 'utf8')).toBe(lines);
  });

  test('says which file of keys is wrong', async () => {
    const dataDir = await newDataDir();
    const { code, text } = await run(dataDir, '--status', { INSTALLATION_KEYS_FILE: join(dataDir, 'nowhere') });
    expect(code).toBe(1);
    expect(text).toContain(join(dataDir, 'nowhere'));
  });
});

async function newDataDir(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'keys-command-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  return dataDir;
}

async function run(dataDir: string, option = '', env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, ['src/cli/keys-rotate.ts', ...(option ? [option] : [])], {
    env: { ...process.env, DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  const [code] = await once(child, 'close');
  return { code, text };
}
