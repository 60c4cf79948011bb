import type { ThrottleRuleName, Try } from '#domain/account/throttle.ts';
import type { Instant } from '#domain/kernel/ids.ts';

/**
 * Counts tries on the ways in, and whatever is costly, under the rules of domain/throttle.ts: *before* the costly work, so that
 * a burst cannot slip by together; what turned out right is given back. Keys are hashed before they are kept.
 */
export interface Throttle {
  /** Counts a try under each of these; under none of them when one allows none now. One step, whoever else counts. */
  count(tries: readonly Try[], now: Date): Promise<Counted>;
  /** Takes one try back under each: it turned out right, or was not looked at. */
  giveBack(tries: readonly Try[], now: Date): Promise<void>;
  /** Nothing is counted under these any more. */
  forget(tries: readonly Try[], now: Date): Promise<void>;
}

export type Counted =
  | { readonly ok: true }
  | {
      readonly ok: false;
      /** Which rule allows none, the one that opens last. */
      readonly rule: ThrottleRuleName;
      /** When the next try is allowed. */
      readonly until: Instant;
    };
