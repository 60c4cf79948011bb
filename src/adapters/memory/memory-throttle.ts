import { createHmac, randomBytes } from 'node:crypto';
import {
  blockedUntil,
  recentTries,
  type ThrottleRule,
  type Try,
  throttleRules,
  triesToKeep,
} from '#domain/account/throttle.ts';
import type { Counted, Throttle } from '#ports/throttle.ts';

/** Buckets that unknown keys share when a rule's memory is full, and how much more than one key may be tried in each. */
const buckets = 1_024;
const sharedBy = 5;

/**
 * Tries in this process's memory, each rule's in its own (decision 0022). A key whose tries still count is never
 * dropped for another's: when a rule's memory is full of those, unknown keys share buckets. A restart forgets them, which
 * costs an attacker more than it gives. Keys are hashed with a key of this process, so that its memory names nobody and nobody
 * can choose whose bucket a made-up key falls into.
 */
export function createMemoryThrottle(): Throttle {
  const ownKey = randomBytes(32);
  const hashKey = (key: string) => createHmac('sha256', ownKey).update(key).digest('hex').slice(0, 32);
  const memories = new Map(Object.entries(throttleRules).map(([name, rule]) => [name, new RuleMemory(rule)]));
  const placed = (tries: readonly Try[], now: Date) =>
    tries.map(({ rule, key }) => ({ rule, place: memoryOf(rule).placeOf(hashKey(key), now) }));
  const memoryOf = (rule: Try['rule']) => memories.get(rule) as RuleMemory;
  // Nothing in here waits, so each of these is one step.
  return {
    count: async (tries, now) => {
      const places = placed(tries, now);
      const refusals = places.flatMap(({ rule, place }): Exclude<Counted, { ok: true }>[] => {
        const until = place.blockedUntil(now);
        return until === undefined ? [] : [{ ok: false, rule, until }];
      });
      const last = refusals.toSorted((one, other) => (one.until < other.until ? 1 : -1))[0];
      if (last) return last;
      for (const { place } of places) place.add(now);
      return { ok: true };
    },
    giveBack: async (tries, now) => {
      for (const { place } of placed(tries, now)) place.takeBack();
    },
    forget: async (tries, now) => {
      for (const { place } of placed(tries, now)) place.forget();
    },
  };
}

/** Where one key's tries are, or those of all that share its bucket. */
interface Place {
  blockedUntil(now: Date): string | undefined;
  add(now: Date): void;
  takeBack(): void;
  forget(): void;
}

class RuleMemory {
  readonly #rule: ThrottleRule;
  readonly #keys = new Map<string, readonly number[]>();
  readonly #shared = new Map<string, readonly number[]>();
  /** No key that is kept stops counting before this: looking for one earlier would be in vain. */
  #nextOld = 0;

  constructor(rule: ThrottleRule) {
    this.#rule = rule;
  }

  placeOf(hashed: string, now: Date): Place {
    if (this.#keys.has(hashed) || this.#hasRoom(now)) return this.#place(this.#keys, hashed, this.#rule);
    const bucket = String(Number.parseInt(hashed.slice(0, 8), 16) % buckets);
    const place = this.#place(this.#shared, bucket, { ...this.#rule, tries: this.#rule.tries * sharedBy });
    // Others are counted here too: what they did is not this key's to forget.
    return { ...place, forget: place.takeBack };
  }

  #place(tries: Map<string, readonly number[]>, key: string, rule: ThrottleRule): Place {
    const now = (): readonly number[] => tries.get(key) ?? [];
    const keep = (kept: readonly number[]) => {
      if (kept.length === 0) tries.delete(key);
      else tries.set(key, kept);
    };
    return {
      blockedUntil: (at) => blockedUntil(now(), rule, at),
      add: (at) => keep([...recentTries(now(), rule, at), at.getTime()].slice(-triesToKeep(rule))),
      takeBack: () => keep(now().slice(0, -1)),
      forget: () => keep([]),
    };
  }

  /** Room is made by dropping what no longer counts, at most once for each time that something may have. */
  #hasRoom(now: Date): boolean {
    if (this.#keys.size < this.#rule.keys) return true;
    if (now.getTime() < this.#nextOld) return false;
    const since = now.getTime() - this.#rule.minutes * 60_000;
    let oldest = Number.POSITIVE_INFINITY;
    for (const [key, tries] of this.#keys) {
      const last = tries.at(-1) ?? 0;
      if (last <= since) this.#keys.delete(key);
      else oldest = Math.min(oldest, last);
    }
    this.#nextOld = this.#keys.size === 0 ? 0 : Math.max(oldest + this.#rule.minutes * 60_000, now.getTime() + 1_000);
    return this.#keys.size < this.#rule.keys;
  }
}
