import type { Throttle } from '#ports/throttle.ts';
import type { Watch } from '#ports/watch.ts';

/** Limits that the watch hears of when they stop somebody: whatever rule it is, no way in can be forgotten. */
export function watchedThrottle(throttle: Throttle, watch: Watch): Throttle {
  return {
    count: async (tries, now) => {
      const counted = await throttle.count(tries, now);
      if (!counted.ok) watch.limitReached(counted.rule);
      return counted;
    },
    giveBack: (tries, now) => throttle.giveBack(tries, now),
    forget: (tries, now) => throttle.forget(tries, now),
  };
}
