import { setImmediate } from 'node:timers/promises';
import type { Steps } from '#domain/steps.ts';

/** In milliseconds: so long others may wait for one turn of the work. */
const longestTurn = 15;

/** Does the work a turn at a time; between its turns everybody else is served. */
export async function inTurns<R>(work: Steps<R>): Promise<R> {
  let began = performance.now();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() - began < longestTurn) continue;
    await setImmediate();
    began = performance.now();
  }
}
