import { availableParallelism } from 'node:os';
import type { Passwords } from '#ports/secrets.ts';
import type { HashJob, RunHash } from './hash-threads.ts';

export interface HashLimits {
  /** Hashes computed at the same time: each takes a core and 19 MiB. */
  readonly atOnce: number;
  /** Waiting at most, of those who have shown something and of strangers. At 40 ms each the last waits about a second. */
  readonly waiting: { readonly known: number; readonly stranger: number };
}

/** One core is left to whoever answers and saves. */
export const hashLimits: HashLimits = {
  atOnce: Math.max(1, Math.min(2, availableParallelism() - 1)),
  waiting: { known: 64, stranger: 32 },
};

type Who = 'known' | 'stranger';

/** Lets few hash at a time and few wait, who is known before strangers (F4: argon2 is the costliest thing a stranger can ask for). */
export function createPasswords(
  threads: { readonly run: RunHash; close(): Promise<void> },
  limits: HashLimits,
): Passwords {
  const queues: Record<Who, (() => void)[]> = { known: [], stranger: [] };
  let running = 0;

  const admitted = async (who: Who, job: HashJob): Promise<string | boolean | undefined> => {
    if (running >= limits.atOnce) {
      if (queues[who].length >= limits.waiting[who]) return undefined;
      // Whoever has finished hands its place over, so `running` stays as it is.
      await new Promise<void>((resolve) => queues[who].push(resolve));
    } else running += 1;
    try {
      return await threads.run(job);
    } finally {
      const next = queues.known.shift() ?? queues.stranger.shift();
      if (next) next();
      else running -= 1;
    }
  };

  return {
    hash: async (password) => {
      const hash = await admitted('known', { isNew: true, password });
      return typeof hash === 'string' ? { ok: true, hash } : { ok: false, reason: 'too-busy' };
    },
    verify: async (hash, password, who) => {
      const isRight = await admitted(who, { isNew: false, hash, password });
      if (isRight === undefined) return 'too-busy';
      return isRight ? 'right' : 'wrong';
    },
    close: () => threads.close(),
  };
}
