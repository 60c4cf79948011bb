import { describe, expect, test } from 'vitest';
import type { DurableFs } from '#adapters/lowdb/durable-fs.ts';
import { openFileSecrets } from '#adapters/secrets/file-secrets.ts';
import type { KeyId } from '#domain/kernel/ids.ts';
import { NotSavedError } from '#ports/store.ts';
import { failingFs } from './intercepted-fs.ts';
import { type Operation, SimulatedDisk } from './simulated-disk.ts';

const dataDir = '/data';
const open = (fs: DurableFs) => openFileSecrets({ dataDir }, fs);
const text = new TextEncoder().encode('hemligt');

/** Something that a key has made and that somebody was told of, and how much had been done to the disk by then. */
interface Made {
  readonly operations: number;
  readonly hash: string;
  readonly sealed: string;
}

/** A first start, a new key, another one, and the first taken away, with something made by each. */
async function replacedTwice(): Promise<{
  operations: readonly Operation[];
  made: readonly Made[];
  droppedAt: number;
}> {
  const disk = SimulatedDisk.empty();
  const secrets = await open(disk);
  const made: Made[] = [];
  const make = () =>
    made.push({
      operations: disk.log.length,
      hash: secrets.hashCode('a b c'),
      sealed: secrets.seal('totp:anna', text),
    });
  make();
  await secrets.keys.replace('k1' as KeyId);
  make();
  await secrets.keys.replace('k2' as KeyId);
  make();
  const droppedAt = disk.log.length;
  await secrets.keys.drop(['k1' as KeyId]);
  make();
  return { operations: [...disk.log], made, droppedAt };
}

async function expectKnown(disk: DurableFs, made: readonly Made[]): Promise<void> {
  const secrets = await open(disk);
  for (const { hash, sealed } of made) {
    expect(secrets.hashesOfCode('a b c')).toContain(hash);
    expect(Buffer.from(secrets.unseal('totp:anna', sealed) ?? [])).toEqual(Buffer.from(text));
  }
  // And it goes on.
  await secrets.keys.replace(secrets.keys.ids()[0]);
  expect(secrets.hashesOfCode('a b c').slice(1)).toEqual(expect.arrayContaining(made.map(({ hash }) => hash)));
}

describe('the ring of keys', { timeout: 60_000 }, () => {
  test('after the power is lost at any moment opens everything that it had made, and goes on', async () => {
    const { operations, made, droppedAt } = await replacedTwice();
    let disks = 0;
    for (let length = 0; length <= operations.length; length += 1) {
      const known = made.filter((one) => one.operations <= length && (length <= droppedAt || !isOfFirst(one)));
      for (const disk of SimulatedDisk.after(operations.slice(0, length)).afterPowerLoss()) {
        disks += 1;
        await expectKnown(disk, known);
      }
    }
    expect(disks).toBeGreaterThan(50);
  });

  test('after the process is killed at any step is whole, with nothing left of a key in another file', async () => {
    const { operations, made, droppedAt } = await replacedTwice();
    for (let length = 0; length <= operations.length; length += 1) {
      const disk = SimulatedDisk.after(operations.slice(0, length));
      await expectKnown(
        disk,
        made.filter((one) => one.operations <= length && (length <= droppedAt || !isOfFirst(one))),
      );
      expect(disk.names('/data/keys')).toEqual(['installation.key']);
    }
  });

  test.for(['create', 'write', 'fsync', 'rename', 'fsync folder'] as const)(
    'that could not be written (%s fails) is as it was, and the next try makes the key',
    async (step) => {
      const { fs, fail } = failingFs(SimulatedDisk.empty());
      const secrets = await open(fs);
      const hash = secrets.hashCode('a b c');
      fail(step, 'ENOSPC');
      await expect(secrets.keys.replace('k1' as KeyId)).rejects.toThrow(NotSavedError);
      expect(secrets.hashCode('a b c')).toBe(hash);
      await secrets.keys.replace('k1' as KeyId);
      expect(secrets.keys.ids()).toEqual(['k2', 'k1']);
      const again = await open(fs);
      expect(again.hashesOfCode('a b c')).toEqual(secrets.hashesOfCode('a b c'));
    },
  );
});

const isOfFirst = ({ hash }: Made) => !hash.startsWith('k');
