import { describe, expect, test } from 'vitest';
import type { CalendarDate, NodeId, PersonId, Pseudonym } from '#domain/kernel/ids.ts';
import type { Decision, Grant } from '#domain/people/person.ts';
import type { Leave } from '#domain/people/staffing.ts';
import { acceptInvitation } from '#usecases/account/accept-invitation.ts';
import { remindPerson } from '#usecases/reminders/remind-person.ts';
import { sendReminders } from '#usecases/reminders/send-reminders.ts';
import { reminderWorld, unitIn } from '../../../tests/support/reminder-world.ts';
import { tokenIn } from '../../../tests/support/test-services.ts';
import { type InviteScope, inviteMany, previewInvitations } from './invite-many.ts';

const day = (text: string) => text as CalendarDate;
const never = { passwordHash: undefined } as const;
const manages: { grants: readonly Grant[] } = { grants: [{ role: 'unit-manager', place: unitIn('a') }] };
const administers = (place: NodeId | 'everything', seesProtected?: true): { grants: readonly Grant[] } => ({
  grants: [{ role: 'administrator', place, seesProtected }],
});
const unitA: InviteScope = { kind: 'unit', unit: unitIn('a') };

async function withManager() {
  const world = await reminderWorld();
  const manager = await world.acting(await world.add('Chefen', manages));
  const leave = (id: PersonId, one: Leave) =>
    world.services.store.people.update(id, (person) => ({
      save: { ...person, staffing: person.staffing.map((known) => ({ ...known, leaves: [one] })) },
      result: undefined,
    }));
  return { ...world, manager, leave };
}

describe('managers B1: a manager who invites the own unit', () => {
  test('sees how many mails it makes, and why others get none, before anything is sent', async () => {
    const { services, mails, add, manager, leave } = await withManager();
    await add('Anna', never);
    await add('Bo', never, '2026-08-01');
    await leave(await add('Ledig', never), { from: day('2026-06-10'), to: day('2026-06-30') });
    await add('Utan', { ...never, email: undefined });
    await add('Studsar', { ...never, mailRefusedAt: '2026-06-10T07:00:00.000Z' });
    await add('Dold', { ...never, protectedIdentity: true });
    await add('Inne');
    await add('Planerad', { ...never, inviteOn: day('2026-06-15') });
    await add('Annan', never, '2026-06-01', unitIn('b'));
    const slutat = await add('Slutat', never);
    await services.store.people.update(slutat, (person) => ({
      save: {
        ...person,
        staffing: person.staffing.map((known) => ({
          ...known,
          engagements: known.engagements.map((one) => ({ ...one, to: day('2026-06-14') })),
        })),
      },
      result: undefined,
    }));
    const shown = await previewInvitations(services, manager, unitA);
    expect(shown?.plan.counts).toEqual({
      ...{
        mail: 2,
        'after-leave': 1,
        planned: 1,
        waiting: 0,
        inside: 2,
        'no-email': 1,
        'mail-refused': 1,
        protected: 1,
      },
      'nothing-to-take': 0,
    });
    expect(shown?.plan.people).toHaveLength(3);
    expect(mails).toEqual([]);
  });

  test('gets as many mails as were shown, with links that open the door; confirmed twice it is still one each', async () => {
    const { services, mails, add, manager } = await withManager();
    await add('Anna', never);
    await add('Bo', never);
    const confirmed = { mails: 2 };
    expect(await inviteMany(services, manager, unitA, confirmed)).toEqual({ ok: true, invited: 2 });
    expect(await inviteMany(services, manager, unitA, confirmed)).toEqual({ ok: false, reason: 'invite-changed' });
    await sendReminders(services);
    await sendReminders(services);
    const to = mails.filter(({ text }) => text.includes('/valkommen/')).map((mail) => mail.to);
    expect(to.sort()).toEqual(['anna@lindala.example', 'bo@lindala.example']);
    const token = tokenIn(mails, 'bo@lindala.example');
    const accepted = await acceptInvitation(services, token, { password: 'gurka hatt cykel', language: 'sv' });
    expect(accepted.ok).toBe(true);
  });

  test('twice at the same moment invites each of them once', async () => {
    const { services, mails, add, manager } = await withManager();
    for (let number = 0; number < 20; number++) await add(`Nr${number}`, never);
    const results = await Promise.all([1, 2].map(() => inviteMany(services, manager, unitA, { mails: 20 })));
    const invited = results.map((one) => (one.ok ? one.invited : 0));
    expect(invited.reduce((one, other) => one + other)).toBe(20);
    await sendReminders(services);
    expect(mails.filter(({ text }) => text.includes('/valkommen/'))).toHaveLength(20);
  });

  test('begins anew with whom the mail server has refused for long', async () => {
    const { services, mails, mailServer, add, manager, pass } = await withManager();
    await add('Anna', never);
    await inviteMany(services, manager, unitA, { mails: 1 });
    mailServer.answers = 'no';
    for (let day = 0; day < 12; day++) {
      await sendReminders(services);
      pass({ minutes: 24 * 60 });
    }
    mailServer.answers = 'yes';
    expect(await inviteMany(services, manager, unitA, { mails: 1 })).toEqual({ ok: true, invited: 1 });
    await sendReminders(services);
    expect(mails.filter(({ text }) => text.includes('/valkommen/'))).toHaveLength(1);
  });

  test('on a day sends nothing before it', async () => {
    const { services, mails, add, manager, pass } = await withManager();
    await add('Anna', never);
    await inviteMany(services, manager, unitA, { day: day('2026-06-17'), mails: 1 });
    const invitations = () => mails.filter(({ text }) => text.includes('/valkommen/')).length;
    for (const expected of [0, 0, 1, 1]) {
      await sendReminders(services);
      expect(invitations()).toBe(expected);
      pass({ minutes: 24 * 60 });
    }
  });

  test('sends nothing when others have come since it was shown', async () => {
    const { services, add, manager, person } = await withManager();
    const anna = await add('Anna', never);
    await add('Bo', never);
    expect(await inviteMany(services, manager, unitA, { mails: 1 })).toEqual({ ok: false, reason: 'invite-changed' });
    expect((await person(anna)).inviteOn).toBeUndefined();
  });

  test('stands in the log about each of them', async () => {
    const { services, add, manager, person } = await withManager();
    const anna = await person(await add('Anna', never));
    await inviteMany(services, manager, unitA, { mails: 1 });
    const entries = await services.audit.about(anna.pseudonym, []);
    expect(entries).toMatchObject([{ action: 'send-invitation', actor: manager.pseudonym }]);
  });

  test('reaches no other unit, also where its people are chosen by their ids', async () => {
    const { services, add, manager } = await withManager();
    const other = await add('Annan', never, '2026-06-01', unitIn('b'));
    expect(await previewInvitations(services, manager, { kind: 'unit', unit: unitIn('b') })).toBeUndefined();
    const chosen = await previewInvitations(services, manager, {
      ...unitA,
      kind: 'unit',
      unit: unitIn('a'),
      chosen: [other],
    });
    expect(chosen?.plan.people).toEqual([]);
    expect(await previewInvitations(services, manager, { kind: 'reach' })).toMatchObject({ plan: { people: [] } });
  });

  test('sends it again to whom she chooses and who has lost it: the same link, at most once a day', async () => {
    const { services, mails, add, manager, pass } = await withManager();
    const anna = await add('Anna', never);
    const chosen = { kind: 'unit', unit: unitIn('a'), chosen: [anna] } as const;
    await inviteMany(services, manager, chosen, { mails: 1 });
    await sendReminders(services);
    expect((await previewInvitations(services, manager, chosen))?.plan.counts.waiting).toBe(1);
    pass({ minutes: 3 * 24 * 60 });
    expect((await previewInvitations(services, manager, unitA))?.plan.counts.waiting).toBe(1);
    expect(await inviteMany(services, manager, chosen, { mails: 1 })).toEqual({ ok: true, invited: 1 });
    await sendReminders(services);
    const links = mails
      .filter(({ to }) => to === 'anna@lindala.example')
      .map(({ text }) => /\/valkommen\/\S+/.exec(text)?.[0]);
    expect(links).toHaveLength(2);
    expect(links[0]).toBe(links[1]);
  });
});

describe('managers B1: an administrator who invites', () => {
  const nowhere = 'nowhere' as NodeId;

  test('everybody reaches the whole municipality, whom she may see by name', async () => {
    const { services, add, acting } = await reminderWorld();
    await add('Anna', never);
    await add('Bo', never, '2026-06-01', unitIn('b'));
    await add('Dold', { ...never, protectedIdentity: true });
    const one = await acting(await add('Alla', administers('everything'), '2026-06-01', nowhere));
    const seer = await acting(await add('Ser', administers('everything', true), '2026-06-01', nowhere));
    expect((await previewInvitations(services, one, { kind: 'reach' }))?.plan.counts).toMatchObject({
      mail: 2,
      protected: 1,
    });
    expect((await previewInvitations(services, seer, { kind: 'reach' }))?.plan.counts).toMatchObject({
      mail: 3,
      protected: 0,
    });
  });

  test('of one committee reaches that and no other', async () => {
    const { services, add, acting } = await reminderWorld();
    await add('Anna', never);
    await add('Bo', never, '2026-06-01', unitIn('b'));
    const own = await acting(await add('Nara', administers('committee-a' as NodeId), '2026-06-01', nowhere));
    const place = (id: string) => ({ kind: 'place', place: id as NodeId }) as const;
    expect((await previewInvitations(services, own, { kind: 'reach' }))?.plan.people).toEqual(['anna']);
    expect((await previewInvitations(services, own, place('committee-a')))?.plan.people).toEqual(['anna']);
    expect(await previewInvitations(services, own, place('committee-b'))).toBeUndefined();
  });

  test('leaves out who has nothing to take, but not who has a role', async () => {
    const { services, add, acting } = await reminderWorld();
    const exempt: Decision = {
      ...{ id: 'd', kind: 'exempt', track: 'new-employee', at: '2026-06-01T07:00:00.000Z', reason: '' },
      by: 'chef' as Pseudonym,
    };
    await add('Anna', { ...never, decisions: [exempt] });
    await add('Chefen', { ...never, ...manages, decisions: [exempt] });
    const one = await acting(await add('Alla', administers('everything'), '2026-06-01', nowhere));
    const shown = await previewInvitations(services, one, { kind: 'reach' });
    expect(shown?.plan.people).toEqual(['chefen']);
    expect(shown?.plan.counts['nothing-to-take']).toBe(1);
  });
});

test('managers B1: who has not been invited is not reminded by hand either, and the manager is told why', async () => {
  const { services, mails, add, manager } = await withManager();
  const anna = await add('Anna', never);
  expect(await remindPerson(services, manager, anna)).toEqual({ ok: false, reason: 'not-invited' });
  expect(mails).toEqual([]);
});
