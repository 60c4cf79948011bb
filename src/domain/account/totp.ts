import { clockSlackMinutes } from '#domain/kernel/clock.ts';
import type { RandomBytes } from '#domain/kernel/ids.ts';
import { bytesAt } from '#domain/kernel/random.ts';

/** HMAC-SHA-1 (RFC 4226 §5.3), the one hash that every app for one-time codes knows. */
export type HmacSha1 = (key: Uint8Array, message: Uint8Array) => Uint8Array;

const stepSeconds = 30;
const digits = 6;

/** Bytes of a secret: as long as the hash (RFC 4226 §4). */
const secretLength = 20;

export function newTotpSecret(random: RandomBytes): Uint8Array {
  return random(secretLength);
}

/** Steps of 30 seconds since 1970 (RFC 6238 §4). */
export function totpStep(now: Date): number {
  return Math.floor(now.getTime() / 1000 / stepSeconds);
}

/** The code of a step, six digits (RFC 6238 §4, RFC 4226 §5.3). */
export function totpCode(secret: Uint8Array, step: number, hmac: HmacSha1): string {
  const message = new Uint8Array(8);
  bytesAt(message).setBigUint64(0, BigInt(step));
  const hash = bytesAt(hmac(secret, message));
  const offset = hash.getUint8(hash.byteLength - 1) & 0xf;
  return String((hash.getUint32(offset) & 0x7fff_ffff) % 10 ** digits).padStart(digits, '0');
}

/** What a typed code is: good, that of the half-minute before, or neither. */
export type ReadCode =
  | { readonly kind: 'right'; readonly step: number }
  | { readonly kind: 'late' }
  | { readonly kind: 'wrong' };

/**
 * A code is good in its own half-minute (ASVS 6.5.5), and once: steps up to `lastStep` are not accepted again. Whoever is a moment too
 * late is told so, and has not guessed. A last step that lies further ahead than a clock is put right by was shown to a clock that
 * was wrong: it says nothing of what is used up.
 *
 * @param typed blanks and hyphens do not count
 */
export function readTotp(
  typed: string,
  { secret, lastStep = 0 }: { readonly secret: Uint8Array; readonly lastStep?: number | undefined },
  now: Date,
  hmac: HmacSha1,
): ReadCode {
  const code = typed.replace(/[\s\-–]/g, '');
  const step = totpStep(now);
  const used = lastStep > step + (clockSlackMinutes * 60) / stepSeconds ? 0 : lastStep;
  const isCodeOf = (one: number) => one > used && equalAtOnce(code, totpCode(secret, one, hmac));
  if (isCodeOf(step)) return { kind: 'right', step };
  return { kind: isCodeOf(step - 1) ? 'late' : 'wrong' };
}

/** Looks at every digit, so that the time it takes says nothing of how many are right. */
function equalAtOnce(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let place = 0; place < other.length; place++) difference |= one.charCodeAt(place) ^ other.charCodeAt(place);
  return difference === 0;
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 base32 without padding: how a secret is typed into an app. */
export function base32Of(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((group) => base32[Number.parseInt(group.padEnd(5, '0'), 2)]).join('');
}

/** What the QR code says to an app: the “Key Uri Format” that they have in common. */
export function otpauthUri(secret: Uint8Array, account: string, issuer: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${base32Of(secret)}&issuer=${encodeURIComponent(issuer)}`;
}
