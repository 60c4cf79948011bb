import type { Instant } from '#domain/ids.ts';
import { blockedUntil, recentFailures, type ThrottleRule } from '#domain/throttle.ts';
import type { Throttle } from '#ports/throttle.ts';

/** Keys kept at most; the oldest go first, so that a flood of made-up addresses cannot fill the memory. */
const mostKeys = 50_000;

/** Failures in this process's memory. A restart forgets them, which costs an attacker more than it gives. */
export function createMemoryThrottle(hashKey: (key: string) => string): Throttle {
  const failures = new Map<string, Instant[]>();
  return {
    blockedUntil: (key, rule, now) => blockedUntil(failures.get(hashKey(key)) ?? [], rule, now),
    recordFailure: (key, rule: ThrottleRule, now) => {
      const hashed = hashKey(key);
      const recent = [...recentFailures(failures.get(hashed) ?? [], rule, now), now.toISOString()];
      failures.delete(hashed);
      failures.set(hashed, recent.slice(-rule.failures));
      if (failures.size > mostKeys) failures.delete(failures.keys().next().value as string);
    },
    forget: (key) => void failures.delete(hashKey(key)),
  };
}
