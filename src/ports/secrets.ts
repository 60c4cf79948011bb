import type { CodeHash, TokenHash } from '#domain/ids.ts';

/** What needs the installation's key, or a hash. */
export interface Secrets {
  /** A fresh token for a link or a cookie: 256 bits, base64url. */
  newToken(): string;
  hashToken(token: string): TokenHash;
  /** Keyed hash of a personal code, so that a stolen data folder without its key does not open accounts. */
  hashCode(code: string): CodeHash;
  /** Bytes that only this installation can derive from a text, the same each time. */
  derive(purpose: string, text: string, length: number): Uint8Array;
  /**
   * Encrypts what has to be read again (AES-256-GCM, a random nonce). @param purpose what it is for and whose it is: opens
   * under the same words only. @returns base64url
   */
  seal(purpose: string, plain: Uint8Array): string;
  /** Undefined for what was not sealed here for this purpose. */
  unseal(purpose: string, sealed: string): Uint8Array | undefined;
  /** HMAC-SHA-1, which one-time codes are made with (RFC 4226). */
  hmacSha1(key: Uint8Array, message: Uint8Array): Uint8Array;
}

export interface Passwords {
  /** Argon2id in PHC form. */
  hash(password: string): Promise<string>;
  /** Takes the same time whether or not there is a hash to compare with. */
  verify(hash: string | undefined, password: string): Promise<boolean>;
}
