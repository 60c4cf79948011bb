import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type LogFs, nodeLogFs } from '#adapters/audit/log-fs.ts';
import { openIssuedRegister } from '#adapters/register/issued-register.ts';
import { certificateCode, day, sampleCertificate } from '../contract/sample-documents.ts';
import { systemError } from './simulated-disk.ts';

const [one, other] = [sampleCertificate('one'), sampleCertificate('other', { validUntil: day('2026-12-31') })];

async function folder(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'issued-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  return dataDir;
}

const open = (dataDir: string, there = [one], more: { beginsComplete?: boolean; fs?: LogFs } = {}) =>
  openIssuedRegister({ dataDir, there, beginsComplete: true, reportError: () => undefined, ...more });

test('reliability F4: a code outlives its document, and what is there at the start is in it', async () => {
  const dataDir = await folder();
  const first = await open(dataDir);
  await first.add([other, one]);
  await first.close();
  const again = await open(dataDir, []);
  expect(again.isComplete).toBe(true);
  expect(again.validUntil(one.code)).toBe(one.validUntil);
  expect(again.validUntil(certificateCode('nobody'))).toBeUndefined();
  expect(again.countLost(day('2026-06-10'))).toBe(2);
  expect(again.countLost(day('2027-01-01'))).toBe(1);
  await again.close();
  const text = await readFile(join(dataDir, 'issued/0001.jsonl'), 'utf8');
  expect(text.trim().split('\n')).toHaveLength(3);
  expect(text).not.toContain(one.code);
});

test('reliability F4: half a line goes, a damaged one makes that unknown codes cannot be judged', async () => {
  const dataDir = await folder();
  await (await open(dataDir)).close();
  const file = join(dataDir, 'issued/0001.jsonl');
  await appendFile(file, '{"code":"ab');
  const mended = await open(dataDir, [one, other]);
  expect(mended.isComplete).toBe(true);
  await mended.close();
  expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(3);
  await appendFile(file, 'x\n');
  const damaged = await open(dataDir);
  expect(damaged.isComplete).toBe(false);
  expect(damaged.validUntil(other.code)).toBe(other.validUntil);
  await damaged.close();
});

test('reliability F4: one that begins when something is lost says so for ever', async () => {
  const dataDir = await folder();
  await (await open(dataDir, [one], { beginsComplete: false })).close();
  const again = await open(dataDir);
  expect(again.isComplete).toBe(false);
  await again.close();
});

test('reliability F4: what a full disk refuses is written with the next one, and every line is whole', async () => {
  const dataDir = await folder();
  let isFull = false;
  const fs: LogFs = {
    ...nodeLogFs,
    openToAppend: async (path) => {
      const file = await nodeLogFs.openToAppend(path);
      const append = async (text: string) => {
        await file.append(isFull ? text.slice(0, 20) : text);
        if (isFull) throw systemError('ENOSPC', 'write');
      };
      return { ...file, append };
    },
  };
  const register = await open(dataDir, [], { fs });
  isFull = true;
  await register.add([one]);
  isFull = false;
  await register.add([other]);
  await register.close();
  const again = await open(dataDir, []);
  expect([again.isComplete, again.validUntil(one.code), again.validUntil(other.code)]).toEqual([
    true,
    one.validUntil,
    other.validUntil,
  ]);
  await again.close();
});
