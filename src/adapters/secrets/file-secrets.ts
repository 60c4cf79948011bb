import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
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
  return {
    newToken: () => randomBytes(32).toString('base64url'),
    hashToken: (token) => createHash('sha256').update(token).digest('hex') as TokenHash,
    hashCode: (code) => createHmac('sha256', codeKey).update(code).digest('hex') as CodeHash,
    derive: (purpose, text, length) => Buffer.from(hkdfSync('sha256', key, text, purpose, length)),
  };
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
