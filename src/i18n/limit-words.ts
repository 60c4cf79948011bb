import { type ThrottleRuleName, throttleRules } from '#domain/account/throttle.ts';
import type { Translate } from './translate.ts';

/** Limits that are not counted tries: how much the server takes at once. */
const amounts = ['doors', 'half-bodies'] as const;
type Limit = ThrottleRuleName | (typeof amounts)[number];

export const limits: readonly Limit[] = [...(Object.keys(throttleRules) as ThrottleRuleName[]), ...amounts];

/** What a limit is about, in words; undefined for a name that an older version has left in the log. */
export function limitWords(name: string, t: Translate): string | undefined {
  const limit = limits.find((one) => one === name);
  return limit && t(`security.limit.${limit}`);
}
