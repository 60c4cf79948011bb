import type { Instant } from '#domain/kernel/ids.ts';
import { networkOf, wideNetworkOf } from './network.ts';

/** At most so many tries within so many minutes. */
export interface ThrottleRule {
  readonly tries: number;
  readonly minutes: number;
  /** In place of a closed door after `tries`: each further try waits twice as long as the one before, in minutes. */
  readonly growing?: { readonly from: number; readonly atMost: number };
  /** So many keys are remembered one by one; beyond that, unknown keys share buckets (decision 0022). */
  readonly keys: number;
}

/**
 * Limits on every way in and on what is costly; docs/security/limits.md gives each figure's reason. What strangers do is
 * counted by account *and* network, so that nobody is locked out by others; a network is generous, for a school or a
 * workplace shares one address; a known device (decision 0022) has a budget that nobody else can use up.
 */
export const throttleRules = {
  /** Guesses at one account from one network. */
  account: { tries: 10, minutes: 15, keys: 20_000 },
  /** Guesses at one account from anywhere: many networks together. Slower and slower, never closed. */
  accountAnywhere: { tries: 50, minutes: 24 * 60, growing: { from: 1, atMost: 60 }, keys: 10_000 },
  /** Guesses at one account on a device that somebody has signed in to it on. */
  knownDevice: { tries: 10, minutes: 15, keys: 20_000 },
  /** The same on all of one person's known devices: whoever has made many known goes no further than this. */
  knownAnywhere: { tries: 30, minutes: 15, keys: 5_000 },
  /** Right sign-ins by one person, each of which writes a session: more than anybody needs. */
  signIns: { tries: 60, minutes: 15, keys: 5_000 },
  /** Wrong sign-ins, personal codes and second factors from one network: IPv4, or an IPv6 /64. */
  network: { tries: 300, minutes: 15, keys: 3_000 },
  /** Whatever is counted by network, for an IPv6 /48 too, of which one customer may have all 65,536 networks. */
  wideNetwork: { tries: 3_000, minutes: 15, keys: 300 },
  /** Wrong group codes from one network. */
  groupCode: { tries: 200, minutes: 15, keys: 3_000 },
  /** Letters about a new password to one address. */
  reset: { tries: 5, minutes: 60, keys: 20_000 },
  /** Letters asked for from one network. */
  resetNetwork: { tries: 100, minutes: 15, keys: 3_000 },
  /** Passwords tried on one link of an invitation or a reset: each is hashed. */
  link: { tries: 10, minutes: 15, keys: 5_000 },
  /** Participants who join from one network: a class in a minute, a school in a day. */
  joinMinute: { tries: 60, minutes: 1, keys: 3_000 },
  joinDay: { tries: 1_000, minutes: 24 * 60, keys: 500 },
  /** Questions “have you joined before?” to one network, after which everybody there is asked (decision 0026). */
  joinQuestion: { tries: 10, minutes: 60, keys: 3_000 },
  /** Second factors: six digits are few, and whoever guesses them has the password already (NIST SP 800-63B §5.2.2). */
  secondFactor: { tries: 10, minutes: 15, keys: 5_000 },
  secondFactorDay: { tries: 30, minutes: 24 * 60, keys: 5_000 },
} as const satisfies Record<string, ThrottleRule>;

export type ThrottleRuleName = keyof typeof throttleRules;

/** A try under one rule. The key names an account, a network, a link: it is hashed before it is kept. */
export interface Try {
  readonly rule: ThrottleRuleName;
  readonly key: string;
}

/** Moments, in milliseconds, that still count. */
export function recentTries(tries: readonly number[], rule: ThrottleRule, now: Date): readonly number[] {
  const since = now.getTime() - rule.minutes * 60_000;
  return tries.filter((at) => at > since);
}

/** What has to be kept of them: more would change no answer. */
export function triesToKeep(rule: ThrottleRule): number {
  return rule.tries + (rule.growing ? Math.ceil(Math.log2(rule.growing.atMost / rule.growing.from)) + 1 : 0);
}

/** When the next try is allowed; undefined when it is allowed now. @param tries moments in milliseconds, oldest first */
export function blockedUntil(tries: readonly number[], rule: ThrottleRule, now: Date): Instant | undefined {
  const recent = recentTries(tries, rule, now);
  const opens = rule.growing ? opensAfterWait(recent, rule, rule.growing) : opensWithinWindow(recent, rule);
  return opens === undefined || opens <= now.getTime() ? undefined : new Date(opens).toISOString();
}

function opensWithinWindow(recent: readonly number[], rule: ThrottleRule): number | undefined {
  const freeing = recent.at(-rule.tries);
  return recent.length < rule.tries || freeing === undefined ? undefined : freeing + rule.minutes * 60_000;
}

/** The wait gets shorter when the oldest tries no longer count, so each of these moments is looked at in turn. */
function opensAfterWait(
  recent: readonly number[],
  rule: ThrottleRule,
  growing: NonNullable<ThrottleRule['growing']>,
): number | undefined {
  const last = recent.at(-1) ?? 0;
  let from = 0;
  for (const [gone, oldest] of recent.entries()) {
    const over = recent.length - gone - rule.tries;
    if (over < 0) return from === 0 ? undefined : from;
    const until = Math.max(from, last + Math.min(growing.from * 2 ** over, growing.atMost) * 60_000);
    const fewer = oldest + rule.minutes * 60_000;
    if (until <= fewer) return until;
    from = fewer;
  }
  return from === 0 ? undefined : from;
}

/** For `Retry-After` when it is not this person's tries that are too many, but everybody's together. */
export const busySeconds = 5;

/** For `Retry-After`. */
export function secondsUntil(until: Instant, now: Date): number {
  return Math.max(1, Math.ceil((Date.parse(until) - now.getTime()) / 1000));
}

/** The rules that count by network. */
export type NetworkRule = 'network' | 'groupCode' | 'resetNetwork' | 'joinMinute' | 'joinDay' | 'joinQuestion';

/** A try from an address under a rule for networks, and under that of the wide network around it. */
export function triesFrom(address: string, rule: NetworkRule): Try[] {
  const wide = wideNetworkOf(address);
  return [
    { rule, key: networkOf(address) },
    ...(wide === undefined ? [] : [{ rule: 'wideNetwork', key: `${rule} ${wide}` } as const]),
  ];
}
