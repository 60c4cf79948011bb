import type { Instant } from './ids.ts';

/** At most so many failures within so many minutes. */
export interface ThrottleRule {
  readonly failures: number;
  readonly minutes: number;
}

/**
 * Limits on each way in. Per account and per code they are narrow; per network address generous, for a school or a
 * workplace shares one address (issue: “only generously per address on the network”).
 */
export const throttleRules = {
  account: { failures: 10, minutes: 15 },
  group: { failures: 200, minutes: 15 },
  address: { failures: 300, minutes: 15 },
  mail: { failures: 5, minutes: 60 },
  /** Beside `account`: six digits are few, and whoever guesses them has the password already (NIST SP 800-63B §5.2.2). */
  secondFactor: { failures: 30, minutes: 24 * 60 },
} as const satisfies Record<string, ThrottleRule>;

/** Failures that still count. */
export function recentFailures(failures: readonly Instant[], rule: ThrottleRule, now: Date): Instant[] {
  const since = new Date(now.getTime() - rule.minutes * 60_000).toISOString();
  return failures.filter((at) => at > since);
}

/** When the next try is allowed; undefined when it is allowed now. */
export function blockedUntil(failures: readonly Instant[], rule: ThrottleRule, now: Date): Instant | undefined {
  const recent = recentFailures(failures, rule, now);
  if (recent.length < rule.failures) return undefined;
  const freeing = recent[recent.length - rule.failures] as Instant;
  return new Date(Date.parse(freeing) + rule.minutes * 60_000).toISOString();
}
