import { setTimeout as delay } from 'node:timers/promises';
import { callOwner } from '#adapters/lowdb/data-lock.ts';
import type { ControlRequest } from '#adapters/lowdb/lock-socket.ts';

/** An owner that leaves is gone in a moment; one that is stopped is not. Milliseconds. */
const pause = 500;
const mostSilences = 4;

/** Somebody has the data and does not do the job. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

/**
 * Has a job done by whoever owns the data, or here where nobody does. Between the two another may have come first, and an owner may be
 * about to leave: then the job is asked for again, so it must be one that does nothing twice.
 *
 * @param here undefined where somebody else has become the owner
 * @throws NoAnswerError
 */
export async function doWhereTheDataIs<R>(
  dataDir: string,
  request: ControlRequest,
  read: (reply: unknown) => R,
  here: () => Promise<R | undefined>,
): Promise<R> {
  for (let silences = 0; ; ) {
    const answer = await callOwner(dataDir, request);
    if (answer.ok) return read(answer.reply);
    if (answer.reason === 'no-owner') {
      const own = await here();
      if (own) return own;
    } else if (answer.reason === 'no-reply' && silences < mostSilences) {
      silences += 1;
      await delay(pause);
    } else {
      throw new NoAnswerError(`Den process som använder ${dataDir} svarade inte (${answer.reason}).`);
    }
  }
}
