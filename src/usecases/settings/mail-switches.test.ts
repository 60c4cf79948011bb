import { describe, expect, test } from 'vitest';
import type { CalendarDate, NodeId } from '#domain/kernel/ids.ts';
import { languages } from '#domain/kernel/language.ts';
import { invitePerson } from '#usecases/invitations/invite-person.ts';
import { exampleMail, sendExample, shownMails } from '#usecases/mail/example-mail.ts';
import { remindPerson } from '#usecases/reminders/remind-person.ts';
import { reminderOverview } from '#usecases/reminders/reminder-overview.ts';
import { sendReminders } from '#usecases/reminders/send-reminders.ts';
import { reminderWorld, unitIn } from '../../../tests/support/reminder-world.ts';
import { afterTheReply } from '../../../tests/support/test-services.ts';
import { switchMail } from './mail-switches.ts';

const day = 24 * 60;

async function switchWorld() {
  const world = await reminderWorld();
  const admin = await world.add('Maria', {
    grants: [
      { role: 'administrator', place: 'everything' },
      { role: 'unit-manager', place: unitIn('a') },
    ],
  });
  const turn = async (what: Parameters<typeof switchMail>[2], to: 'paused' | 'on') =>
    switchMail(world.services, await world.acting(admin), what, to);
  const to = (email: string) => world.mails.filter((mail) => mail.to === email).map(({ subject }) => subject);
  return { ...world, admin, turn, to };
}

describe('managers B1: mail can be paused', () => {
  test('everything: nothing goes out by any road, and what was missed does not come in a flood', async () => {
    const { services, mails, add, turn, admin, acting, pass } = await switchWorld();
    const anna = await add('Anna', {}, '2026-06-10');
    for (let one = 0; one < 20; one++) await add(`Bo${one}`, {}, '2026-06-10');
    await turn('everything', 'paused');
    for (let round = 0; round < 12; round++) {
      await sendReminders(services);
      pass({ minutes: day });
    }
    expect(await remindPerson(services, await acting(admin), anna)).toEqual({ ok: false, reason: 'mail-paused' });
    const invitee = { name: 'Cia', email: 'cia@lindala.example', category: 'new-employee', to: undefined } as const;
    await invitePerson(services, invitee);
    await afterTheReply();
    expect((await reminderOverview(services, await acting(admin))).coming.rows).toEqual([]);
    expect(mails).toEqual([]);

    await turn('everything', 'on');
    pass({ minutes: 60 });
    await sendReminders(services);
    expect(mails.map(({ to }) => to)).toEqual(['cia@lindala.example']);
  });

  test('the next step of who was passed over comes on its own day', async () => {
    const { services, add, turn, to, pass } = await switchWorld();
    await add('Anna', {}, '2026-06-10');
    await turn('everything', 'paused');
    await sendReminders(services);
    await turn('everything', 'on');
    for (let round = 0; round < 10; round++) {
      await sendReminders(services);
      pass({ minutes: day });
    }
    expect(to('anna@lindala.example').length).toBe(2);
  });

  test('a kind: the others go out', async () => {
    const { services, add, turn, to } = await switchWorld();
    await add('Anna', {}, '2026-05-01');
    await add('Bo', { passwordHash: undefined, inviteOn: '2026-06-15' as CalendarDate });
    await turn('overdue', 'paused');
    await sendReminders(services);
    expect(to('anna@lindala.example')).toEqual([]);
    expect(to('bo@lindala.example').length).toBe(1);
  });

  test('invitations: they wait, and go out once', async () => {
    const { services, add, turn, to, pass } = await switchWorld();
    await add('Bo', { passwordHash: undefined, inviteOn: '2026-06-15' as CalendarDate });
    await turn('invitation', 'paused');
    await sendReminders(services);
    pass({ minutes: 3 * day });
    await sendReminders(services);
    expect(to('bo@lindala.example')).toEqual([]);
    await turn('invitation', 'on');
    await sendReminders(services);
    await sendReminders(services);
    expect(to('bo@lindala.example').length).toBe(1);
  });

  test('by who is given everything, with a trace of who did and since when', async () => {
    const { services, add, turn, acting, admin, person } = await switchWorld();
    const part = await add('Karin', { grants: [{ role: 'administrator', place: 'committee-a' as NodeId }] });
    const refused = await switchMail(services, await acting(part), 'everything', 'paused');
    expect(refused).toEqual({ ok: false, reason: 'not-found' });
    expect((await services.store.settings.get()).pausedMail).toEqual([]);
    await turn('digest', 'paused');
    await turn('digest', 'paused');
    const { pseudonym } = await person(admin);
    expect((await services.store.settings.get()).pausedMail).toEqual([
      { what: 'digest', since: services.clock().toISOString(), by: pseudonym },
    ]);
    await turn('digest', 'on');
    const actions = (await services.audit.since('')).map(({ action }) => action);
    expect(actions.filter((one) => one.endsWith('-mail'))).toEqual(['pause-mail', 'resume-mail']);
  });
});

describe('the text of each kind', () => {
  test.for(shownMails)('%s is shown whole in each language', async (kind) => {
    const { services } = await switchWorld();
    for (const language of languages) {
      const { subject, text } = exampleMail(services, kind, language);
      expect(subject).not.toBe('');
      expect(text).toContain('Kim Exempel');
      expect(subject + text).not.toMatch(/[{}]|undefined|Invalid/);
    }
  });

  test('can be sent to oneself, as a trial, also while it is paused', async () => {
    const { services, turn, to, acting, admin } = await switchWorld();
    await turn('everything', 'paused');
    expect(await sendExample(services, await acting(admin), 'overdue', 'sv')).toBe('sent');
    const { subject } = exampleMail(services, 'overdue', 'sv');
    expect(to('maria@lindala.example')).toEqual([`Prov: ${subject}`]);
  });
});
