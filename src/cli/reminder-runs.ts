import { z } from 'zod';
import { type ReminderNeeds, type SendingReport, sendReminders } from '#usecases/reminders/send-reminders.ts';
import type { Services } from '../services.ts';

/** What `npm run reminders` asks the server for, and what it is answered. */
export const remindersJob = 'reminders';
export const sendingReport = z.strictObject({ sent: z.int(), failed: z.int() }) satisfies z.ZodType<SendingReport>;

export interface ReminderRuns {
  /** Goes through everybody once. Whoever asks while it is under way gets the outcome of that. */
  run(): Promise<SendingReport>;
  /** Runs by itself from now on, as content/reminders.yaml says. */
  schedule(): void;
  /** Lets the message that is under way be recorded, and sends no more. */
  stop(): Promise<void>;
}

/** The one sender of a process that owns the data. */
export function createReminderRuns(services: ReminderNeeds & Pick<Services, 'reportError'>): ReminderRuns {
  const { firstAfterSeconds, everyMinutes } = services.reminderRules;
  const stopping = new AbortController();
  let running: Promise<SendingReport> | undefined;
  const run = (): Promise<SendingReport> => {
    running ??= sendReminders(services, stopping.signal).finally(() => {
      running = undefined;
    });
    return running;
  };
  const runByItself = () => void run().catch(services.reportError);
  return {
    run,
    schedule: () => {
      setTimeout(() => {
        runByItself();
        setInterval(runByItself, everyMinutes * 60_000).unref();
      }, firstAfterSeconds * 1000).unref();
    },
    stop: async () => {
      stopping.abort();
      await running?.catch(services.reportError);
    },
  };
}
