import type { RandomBytes } from './ids.ts';

/** A whole number from 0 up to, not including, `limit`, each equally likely. */
export function randomIndex(limit: number, random: RandomBytes): number {
  const range = 2 ** 32;
  const fair = range - (range % limit);
  for (;;) {
    const value = bytesAt(random(4)).getUint32(0);
    // Numbers past the last whole multiple would make the first indexes likelier.
    if (value < fair) return value % limit;
  }
}

/** The bytes as they stand: a Buffer is often a window on memory that it shares with others. */
export function bytesAt(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A new list in random order (Fisher–Yates). */
export function shuffled<T>(list: readonly T[], random: RandomBytes): T[] {
  const copy = [...list];
  for (let last = copy.length - 1; last > 0; last--) {
    const other = randomIndex(last + 1, random);
    [copy[last], copy[other]] = [copy[other] as T, copy[last] as T];
  }
  return copy;
}

/** Crockford's base32: no I, L, O or U, so that nobody reads a one for an l. */
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export function randomCode(length: number, random: RandomBytes): string {
  return Array.from(random(length), (byte) => crockford[byte % 32]).join('');
}

/**
 * What a person typed, as a code is stored: capitals, without blanks and hyphens, and with the letters
 * that Crockford's alphabet leaves out read as the digits they look like.
 */
export function normalizeCode(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[\s\-–—]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
}
