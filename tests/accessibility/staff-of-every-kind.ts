import { openFileSecrets } from '#adapters/secrets/file-secrets.ts';
import { addDays, addMinutes, dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { CalendarDate, NodeId, PersonId } from '#domain/kernel/ids.ts';
import type { Grant, Person } from '#domain/people/person.ts';
import { recoveryCodeOf, totpOf } from '#usecases/account/add-second-factor.ts';
import type { RunningApp } from '../support/app.ts';
import { openPreparedStore } from '../support/prepared-store.ts';
import { sessionOf } from '../support/ready-people.ts';
import { places, type Sample, staffPerson } from '../support/staff.ts';

/** Employment numbers of those that a list can name. */
export const numbers = {
  admin: '5000',
  refused: '5001',
  reaching: '5002',
  leaves: '5003',
  moves: '5004',
} as const satisfies Record<string, string>;

/** Showed a second factor so long ago that it is enough to read, and not to change an address. */
const slow = 'slow-admin';

interface Extra extends Sample {
  readonly id: string;
  readonly fields?: Partial<Person>;
}

/**
 * People in the unit `group` beside the sample of staff, whose roles, addresses and ways in are in states of their own. Ids say which.
 *
 * @returns cookies of those who are signed in
 */
export async function addStaffOfEveryKind(dataDir: string, now = new Date()): Promise<ReadonlyMap<string, string>> {
  const today = dateOf(now);
  const { group, disability, elderly, south } = places;
  const grant = (role: Grant['role'], place: NodeId, more: Partial<Grant> = {}): Grant => ({ role, place, ...more });
  const extras: readonly Extra[] = [
    { id: 'small-admin', name: 'Lisa Liten', grants: [grant('administrator', disability)] },
    { id: slow, name: 'Linda Lång', grants: [grant('administrator', disability)] },
    { id: 'group-manager', name: 'Gro Grupp', unit: group, grants: [grant('unit-manager', group)] },
    {
      id: 'refused',
      name: 'Rolf Retur',
      unit: group,
      fields: { employmentNumber: numbers.refused, mailRefusedAt: instantOf(new Date(now.getTime() - 3 * 86_400_000)) },
    },
    {
      id: 'reaching',
      name: 'Rita Räckvidd',
      unit: group,
      grants: [grant('department-head', elderly)],
      fields: { employmentNumber: numbers.reaching },
    },
    {
      id: 'leaves',
      name: 'Sven Slutar',
      unit: group,
      grants: [grant('unit-manager', group)],
      fields: { employmentNumber: numbers.leaves },
    },
    { id: 'moves', name: 'Moa Mejl', unit: group, account: true, fields: { employmentNumber: numbers.moves } },
    {
      id: 'sleeping',
      name: 'Vilma Vilar',
      unit: group,
      from: 12,
      grants: [
        grant('unit-manager', group),
        grant('unit-manager', south, { from: addDays(today, 40), to: addDays(today, 90) }),
        grant('department-head', elderly, { to: addDays(today, -1) }),
      ],
    },
    {
      id: 'on-leave-manager',
      name: 'Tjorven Tjänstledig',
      unit: group,
      leaves: [{ from: addDays(today, -10), to: addDays(today, 20) }],
      grants: [grant('unit-manager', group)],
    },
    { id: 'ended-manager', name: 'Evert Var', unit: group, to: -5, grants: [grant('unit-manager', group)] },
  ];
  const store = await openPreparedStore(dataDir);
  const cookies = new Map<string, string>();
  for (const [number, { fields, ...sample }] of extras.entries()) {
    const person = { ...staffPerson(sample, now, 900 + number), ...fields };
    await store.people.create(person);
    const { session, cookie } = sessionOf(person.id, { strong: true });
    const strongAt = sample.id === slow ? addMinutes(session.createdAt, -30) : session.strongAt;
    await store.sessions.put({ ...session, strongAt });
    cookies.set(person.id, cookie);
  }
  // Whoever has a role can show a second factor: a round of all states takes longer than one that was shown holds.
  const secrets = await openFileSecrets({ dataDir });
  for (const { id } of await store.people.staffWithGrants()) {
    const recoveryCodes = recoveryCodesOf(id).map((code) => secrets.hashCode(recoveryCodeOf(id, code)));
    const totp = { secret: secrets.seal(totpOf(id), Buffer.alloc(20, 7)), addedAt: instantOf(now) };
    await store.people.update(id, (person) => ({
      save: { ...person, secondFactors: { passkeys: [], totp, recoveryCodes } },
      result: undefined,
    }));
  }
  // A list can name the only administrator of everything, and would end their work.
  await store.people.update('admin' as PersonId, (person) => ({
    save: { ...person, employmentNumber: numbers.admin },
    result: undefined,
  }));
  await store.close();
  return cookies;
}

/** What somebody writes as recovery codes, one after the other. */
function recoveryCodesOf(id: string): readonly string[] {
  return Array.from({ length: 40 }, (_, number) => `${id}-${number}`);
}

const shownAgainAfter = 5 * 60_000;

/** Who is signed in, with a second factor that is shown again now and then, as far as they have one. */
export function staffAtTheDoor({ url }: RunningApp, cookies: ReadonlyMap<string, string>) {
  const begun = Date.now();
  const now = new Map(
    [...cookies].map(([who, cookie]) => [who, { cookie, at: begun, codes: [...recoveryCodesOf(who)] }]),
  );
  return async (who: string): Promise<string> => {
    const one = now.get(who);
    if (!one) throw new Error(`nobody is called ${who}`);
    if (who === slow || Date.now() - one.at < shownAgainAfter) return one.cookie;
    const body = new URLSearchParams({ way: 'recovery', recovery: one.codes.pop() ?? '' });
    const reply = await fetch(`${url}/bekrafta`, {
      ...{ method: 'POST', body, redirect: 'manual', headers: { origin: url, cookie: one.cookie } },
    });
    const [cookie = one.cookie] = reply.headers
      .getSetCookie()
      .flatMap((line) => /^session=[^;]+/.exec(line)?.[0] ?? []);
    now.set(who, { ...one, cookie, at: Date.now() });
    return cookie;
  };
}

/** A staff list that changes addresses, one of them refused, ends roles, and would end the last administrator's work. */
export function listWithRoles(now = new Date()): string {
  const today = dateOf(now);
  const day = (days: number): CalendarDate => addDays(today, days);
  const row = (number: string, name: string, email: string, to: string) =>
    [number, name, email, 'Tillsvidare', 'group', day(-400), to].join(';');
  return [
    'Anstnr;Namn;E-post;Kategori;Enhetskod;Från;Till',
    row(numbers.refused, 'Rolf Retur', 'rolf.retur@lindala.example', ''),
    row(numbers.moves, 'Moa Mejl', 'moa.mejl@lindala.example', ''),
    row(numbers.reaching, 'Rita Räckvidd', 'rita.rackvidd@lindala.example', ''),
    row(numbers.leaves, 'Sven Slutar', '', day(14)),
    [numbers.admin, 'Ada Admin', '', 'Tillsvidare', 'group', day(-400), day(-1)].join(';'),
    '',
  ].join('\r\n');
}
