import { createCipheriv, createDecipheriv, createHmac, hash, hkdfSync, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { CodeHash, TokenHash } from '#domain/ids.ts';
import type { Secrets } from '#ports/secrets.ts';

/** The installation's key is a file of its own, mode 600, made at first start. Losing it makes personal codes useless. */
export async function openFileSecrets(dataDir: string): Promise<Secrets> {
  return secretsFrom(await readOrMakeKey(join(dataDir, 'keys')));
}

export function secretsFrom(key: Uint8Array): Secrets {
  const codeKey = Buffer.from(hkdfSync('sha256', key, '', 'personal-code', 32));
  const sealingKey = Buffer.from(hkdfSync('sha256', key, '', 'sealing', 32));
  return {
    newToken: () => randomBytes(32).toString('base64url'),
    hashToken: (token) => hash('sha256', token, 'hex') as TokenHash,
    hashCode: (code) => createHmac('sha256', codeKey).update(code).digest('hex') as CodeHash,
    derive: (purpose, text, length) => Buffer.from(hkdfSync('sha256', key, text, purpose, length)),
    seal: (purpose, plain) => seal(sealingKey, purpose, plain),
    unseal: (purpose, sealed) => unseal(sealingKey, purpose, sealed),
    hmacSha1: (secret, message) => createHmac('sha1', secret).update(message).digest(),
  };
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

async function readOrMakeKey(dir: string): Promise<Uint8Array> {
  const file = join(dir, 'installation.key');
  try {
    return Buffer.from(await readFile(file, 'utf8'), 'hex');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const key = randomBytes(32);
  const handle = await open(`${file}.new`, 'w', 0o600);
  await handle.writeFile(key.toString('hex'));
  await handle.sync();
  await handle.close();
  await rename(`${file}.new`, file);
  const folder = await open(dir, 'r');
  await folder.sync();
  await folder.close();
  return key;
}
