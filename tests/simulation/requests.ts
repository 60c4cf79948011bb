import { grantKey } from '#domain/access/grant.ts';
import type { ActingPerson } from '#domain/access/grant-days.ts';
import { addDays, dateOf } from '#domain/kernel/calendar.ts';
import type { NodeId, PersonId } from '#domain/kernel/ids.ts';
import { type Grant, type Person, roles } from '#domain/people/person.ts';
import { currentStaffing } from '#domain/people/staffing.ts';
import { engagementKey, type StaffingChange } from '#domain/people/staffing-change.ts';
import type { SignedInSession } from '#ports/sessions.ts';
import { accessPerson } from '#usecases/access/audited-access.ts';
import { acceptInvitation } from '#usecases/account/accept-invitation.ts';
import { resetSecondFactors } from '#usecases/account/change-second-factors.ts';
import { requestPasswordReset, resetPassword } from '#usecases/account/reset-password.ts';
import { signInWithCode } from '#usecases/account/sign-in.ts';
import { createGroup } from '#usecases/groups/create-group.ts';
import { joinGroup } from '#usecases/groups/join-group.ts';
import { newTicket } from '#usecases/groups/join-ticket.ts';
import { openGroup } from '#usecases/groups/open-group.ts';
import { removeFromGroup } from '#usecases/groups/remove-from-group.ts';
import { replacePersonalCode } from '#usecases/groups/replace-personal-code.ts';
import { runRetention } from '#usecases/oversight/run-retention.ts';
import {
  changeContact,
  changeStaffing,
  inviteAgainAs,
  inviteAs,
  protectIdentity,
} from '#usecases/people/administer-person.ts';
import { giveRole, takeRoleBack } from '#usecases/people/change-roles.ts';
import { appointDeputy, endDeputy } from '#usecases/people/deputies.ts';
import { applyImport, openImport, readStaffFile } from '#usecases/people/import/import-staff.ts';
import { mailboxOf, places, units, type World } from './reach.ts';

/** Chance, the same each time for the same seed. */
export interface Dice {
  upTo(most: number): number;
  of<T>(from: readonly T[]): T;
}

/** What somebody has got hold of, by which they may come in as somebody else. */
export interface Hands {
  readonly mailboxes: readonly string[];
  /** Personal codes of words that they have been shown. */
  readonly codes: Set<string>;
  /** `Set-Cookie` values of the sessions that they have opened. */
  readonly cookies: Set<string>;
}

/** Who asks, with a session in which everything has just been shown; and everybody there is. */
export interface Asking {
  readonly world: World;
  readonly actor: ActingPerson;
  readonly people: readonly Person[];
  readonly hands: Hands;
  /** A mailbox that whoever asks reads. */
  readonly mailbox: string;
  readonly dice: Dice;
}

export type Request = (asking: Asking) => Promise<unknown>;

function sessionOf({ actor, world }: Asking): SignedInSession {
  const at = world.services.clock().toISOString();
  return { id: 'session', person: actor, strongAt: at, openedBy: 'password', provenAt: at };
}

function grantOf({ dice, world }: Asking): Grant {
  const today = dateOf(world.services.clock());
  return {
    role: dice.of(roles),
    place: dice.of(places),
    ...(dice.upTo(3) === 0 && { seesProtected: true }),
    ...(dice.upTo(3) === 0 && { from: addDays(today, dice.upTo(5)) }),
    ...(dice.upTo(3) === 0 && { to: addDays(today, dice.upTo(9)) }),
  };
}

function staffingOf(person: Person, { dice, world }: Asking): StaffingChange {
  const today = dateOf(world.services.clock());
  const date = () => addDays(today, dice.upTo(20) - 10);
  const { engagements } = currentStaffing(person);
  const engagement = engagementKey(dice.of(engagements));
  const unit = dice.upTo(8) === 0 ? undefined : dice.of(units);
  return dice.of<StaffingChange>([
    { kind: 'add', engagement: { unit, category: 'new-employee', from: date() } },
    { kind: 'dates', engagement, from: addDays(today, -30), to: dice.upTo(2) === 0 ? undefined : date() },
    { kind: 'dates', engagement, from: date(), to: undefined },
    { kind: 'move', engagement, unit: dice.of(units), from: date() },
    { kind: 'leave', leave: { from: date(), to: addDays(today, 10 + dice.upTo(5)) } },
  ]);
}

const headings = 'Anstnr;Namn;E-post;Kategori;Enhetskod;Enhet;Från;Till';

/** A list in which somebody has another address, other work or none. */
async function importList(asking: Asking): Promise<void> {
  const { world, actor, people, dice, mailbox } = asking;
  const today = dateOf(world.services.clock());
  const rows = [dice.of(people), dice.of(people)].map(({ employmentNumber = 'n-ny', name, email = '' }) => {
    const unit = dice.of(['Norr', 'Söder', 'Granen', 'Elevhälsan']);
    const to = dice.upTo(2) === 0 ? addDays(today, dice.upTo(6) - 3) : '';
    return [
      employmentNumber,
      name,
      dice.upTo(1) === 0 ? mailbox : email,
      'Tillsvidare',
      '',
      unit,
      '2020-01-01',
      to,
    ].join(';');
  });
  const bytes = new TextEncoder().encode([headings, ...rows, ''].join('\r\n'));
  const full = dice.upTo(3) === 0;
  const read = await readStaffFile(world.services, actor, bytes, { full, otherCategory: 'new-employee' });
  if (!read.ok) return;
  const shown = await openImport(world.services, actor, read.id);
  const fingerprint = shown?.dryRun?.fingerprint;
  const acting = { person: actor, strongAt: world.services.clock().toISOString() };
  if (fingerprint) await applyImport(world.services, acting, read.id, { fingerprint, missing: true });
}

/** What a browser can ask of the server about other people, each by the use case behind the page. */
export const requests: Readonly<Record<string, Request>> = {
  'give a role': (asking) =>
    giveRole(asking.world.services, asking.actor, asking.dice.of(asking.people).email ?? '', grantOf(asking)),
  'take a role back': ({ world, actor, people, dice }) => {
    const person = dice.of(people);
    const grant = person.grants.length > 0 ? dice.of(person.grants) : undefined;
    return takeRoleBack(world.services, actor, person.id, grant ? grantKey(grant) : '');
  },
  'change an address': (asking) => {
    const { world, people, dice, mailbox } = asking;
    const { id, name, employmentNumber } = dice.of(people);
    return changeContact(world.services, sessionOf(asking), id, { name, employmentNumber, email: mailbox });
  },
  'clear an address': (asking) => {
    const { id, name, employmentNumber } = asking.dice.of(asking.people);
    return changeContact(asking.world.services, sessionOf(asking), id, { name, employmentNumber, email: undefined });
  },
  'reset factors': (asking) =>
    resetSecondFactors(asking.world.services, sessionOf(asking), asking.dice.of(asking.people).id, 'seen'),
  protect: ({ world, actor, people, dice }) =>
    protectIdentity(world.services, actor, dice.of(people).id, dice.upTo(1) === 0),
  'invite again': ({ world, actor, people, dice }) => inviteAgainAs(world.services, actor, dice.of(people).id),
  invite: ({ world, actor, dice, mailbox }) => {
    const unit = dice.upTo(5) === 0 ? undefined : dice.of(units);
    return inviteAs(world.services, actor, {
      name: 'Ny',
      email: mailbox,
      unit,
      category: 'new-employee',
      to: undefined,
    });
  },
  'change work': (asking) => {
    const person = asking.dice.of(asking.people);
    return changeStaffing(asking.world.services, asking.actor, person.id, staffingOf(person, asking));
  },
  import: importList,
  'appoint a deputy': ({ world, actor, people, dice }) => {
    const today = dateOf(world.services.clock());
    const from = addDays(today, dice.upTo(2));
    const to = addDays(from, dice.upTo(5));
    return appointDeputy(world.services, actor, dice.of(units), { who: dice.of(people).email ?? '', from, to });
  },
  'end a deputy': ({ world, actor, people, dice }) =>
    endDeputy(world.services, actor, dice.of(units), dice.of(people).id),
  purge: ({ world, actor }) => runRetention(world.services, actor),
  'make a group': ({ world, actor, dice }) =>
    createGroup(world.services, actor, {
      ...{ name: 'Sommar', unit: dice.upTo(5) === 0 ? undefined : dice.of(units), category: 'summer-worker' },
      ...{ lastDay: addDays(dateOf(world.services.clock()), dice.upTo(9)), size: 10 },
    }),
  'join a group': async ({ world, hands, dice }) => {
    const { services } = world;
    const group = dice.of(await services.store.groups.list());
    const device = 'device';
    const typed = { name: dice.of(['Ny Ny', 'Bo', 'Siv']), language: 'sv', isNew: true, address: '10.0.0.1' } as const;
    const joined = await joinGroup(services, group, { ...typed, device, ticket: newTicket(services, group, device) });
    if (!joined.ok) return;
    hands.codes.add(joined.code);
    hands.cookies.add(joined.cookie);
  },
  'replace a code': async ({ world, actor, people, hands, dice }) => {
    const members = people.filter(({ groupId }) => groupId !== undefined);
    const { id, groupId = '' } = dice.of(members.length > 0 ? members : people);
    const opened = await openGroup(world.services, actor, groupId);
    const replaced = opened && (await replacePersonalCode(world.services, actor, opened.group, id));
    if (replaced?.ok) hands.codes.add(replaced.code);
  },
  'remove from a group': async ({ world, actor, people, dice }) => {
    const members = people.filter(({ groupId }) => groupId !== undefined);
    const { id, groupId = '' } = dice.of(members.length > 0 ? members : people);
    const opened = await openGroup(world.services, actor, groupId);
    if (opened) await removeFromGroup(world.services, actor, opened.group, id);
  },
  'sign in by a code': async ({ world, hands, dice }) => {
    if (hands.codes.size === 0) return;
    const code = dice.of([...hands.codes]);
    const signedIn = await signInWithCode(world.services, { code, address: '10.0.0.1' });
    if (signedIn.ok) hands.cookies.add(signedIn.cookie);
  },
  'have a new password': ({ world, mailbox }) =>
    requestPasswordReset(world.services, { email: mailbox, address: '10.0.0.1' }),
  'use a link in a mail': useLink,
};

/** Any mail that has ever come to a mailbox that they read, old ones too. */
async function useLink({ world, hands, dice }: Asking): Promise<void> {
  const letters = (await world.mail()).filter(({ to, text }) => hands.mailboxes.includes(to) && /https:/.test(text));
  if (letters.length === 0) return;
  const [, way, token = ''] = /(valkommen|nytt-losenord)\/([\w-]+)/.exec(dice.of(letters).text) ?? [];
  const used =
    way === 'valkommen'
      ? await acceptInvitation(world.services, token, { password: 'paraply sten moln', language: 'sv' })
      : await resetPassword(world.services, token, 'paraply sten moln');
  if (used.ok) hands.cookies.add(used.cookie);
}

/**
 * What somebody who is given everything does meanwhile about other people, in good faith: roles for whom the one who asks has no mail
 * of, and addresses put right, so that what was got hold of before would be worth something.
 */
export const inGoodFaith: Readonly<Record<string, Request>> = {
  'give a role': (asking) =>
    giveRole(asking.world.services, asking.actor, asking.dice.of(asking.people).email ?? '', grantOf(asking)),
  'put an address right': (asking) => {
    const { id, name, employmentNumber } = asking.dice.of(asking.people);
    const email = `${id.toLowerCase()}@right.example`;
    return changeContact(asking.world.services, sessionOf(asking), id, { name, employmentNumber, email });
  },
};

/** Rules as they were once, planted to see them found. */
export const planted = {
  /** Whoever edits a person decides where their mail goes. */
  'an address': async ({ world, actor, people, dice, mailbox }: Asking) => {
    const { id } = dice.of(people);
    const opened = await accessPerson(world.services, actor, 'edit:person', id, { action: 'edit-person' });
    const isFree = !people.some(({ email }) => email === mailbox);
    if (opened?.mayName && isFree) await save(world, id, (person) => ({ ...person, email: mailbox }));
  },
  /** An address is put right, and what was sent to the one before goes on opening the account. */
  'a link': async ({ world, people, dice, hands }: Asking) => {
    const theirs = people.filter(({ email, invitation }) => invitation && hands.mailboxes.includes(email ?? ''));
    if (theirs.length === 0) return;
    await save(world, dice.of(theirs).id, (person) => ({
      ...person,
      email: `${person.id.toLowerCase()}@right.example`,
    }));
  },
  /** Somebody who came in by a code is given a role, and the words go on opening it. */
  'a code': async ({ world, people, dice }: Asking) => {
    const members = people.filter(({ codeHash }) => codeHash !== undefined);
    if (members.length === 0) return;
    const grants: readonly Grant[] = [{ role: 'unit-manager', place: dice.of(units) }];
    await save(world, dice.of(members).id, (person) => ({ ...person, grants }));
  },
} satisfies Record<string, Request>;

function save({ services }: World, id: PersonId, change: (person: Person) => Person): Promise<void> {
  return services.store.people.update(id, (person) => ({ save: change(person), result: undefined }));
}

export type { NodeId, PersonId };
export { mailboxOf };
