import { expect, test, vi } from 'vitest';
import { MailNotSentError } from '#ports/mailer.ts';
import { findInvitation } from '#usecases/account/accept-invitation.ts';
import { sendReminders } from '#usecases/reminders/send-reminders.ts';
import {
  afterTheReply,
  employee,
  everybody,
  invited,
  testServices,
  tokenIn,
} from '../../../tests/support/test-services.ts';
import { inviteAgain, invitePerson } from './invite-person.ts';

// Hashing passwords is slow on purpose, and more so on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const anna = {
  name: 'Anna Andersson',
  email: 'anna@lindala.example',
  category: 'new-employee',
  to: undefined,
} as const;

test('the mail has a link on the public address, to whom it belongs and how long it holds', async () => {
  const world = testServices();
  const { token } = await invited(world);
  expect(world.mails).toHaveLength(1);
  expect(world.mails[0]).toMatchObject({ to: 'anna@lindala.example' });
  expect(world.mails[0]?.text).toContain(`https://sekretess.lindala.example/valkommen/${token}`);
  expect(world.mails[0]?.text).toContain('24 juni 2026');
  expect(world.mails[0]?.text).toContain('Anna Andersson');
  expect(world.mails[0]?.text).not.toMatch(/\{\w+\}/);
});

test('what is stored does not open the door: the link’s token is nowhere in it', async () => {
  const world = testServices();
  const { token } = await invited(world);
  expect(token.length).toBeGreaterThanOrEqual(43);
  expect(JSON.stringify(await everybody(world))).not.toContain(token);
});

test('an address is invited once: the second time nothing is stored and nothing sent', async () => {
  const world = testServices();
  await invited(world);
  const before = await everybody(world);
  expect(await invitePerson(world.services, { ...anna, name: 'Anna Annan' })).toEqual({
    ok: false,
    reason: 'email-taken',
  });
  await afterTheReply();
  expect(await everybody(world)).toEqual(before);
  expect(world.mails).toHaveLength(1);
});

test('two invitations of one address at once make one person', async () => {
  const world = testServices();
  const results = await Promise.all(Array.from({ length: 10 }, () => invitePerson(world.services, anna)));
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await world.services.store.people.count()).toBe(1);
});

test('a mail server that is down neither stops the page nor loses the person: the invitation is tried again, with a link that works', async () => {
  const world = testServices();
  const broken = {
    ...world.services,
    mailer: { destination: 'broken', send: () => Promise.reject(new MailNotSentError('mail was not accepted')) },
  };
  expect((await invitePerson(broken, anna)).ok).toBe(true);
  await afterTheReply();
  expect(world.reported).toEqual([]);
  expect(await world.services.store.people.count()).toBe(1);
  world.pass({ minutes: 60 });
  expect(await sendReminders(world.services)).toEqual({ sent: 1, failed: 0 });
  const token = tokenIn(world.mails, anna.email);
  expect((await findInvitation(world.services, token))?.state).toBe('open');
});

test('whoever has used an invitation gets no other', async () => {
  const world = testServices();
  const { id } = await employee(world);
  expect(await inviteAgain(world.services, id)).toEqual({ ok: false, reason: 'already-accepted' });
  await afterTheReply();
  // The invitation that was used, and that the account is ready.
  expect(world.mails).toHaveLength(2);
});

test('an invitation that has expired can be sent again', async () => {
  const world = testServices();
  const { id } = await invited(world);
  world.pass({ minutes: 20 * 24 * 60 });
  expect(await inviteAgain(world.services, id)).toEqual({ ok: true });
  await afterTheReply();
  expect(world.mails).toHaveLength(2);
});

test('nobody is invited again who is not there', async () => {
  const world = testServices();
  const { id } = await invited(world);
  expect(await inviteAgain(testServices().services, id)).toEqual({ ok: false, reason: 'not-found' });
});

test('managers M1: sent again, it says through when its own link holds, and that is the one that opens', async () => {
  const world = testServices();
  const { id, token: first } = await invited(world);
  world.pass({ minutes: 5 * 24 * 60 });
  expect(await inviteAgain(world.services, id)).toEqual({ ok: true });
  await afterTheReply();
  const text = world.mails[1]?.text ?? '';
  expect(text).toContain('gäller till den 29 juni 2026');
  expect(text).not.toContain('24 juni 2026 kl');
  const token = tokenIn(world.mails, anna.email);
  expect(token).not.toBe(first);
  expect((await findInvitation(world.services, token))?.state).toBe('open');
  expect((await findInvitation(world.services, first))?.state).toBe('replaced');
});
