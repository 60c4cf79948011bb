import { describe, expect, test } from 'vitest';
import type { CalendarDate, NodeId } from '#domain/kernel/ids.ts';
import { acceptInvitation } from '#usecases/account/accept-invitation.ts';
import { previewInvitations } from '#usecases/invitations/invite-many.ts';
import { reminderWorld, unitIn } from '../../../tests/support/reminder-world.ts';
import { tokenIn } from '../../../tests/support/test-services.ts';
import { turnsLeftToOthers } from '../../../tests/support/turns-left.ts';
import { reminderOverview } from './reminder-overview.ts';
import { sendReminders } from './send-reminders.ts';

describe('the sender', () => {
  test('sends what is due once, in the person’s language, with the way to Min sida', async () => {
    const { services, mails, add } = await reminderWorld();
    await add('Anna');
    await add('Ben', { language: 'en' });
    expect(await sendReminders(services)).toEqual({ sent: 2, failed: 0 });
    expect(await sendReminders(services)).toEqual({ sent: 0, failed: 0 });
    expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
      ['anna@lindala.example', 'I dag är sista dagen för din kurs om sekretess'],
      ['ben@lindala.example', 'Today is the last day for your course on confidentiality'],
    ]);
    expect(mails[0]?.text).toContain('Hej Anna!');
    expect(mails[0]?.text).toContain('15 juni 2026');
    expect(mails[0]?.text).toContain('https://sekretess.lindala.example/min-sida');
  });

  test('goes through everybody, page by page', async () => {
    const { services, mails, add } = await reminderWorld();
    for (let number = 0; number < 401; number++) await add(`P${number}`);
    expect(await sendReminders(services)).toEqual({ sent: 401, failed: 0 });
    expect(new Set(mails.map(({ id }) => id)).size).toBe(401);
  });

  test('tries again later what the mail server refuses, under the same id', async () => {
    const { services, mails, mailServer, add, pass, person } = await reminderWorld();
    const id = await add('Anna');
    mailServer.answers = 'yes, but the reply is lost';
    expect(await sendReminders(services)).toEqual({ sent: 0, failed: 1 });
    expect((await person(id)).reminders).toMatchObject([{ rule: 'due', failures: 1 }]);
    pass({ minutes: 59 });
    mailServer.answers = 'yes';
    expect(await sendReminders(services)).toEqual({ sent: 0, failed: 0 });
    pass({ minutes: 1 });
    expect(await sendReminders(services)).toEqual({ sent: 1, failed: 0 });
    expect(mails).toHaveLength(2);
    expect(mails[0]?.id).toMatch(/^[0-9a-f]{32}$/);
    expect(mails[1]?.id).toBe(mails[0]?.id);
    expect((await person(id)).reminders).toMatchObject([{ rule: 'due', failures: 1, sentAt: expect.any(String) }]);
  });

  test('hands over again, under the same id, what was cut off between claim and outcome', async () => {
    const { services, mails, mailServer, add, pass } = await reminderWorld();
    await add('Anna');
    mailServer.answers = 'with a bug';
    await expect(sendReminders(services)).rejects.toThrow('cut off');
    mailServer.answers = 'yes';
    expect(await sendReminders(services)).toEqual({ sent: 0, failed: 0 });
    pass({ minutes: 15 });
    expect(await sendReminders(services)).toEqual({ sent: 1, failed: 0 });
    expect(mails).toHaveLength(1);
  });

  test('sends nothing any more of what has ceased to hold while it waited', async () => {
    const { services, mails, mailServer, add, pass } = await reminderWorld();
    const id = await add('Anna');
    mailServer.answers = 'no';
    await sendReminders(services);
    await services.store.people.update(id, (anna) => ({
      save: {
        ...anna,
        staffing: anna.staffing.map((one) => ({ ...one, leaves: [{ from: '2026-06-15' as CalendarDate }] })),
      },
      result: undefined,
    }));
    mailServer.answers = 'yes';
    pass({ minutes: 300 });
    expect(await sendReminders(services)).toEqual({ sent: 0, failed: 0 });
    expect(mails).toEqual([]);
  });

  test('stops after the message that is under way when it is told to', async () => {
    const { services, mails, add } = await reminderWorld();
    await add('Anna');
    await add('Bo');
    const stop = new AbortController();
    const send = async (mail: (typeof mails)[number]) => {
      mails.push(mail);
      stop.abort();
    };
    const slow = { ...services, mailer: { destination: '', send } };
    expect(await sendReminders(slow, stop.signal)).toEqual({ sent: 1, failed: 0 });
    expect(await sendReminders(services)).toEqual({ sent: 1, failed: 0 });
  });
});

describe('reliability F10: while everybody is gone through', () => {
  const many = 300;

  test('by the sender, others are served: between two people, and within the list of a manager of many', async () => {
    const { services, add } = await reminderWorld();
    for (let one = 0; one < many; one++) await add(`Bo${one}`, { email: undefined, passwordHash: undefined });
    const unread = await turnsLeftToOthers(() => sendReminders(services));
    expect(unread).toBeGreaterThan(many / 20);
    await add('Chefen', { grants: [{ role: 'unit-manager', place: unitIn('a') }] });
    const withDigest = await turnsLeftToOthers(() => sendReminders(services));
    expect(withDigest).toBeGreaterThan((2 * many) / 20);
  });

  test('by the page of invitations, others are served', async () => {
    const { services, add, acting } = await reminderWorld();
    for (let one = 0; one < many; one++) await add(`Bo${one}`, { passwordHash: undefined });
    const admin = await acting(await add('Maria', { grants: [{ role: 'administrator', place: 'everything' }] }));
    const left = await turnsLeftToOthers(() => previewInvitations(services, admin, { kind: 'reach' }));
    expect(left).toBeGreaterThan((2 * many) / 20);
  });

  test('by the administrator’s overview, others are served', async () => {
    const { services, add, acting } = await reminderWorld();
    for (let one = 0; one < many; one++) await add(`Bo${one}`, { email: undefined, passwordHash: undefined });
    const admin = await acting(await add('Maria', { grants: [{ role: 'administrator', place: 'everything' }] }));
    expect(await turnsLeftToOthers(() => reminderOverview(services, admin))).toBeGreaterThan(many / 20);
  });
});

describe('an invitation', () => {
  const given = { passwordHash: undefined, inviteOn: '2026-06-15' as CalendarDate };

  test('goes out on its day with a link that works, and not again once it is used', async () => {
    const { services, mails, add, pass } = await reminderWorld('2026-06-14T07:00:00Z');
    await add('Anna', given, '2026-08-01');
    expect(await sendReminders(services)).toEqual({ sent: 0, failed: 0 });
    pass({ minutes: 24 * 60 });
    expect(await sendReminders(services)).toEqual({ sent: 1, failed: 0 });
    const token = tokenIn(mails, 'anna@lindala.example');
    const accepted = await acceptInvitation(services, token, { password: 'gurka hatt cykel', language: 'sv' });
    expect(accepted.ok).toBe(true);
    pass({ minutes: 24 * 60 });
    expect(await sendReminders(services)).toEqual({ sent: 0, failed: 0 });
    expect(mails).toHaveLength(1);
  });

  test('has the same link each time that it is handed over: whichever mail arrives, it works', async () => {
    const { services, mails, mailServer, add, pass } = await reminderWorld();
    await add('Anna', given, '2026-08-01');
    mailServer.answers = 'yes, but the reply is lost';
    await sendReminders(services);
    const first = tokenIn(mails, 'anna@lindala.example');
    mailServer.answers = 'yes';
    pass({ minutes: 60 });
    await sendReminders(services);
    expect(mails).toHaveLength(2);
    expect(tokenIn(mails, 'anna@lindala.example')).toBe(first);
    const accepted = await acceptInvitation(services, first, { password: 'gurka hatt cykel', language: 'sv' });
    expect(accepted.ok).toBe(true);
  });
});

describe('managers B1: whoever has not been invited', () => {
  const uninvited = { passwordHash: undefined } as const;

  test('is sent nothing: neither that they are late, nor that there is a course, nor a certificate taken on paper', async () => {
    const { services, mails, add } = await reminderWorld();
    await add('Sen', uninvited, '2011-08-17');
    await add('Snart', uninvited, '2026-06-05');
    await add('Ny', uninvited, '2026-07-01');
    expect(await sendReminders(services)).toEqual({ sent: 0, failed: 0 });
    expect(mails).toEqual([]);
  });

  test('is invited first, and reminded with a link that opens the door: the same one as the invitation’s', async () => {
    const { services, mails, add, pass } = await reminderWorld('2026-06-10T07:00:00Z');
    await add('Anna', { ...uninvited, inviteOn: '2026-06-10' as CalendarDate }, '2026-06-03');
    await sendReminders(services);
    pass({ minutes: 24 * 60 });
    expect(await sendReminders(services)).toEqual({ sent: 0, failed: 0 });
    pass({ minutes: 7 * 24 * 60 });
    expect(await sendReminders(services)).toEqual({ sent: 1, failed: 0 });
    expect(mails).toHaveLength(2);
    const [invitation, reminder] = mails;
    const link = /https:\/\/\S+\/valkommen\/\S+/.exec(invitation?.text ?? '')?.[0] ?? 'no link';
    expect(reminder?.text).toContain(link);
    expect(reminder?.text).not.toContain('/min-sida');
    expect(invitation?.text).toContain('24 juni 2026');
    expect(reminder?.text).toContain('2 juli 2026');
    const token = link.split('/').at(-1) ?? '';
    const accepted = await acceptInvitation(services, token, { password: 'gurka hatt cykel', language: 'sv' });
    expect(accepted.ok).toBe(true);
  });

  test('is not told the day after the invitation that they are late, but a week later', async () => {
    const { services, mails, add, pass } = await reminderWorld();
    await add('Sen', { ...uninvited, inviteOn: '2026-06-15' as CalendarDate }, '2026-05-04');
    await sendReminders(services);
    expect(mails[0]?.text).toContain('Gör den så snart du kan.');
    for (let day = 1; day < 7; day++) {
      pass({ minutes: 24 * 60 });
      expect(await sendReminders(services)).toEqual({ sent: 0, failed: 0 });
    }
    pass({ minutes: 24 * 60 });
    expect(await sendReminders(services)).toEqual({ sent: 1, failed: 0 });
    expect(mails[1]?.subject).toContain('försenad');
  });

  test('is invited before anything else also where the mail server has refused the invitation', async () => {
    const { services, mails, mailServer, add, pass } = await reminderWorld();
    await add('Anna', { ...uninvited, inviteOn: '2026-06-15' as CalendarDate }, '2026-05-04');
    mailServer.answers = 'no';
    await sendReminders(services);
    pass({ minutes: 30 * 24 * 60 });
    mailServer.answers = 'yes';
    await sendReminders(services);
    expect(mails.map(({ subject }) => subject)).toEqual([
      'Din kurs om sekretess i Lindala kommun / Your course on confidentiality (sekretess) in Lindala kommun',
    ]);
  });
});

describe('learners M5: the invitation', () => {
  test('says who asks, why, by when, whom to ring and how long the link holds, in every language', async () => {
    const { services, mails, add } = await reminderWorld();
    await add('Anna', { passwordHash: undefined, inviteOn: '2026-06-15' as CalendarDate }, '2026-06-10');
    await sendReminders(services);
    const text = mails[0]?.text ?? '';
    expect(text).not.toMatch(/\{\w+\}|gäller till den \./);
    for (const said of [
      'Lindala kommun ber dig att gå en kurs om sekretess.',
      'Gör den senast den 24 juni 2026.',
      'gäller till den 29 juni 2026',
      'Ring 08-465 004 00.',
      'Lindala kommun vill att du går en kurs om sekretess.',
      'Lindala kommun asks you to take a course on confidentiality',
      'Please finish it by 24 June 2026.',
      'works until 29 June 2026',
    ]) {
      expect(text).toContain(said);
    }
  });
});

describe('the weekly digest', () => {
  const chef = { grants: [{ role: 'unit-manager', place: unitIn('a') }] } as const;

  test('is one mail about the whole unit, which names neither who is protected nor who is in another unit', async () => {
    const { services, mails, add } = await reminderWorld();
    await add('Chefen', chef, '2026-06-15');
    await add('Sen', {}, '2026-05-04');
    await add('Utan', { email: undefined }, '2026-06-10');
    await add('Dold', { protectedIdentity: true }, '2026-05-04');
    await add('Annan', {}, '2026-05-04', unitIn('b'));
    await sendReminders(services);
    const digests = mails.filter(({ subject }) => subject === 'Veckans lista: kursen om sekretess');
    expect(digests.map(({ to }) => to)).toEqual(['chefen@lindala.example']);
    const text = digests[0]?.text ?? '';
    expect(text).toContain('– Sen (Plats unit-a): Nyanställd, sista dag 18 maj 2026');
    expect(text).toContain('– Utan (Plats unit-a): Nyanställd, sista dag 24 juni 2026');
    expect(text).toContain('Personer med skyddade personuppgifter att se till: 1.');
    expect(text).not.toMatch(/Dold|Annan/);
    expect(text).toContain('https://sekretess.lindala.example/enhet');
  });

  test('is not sent where there is nothing to tell, and comes later in the week when there is', async () => {
    const { services, mails, add, pass } = await reminderWorld();
    await add('Chefen', chef, '2026-06-15');
    await add('Anna');
    await sendReminders(services);
    expect(mails.map(({ to }) => to)).toEqual(['anna@lindala.example', 'chefen@lindala.example']);
    pass({ minutes: 24 * 60 });
    await sendReminders(services);
    await sendReminders(services);
    pass({ minutes: 24 * 60 });
    await sendReminders(services);
    expect(mails.slice(2).map(({ to }) => to)).toEqual(['anna@lindala.example', 'chefen@lindala.example']);
  });
});

describe('managers B2: the weekly list of a unit without a manager', () => {
  const left = { grants: [{ role: 'unit-manager', place: unitIn('a') }] } as const;
  const role = (name: 'administrator' | 'department-head', place: string) => ({
    grants: [{ role: name, place: place as NodeId }] as const,
  });

  async function leftAlone() {
    const world = await reminderWorld();
    const { services, add } = world;
    const chef = await add('Chefen', left, '2026-05-01');
    await services.store.people.update(chef, (person) => ({
      save: {
        ...person,
        staffing: person.staffing.map((one) => ({
          ...one,
          engagements: one.engagements.map((work) => ({ ...work, to: '2026-06-12' as CalendarDate })),
        })),
      },
      result: undefined,
    }));
    await add('Anna', { email: undefined });
    await add('Hilda', { email: undefined, protectedIdentity: true });
    return world;
  }
  const lists = ({ mails }: Awaited<ReturnType<typeof leftAlone>>) =>
    mails.filter(({ subject }) => subject.startsWith('Veckans lista')).map(({ to, text }) => ({ to, text }));

  test('goes to the administrator of the nearest place above, by name, and not to the manager who has left', async () => {
    const world = await leftAlone();
    await world.add('Nara', role('administrator', 'committee-a'), '2026-06-15', 'nowhere' as NodeId);
    await world.add('Alla', role('administrator', 'everything'), '2026-06-15', 'nowhere' as NodeId);
    await sendReminders(world.services);
    const [list, ...others] = lists(world);
    expect(others).toEqual([]);
    expect(list?.to).toBe('nara@lindala.example');
    expect(list?.text).toContain('De här enheterna har ingen chef');
    expect(list?.text).toContain('Anna');
    expect(list?.text).not.toContain('Hilda');
  });

  test('goes to a department head in numbers, without a name', async () => {
    const world = await leftAlone();
    await world.add('Verka', role('department-head', 'committee-a'), '2026-06-15', 'nowhere' as NodeId);
    await sendReminders(world.services);
    const [list] = lists(world);
    expect(list?.to).toBe('verka@lindala.example');
    expect(list?.text).toMatch(/Plats unit-a: .* 2/);
    expect(list?.text).not.toMatch(/Anna|Hilda/);
  });

  test('goes to nobody above while somebody leads the unit', async () => {
    const world = await leftAlone();
    await world.add('Nychef', left, '2026-06-15');
    await world.add('Nara', role('administrator', 'committee-a'), '2026-06-15', 'nowhere' as NodeId);
    await sendReminders(world.services);
    expect(lists(world).map(({ to }) => to)).toEqual(['nychef@lindala.example']);
  });
});
