import { describe, expect, test } from 'vitest';
import type { NodeId, PersonId } from '#domain/kernel/ids.ts';
import type { Grant } from '#domain/people/person.ts';
import { switchMail } from '#usecases/settings/mail-switches.ts';
import { reminderWorld, unitIn } from '../../../tests/support/reminder-world.ts';
import { type ReminderList, reminderOverview, retryReminder } from './reminder-overview.ts';
import { sendReminders } from './send-reminders.ts';

const administers = (place: Grant['place'], more: Partial<Grant> = {}): { grants: readonly Grant[] } => ({
  grants: [{ role: 'administrator', place, ...more }],
});
const lines = ({ rows }: ReminderList) =>
  rows.map(({ record, mayName, kind, at, failures }) => [mayName ? record.name : '–', kind, at, failures].join(' '));

async function withAdministrator(grants = administers('committee-a' as NodeId)) {
  const world = await reminderWorld();
  const id = await world.add('Admin', { ...grants, email: undefined }, '2026-06-15', 'nowhere' as NodeId);
  return { ...world, administrator: await world.acting(id) };
}

describe('an administrator sees', () => {
  test('what will go out in two weeks, and then what has', async () => {
    const { services, add, administrator, pass } = await withAdministrator();
    await add('Anna', {}, '2026-06-10');
    const before = await reminderOverview(services, administrator);
    expect(lines(before.coming)).toEqual([
      'Anna assigned 2026-06-15 0',
      'Anna before 2026-06-17 0',
      'Anna due 2026-06-24 0',
      'Anna overdue 2026-06-25 0',
    ]);
    await sendReminders(services);
    pass({ minutes: 5 });
    const after = await reminderOverview(services, administrator);
    expect(lines(after.sent)).toEqual(['Anna assigned 2026-06-15T07:00:00.000Z 0']);
    expect(after.coming.count).toBe(3);
    expect(after.failed.count).toBe(0);
  });

  test('nobody outside their places, no protected name, and the look is in the log', async () => {
    const { services, add, administrator } = await withAdministrator();
    await add('Anna');
    await add('Dold', { protectedIdentity: true });
    await add('Annan', {}, '2026-06-01', unitIn('b'));
    const { coming } = await reminderOverview(services, administrator);
    expect(lines(coming).filter((line) => line.includes('2026-06-15'))).toEqual([
      'Anna due 2026-06-15 0',
      '– due 2026-06-15 0',
    ]);
    expect(await services.audit.since('2026-06-15T00:00:00.000Z')).toMatchObject([
      { action: 'open-list', place: unitIn('a'), actor: administrator.pseudonym },
    ]);
  });

  test('the place they administer alone, where they lead a unit elsewhere', async () => {
    const both = [
      ...administers('committee-a' as NodeId).grants,
      { role: 'unit-manager', place: unitIn('b') },
    ] as const;
    const { services, add, administrator } = await withAdministrator({ grants: both });
    const id = await add('Annan', {}, '2026-06-01', unitIn('b'));
    expect((await reminderOverview(services, administrator)).coming.count).toBe(0);
    expect(await retryReminder(services, administrator, id, { rule: 'due', cycle: 'x' })).toBe('not-found');
  });
});

describe('what the mail server has refused', () => {
  const key = { rule: 'due', cycle: 'new-employee:2026-06-01@2026-06-15' };

  test('can be tried again at once', async () => {
    const { services, add, administrator, mails, mailServer } = await withAdministrator();
    const id = await add('Anna');
    mailServer.answers = 'no';
    await sendReminders(services);
    expect(lines((await reminderOverview(services, administrator)).failed)).toEqual([
      'Anna due 2026-06-15T07:00:00.000Z 1',
    ]);
    expect(await retryReminder(services, administrator, id, key)).toBe('failed');
    mailServer.answers = 'yes';
    expect(await retryReminder(services, administrator, id, key)).toBe('sent');
    expect(await retryReminder(services, administrator, id, key)).toBe('gone');
    expect(mails).toHaveLength(1);
    expect((await reminderOverview(services, administrator)).failed.count).toBe(0);
  });

  test('stays unsent while its kind is paused, and that is what is said; passed over, it is shown no more', async () => {
    const { services, mails, mailServer, add, administrator, acting, pass } = await withAdministrator();
    const anna = await add('Anna', {}, '2026-06-10');
    mailServer.answers = 'no';
    await sendReminders(services);
    mailServer.answers = 'yes';
    const [failed] = (await reminderOverview(services, administrator)).failed.rows;
    const key = { rule: failed?.rule ?? '', cycle: failed?.cycle ?? '' };
    const all = await acting(await add('Alva', { ...administers('everything'), email: undefined }));
    for (const what of ['assigned', 'everything'] as const) {
      await switchMail(services, all, what, 'paused');
      expect(await retryReminder(services, administrator, anna, key)).toBe('paused');
      await switchMail(services, all, what, 'on');
    }
    await switchMail(services, all, 'assigned', 'paused');
    pass({ minutes: 24 * 60 });
    await sendReminders(services);
    expect((await reminderOverview(services, administrator)).failed.count).toBe(0);
    expect(await retryReminder(services, administrator, anna, key)).toBe('paused');
    await switchMail(services, all, 'assigned', 'on');
    expect(await retryReminder(services, administrator, anna, key)).toBe('gone');
    expect(mails).toEqual([]);
  });

  test('is not shown, and not sent, when it no longer holds', async () => {
    const { services, add, administrator, mails, mailServer, pass } = await withAdministrator();
    const id = await add('Anna');
    mailServer.answers = 'no';
    await sendReminders(services);
    mailServer.answers = 'yes';
    pass({ minutes: 24 * 60 });
    expect((await reminderOverview(services, administrator)).failed.count).toBe(0);
    expect(await retryReminder(services, administrator, id, key)).toBe('gone');
    expect(mails).toEqual([]);
  });

  test('is a digest as well', async () => {
    const { services, add, administrator, mails, mailServer } = await withAdministrator();
    const chef = await add('Chefen', { grants: [{ role: 'unit-manager', place: unitIn('a') }] }, '2026-06-15');
    await add('Utan', { email: undefined });
    mailServer.answers = 'no';
    await sendReminders(services);
    mailServer.answers = 'yes';
    const digest = { rule: 'digest', cycle: '2026-W25' };
    expect(await retryReminder(services, administrator, chef, digest)).toBe('sent');
    expect(mails.map(({ subject }) => subject)).toEqual(['Veckans lista: kursen om sekretess']);
  });

  test('of somebody who is not there is the same as of somebody out of reach', async () => {
    const { services, administrator } = await withAdministrator();
    expect(await retryReminder(services, administrator, 'ingen' as PersonId, key)).toBe('not-found');
  });
});
