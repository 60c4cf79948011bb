/** `npm run reminders`: sends what is due, for cron. The running server does it; without one, this process. See docs/how-to/reminders.md. */
import { mkdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { acquireDataLock, callOwner } from '#adapters/lowdb/data-lock.ts';
import type { SendingReport } from '#usecases/send-reminders.ts';
import { readSettings, SettingsError } from '../env.ts';
import { openServices } from '../services.ts';
import { createReminderRuns, type ReminderRuns, remindersJob, sendingReport } from './reminder-runs.ts';

/** An owner that leaves is gone in a moment; one that is stopped is not. Milliseconds. */
const pause = 500;
const mostSilences = 4;

/** Somebody has the data and does not do the job. */
class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

try {
  const settings = readSettings();
  await mkdir(settings.dataDir, { recursive: true, mode: 0o700 });
  const { sent, failed } = await runSomewhere(settings);
  console.log(`Skickade: ${sent}. Gick inte att skicka nu: ${failed}.`);
} catch (error) {
  if (!(error instanceof SettingsError) && !(error instanceof NoAnswerError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/**
 * Whoever owns the data sends; where nobody does, we become the owner. Between the two another may have come first, and an
 * owner may be about to leave: the job is asked for again, which sends nothing twice.
 */
async function runSomewhere(settings: ReturnType<typeof readSettings>): Promise<SendingReport> {
  for (let silences = 0; ; ) {
    const answer = await callOwner(settings.dataDir, { job: remindersJob });
    if (answer.ok) return sendingReport.parse(answer.reply);
    if (answer.reason === 'no-owner') {
      const own = await runHere(settings);
      if (own) return own;
    } else if (answer.reason === 'no-reply' && silences < mostSilences) {
      silences += 1;
      await delay(pause);
    } else {
      throw new NoAnswerError(`Den process som använder ${settings.dataDir} svarade inte (${answer.reason}).`);
    }
  }
}

async function runHere(settings: ReturnType<typeof readSettings>): Promise<SendingReport | undefined> {
  const runs = Promise.withResolvers<ReminderRuns>();
  const lock = await acquireDataLock(settings.dataDir, {
    handle: async ({ job }) =>
      job === remindersJob ? (await runs.promise).run() : { ok: false, reason: 'unknown-job' },
  });
  if (!lock.ok) return undefined;
  const services = await openServices(settings);
  try {
    const sender = createReminderRuns(services);
    runs.resolve(sender);
    return await sender.run();
  } finally {
    await services.store.close();
    await lock.release();
  }
}
