import { setImmediate } from 'node:timers/promises';
import type { Steps } from '#domain/kernel/steps.ts';

/** In milliseconds: so long others may wait for one turn of the work. */
const longestTurn = 15;

/** Does the work a turn at a time; between its turns everybody else is served. */
export async function inTurns<R>(work: Steps<R>): Promise<R> {
  const rest = turns();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await rest();
  }
}

/**
 * For work on one after the other with other steps in between: to be called before each. Once a turn has been long enough, everybody
 * else is served first. What comes from memory, however often it is waited for, lets nobody else in by itself (reliability F10).
 */
export function turns(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < longestTurn) return;
    await setImmediate();
    began = performance.now();
  };
}
