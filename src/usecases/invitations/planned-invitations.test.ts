import { describe, expect, test } from 'vitest';
import type { CalendarDate, PersonId } from '#domain/kernel/ids.ts';
import type { Grant } from '#domain/people/person.ts';
import { findInvitation } from '#usecases/account/accept-invitation.ts';
import { sendReminders } from '#usecases/reminders/send-reminders.ts';
import { reminderWorld, unitIn } from '../../../tests/support/reminder-world.ts';
import { type InviteScope, inviteMany, previewInvitations } from './invite-many.ts';
import { changePlanned } from './planned-invitations.ts';

/** It is Monday 15 June 2026. */
const day = (text: string) => text as CalendarDate;
const [wednesday, friday] = [day('2026-06-17'), day('2026-06-19')];
const never = { passwordHash: undefined } as const;
const manages: { grants: readonly Grant[] } = { grants: [{ role: 'unit-manager', place: unitIn('a') }] };
const unitA: InviteScope = { kind: 'unit', unit: unitIn('a') };
const oneDay = 24 * 60;

async function withPlanned() {
  const world = await reminderWorld();
  const manager = await world.acting(await world.add('Chefen', manages));
  const [anna, bo] = [await world.add('Anna', never), await world.add('Bo', never)];
  await inviteMany(world.services, manager, unitA, { day: wednesday, mails: 2 });
  const planned = async () =>
    (await previewInvitations(world.services, manager, unitA))?.planned.map((one) => `${one.day} ${one.people.length}`);
  const invitations = () => world.mails.filter(({ text }) => text.includes('/valkommen/'));
  return { ...world, manager, anna, bo, planned, invitations };
}

describe('managers B1: invitations that are planned for a day', () => {
  test('are seen, and whoever invites the rest at once leaves them on their day', async () => {
    const { services, add, manager, planned, invitations } = await withPlanned();
    await add('Cia', never);
    expect(await planned()).toEqual(['2026-06-17 2']);
    const shown = await previewInvitations(services, manager, unitA);
    expect(shown?.plan.counts).toMatchObject({ mail: 1, planned: 2 });
    await inviteMany(services, manager, unitA, { mails: 1 });
    expect(await planned()).toEqual(['2026-06-15 1', '2026-06-17 2']);
    await sendReminders(services);
    expect(invitations().map(({ to }) => to)).toEqual(['cia@lindala.example']);
    expect(await planned()).toEqual(['2026-06-17 2']);
  });

  test('are put on another day, and go out then', async () => {
    const { services, manager, planned, invitations, pass } = await withPlanned();
    const shown = { day: wednesday, mails: 2 };
    expect(await changePlanned(services, manager, unitA, shown, friday)).toEqual({ ok: true, changed: 2 });
    expect(await planned()).toEqual(['2026-06-19 2']);
    for (const expected of [0, 0, 0, 0, 2, 2]) {
      await sendReminders(services);
      expect(invitations()).toHaveLength(expected);
      pass({ minutes: oneDay });
    }
    expect(await planned()).toEqual([]);
  });

  test('are cancelled: nothing goes out, nobody is reminded, and they can be invited again', async () => {
    const { services, manager, anna, person, planned, mails, pass } = await withPlanned();
    const shown = { day: wednesday, mails: 2 };
    expect(await changePlanned(services, manager, unitA, shown, 'cancelled')).toEqual({ ok: true, changed: 2 });
    expect(await planned()).toEqual([]);
    expect((await person(anna)).inviteOn).toBeUndefined();
    for (let round = 0; round < 8; round++) {
      await sendReminders(services);
      pass({ minutes: oneDay });
    }
    expect(mails.filter(({ to }) => to !== 'chefen@lindala.example')).toEqual([]);
    expect(await inviteMany(services, manager, unitA, { mails: 2 })).toEqual({ ok: true, invited: 2 });
  });

  test('stand in the log, each about whom it is', async () => {
    const { services, manager, anna, bo, person } = await withPlanned();
    await changePlanned(services, manager, unitA, { day: wednesday, mails: 2 }, friday);
    await changePlanned(services, manager, unitA, { day: friday, mails: 2 }, 'cancelled');
    for (const id of [anna, bo]) {
      const entries = await services.audit.about((await person(id)).pseudonym, []);
      expect(entries.map(({ action, actor }) => [action, actor])).toEqual(
        ['cancel-invitation', 'move-invitation', 'send-invitation'].map((action) => [action, manager.pseudonym]),
      );
    }
  });

  test('stay as they are where some have gone out, or have come, since they were shown', async () => {
    const { services, manager, planned, add, pass } = await withPlanned();
    const changed = { ok: false, reason: 'planned-changed' };
    const change = (mails: number, on = wednesday) =>
      changePlanned(services, manager, unitA, { day: on, mails }, 'cancelled');
    expect(await change(3)).toEqual(changed);
    expect(await change(2, friday)).toEqual(changed);
    expect(await change(0, friday)).toEqual(changed);
    await add('Cia', never);
    await inviteMany(services, manager, unitA, { day: wednesday, mails: 1 });
    expect(await change(2)).toEqual(changed);
    pass({ minutes: 2 * oneDay });
    await sendReminders(services);
    expect(await planned()).toEqual([]);
    expect(await change(3)).toEqual(changed);
  });

  test('that the mail server has refused today are not tried again once they are cancelled; a link that no mail has carried opens nothing', async () => {
    const { services, mailServer, manager, anna, person, planned, invitations, pass } = await withPlanned();
    pass({ minutes: 2 * oneDay });
    mailServer.answers = 'no';
    await sendReminders(services);
    mailServer.answers = 'yes';
    expect((await person(anna)).invitation).toBeDefined();
    expect(await planned()).toEqual(['2026-06-17 2']);
    await changePlanned(services, manager, unitA, { day: wednesday, mails: 2 }, 'cancelled');
    for (let round = 0; round < 4; round++) {
      pass({ minutes: oneDay });
      await sendReminders(services);
    }
    expect(invitations()).toEqual([]);
    expect((await person(anna)).invitation).toBeUndefined();
    await inviteMany(services, manager, unitA, { mails: 2 });
    await sendReminders(services);
    const [token = ''] = invitations().flatMap(({ text }) => /\/valkommen\/(\S+)/.exec(text)?.[1] ?? []);
    expect((await findInvitation(services, token))?.state).toBe('open');
  });

  test('to who waits with a link already leave that link as it is when they are cancelled', async () => {
    const { services, mails, manager, add, planned, pass } = await withPlanned();
    const cia = await add('Cia', never);
    const hers = { kind: 'unit', unit: unitIn('a'), chosen: [cia] } as const;
    await inviteMany(services, manager, hers, { mails: 1 });
    await sendReminders(services);
    pass({ minutes: oneDay });
    await inviteMany(services, manager, hers, { day: friday, mails: 1 });
    expect(await planned()).toEqual(['2026-06-17 2', '2026-06-19 1']);
    await changePlanned(services, manager, unitA, { day: friday, mails: 1 }, 'cancelled');
    const [token = ''] = mails.flatMap(({ text }) => /\/valkommen\/(\S+)/.exec(text)?.[1] ?? []);
    expect((await findInvitation(services, token))?.state).toBe('open');
  });

  test('of another unit, and of whom one may not name, are neither seen nor changed', async () => {
    const { services, add, acting, manager, person, planned } = await withPlanned();
    const hidden = await add('Dold', { ...never, protectedIdentity: true, inviteOn: wednesday });
    const other = await add('Annan', { ...never, inviteOn: wednesday }, '2026-06-01', unitIn('b'));
    expect(await planned()).toEqual(['2026-06-17 2']);
    const elsewhere: InviteScope = { kind: 'unit', unit: unitIn('b') };
    const shown = { day: wednesday, mails: 1 };
    expect(await changePlanned(services, manager, elsewhere, shown, friday)).toEqual({
      ok: false,
      reason: 'not-found',
    });
    await changePlanned(services, manager, unitA, { day: wednesday, mails: 2 }, friday);
    for (const id of [hidden, other] as PersonId[]) expect((await person(id)).inviteOn).toBe(wednesday);
    const seer = { grants: [{ role: 'administrator', place: 'everything', seesProtected: true }] } as const;
    const ada = await acting(await add('Ada', seer));
    const all = await previewInvitations(services, ada, { kind: 'reach' });
    expect(all?.planned.map((one) => [one.day, one.people.length])).toEqual([
      [wednesday, 2],
      [friday, 2],
    ]);
  });

  test('whose day has come and who are on leave wait under today', async () => {
    const { services, manager, add, planned, pass } = await withPlanned();
    pass({ minutes: 3 * oneDay });
    const leaves = [{ from: day('2026-06-10'), to: day('2026-06-30') }];
    const ledig = await add('Ledig', { ...never, inviteOn: wednesday });
    await services.store.people.update(ledig, (one) => ({
      save: { ...one, staffing: one.staffing.map((known) => ({ ...known, leaves })) },
      result: undefined,
    }));
    await sendReminders(services);
    expect(await planned()).toEqual(['2026-06-18 1']);
    const shown = { day: day('2026-06-18'), mails: 1 };
    expect(await changePlanned(services, manager, unitA, shown, 'cancelled')).toEqual({ ok: true, changed: 1 });
  });
});
