import { busySeconds, secondsUntil } from '#domain/account/throttle.ts';
import type { Instant } from '#domain/kernel/ids.ts';

/**
 * The status of a page that refuses what was sent, and its `Retry-After` when waiting is what helps.
 *
 * @param wrong the status for whatever was simply wrong
 */
export function refusedReply(
  refused: { readonly reason: string; readonly until?: Instant },
  now: Date,
  wrong = 401,
): { readonly status: number; readonly retryAfter?: string } {
  if (refused.reason === 'too-busy') return { status: 503, retryAfter: String(busySeconds) };
  if (refused.until === undefined) return { status: wrong };
  return { status: 429, retryAfter: String(secondsUntil(refused.until, now)) };
}
