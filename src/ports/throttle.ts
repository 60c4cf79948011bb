import type { Instant } from '#domain/ids.ts';
import type { ThrottleRule } from '#domain/throttle.ts';

/** Counts failures on the ways in. Keys name accounts, codes, groups and addresses; they are hashed before they are kept. */
export interface Throttle {
  /** When the next try is allowed; undefined when it is allowed now. */
  blockedUntil(key: string, rule: ThrottleRule, now: Date): Instant | undefined;
  recordFailure(key: string, rule: ThrottleRule, now: Date): void;
  forget(key: string): void;
}
