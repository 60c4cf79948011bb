import type { ActingPerson } from '#domain/access/grant-days.ts';
import { instantOf } from '#domain/kernel/calendar.ts';
import type { PersonId } from '#domain/kernel/ids.ts';
import { findReminder, type ReminderKey, type ReminderRules } from '#domain/reminders/reminder.ts';
import { isPaused, type MailKind, type MailSwitch } from '#domain/settings/mail-switch.ts';
import type { Services } from '#src/services.ts';
import { mayChooseForAll } from './choose-introduction.ts';

type Needs = Pick<Services, 'store' | 'audit' | 'clock'>;

/** Pauses all mail or a kind of it, or lets it go again, for the whole municipality. Who pauses what is paused changes nothing. */
export async function switchMail(
  { store, audit, clock }: Needs,
  actor: ActingPerson,
  what: MailSwitch,
  to: 'paused' | 'on',
): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: 'not-found' }> {
  if (!mayChooseForAll(actor)) return { ok: false, reason: 'not-found' };
  const at = instantOf(clock());
  const { pausedMail } = await store.settings.get();
  if (pausedMail.some((one) => one.what === what) === (to === 'paused')) return { ok: true };
  const action = to === 'paused' ? 'pause-mail' : 'resume-mail';
  await audit.append({ at, actor: actor.pseudonym, action });
  await store.settings.update((before) => {
    const others = before.pausedMail.filter((one) => one.what !== what);
    const paused = to === 'paused' ? [...others, { what, since: at, by: actor.pseudonym }] : others;
    return { save: { ...before, pausedMail: paused }, result: undefined };
  });
  return { ok: true };
}

/** The rules with what is paused at this moment: asked for before each message, so that a pause holds from the next one on. */
export async function rulesNow({
  store,
  reminderRules,
}: Pick<Services, 'store' | 'reminderRules'>): Promise<ReminderRules> {
  const { pausedMail } = await store.settings.get();
  return { ...reminderRules, paused: pausedMail };
}

export async function isMailPaused({ store }: Pick<Services, 'store'>, kind: MailKind): Promise<boolean> {
  return isPaused(kind, (await store.settings.get()).pausedMail);
}

/** Remembers that a message's day came during a pause: it is not made up for afterwards. */
export async function passOver(
  { store, clock }: Pick<Services, 'store' | 'clock'>,
  id: PersonId,
  { rule, cycle }: ReminderKey,
): Promise<void> {
  const at = instantOf(clock());
  await store.people.update(id, (person) => {
    const { claimedAt = at, failures = 0, lastFailureAt } = findReminder(person, { rule, cycle }) ?? {};
    const others = person.reminders.filter((one) => one.rule !== rule || one.cycle !== cycle);
    const passed = { rule, cycle, claimedAt, failures, lastFailureAt, passedOverAt: at };
    return { save: { ...person, reminders: [...others, passed] }, result: undefined };
  });
}
