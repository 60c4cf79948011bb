import { expect, test } from 'vitest';
import { nextStep } from '#domain/assignment/next-step.ts';
import { addDays, dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { CalendarDate, CertificateCode, PersonId } from '#domain/kernel/ids.ts';
import type { Grant, Person } from '#domain/people/person.ts';
import { staffRecordOf } from '#domain/people/staff-record.ts';
import { longTime, translate, type UiKey } from '#i18n/translate.ts';
import type { Mail } from '#ports/mailer.ts';
import { findInvitation } from '#usecases/account/accept-invitation.ts';
import { findPasswordReset, requestPasswordReset } from '#usecases/account/reset-password.ts';
import { currentPolicy } from '#usecases/assignment/assignment-policy.ts';
import { findCertificate } from '#usecases/exam/find-certificate.ts';
import { remindPerson } from '#usecases/reminders/remind-person.ts';
import { sendReminders } from '#usecases/reminders/send-reminders.ts';
import { sampleAttempt, sampleCertificate } from '../../../tests/contract/sample-documents.ts';
import { reminderWorld, unitIn } from '../../../tests/support/reminder-world.ts';
import { afterTheReply } from '../../../tests/support/test-services.ts';

/** Everybody in every state, at every distance from the last day, and every mail opened as its receiver. Monday 15 June 2026, 9 o’clock. */
const now = new Date('2026-06-15T07:00:00Z');
const today = dateOf(now);
const { course } = (await reminderWorld()).services;
const { required } = course.tracks['new-employee'];
const doneAt = { at: '2026-06-14T10:00:00.000Z', courseVersion: course.version };
const lessons = (count: number) => Object.fromEntries(required.slice(0, count).map((slug) => [slug, doneAt]));
const failed = (id: string, minutesAgo: number) => ({
  ...sampleAttempt(id, []),
  handedInAt: new Date(now.getTime() - minutesAgo * 60_000).toISOString(),
  result: { right: 0, total: 15, passed: false, criticalMissed: false, reread: [] },
});
const inBase32 = [...'ABCDEFGHJKMNPQRSTVWXYZ'];
const certificate = (code: string, issuedOn: CalendarDate, validUntil: CalendarDate) =>
  sampleCertificate(code, {
    code: code as CertificateCode,
    issuedOn,
    issuedAt: `${issuedOn}T05:00:00.000Z`,
    validUntil,
  });
const link = (tokenHash: string, days: number) => ({
  tokenHash: tokenHash as never,
  expiresAt: instantOf(new Date(now.getTime() + days * 24 * 3600_000)),
});

type Given = Partial<Omit<Person, 'staffing'>>;

/** What somebody’s document holds in each state, beside the work. */
const states: Readonly<Record<string, (key: string) => Given>> = {
  never: () => ({ passwordHash: undefined }),
  planned: () => ({ passwordHash: undefined, inviteOn: addDays(today, 3) }),
  today: () => ({ passwordHash: undefined, inviteOn: today }),
  invited: (key) => ({ passwordHash: undefined, invitation: link(`i-${key}`, 3) }),
  expired: (key) => ({ passwordHash: undefined, invitation: link(`e-${key}`, -3) }),
  unreachable: () => ({ passwordHash: undefined, email: undefined }),
  code: (key) => ({ passwordHash: undefined, codeHash: `c-${key}` as never }),
  'not begun': () => ({}),
  begun: () => ({ lessonsDone: lessons(2) }),
  ready: () => ({ lessonsDone: lessons(required.length) }),
  'under way': () => ({ lessonsDone: lessons(required.length), attempts: [sampleAttempt('open', [])] }),
  paused: () => ({
    lessonsDone: lessons(required.length),
    attempts: [failed('a', 30), failed('b', 20), failed('c', 10)],
  }),
  done: (key) => ({ certificates: [certificate(key, today, addDays(today, 365))] }),
  'done on paper': (key) => ({ passwordHash: undefined, certificates: [certificate(key, today, addDays(today, 365))] }),
  'done, invited': (key) => ({
    passwordHash: undefined,
    invitation: link(`d-${key}`, 3),
    certificates: [certificate(key, today, addDays(today, 365))],
  }),
  renews: (key) => ({
    lessonsDone: lessons(required.length),
    certificates: [certificate(key, addDays(today, -355), addDays(today, 10))],
  }),
};
const offsets = [20, 10, 5, 0, -3];

async function everybodyInEveryState() {
  const world = await reminderWorld(instantOf(now));
  const manager: { grants: readonly Grant[] } = { grants: [{ role: 'unit-manager', place: unitIn('a') }] };
  const acting = await world.acting(await world.add('Chefen', manager, '2026-06-15'));
  const ids: PersonId[] = [];
  let number = 0;
  for (const [state, given] of Object.entries(states)) {
    for (const offset of offsets) {
      const key = [...String(number++).padStart(20, '0')].map((digit) => inBase32[Number(digit)]).join('');
      ids.push(await world.add(`${state} ${offset}`.replaceAll(/[ ,]/g, '_'), given(key), addDays(today, offset - 14)));
    }
  }
  return { ...world, manager: acting, ids };
}

test('managers B1: each kind of mail, opened as its receiver in each state, leads to what it promises', async () => {
  const world = await everybodyInEveryState();
  const { services, mails, manager, ids } = world;
  await sendReminders(services);
  for (const id of ids) await remindPerson(services, manager, id);
  await afterTheReply();
  for (const mail of mails) await follow(world, mail);
  const first = mails.length;
  world.pass({ minutes: 24 * 60 });
  await sendReminders(services);
  for (const mail of mails.slice(first)) await follow(world, mail);

  const received = (state: string) => mails.filter(({ to }) => to.startsWith(`${state.replaceAll(/[ ,]/g, '_')}_`));
  for (const state of ['never', 'planned', 'done on paper']) expect([state, received(state)]).toEqual([state, []]);
  // The invitation came first, alone that day; the one whose last day it was is late on the next.
  expect(received('today').filter(({ text }) => text.includes('ber dig att gå en kurs'))).toHaveLength(offsets.length);
  expect(
    received('today')
      .slice(offsets.length)
      .map(({ to }) => to),
  ).toEqual(['today_0@lindala.example']);
  for (const state of ['invited', 'expired', 'code', 'not begun', 'begun', 'ready', 'under way', 'paused', 'renews']) {
    expect([state, received(state).length > 0]).toEqual([state, true]);
  }
  const kinds = (['assigned', 'before', 'due', 'overdue', 'expiring', 'certificate', 'by-hand'] as const).filter(
    (kind) => mails.some(({ subject }) => subject.startsWith(start(`reminder.mail.${kind}.subject`))),
  );
  expect(kinds).toHaveLength(7);
});

test('managers B1: a forgotten password leads to a way in from every state in which there is one to be had', async () => {
  const world = await everybodyInEveryState();
  const { services, mails, ids } = world;
  for (const [number, id] of ids.entries()) {
    const { email } = await world.person(id);
    const before = mails.length;
    await requestPasswordReset(services, { email: email ?? 'ingen@lindala.example', address: `192.0.2.${number}` });
    await afterTheReply();
    expect([id, mails.length - before]).toEqual([id, email ? 1 : 0]);
  }
  for (const mail of mails) await follow(world, mail);
});

type World = Awaited<ReturnType<typeof everybodyInEveryState>>;

/** Opens every link of a mail as the one who got it. */
async function follow({ services }: World, mail: Mail): Promise<void> {
  const found = await services.store.people.findByEmail(mail.to);
  const person = found ?? expect.fail(`nobody has ${mail.to}`);
  expect([mail.to, mail.text.match(/\{\w+\}|undefined/)]).toEqual([mail.to, null]);
  const links = [...mail.text.matchAll(/https:\/\/sekretess\.lindala\.example(\/\S*)/g)].map(([, path]) => path ?? '');
  if (links.length === 0) expect(mail.subject).toBe('Välj ett nytt lösenord');
  const policy = await currentPolicy(services);
  const asOf = { date: dateOf(services.clock()), known: instantOf(services.clock()) };
  const next = nextStep({ record: staffRecordOf(person), attempts: person.attempts }, { course, policy, asOf });
  const told = [mail.to, mail.subject];
  for (const path of links) {
    const [, room, secret = ''] = path.split('/');
    switch (room) {
      case 'valkommen': {
        const opened = await findInvitation(services, secret);
        expect([...told, opened?.person.id, opened?.state]).toEqual([...told, person.id, 'open']);
        expect(mail.text).toContain(longTime(person.invitation?.expiresAt ?? '', 'sv'));
        break;
      }
      case 'glomt-losenord':
        expect([...told, mail.text.includes('/valkommen/')]).toEqual([...told, true]);
        break;
      case 'nytt-losenord':
        expect([...told, (await findPasswordReset(services, secret))?.state]).toEqual([...told, 'open']);
        break;
      case 'intyg':
        expect([...told, (await findCertificate(services, secret, undefined))?.state]).toEqual([...told, 'valid']);
        break;
      case 'kom-tillbaka':
        expect([...told, person.codeHash !== undefined]).toEqual([...told, true]);
        break;
      case 'min-sida':
        expect([...told, person.passwordHash !== undefined]).toEqual([...told, true]);
        expect([...told, next.state]).not.toEqual([...told, 'done']);
        if (next.state === 'ready' && !person.certificates.length)
          expect(mail.text).toContain(start('reminder.mail.step.ready'));
        if (next.state === 'reading' && next.hasBegun) expect(mail.text).toContain(start('reminder.mail.step.begun'));
        break;
      case 'enhet':
        expect([...told, person.grants.length > 0 && person.passwordHash !== undefined]).toEqual([...told, true]);
        break;
      default:
        expect.fail(`${told.join(' ')} leads to ${path}`);
    }
  }
}

/** A text as far as it is the same for everybody. */
function start(key: UiKey): string {
  return (translate('sv')(key).split('{')[0] ?? '').trim();
}
