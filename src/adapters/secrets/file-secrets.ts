import { createCipheriv, createDecipheriv, createHmac, hash, hkdfSync, randomBytes } from 'node:crypto';
import { type DurableFs, nodeDurableFs } from '#adapters/lowdb/durable-fs.ts';
import { firstKeyId, keyIdOf, withKeyId, withoutKeyId } from '#domain/account/key-id.ts';
import type { CodeHash, KeyId, TokenHash } from '#domain/kernel/ids.ts';
import type { Secrets } from '#ports/secrets.ts';
import { checksOf, dataRing, givenRing, type Ring, type RingKey, type RingStore, withNewKey } from './key-ring.ts';

export interface KeysPlace {
  readonly dataDir: string;
  /** Where the operator gives them instead. */
  readonly keysFile?: string | undefined;
}

type RecordKeys = (checks: ReturnType<typeof checksOf>) => Promise<void>;

/**
 * The installation's keys are a file of their own, mode 600, made at first start. Losing it makes personal codes useless.
 *
 * @param record hears by what the keys can be known, now and when they have been changed
 * @throws KeyRingError
 */
export async function openFileSecrets(
  { record = async () => undefined, ...place }: KeysPlace & { readonly record?: RecordKeys },
  fs: DurableFs = nodeDurableFs,
): Promise<Secrets> {
  const { read, write } = ringStoreOf(place, fs);
  const ring = await read();
  await record(checksOf(ring));
  const writeAndRecord =
    write &&
    (async (changed: Ring) => {
      await write(changed);
      await record(checksOf(changed));
    });
  return createSecrets(ring, writeAndRecord);
}

/** By what the keys that are there can be known; undefined where there are none. Makes none. @throws KeyRingError */
export async function findKeys(place: KeysPlace, fs: DurableFs = nodeDurableFs) {
  const ring = await ringStoreOf(place, fs).find();
  return ring && checksOf(ring);
}

function ringStoreOf({ dataDir, keysFile }: KeysPlace, fs: DurableFs): RingStore {
  return keysFile === undefined ? dataRing(fs, dataDir) : givenRing(fs, keysFile);
}

/** With one key, kept in memory only. */
export function secretsFrom(secret: Uint8Array): Secrets {
  return createSecrets([{ id: firstKeyId, secret }], async () => undefined);
}

/** What is derived of one key. */
interface DerivedKeys {
  readonly id: KeyId;
  readonly secret: Uint8Array;
  readonly codeKey: Uint8Array;
  readonly sealingKey: Uint8Array;
}

function createSecrets(ring: Ring, write: RingStore['write']): Secrets {
  let keys = derived(ring);
  let writing: Promise<void> = Promise.resolve();
  /** One change after the other, each of what the one before has left. */
  const change = (next: (ring: Ring) => Ring): Promise<void> => {
    const step = async () => {
      if (!write) throw new Error('the keys are given, and are not to be written');
      const ring = next(keys);
      if (ring === keys) return;
      await write(ring);
      keys = derived(ring);
    };
    const done = writing.then(step);
    writing = done.catch(() => undefined);
    return done;
  };
  const hashWith = ({ id, codeKey }: DerivedKeys, code: string) =>
    withKeyId(id, createHmac('sha256', codeKey).update(code).digest('hex')) as CodeHash;
  const deriveWith = ({ secret }: DerivedKeys, purpose: string, text: string, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, text, purpose, length));
  return {
    newToken: () => randomBytes(32).toString('base64url'),
    hashToken: (token) => hash('sha256', token, 'hex') as TokenHash,
    hashCode: (code) => hashWith(keys[0], code),
    hashesOfCode: (code) => {
      const [newest, ...older] = keys;
      return [hashWith(newest, code), ...older.map((key) => hashWith(key, code))];
    },
    derive: (purpose, text, length) => deriveWith(keys[0], purpose, text, length),
    derivations: (purpose, text, length) => {
      const [newest, ...older] = keys;
      const of = (key: DerivedKeys) => deriveWith(key, purpose, text, length);
      return [of(newest), ...older.map(of)];
    },
    seal: (purpose, plain) => withKeyId(keys[0].id, seal(keys[0].sealingKey, purpose, plain)),
    unseal: (purpose, sealed) => {
      const key = keys.find(({ id }) => id === keyIdOf(sealed));
      return key && unseal(key.sealingKey, purpose, withoutKeyId(sealed));
    },
    hmacSha1: (secret, message) => createHmac('sha1', secret).update(message).digest(),
    keys: {
      ids: () => {
        const [newest, ...older] = keys;
        return [newest.id, ...older.map(({ id }) => id)];
      },
      areGiven: write === undefined,
      replace: (id) => change((ring) => (ring[0].id === id ? withNewKey(ring) : ring)),
      drop: (ids) => change(([newest, ...older]) => [newest, ...older.filter(({ id }) => !ids.includes(id))]),
    },
  };
}

function derived([newest, ...older]: Ring): readonly [DerivedKeys, ...DerivedKeys[]] {
  const of = ({ id, secret }: RingKey): DerivedKeys => ({
    id,
    secret,
    codeKey: Buffer.from(hkdfSync('sha256', secret, '', 'personal-code', 32)),
    sealingKey: Buffer.from(hkdfSync('sha256', secret, '', 'sealing', 32)),
  });
  return [of(newest), ...older.map(of)];
}

const nonceLength = 12;
const tagLength = 16;

function seal(key: Uint8Array, purpose: string, plain: Uint8Array): string {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose));
  const encrypted = [cipher.update(plain), cipher.final()];
  return Buffer.concat([nonce, cipher.getAuthTag(), ...encrypted]).toString('base64url');
}

function unseal(key: Uint8Array, purpose: string, sealed: string): Uint8Array | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  const start = nonceLength + tagLength;
  if (bytes.length < start) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceLength))
    .setAAD(Buffer.from(purpose))
    .setAuthTag(bytes.subarray(nonceLength, start));
  const plain = decipher.update(bytes.subarray(start));
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch {
    // The one thing that `final` throws for: it was not sealed with this key for this purpose.
    return undefined;
  }
}
