import { instantOf } from '#domain/kernel/calendar.ts';
import type { PersonId } from '#domain/kernel/ids.ts';
import type { Person, SentReminder } from '#domain/people/person.ts';
import { findReminder, type ReminderKey } from '#domain/reminders/reminder.ts';
import { type Mail, MailNotSentError } from '#ports/mailer.ts';
import type { Change } from '#ports/store.ts';
import type { Services } from '#src/services.ts';

type Needs = Pick<Services, 'store' | 'secrets' | 'mailer' | 'clock'>;

/** The document with the message claimed, from now on. Saved before the mail is handed over. */
export function withClaim(person: Person, { rule, cycle }: ReminderKey, now: Date): Person {
  const { failures = 0, lastFailureAt } = findReminder(person, { rule, cycle }) ?? {};
  return withReminder(person, { rule, cycle, claimedAt: instantOf(now), failures, lastFailureAt });
}

/**
 * Hands over a message that has been claimed, and records what came of it. The same person, rule and cycle give the same
 * id each time, also after a restart.
 */
export async function handOver(
  { store, secrets, mailer, clock }: Needs,
  id: PersonId,
  key: ReminderKey,
  mail: Omit<Mail, 'id'>,
): Promise<'sent' | 'failed'> {
  const bytes = secrets.derive('reminder-message', JSON.stringify([id, key.rule, key.cycle]), 16);
  const outcome = await handedOver(() => mailer.send({ ...mail, id: Buffer.from(bytes).toString('hex') }));
  const at = instantOf(clock());
  await store.people.update(id, (person) => recorded(person, key, outcome, at));
  return outcome;
}

async function handedOver(send: () => Promise<void>): Promise<'sent' | 'failed'> {
  try {
    await send();
    return 'sent';
  } catch (error) {
    if (error instanceof MailNotSentError) return 'failed';
    throw error;
  }
}

function recorded(person: Person, key: ReminderKey, outcome: 'sent' | 'failed', at: string): Change<Person, void> {
  const claim = findReminder(person, key);
  if (!claim) return { result: undefined };
  const after =
    outcome === 'sent' ? { ...claim, sentAt: at } : { ...claim, failures: claim.failures + 1, lastFailureAt: at };
  return { save: withReminder(person, after), result: undefined };
}

function withReminder(person: Person, reminder: SentReminder): Person {
  const others = person.reminders.filter(({ rule, cycle }) => rule !== reminder.rule || cycle !== reminder.cycle);
  return { ...person, reminders: [...others, reminder] };
}
