import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  hkdfSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { join } from 'node:path';
import { systemErrorCode } from '#adapters/lowdb/durable-fs.ts';
import { DurableJsonFile } from '#adapters/lowdb/durable-json-file.ts';
import type { LogFs } from './log-fs.ts';

/** What makes and checks the chain's marks and the head's signature. Both come from one secret, in one file. */
export interface LogKeys {
  /** The mark of a line: over the mark before it and its own bytes, one a character. */
  mac(previous: string, line: string): string;
  sign(text: string): string;
  verify(text: string, signature: string): boolean;
  /** Ed25519, base64url: for whoever keeps a printed head. */
  readonly publicKey: string;
}

const keyFile = 'audit.key';

export const keysFolder = (dataDir: string) => join(dataDir, 'keys');

/**
 * @param given the secret that the operator gives (`AUDIT_KEY_FILE`): then the data folder's is not asked for
 * @returns undefined where there is no key, or what is there is none
 */
export async function readLogKeys(fs: LogFs, dataDir: string, given?: Uint8Array): Promise<LogKeys | undefined> {
  const secret = given ?? (await readKeyFile(fs, dataDir))?.secret;
  return secret && logKeysFrom(secret);
}

/** What the data folder's key file holds: the secret, or the public key of one that is given. Undefined where there is neither. */
export async function readKeyFile(
  fs: LogFs,
  dataDir: string,
): Promise<{ readonly secret?: Uint8Array; readonly givenPublicKey?: string } | undefined> {
  try {
    const text = await fs.readFile(join(keysFolder(dataDir), keyFile));
    const [, secret, givenPublicKey] = /^(?:([0-9a-f]{64})|given:([\w-]{43}))\n$/.exec(text) ?? [];
    if (secret) return { secret: Buffer.from(secret, 'hex') };
    return givenPublicKey === undefined ? undefined : { givenPublicKey };
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

export function newLogSecret(): Uint8Array {
  return randomBytes(32);
}

/** Mode 600, durable when it resolves; an older one is replaced. @throws WriteFailedError */
export function writeLogSecret(fs: LogFs, dataDir: string, secret: Uint8Array): Promise<void> {
  return writeKeyFile(fs, dataDir, Buffer.from(secret).toString('hex'));
}

/** Notes that a key was given, and which: an empty log is a new one only where nothing says so. @throws WriteFailedError */
export function noteGivenKey(fs: LogFs, dataDir: string, secret: Uint8Array): Promise<void> {
  return writeKeyFile(fs, dataDir, `given:${logKeysFrom(secret).publicKey}`);
}

async function writeKeyFile(fs: LogFs, dataDir: string, line: string): Promise<void> {
  const file = new DurableJsonFile<string>({
    fs,
    folder: keysFolder(dataDir),
    name: keyFile,
    encode: (text) => text,
    decode: (text) => text,
  });
  await file.write(`${line}\n`);
}

export function logKeysFrom(secret: Uint8Array): LogKeys {
  // As a key object, and in one piece below: five times as fast, and a start checks every line.
  const chainKey = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'audit-chain', 32)));
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'audit-head', 32));
  // PKCS #8 of an Ed25519 key (RFC 8410): a fixed beginning and the seed.
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  return {
    mac: (previous, line) =>
      createHmac('sha256', chainKey).update(`${previous}\n${line}`, 'latin1').digest('base64url'),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64url'),
    verify: (text, signature) => {
      const bytes = Buffer.from(signature, 'base64url');
      // Its last character has bits that say nothing: the text must be the one that the bytes give.
      return bytes.toString('base64url') === signature && verify(null, Buffer.from(text), publicKey, bytes);
    },
    publicKey: publicKey.export({ format: 'jwk' }).x ?? '',
  };
}
