import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { nodeDurableFs } from '#adapters/lowdb/durable-fs.ts';
import { keyIdOf } from '#domain/account/key-id.ts';
import type { KeyId } from '#domain/kernel/ids.ts';
import { openFileSecrets } from './file-secrets.ts';
import { KeyRingError } from './key-ring.ts';

const one = '11'.repeat(32);
const two = '22'.repeat(32);
const k = (number: number) => `k${number}` as KeyId;
const text = new TextEncoder().encode('hemligt');

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'keys-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

async function given(lines: string): Promise<string> {
  const file = join(await newFolder(), 'given');
  await writeFile(file, lines);
  return file;
}

async function withGiven(lines: string) {
  return openFileSecrets({ dataDir: await newFolder(), keysFile: await given(lines) });
}

describe('the keys of the data folder', () => {
  test('are made at the first start, for the owner of the files alone, and are the same at the next', async () => {
    const dataDir = await newFolder();
    const first = await openFileSecrets({ dataDir });
    expect(await readFile(join(dataDir, 'keys/installation.key'), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    expect((await stat(join(dataDir, 'keys/installation.key'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(dataDir, 'keys'))).mode & 0o777).toBe(0o700);
    expect((await openFileSecrets({ dataDir })).hashCode('a b c')).toBe(first.hashCode('a b c'));
  });

  test('that were made before there could be several are the first', async () => {
    const dataDir = await newFolder();
    await nodeDurableFs.mkdir(join(dataDir, 'keys'));
    await writeFile(join(dataDir, 'keys/installation.key'), one);
    const secrets = await openFileSecrets({ dataDir });
    expect(secrets.keys.ids()).toEqual(['k1']);
    expect(secrets.hashCode('a b c')).toBe((await withGiven(one)).hashCode('a b c'));
  });

  test('grow by one, and nothing of a write that was cut off is left', async () => {
    const dataDir = await newFolder();
    const secrets = await openFileSecrets({ dataDir });
    const leftover = join(dataDir, 'keys/.installation.key.0e9a.tmp');
    await writeFile(leftover, two);
    await Promise.all([secrets.keys.replace(k(1)), secrets.keys.replace(k(1)), secrets.keys.replace(k(2))]);
    expect(secrets.keys.ids()).toEqual(['k3', 'k2', 'k1']);
    const again = await openFileSecrets({ dataDir });
    expect(again.keys.ids()).toEqual(['k3', 'k2', 'k1']);
    expect(await readdir(join(dataDir, 'keys'))).toEqual(['installation.key']);
    expect((await stat(join(dataDir, 'keys/installation.key'))).mode & 0o777).toBe(0o600);
  });

  test('never use a number again: one that was dropped does not come back', async () => {
    const dataDir = await newFolder();
    const secrets = await openFileSecrets({ dataDir });
    await secrets.keys.replace(k(1));
    await secrets.keys.drop([k(1), k(2)]);
    expect(secrets.keys.ids()).toEqual(['k2']);
    expect((await openFileSecrets({ dataDir })).keys.ids()).toEqual(['k2']);
    await secrets.keys.replace(k(2));
    expect(secrets.keys.ids()).toEqual(['k3', 'k2']);
  });
});

describe('what a key has made', () => {
  test('bears its id, but for the first one’s, and is known by every key after it', async () => {
    const before = await withGiven(one);
    const after = await withGiven(`${one}\nk2:${two}\n`);
    const hash = before.hashCode('a b c');
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(after.hashCode('a b c')).toMatch(/^k2:[0-9a-f]{64}$/);
    expect(after.hashesOfCode('a b c')).toEqual([after.hashCode('a b c'), hash]);
    const sealed = before.seal('totp:anna', text);
    expect(keyIdOf(sealed)).toBe('k1');
    expect(Buffer.from(after.unseal('totp:anna', sealed) ?? [])).toEqual(Buffer.from(text));
    const newer = after.seal('totp:anna', text);
    expect(keyIdOf(newer)).toBe('k2');
    expect(Buffer.from(after.unseal('totp:anna', newer) ?? [])).toEqual(Buffer.from(text));
    expect(after.derivations('x', 'y', 16)).toEqual([after.derive('x', 'y', 16), before.derive('x', 'y', 16)]);
  });

  test('does not open under the id of another, for another purpose, or where its key is gone', async () => {
    const both = await withGiven(`${one}\nk2:${two}`);
    const sealed = both.seal('totp:anna', text);
    expect(both.unseal('totp:anna', sealed.slice('k2:'.length))).toBeUndefined();
    expect(both.unseal('totp:anna', sealed.replace('k2:', 'k7:'))).toBeUndefined();
    expect(both.unseal('totp:bo', sealed)).toBeUndefined();
    expect((await withGiven(one)).unseal('totp:anna', sealed)).toBeUndefined();
    for (const nonsense of ['', 'k2:', 'k2:x', ':', 'k0:abc'])
      expect(both.unseal('totp:anna', nonsense)).toBeUndefined();
  });
});

describe('keys that the operator gives', () => {
  test('are only read, in any order, also from a file that nobody may write', async () => {
    const secrets = await withGiven(`k12:${two}\r\n\nk3:${one}\n`);
    expect(secrets.keys.ids()).toEqual(['k12', 'k3']);
    expect(secrets.keys.areGiven).toBe(true);
    await expect(secrets.keys.replace(k(12))).rejects.toThrow();
  });

  test('leave nothing in the data folder', async () => {
    const dataDir = await newFolder();
    await openFileSecrets({ dataDir, keysFile: await given(one) });
    expect(await readdir(dataDir)).toEqual([]);
  });

  test.for([
    ['', 'tom'],
    ['k2:abc', '64 tecken'],
    [`k2:${one}\nk2:${two}`, 'samma nummer'],
    [`k0:${one}`, '64 tecken'],
  ])('that are no keys stop the start, and are not repeated in the message: %s', async ([lines, words]) => {
    const error = await withGiven(lines ?? '').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(KeyRingError);
    expect(String(error)).toContain(words);
    expect(String(error)).not.toContain(one);
  });

  test('in a file that is not there stop the start', async () => {
    const opening = openFileSecrets({ dataDir: await newFolder(), keysFile: '/nonexistent/keys' });
    await expect(opening).rejects.toThrow(KeyRingError);
  });
});
