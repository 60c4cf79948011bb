import { describe, expect, test } from 'vitest';
import type { PersonId, TokenHash } from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';
import { acceptInvitation } from '#usecases/account/accept-invitation.ts';
import { changePassword } from '#usecases/account/change-password.ts';
import { resetSecondFactors } from '#usecases/account/change-second-factors.ts';
import { resetAdministrator } from '#usecases/account/reset-administrator.ts';
import { resetPassword } from '#usecases/account/reset-password.ts';
import { signIn } from '#usecases/account/sign-in.ts';
import { changeContact } from '#usecases/people/administer-person.ts';
import { giveRole, takeRoleBack } from '#usecases/people/change-roles.ts';
import { applyImport, openImport, readStaffFile } from '#usecases/people/import/import-staff.ts';
import { administrator, justNow, node, put, withOrganisation } from '../support/small-organisation.ts';
import { afterTheReply, goodPassword, hashOf, type TestWorld, testServices } from '../support/test-services.ts';

const newPassword = 'paraply sten moln';
const knownHash = await hashOf(goodPassword);
const hash = (world: TestWorld, token: string) => world.services.secrets.hashToken(token);

interface Road {
  readonly go: (world: TestWorld, person: Person) => Promise<unknown>;
  /** What of the person is theirs before. */
  readonly has?: (world: TestWorld) => Partial<Person>;
  /** The person is told so much of it: part of a subject, and at which addresses. */
  readonly told: { readonly subject: string; readonly at: readonly string[] };
  /** Factors alone change nothing that links or codes rest on. */
  readonly keepsLinks?: true;
}

const old = 'gammal@lindala.example';
const fresh = 'ny@lindala.example';

const roads: Readonly<Record<string, Road>> = {
  changeContact: {
    go: async (world, person) => {
      const all = justNow(world, await administrator(world, 'everything', { seesProtected: true }));
      const contact = { name: person.name, email: fresh, employmentNumber: '77' };
      expect(await changeContact(world.services, all, person.id, contact)).toEqual({ ok: true });
    },
    told: { subject: 'Din e-postadress har bytts', at: [fresh, old] },
  },
  import: {
    go: async (world, person) => {
      const all = await administrator(world, 'everything', { seesProtected: true });
      const file = new TextEncoder().encode(
        `Anstnr;Namn;E-post;Kategori;Enhetskod\r\n77;${person.name};${fresh};Vikarie;H1\r\n`,
      );
      const read = await readStaffFile(world.services, all, file, { full: false });
      if (!read.ok) throw new Error(read.reason);
      const { fingerprint = '' } = (await openImport(world.services, all, read.id))?.dryRun ?? {};
      const confirmed = { fingerprint, missing: false };
      expect(await applyImport(world.services, { person: all, strongAt: undefined }, read.id, confirmed)).toEqual({
        ok: false,
        reason: 'not-confirmed',
      });
      expect(await applyImport(world.services, justNow(world, all), read.id, confirmed)).toEqual({ ok: true });
    },
    told: { subject: 'Din e-postadress har bytts', at: [fresh, old] },
  },
  giveRole: {
    go: async (world) => {
      const all = await administrator(world, 'everything', { seesProtected: true });
      const grant = { role: 'unit-manager', place: node('north') } as const;
      expect(await giveRole(world.services, all, old, grant)).toEqual({ ok: true });
    },
    told: { subject: 'Du har fått en roll', at: [old] },
  },
  takeRoleBack: {
    has: () => ({ grants: [{ role: 'unit-manager', place: node('north') }] }),
    go: async (world, person) => {
      const all = await administrator(world, 'everything', { seesProtected: true });
      expect(await takeRoleBack(world.services, all, person.id, 'unit-manager:north')).toEqual({ ok: true });
    },
    told: { subject: 'En roll har tagits ifrån dig', at: [old] },
  },
  acceptInvitation: {
    has: () => ({ passwordHash: undefined }),
    go: async ({ services }) => {
      expect(await acceptInvitation(services, 'invitation', { password: newPassword, language: 'sv' })).toMatchObject({
        ok: true,
      });
    },
    told: { subject: 'Ditt konto är klart', at: [old] },
  },
  resetPassword: {
    go: async ({ services }) => {
      expect(await resetPassword(services, 'reset', newPassword)).toMatchObject({ ok: true });
    },
    told: { subject: 'Du har valt ett nytt lösenord', at: [old] },
  },
  changePassword: {
    has: () => ({ passwordHash: knownHash }),
    go: async (world, person) => {
      const session = { ...justNow(world, await world.acting(person.id)), id: 'x', openedBy: 'password' } as const;
      const wanted = { present: goodPassword, wanted: newPassword, from: { address: '10.0.0.1' } };
      const provenAt = '2026-06-10T12:00:00.000Z';
      expect(await changePassword(world.services, { ...session, provenAt }, wanted)).toMatchObject({ ok: true });
    },
    told: { subject: 'Ditt lösenord har bytts', at: [old] },
  },
  'admin:reset and its link': {
    has: () => ({ grants: [{ role: 'administrator', place: 'everything' }] }),
    go: async ({ services }) => {
      const made = await resetAdministrator(services, old);
      if (!made.ok) throw new Error(made.reason);
      const token = made.link.split('/').at(-1) ?? '';
      expect(await resetPassword(services, token, newPassword)).toMatchObject({ ok: true });
    },
    told: { subject: 'Du har valt ett nytt lösenord', at: [old] },
  },
  resetSecondFactors: {
    keepsLinks: true,
    go: async (world, person) => {
      const all = justNow(world, await administrator(world, 'everything', { seesProtected: true }));
      const session = { ...all, id: 'x', openedBy: 'password', provenAt: '2026-06-10T12:00:00.000Z' } as const;
      expect(await resetSecondFactors(world.services, session, person.id, 'seen')).toEqual({ ok: true });
    },
    told: { subject: 'Din säkra inloggning har nollställts', at: [old] },
  },
};

/** Somebody with all that credentials can be: an open invitation and reset, a personal code, a password and a session. */
async function scene(has: Partial<Person>) {
  const world = await withOrganisation(testServices());
  const expiresAt = '2026-06-20T12:00:00.000Z';
  const person = await put(world, 'Vera Vikarie', [{ unit: node('north'), category: 'temporary-staff' }], {
    ...{ email: old, employmentNumber: '77', passwordHash: '$argon2id$v=19$m=1,t=1,p=1$x' },
    invitation: { tokenHash: hash(world, 'invitation'), expiresAt },
    passwordReset: { tokenHash: hash(world, 'reset'), expiresAt },
    codeHash: world.services.secrets.hashCode('hatt katt moln sten bil'),
    secondFactors: { passkeys: [], totp: { secret: 'x', addedAt: expiresAt }, recoveryCodes: [] },
    ...has,
  });
  const cookie = await world.services.sessions.open(person, { by: 'password' });
  return { world, person, cookie };
}

describe.each(Object.entries(roads))('security F12, F10: by %s', (_, { go, has, told, keepsLinks }) => {
  test('open sessions end, and the person is told', async () => {
    const { world, person, cookie } = await scene(has?.(testServices()) ?? {});
    await go(world, person);
    await afterTheReply();
    expect(await world.signedIn(cookie)).toBeUndefined();
    const letters = world.mails.filter(({ subject }) => subject === told.subject);
    expect(letters.map(({ to }) => to)).toEqual(told.at);
  });

  test(keepsLinks ? 'links stay as they were' : 'links and the personal code from before open nothing', async () => {
    const { world, person } = await scene(has?.(testServices()) ?? {});
    await go(world, person);
    const after = await world.person(person.id);
    if (keepsLinks) {
      const { secondFactors: _, ...others } = person;
      expect(after).toEqual({ ...others, secondFactors: undefined, credentialChanges: 1 });
      return;
    }
    expect(after.codeHash).toBeUndefined();
    const isOpen = (link: Person['invitation'], token: string) =>
      link !== undefined && link.usedAt === undefined && link.tokenHash === (hash(world, token) as TokenHash);
    expect([isOpen(after.invitation, 'invitation'), isOpen(after.passwordReset, 'reset')]).toEqual([false, false]);
  });
});

test('who waited with an open invitation, or came in by a code, is left with a way in', async () => {
  const { world, person } = await scene({ passwordHash: undefined });
  const all = justNow(world, await administrator(world, 'everything', { seesProtected: true }));
  await changeContact(world.services, all, person.id, { name: person.name, email: fresh, employmentNumber: '77' });
  await afterTheReply();
  const token = /valkommen\/([\w-]+)/.exec(
    world.mails.find(({ to, text }) => to === fresh && /valkommen/.test(text))?.text ?? '',
  )?.[1];
  expect(await acceptInvitation(world.services, token ?? '', { password: newPassword, language: 'sv' })).toMatchObject({
    ok: true,
  });
});

describe('security F12: an invitation that went to the wrong address', () => {
  /** A stranger has opened it, chosen a password and added factors; then somebody puts the address right. */
  async function takenOver(has: Partial<Person> = {}) {
    const { world, person } = await scene({ passwordHash: undefined, codeHash: undefined, secondFactors: undefined });
    const accepted = await acceptInvitation(world.services, 'invitation', { password: newPassword, language: 'sv' });
    if (!accepted.ok) throw new Error(accepted.reason);
    const totp = { secret: 'x', addedAt: '2026-06-10T12:00:00.000Z' };
    const secondFactors = { passkeys: [], totp, recoveryCodes: [] };
    await world.services.store.people.update(person.id, (one) => ({
      save: { ...one, secondFactors, ...has },
      result: undefined,
    }));
    await afterTheReply();
    world.mails.splice(0);
    return { world, person, cookie: accepted.cookie };
  }

  const invitedAt = (world: TestWorld, address: string) =>
    world.mails.flatMap(({ to, text }) => (to === address ? (/valkommen\/([\w-]+)/.exec(text)?.[1] ?? []) : []));

  test.each(['changeContact', 'import'] as const)(
    'by %s: password and factors chosen by that link are gone, and the person is invited anew',
    async (road) => {
      const { world, person, cookie } = await takenOver();
      await roads[road]?.go(world, person);
      await afterTheReply();
      const after = await world.person(person.id);
      expect([after.email, after.passwordHash, after.secondFactors]).toEqual([fresh, undefined, undefined]);
      expect(await world.signedIn(cookie)).toBeUndefined();
      const tried = { password: newPassword, address: '10.0.0.1' };
      for (const email of [old, fresh]) {
        expect(await signIn(world.services, { ...tried, email })).toMatchObject({ reason: 'wrong-credentials' });
      }
      const tokens = invitedAt(world, fresh);
      expect([tokens.length, invitedAt(world, old).length]).toEqual([1, 0]);
      const letter = world.mails.find(({ to, subject }) => to === fresh && subject === roads[road]?.told.subject);
      expect(letter?.text).toContain('inbjudan');
      expect(
        await acceptInvitation(world.services, tokens[0] ?? '', { password: goodPassword, language: 'sv' }),
      ).toMatchObject({ ok: true });
    },
  );

  test('an administrator who changes their own address keeps the password and the factors they have just shown', async () => {
    const { world, person } = await takenOver({ grants: [{ role: 'administrator', place: 'everything' }] });
    await administrator(world, 'everything', {});
    const before = await world.person(person.id);
    const self = justNow(world, await world.acting(person.id));
    const contact = { name: person.name, email: fresh, employmentNumber: '77' };
    expect(await changeContact(world.services, self, person.id, contact)).toEqual({ ok: true });
    await afterTheReply();
    const after = await world.person(person.id);
    expect([after.passwordHash, after.secondFactors]).toEqual([before.passwordHash, before.secondFactors]);
    expect(invitedAt(world, fresh)).toEqual([]);
  });

  test('the last administrator who can sign in is not left without a way in by somebody whose role ends earlier', async () => {
    const { world, person } = await takenOver({ grants: [{ role: 'administrator', place: 'everything' }] });
    const soon = { role: 'administrator', place: 'everything', to: '2026-06-30' as never } as const;
    const other = await put(world, 'Sara Snart', [{}], {
      email: 's@lindala.example',
      passwordHash: 'x',
      grants: [soon],
    });
    const contact = { name: person.name, email: fresh, employmentNumber: '77' };
    expect(await changeContact(world.services, justNow(world, other), person.id, contact)).toEqual({
      ok: false,
      reason: 'last-administrator',
    });
    expect((await world.person(person.id)).email).toBe(old);
  });
});

describe('security F1: who signs in as whom', () => {
  const session = (person: Parameters<typeof justNow>[1], world: TestWorld) =>
    ({ ...justNow(world, person), id: 'x', openedBy: 'password', provenAt: '2026-06-10T12:00:00.000Z' }) as const;

  test.each<[string, Partial<Person>]>([
    ['a role that reaches further', { grants: [{ role: 'administrator', place: 'everything' }] }],
    ['a role elsewhere', { grants: [{ role: 'unit-manager', place: node('school-unit') }] }],
    ['a role that has ended', { grants: [{ role: 'administrator', place: 'everything', to: '2026-01-01' as never }] }],
    [
      'a role that has not begun',
      { grants: [{ role: 'administrator', place: 'everything', from: '2027-01-01' as never }] },
    ],
    [
      'the sight of protected people',
      { grants: [{ role: 'administrator', place: node('north'), seesProtected: true }] },
    ],
    ['protected identity', { protectedIdentity: true }],
  ])('is not decided by whom %s lies beyond', async (_, fields) => {
    const { world, person } = await scene(fields);
    const care = await administrator(world, 'care');
    const before = await world.person(person.id);
    const contact = { name: person.name, email: 'mallory@evil.example', employmentNumber: '77' };
    expect(await changeContact(world.services, justNow(world, care), person.id, contact)).toMatchObject({ ok: false });
    expect(await resetSecondFactors(world.services, session(care, world), person.id, 'seen')).toMatchObject({
      ok: false,
    });
    expect(await world.person(person.id)).toEqual(before);
    expect(world.mails).toEqual([]);
  });

  test('is not decided on former work, by page or by list', async () => {
    const { world, person } = await scene({ passwordHash: undefined });
    await world.services.store.people.update(person.id, (one) => ({
      save: {
        ...one,
        staffing: one.staffing.map((staffing) => ({
          ...staffing,
          engagements: staffing.engagements.map((work) => ({
            ...work,
            from: '2026-01-01' as never,
            to: '2026-05-01' as never,
          })),
        })),
      },
      result: undefined,
    }));
    const care = await administrator(world, 'care');
    const contact = { name: person.name, email: fresh, employmentNumber: '77' };
    expect(await changeContact(world.services, justNow(world, care), person.id, contact)).toEqual({
      ok: false,
      reason: 'credentials-out-of-reach',
    });
    const file = new TextEncoder().encode(`Anstnr;Namn;E-post;Kategori;Enhetskod\r\n77;Vera;${fresh};Vikarie;H1\r\n`);
    const read = await readStaffFile(world.services, care, file, { full: false });
    const { plan } = (read.ok && (await openImport(world.services, care, read.id))?.dryRun) || {};
    expect(plan?.broken).toMatchObject([{ line: 2, reason: 'email-out-of-reach' }]);
    expect((await world.person(person.id)).email).toBe(old);
  });

  test('asks for a second factor shown just now', async () => {
    const { world, person } = await scene({});
    const all = await administrator(world, 'everything', { seesProtected: true });
    const contact = { name: person.name, email: fresh, employmentNumber: '77' };
    for (const strongAt of [undefined, '2026-06-10T11:30:00.000Z']) {
      expect(await changeContact(world.services, { person: all, strongAt }, person.id, contact)).toEqual({
        ok: false,
        reason: 'not-confirmed',
      });
    }
    const { email: _, ...sameAddress } = contact;
    const slow = { person: all, strongAt: undefined };
    expect(await changeContact(world.services, slow, person.id, { ...sameAddress, name: 'Vera V' })).toEqual({
      ok: true,
    });
    expect(await changeContact(world.services, slow, 'NOBODY' as PersonId, contact)).toMatchObject({
      reason: 'not-found',
    });
  });
});
