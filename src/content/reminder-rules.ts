import { z } from 'zod';
import { ownRules, type ReminderRules } from '#domain/reminders/reminder.ts';
import { readYaml } from './read-yaml.ts';

const id = z
  .string()
  .regex(/^[a-z0-9-]+$/, 'ska vara små bokstäver, siffror och bindestreck')
  .refine((value) => !ownRules.some((rule) => rule === value), 'är upptaget: välj ett annat id');
const days = z.int().min(-365).max(365);
const minutes = z
  .int()
  .min(1)
  .max(60 * 24 * 7);

const step = z.discriminatedUnion('on', [
  z.strictObject({ id, on: z.literal('assigned') }),
  z.strictObject({ id, on: z.literal('due'), days }),
  z.strictObject({ id, on: z.literal('renewal-opens') }),
  z.strictObject({ id, on: z.literal('validity-ends'), days: days.max(0, 'ska vara 0 eller före intygets sista dag') }),
  z.strictObject({ id, on: z.literal('certificate'), withinDays: z.int().min(0).max(365) }),
]);

export const reminderRulesFile = z.strictObject({
  fromHour: z.int().min(0).max(23),
  firstAfterSeconds: z.int().min(1).max(3600),
  everyMinutes: minutes,
  handOverMinutes: minutes,
  mostTries: z.int().min(1),
  daysAfterInvitation: z.int().min(1).max(60),
  retryMinutes: z.array(minutes).min(1),
  digest: z.strictObject({ weekday: z.int().min(1).max(7) }),
  steps: z.array(step).refine((steps) => new Set(steps.map((one) => one.id)).size === steps.length, {
    error: 'två steg har samma id',
  }),
});

/** Which reminders go out, and when. @throws ContentError with file, field and remedy */
export function loadReminderRules(): ReminderRules {
  return readYaml('reminders.yaml', reminderRulesFile);
}
