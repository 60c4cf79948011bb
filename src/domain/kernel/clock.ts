import { addMinutes } from './calendar.ts';
import type { Instant } from './ids.ts';

/**
 * How far from each other two readings of a clock may be that has only been put right a little. What lies further ahead of now was
 * written by a clock that was wrong, and says nothing about what has been.
 */
export const clockSlackMinutes = 5;

/** A folder that has not been in use for so long may be one whose server's clock is wrong now. */
const longestRestDays = 31;

/** Whether a moment that was written down cannot have been yet. */
export function isInFuture(moment: Instant, now: Date): boolean {
  return moment > addMinutes(now.toISOString(), clockSlackMinutes);
}

/**
 * What is odd about the clock, by the newest moment that is known: `behind` where that has not come yet, `ahead` where it is so long
 * ago that the clock may have run away.
 */
export function clockDoubt(newest: Instant, now: Date): 'behind' | 'ahead' | undefined {
  if (isInFuture(newest, now)) return 'behind';
  return addMinutes(newest, longestRestDays * 24 * 60) < now.toISOString() ? 'ahead' : undefined;
}
