import type { CodeHash, KeyId, TokenHash } from '#domain/kernel/ids.ts';

/**
 * What needs the installation's keys, or a hash. There are several keys once they have been replaced (decision 0031): what is
 * made is made with the newest, and what older ones made is still known by the id that it bears.
 */
export interface Secrets {
  /** A fresh token for a link or a cookie: 256 bits, base64url. */
  newToken(): string;
  hashToken(token: string): TokenHash;
  /** Keyed hash of a personal code, so that a stolen data folder without its keys does not open accounts. */
  hashCode(code: string): CodeHash;
  /** The same under each key, newest first: what a code is looked up by. */
  hashesOfCode(code: string): readonly [CodeHash, ...CodeHash[]];
  /** Bytes that only this installation can derive from a text, the same each time until the key is replaced. */
  derive(purpose: string, text: string, length: number): Uint8Array;
  /** The same from each key, newest first: for what may have been derived before the key was replaced. */
  derivations(purpose: string, text: string, length: number): readonly [Uint8Array, ...Uint8Array[]];
  /**
   * Encrypts what has to be read again (AES-256-GCM, a random nonce). @param purpose what it is for and whose it is: opens
   * under the same words only. @returns base64url, with the id of its key
   */
  seal(purpose: string, plain: Uint8Array): string;
  /** Undefined for what was not sealed here for this purpose. */
  unseal(purpose: string, sealed: string): Uint8Array | undefined;
  /** HMAC-SHA-1, which one-time codes are made with (RFC 4226). */
  hmacSha1(key: Uint8Array, message: Uint8Array): Uint8Array;
  readonly keys: InstallationKeys;
}

export interface InstallationKeys {
  /** Newest first. */
  ids(): readonly [KeyId, ...KeyId[]];
  /** The operator gives them in a file of their own, which is only read: keys are added and taken away there. */
  readonly areGiven: boolean;
  /** A new key becomes the newest, unless another than this one is so already. Durable when it resolves. @throws NotSavedError */
  replace(newest: KeyId): Promise<void>;
  /** What these made is not known any more. Never the newest. @throws NotSavedError */
  drop(ids: readonly KeyId[]): Promise<void>;
}

/**
 * Password hashes are costly on purpose, so only a few are computed at a time and few wait. Who has shown something already (a
 * link, a session, a known device) waits before strangers and in a queue of their own: a flood of strangers does not close it.
 */
export interface Passwords {
  /** Argon2id in PHC form. Only for who has a link or a session. */
  hash(password: string): Promise<Hashed>;
  /** Takes the same time whether or not there is a hash to compare with. */
  verify(hash: string | undefined, password: string, who: 'known' | 'stranger'): Promise<Verified>;
  /** Ends the threads that hash. */
  close(): Promise<void>;
}

export type Hashed =
  | { readonly ok: true; readonly hash: string }
  /** Too many wait already: to be tried again in a moment. */
  | { readonly ok: false; readonly reason: 'too-busy' };
export type Verified = 'right' | 'wrong' | 'too-busy';

export interface PasswordQuality {
  /**
   * Whether a password is common, has leaked, or is built on what stands around it. Asks nobody outside.
   *
   * @param context words about the person and the place, in lower case
   */
  isGuessable(password: string, context: readonly string[]): Promise<boolean>;
}
