import { hkdfSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type DurableFs, systemErrorCode } from '#adapters/lowdb/durable-fs.ts';
import { DurableJsonFile } from '#adapters/lowdb/durable-json-file.ts';
import { ensureFolder } from '#adapters/lowdb/ensure-folder.ts';
import { firstKeyId, keyNumber, nextKeyId, withKeyId } from '#domain/account/key-id.ts';
import type { KeyId } from '#domain/kernel/ids.ts';

export interface RingKey {
  readonly id: KeyId;
  readonly secret: Uint8Array;
}

/** Newest first. */
export type Ring = readonly [RingKey, ...RingKey[]];

/** A file of keys that is missing or cannot be read as one. Says which file, and never what is in it. */
export class KeyRingError extends Error {
  override readonly name = 'KeyRingError';
}

/** Where the ring is kept. */
export interface RingStore {
  /** Undefined where there is none yet, or it has been lost. Makes none. @throws KeyRingError */
  find(): Promise<Ring | undefined>;
  /** Makes one where there is none. @throws KeyRingError */
  read(): Promise<Ring>;
  /** Undefined where the operator keeps the file. */
  readonly write: ((ring: Ring) => Promise<void>) | undefined;
}

const keyFile = 'installation.key';
const keyLine = /^(?:(k[1-9]\d{0,5}):)?([0-9a-f]{64})$/;

/** The ring of the data folder: `keys/installation.key`, mode 600, made at the first start. */
export function dataRing(fs: DurableFs, dataDir: string): RingStore {
  const folder = join(dataDir, 'keys');
  const file = new DurableJsonFile<Ring>({
    fs,
    folder,
    name: keyFile,
    encode: ringText,
    decode: (text) => readRing(text, join(folder, keyFile)),
  });
  return {
    find: async () => (await file.read()) ?? undefined,
    read: async () => {
      await removeLeftovers(fs, folder);
      const ring = await file.read();
      if (ring) return ring;
      const first: Ring = [{ id: firstKeyId, secret: randomBytes(32) }];
      await ensureFolder(fs, folder);
      await file.write(first);
      return first;
    },
    write: (ring) => file.write(ring),
  };
}

/** The ring in a file that the operator gives: a secret of a container, a credential of systemd. It is never written to. */
export function givenRing(fs: DurableFs, path: string): RingStore {
  const read = async () => {
    try {
      return readRing(await fs.readFile(path), path);
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error;
      throw new KeyRingError(`${path}: filen med nycklar går inte att läsa (${systemErrorCode(error)})`);
    }
  };
  return { find: read, read, write: undefined };
}

/** For each key its id and a value that only it gives, and that gives nothing of it away: what the data folder knows it by. */
export function checksOf(ring: Ring): readonly (readonly [id: string, check: string])[] {
  return ring.map(({ id, secret }) => [
    id,
    Buffer.from(hkdfSync('sha256', secret, '', 'key-check', 16)).toString('hex'),
  ]);
}

/** With a fresh key before the others. */
export function withNewKey(ring: Ring): Ring {
  return [{ id: nextKeyId(ring[0].id), secret: randomBytes(32) }, ...ring];
}

/** The first key stands without its id, as it did when it was the only one. */
function ringText(ring: Ring): string {
  const lines = ring.toReversed().map(({ id, secret }) => withKeyId(id, Buffer.from(secret).toString('hex')));
  return `${lines.join('\n')}\n`;
}

/** @throws KeyRingError */
export function readRing(text: string, path: string): Ring {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const keys = lines.map((line): RingKey => {
    const [, id = firstKeyId, hex] = keyLine.exec(line.trim()) ?? [];
    if (!hex) throw new KeyRingError(`${path}: varje rad ska vara k2:… eller liknande, med 64 tecken 0–9 och a–f`);
    return { id: id as KeyId, secret: Buffer.from(hex, 'hex') };
  });
  if (new Set(keys.map(({ id }) => id)).size < keys.length) {
    throw new KeyRingError(`${path}: två nycklar har samma nummer`);
  }
  const [newest, ...older] = keys.toSorted((one, other) => keyNumber(other.id) - keyNumber(one.id));
  if (!newest) throw new KeyRingError(`${path}: filen med nycklar är tom`);
  return [newest, ...older];
}

/** What a process that was killed while it wrote has left: nobody is to find a key in it. */
async function removeLeftovers(fs: DurableFs, folder: string): Promise<void> {
  let names: readonly string[];
  try {
    names = await fs.readdir(folder);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return;
    throw error;
  }
  const isLeftover = (name: string) => name.startsWith(`.${keyFile}.`) && name.endsWith('.tmp');
  for (const name of names.filter(isLeftover)) await fs.unlink(join(folder, name));
}
