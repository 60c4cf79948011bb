import type { RandomBytes } from '#domain/kernel/ids.ts';
import { seededRandom } from './seeded-random.ts';

/** Bytes, the same for the same seed: a test that fails once fails always. */
export function seededBytes(seed: number): RandomBytes {
  const next = seededRandom(seed);
  return (count) => Uint8Array.from({ length: count }, () => Math.floor(next() * 256));
}

/** Gives these 32-bit numbers, one at each call, as `randomIndex` reads them. Throws when there are no more. */
export function scriptedNumbers(numbers: readonly number[]): RandomBytes {
  const left = [...numbers];
  return (count) => {
    const value = left.shift();
    if (value === undefined) throw new Error('more numbers were drawn than the test gave');
    const bytes = new Uint8Array(count);
    new DataView(bytes.buffer).setUint32(0, value);
    return bytes;
  };
}
