import { describe, expect, test } from 'vitest';
import type { CalendarDate, NodeId } from '#domain/kernel/ids.ts';
import { noSettings } from '#domain/settings/own-settings.ts';
import { sendReminders } from '#usecases/reminders/send-reminders.ts';
import { viewUnit } from '#usecases/unit/view-unit.ts';
import { reminderWorld } from '../../../tests/support/reminder-world.ts';
import { chooseIntroduction } from './choose-introduction.ts';

const unit = 'unit-a' as NodeId;
const on = (date: string, days: number) => ({ on: date as CalendarDate, days });

/** A municipality that has just read in its staff: Monday morning, 15 June 2026. */
async function newWorld() {
  const world = await reminderWorld();
  await world.services.store.settings.update(() => ({ save: noSettings, result: undefined }));
  const administrator = await world.add('Maria', { grants: [{ role: 'administrator', place: 'everything' }] });
  const ofCommittee = await world.add('Karin', {
    grants: [{ role: 'administrator', place: 'committee-a' as NodeId }],
  });
  for (const [number, from] of ['2011-08-17', '2019-02-01', '2026-05-01'].entries()) {
    await world.add(`Anna${number}`, {}, from);
  }
  const look = async (date: string) => {
    const asked = {
      date: date as CalendarDate,
      choice: { states: [], search: '', sort: 'name', descending: false } as const,
    };
    return viewUnit(world.services, await world.acting(administrator), unit, asked);
  };
  const choose = async (who: typeof administrator, chosen: ReturnType<typeof on>) =>
    chooseIntroduction(world.services, await world.acting(who), chosen);
  return { ...world, administrator, ofCommittee, look, choose };
}

describe('managers S1: a municipality that has not chosen when the requirement begins', () => {
  test('sends nobody a word about a last day, and counts nobody as late', async () => {
    const { services, mails, look } = await newWorld();
    await sendReminders(services);
    expect(mails).toEqual([]);
    expect((await look('2026-06-15'))?.barred).toEqual([]);
    expect((await look('2026-06-15'))?.counts.overdue).toBe(0);
  });

  test('invites without a last day, and with one once there is one', async () => {
    const { services, mails, choose, administrator, add } = await newWorld();
    const inviteOn = '2026-06-15' as CalendarDate;
    await add('Bo', { passwordHash: undefined, inviteOn }, '2019-02-01');
    await sendReminders(services);
    expect(mails.map(({ to }) => to)).toEqual(['bo@lindala.example']);
    expect(mails[0]?.text).not.toContain('senast den');
    await choose(administrator, on('2026-06-15', 30));
    await add('Cia', { passwordHash: undefined, inviteOn }, '2019-02-01');
    await sendReminders(services);
    expect(mails.find(({ to }) => to === 'cia@lindala.example')?.text).toContain('senast den 15 juli 2026');
  });

  test('has everybody’s days once somebody has chosen, and mails that go by them', async () => {
    const { services, mails, look, choose, administrator, pass } = await newWorld();
    expect(await choose(administrator, on('2026-06-15', 30))).toEqual({ ok: true });
    await sendReminders(services);
    expect(mails.map(({ subject }) => subject)).not.toContainEqual(expect.stringContaining('försenad'));
    expect((await look('2026-07-15'))?.barred).toEqual([]);
    expect((await look('2026-07-16'))?.barred.length).toBe(5);
    pass({ minutes: 31 * 24 * 60 });
    mails.length = 0;
    await sendReminders(services);
    expect(mails.filter(({ subject }) => subject.includes('försenad')).length).toBe(5);
  });

  test('may choose again, and the log and the settings say who did', async () => {
    const { services, choose, administrator, person } = await newWorld();
    await choose(administrator, on('2026-06-15', 30));
    await choose(administrator, on('2026-06-15', 30));
    await choose(administrator, on('2026-09-01', 60));
    const { pseudonym } = await person(administrator);
    expect((await services.store.settings.get()).introductions).toMatchObject([
      { on: '2026-06-15', days: 30, chosenBy: pseudonym },
      { on: '2026-09-01', days: 60, chosenBy: pseudonym },
    ]);
    const logged = (await services.audit.since('')).filter(({ action }) => action === 'choose-introduction');
    expect(logged).toMatchObject([{ actor: pseudonym }, { actor: pseudonym }]);
  });

  test('is not chosen for by who administers a part of it', async () => {
    const { services, choose, ofCommittee } = await newWorld();
    expect(await choose(ofCommittee, on('2026-06-15', 30))).toEqual({ ok: false, reason: 'not-found' });
    expect((await services.store.settings.get()).introductions).toEqual([]);
    expect((await services.audit.since('')).map(({ action }) => action)).not.toContain('choose-introduction');
  });
});
