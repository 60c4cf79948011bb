import { expect, test, vi } from 'vitest';
import { createMemoryThrottle } from '#adapters/memory/memory-throttle.ts';
import { throttleRules, triesToKeep } from '#domain/account/throttle.ts';
import { throttleContract } from './throttle-contract.ts';

// Fifty thousand keyed hashes take a while on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

throttleContract('in memory', createMemoryThrottle);

test('the memory of every rule together is bounded, however full: below 60 MB', () => {
  // A key of 32 characters in a Map, and eight bytes for each try that is kept.
  const bytes = Object.values(throttleRules).map((rule) => rule.keys * (150 + 8 * triesToKeep(rule)));
  expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(60_000_000);
});
