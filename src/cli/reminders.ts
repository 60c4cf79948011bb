/** `npm run reminders`: sends what is due, for cron. The running server does it; without one, this process. See docs/how-to/reminders.md. */
import { mkdir } from 'node:fs/promises';
import { acquireDataLock } from '#adapters/lowdb/data-lock.ts';
import type { SendingReport } from '#usecases/send-reminders.ts';
import { readSettings, SettingsError } from '../env.ts';
import { openServices } from '../services.ts';
import { doWhereTheDataIs, NoAnswerError } from './ask-owner.ts';
import { createReminderRuns, type ReminderRuns, remindersJob, sendingReport } from './reminder-runs.ts';

try {
  const settings = readSettings();
  await mkdir(settings.dataDir, { recursive: true, mode: 0o700 });
  const { sent, failed } = await doWhereTheDataIs(
    settings.dataDir,
    { job: remindersJob },
    (reply) => sendingReport.parse(reply),
    () => runHere(settings),
  );
  console.log(`Skickade: ${sent}. Gick inte att skicka nu: ${failed}.`);
} catch (error) {
  if (!(error instanceof SettingsError) && !(error instanceof NoAnswerError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
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
