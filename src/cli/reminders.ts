/** `npm run reminders`: sends what is due, for cron. The running server does it; without one, this process. See docs/how-to/reminders.md. */
import type { SendingReport } from '#usecases/reminders/send-reminders.ts';
import type { Settings } from '../env.ts';
import type { Services } from '../services.ts';
import { doWhereTheDataIs } from './ask-owner.ts';
import { runCommand, withOwnServices } from './own-services.ts';
import { createReminderRuns, type ReminderRuns, remindersJob, sendingReport } from './reminder-runs.ts';

await runCommand(async (settings) => {
  const { sent, failed } = await doWhereTheDataIs(
    settings.dataDir,
    { job: remindersJob },
    (reply) => sendingReport.parse(reply),
    () => runHere(settings),
  );
  console.log(`Skickade: ${sent}. Gick inte att skicka nu: ${failed}.`);
});

async function runHere(settings: Settings): Promise<SendingReport | undefined> {
  const runs = Promise.withResolvers<ReminderRuns>();
  const send = (services: Services) => {
    const sender = createReminderRuns(services);
    runs.resolve(sender);
    return sender.run();
  };
  return withOwnServices(settings, send, {
    handle: async ({ job }) =>
      job === remindersJob ? (await runs.promise).run() : { ok: false, reason: 'unknown-job' },
  });
}
