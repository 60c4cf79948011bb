import { expect, onTestFinished, test, vi } from 'vitest';
import { createSmtpMailer } from '#adapters/mail/smtp-mailer.ts';
import type { NodeId, PersonId } from '#domain/kernel/ids.ts';
import { changeContact } from '#usecases/people/administer-person.ts';
import { remindPerson } from '#usecases/reminders/remind-person.ts';
import { reminderOverview, tryAddressAgain } from '#usecases/reminders/reminder-overview.ts';
import { sendReminders } from '#usecases/reminders/send-reminders.ts';
import { viewUnit } from '#usecases/unit/view-unit.ts';
import { reminderWorld, unitIn } from '../../../tests/support/reminder-world.ts';
import { startSmtpServer } from '../../../tests/support/smtp-server.ts';
import { markingMailer } from './marking-mailer.ts';

const day = 24 * 60;

/** The reminders with a mail server that is really there. */
async function smtpWorld() {
  const world = await reminderWorld();
  const smtp = await startSmtpServer({});
  onTestFinished(() => smtp.stop());
  const carrier = createSmtpMailer(smtp.url, 'kurs@lindala.example', 'off');
  const { store, clock } = world.services;
  const services = { ...world.services, mailer: markingMailer(carrier, store.people, clock) };
  const boss = await world.add('Boss', {
    grants: [
      { role: 'unit-manager', place: unitIn('a') },
      { role: 'administrator', place: 'everything' },
    ],
  });
  const tries = (to: string) => smtp.recipients.filter((one) => one === to).length;
  return { ...world, services, smtp, boss, tries, acting: () => world.acting(boss) };
}

test('an address that the mail server refuses for good is marked, shown, and not tried again until there is another', async () => {
  const { services, smtp, add, person, tries, pass, acting } = await smtpWorld();
  const anna = await add('Anna');
  smtp.answerRecipient('anna@lindala.example', '550 5.1.1 no such user here');
  for (let round = 0; round < 10; round++) {
    await sendReminders(services);
    pass({ minutes: day });
  }
  expect(tries('anna@lindala.example')).toBe(1);
  expect((await person(anna)).mailRefusedAt).toBe('2026-06-15T07:00:00.000Z');

  const asked = { date: undefined, choice: { states: [], search: '', sort: 'name', descending: false } } as const;
  const unit = await viewUnit(services, await acting(), unitIn('a') as NodeId, asked);
  expect(unit?.rows.find(({ id }) => id === anna)?.isMailRefused).toBe(true);
  const { refused } = await reminderOverview(services, await acting());
  expect(refused.rows.map(({ record }) => record.id)).toEqual([anna]);
  expect(await remindPerson(services, await acting(), anna)).toEqual({ ok: false, reason: 'mail-refused' });

  const contact = { name: 'Anna', email: 'anna.ny@lindala.example', employmentNumber: undefined };
  const session = { person: await acting(), strongAt: services.clock().toISOString() };
  expect(await changeContact(services, session, anna, contact)).toEqual({ ok: true });
  expect((await person(anna)).mailRefusedAt).toBeUndefined();
  // Told of it, and invited anew: both after the reply.
  await vi.waitFor(() => expect(tries('anna.ny@lindala.example')).toBe(2));
});

test('who knows that the address is right has it tried again, and what arrives clears the mark', async () => {
  const { services, smtp, add, person, acting } = await smtpWorld();
  const anna = await add('Anna');
  smtp.answerRecipient('*', '550 user unknown');
  await sendReminders(services);
  expect((await person(anna)).mailRefusedAt).toBeDefined();
  smtp.answerRecipient('*', undefined);
  await sendReminders(services);
  expect(smtp.received).toEqual([]);
  expect(await tryAddressAgain(services, await acting(), anna)).toBe('cleared');
  expect(await tryAddressAgain(services, await acting(), anna)).toBe('gone');
  expect(await tryAddressAgain(services, await acting(), 'nobody' as PersonId)).toBe('not-found');
  await sendReminders({ ...services, reminderRules: { ...services.reminderRules, retryMinutes: [0] } });
  expect(smtp.received.map(({ to }) => to)).toContain('anna@lindala.example');
});

test('an address that is refused for a while is tried again, and not for ever', async () => {
  const { services, smtp, add, person, tries, pass } = await smtpWorld();
  const anna = await add('Anna', {}, '2026-06-14');
  smtp.answerRecipient('anna@lindala.example', '450 4.2.1 try later');
  const { mostTries } = services.reminderRules;
  for (let round = 0; round < 6; round++) {
    await sendReminders(services);
    pass({ minutes: day });
  }
  expect((await person(anna)).mailRefusedAt).toBeUndefined();
  expect(tries('anna@lindala.example')).toBeGreaterThan(3);
  const few = { ...services, reminderRules: { ...services.reminderRules, mostTries: 6 } };
  for (let round = 0; round < 6; round++) {
    await sendReminders(few);
    pass({ minutes: day });
  }
  expect(mostTries).toBeGreaterThan(6);
  expect(tries('anna@lindala.example')).toBeLessThanOrEqual(12);
});
