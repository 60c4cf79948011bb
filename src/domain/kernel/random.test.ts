import { describe, expect, test } from 'vitest';
import { scriptedNumbers, seededBytes } from '../../../tests/support/seeded-bytes.ts';
import { normalizeCode, randomCode, randomIndex, shuffled } from './random.ts';

const range = 2 ** 32;

describe('a random index', () => {
  test.for([1, 2, 3, 5, 6, 7, 10, 15, 97, 512])('below %i: every index answers to equally many numbers', (limit) => {
    const fair = range - (range % limit);
    // The numbers from 0 up to `fair` are whole rounds of the indexes; the first and the last of them are taken …
    expect(randomIndex(limit, scriptedNumbers([0]))).toBe(0);
    expect(randomIndex(limit, scriptedNumbers([fair - 1]))).toBe(limit - 1);
    // … and each one past the last whole round is thrown away and drawn again.
    for (let left = fair; left < range; left++) {
      expect(randomIndex(limit, scriptedNumbers([left, limit - 1]))).toBe(limit - 1);
    }
  });

  test('is read from its own bytes where they are a part of a larger buffer', () => {
    // Small Buffers share one piece of memory, and `slice` of a Buffer copies nothing.
    const bytes = [Buffer.from([0, 0, 0, 1]), Buffer.from([0, 0, 0, 2]), Buffer.from([0, 0, 0, 3])];
    expect(bytes.map((own) => randomIndex(10, () => own))).toEqual([1, 2, 3]);
  });
});

describe('a list in random order', () => {
  test('comes out in each order from exactly one run of indexes', () => {
    const orders = new Set<string>();
    for (let a = 0; a < 4; a++) {
      for (let b = 0; b < 3; b++) {
        for (let c = 0; c < 2; c++) orders.add(shuffled(['w', 'x', 'y', 'z'], scriptedNumbers([a, b, c])).join(''));
      }
    }
    expect(orders.size).toBe(24);
  });

  test('is a new list with the same things in it', () => {
    const list = Object.freeze(Array.from({ length: 50 }, (_, place) => place));
    for (let seed = 0; seed < 20; seed++) {
      const mixed = shuffled(list, seededBytes(seed));
      expect(mixed).not.toEqual(list);
      expect([...mixed].sort((a, b) => a - b)).toEqual(list);
    }
  });

  test('of nothing, or of one thing, is that', () => {
    expect(shuffled([], seededBytes(1))).toEqual([]);
    expect(shuffled(['only'], seededBytes(1))).toEqual(['only']);
  });
});

describe('a code', () => {
  const everyByte = (count: number) => Uint8Array.from({ length: count }, (_, place) => place);

  test('has each of 32 characters equally often, and none that is mistaken for another', () => {
    const counts = new Map<string, number>();
    for (const character of randomCode(256, everyByte)) counts.set(character, (counts.get(character) ?? 0) + 1);
    expect(counts.size).toBe(32);
    expect(new Set(counts.values())).toEqual(new Set([8]));
    for (const mistakable of 'ILOU') expect(counts.has(mistakable)).toBe(false);
  });

  test('is read the same however it was typed', () => {
    expect(normalizeCode(' ab1o-20Il ')).toBe('AB102011');
    expect(normalizeCode('k7m2–9qx4')).toBe('K7M29QX4');
    for (let seed = 0; seed < 50; seed++) {
      const code = randomCode(20, seededBytes(seed));
      const typed = code
        .toLowerCase()
        .replace(/0/g, 'o')
        .replace(/1/g, seed % 2 ? 'l' : 'I')
        .replace(/(.{5})/g, '$1 ');
      expect(normalizeCode(typed)).toBe(code);
    }
  });
});
