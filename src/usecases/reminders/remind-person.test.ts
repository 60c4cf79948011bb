import { describe, expect, test } from 'vitest';
import type { CalendarDate } from '#domain/kernel/ids.ts';
import type { Grant } from '#domain/people/person.ts';
import { reminderWorld, unitIn } from '../../../tests/support/reminder-world.ts';
import { afterTheReply } from '../../../tests/support/test-services.ts';
import { remindPerson } from './remind-person.ts';
import { sendReminders } from './send-reminders.ts';

const leads = (committee: 'a' | 'b'): { grants: readonly Grant[] } => ({
  grants: [{ role: 'unit-manager', place: unitIn(committee) }],
});

async function withManager() {
  const world = await reminderWorld();
  const manager = await world.acting(await world.add('Chefen', leads('a'), '2026-06-15'));
  return { ...world, manager };
}

describe('a manager who reminds', () => {
  test('sends one mail a day, and the log says so', async () => {
    const { services, mails, add, manager, pass, person } = await withManager();
    const id = await add('Anna');
    expect(await remindPerson(services, manager, id)).toEqual({ ok: true });
    expect(await remindPerson(services, manager, id)).toEqual({ ok: false, reason: 'already-today' });
    await afterTheReply();
    expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
      ['anna@lindala.example', 'Din chef påminner om din kurs om sekretess'],
    ]);
    expect((await services.audit.since('2026-01-01T00:00:00.000Z'))[0]).toMatchObject({
      action: 'remind',
      actor: manager.pseudonym,
      subject: (await person(id)).pseudonym,
    });
    pass({ minutes: 24 * 60 });
    expect(await remindPerson(services, manager, id)).toEqual({ ok: true });
  });

  test('whose mail is refused has it tried again by the sender', async () => {
    const { services, mails, mailServer, add, manager, pass, person } = await withManager();
    const id = await add('Anna');
    mailServer.answers = 'no';
    await remindPerson(services, manager, id);
    await afterTheReply();
    expect((await person(id)).reminders).toMatchObject([{ rule: 'by-hand', cycle: '2026-06-15', failures: 1 }]);
    mailServer.answers = 'yes';
    pass({ minutes: 60 });
    await sendReminders(services);
    expect(mails.map(({ subject }) => subject)).toContain('Din chef påminner om din kurs om sekretess');
  });

  test('is told why not', async () => {
    const { services, add, manager, mails } = await withManager();
    const bare = await add('Utan', { email: undefined });
    const notYours = await add('Annan', {}, '2026-06-01', unitIn('b'));
    const exempt = await add('Undantagen', {
      decisions: [
        {
          id: 'd',
          kind: 'exempt',
          track: 'new-employee',
          at: '2026-06-01T07:00:00.000Z',
          by: manager.pseudonym,
          reason: '',
        },
      ],
    });
    const away = await add('Ledig');
    await services.store.people.update(away, (one) => ({
      save: {
        ...one,
        staffing: one.staffing.map((record) => ({ ...record, leaves: [{ from: '2026-06-15' as CalendarDate }] })),
      },
      result: undefined,
    }));
    const reasons = [];
    for (const id of [bare, notYours, 'ingen' as typeof bare, exempt, away]) {
      reasons.push(await remindPerson(services, manager, id));
    }
    expect(reasons.map((one) => (one.ok ? 'ok' : one.reason))).toEqual([
      'no-email',
      'not-found',
      'not-found',
      'nothing-to-do',
      'on-leave',
    ]);
    await afterTheReply();
    expect(mails).toEqual([]);
  });
});
