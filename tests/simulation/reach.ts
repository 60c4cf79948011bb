import { createMemoryAuditLog } from '#adapters/memory/memory-audit-log.ts';
import { createMemoryStore } from '#adapters/memory/memory-store.ts';
import { createMemoryThrottle } from '#adapters/memory/memory-throttle.ts';
import { createSessions } from '#auth/sessions.ts';
import { can, type PersonPermission, type PersonSubject, type PlacePermission } from '#domain/access/access.ts';
import { type ActingPerson, type AwakeGrant, type GrantBasis, heldGrants } from '#domain/access/grant-days.ts';
import type { Group } from '#domain/groups/group.ts';
import { staffListOf } from '#domain/import/read-staff-list.ts';
import { addDays, dateOf } from '#domain/kernel/calendar.ts';
import type { CalendarDate, GroupId, NodeId, PersonId, Pseudonym } from '#domain/kernel/ids.ts';
import { type Tree, treeOf } from '#domain/people/organisation.ts';
import type { Grant, Person } from '#domain/people/person.ts';
import type { Engagement, Leave } from '#domain/people/staffing.ts';
import { currentStaffing } from '#domain/people/staffing.ts';
import { actingPerson, grantBasis } from '#ports/acting-person.ts';
import type { Mail } from '#ports/mailer.ts';
import type { Services } from '#src/services.ts';
import { newPerson } from '#usecases/shared/new-person.ts';
import { introduceLongAgo } from '../support/introduction.ts';
import { smallOrganisation } from '../support/small-organisation.ts';
import { testServices } from '../support/test-services.ts';

const tree: Tree = treeOf(smallOrganisation);
const shared = testServices().services;
export const start = new Date('2026-06-10T08:00:00.000Z');
const day = (days: number): CalendarDate => addDays(dateOf(start), days);
/** Nothing is guessed here: a hash that costs nothing stands for the password. */
const passwords: Services['passwords'] = {
  hash: async (text) => ({ ok: true, hash: `x${text}` }),
  verify: async () => 'wrong',
  close: async () => undefined,
};
const passwordQuality: Services['passwordQuality'] = { isGuessable: async () => false };

/** Without the thread that a server reads them in. */
const readStaffList = async (bytes: Uint8Array) => staffListOf(bytes);

/** The people of the municipality, in every role and every way of having one: awake, resting, to come, outlived. */
const cast: readonly {
  readonly name: string;
  readonly work: readonly (readonly [unit: string | undefined, from: number, to?: number])[];
  readonly grants?: readonly (readonly [role: Grant['role'], place: string, more?: Partial<Grant>])[];
  readonly leaves?: readonly Leave[];
  readonly more?: Pick<Person, 'protectedIdentity'>;
}[] = [
  { name: 'root', work: [[undefined, -900]], grants: [['administrator', 'everything', { seesProtected: true }]] },
  // Reaches everything, and works in a unit that smaller administrators administer.
  { name: 'maria', work: [['north', -900]], grants: [['administrator', 'everything', { seesProtected: true }]] },
  { name: 'sleeper', work: [['south', -90]], grants: [['administrator', 'everything', { from: day(4) }]] },
  { name: 'care', work: [['elderly', -800]], grants: [['administrator', 'care', { seesProtected: true }]] },
  { name: 'home', work: [['south', -800]], grants: [['administrator', 'home-care']] },
  { name: 'samira', work: [['north', -700]], grants: [['administrator', 'north']] },
  { name: 'school', work: [['school-unit', -600]], grants: [['administrator', 'school', { seesProtected: true }]] },
  { name: 'head', work: [['south', -500]], grants: [['department-head', 'home-care']] },
  { name: 'mia', work: [['north', -500]], grants: [['unit-manager', 'north']] },
  {
    name: 'dag',
    work: [['south', -400]],
    grants: [['deputy', 'north', { from: day(-20), to: day(5), by: pseudonymOf('mia') }]],
  },
  { name: 'leaving', work: [['south', -400, 2]], grants: [['unit-manager', 'south']] },
  {
    name: 'away',
    work: [['elderly', -400]],
    grants: [['unit-manager', 'elderly']],
    leaves: [{ from: day(-3), to: day(3) }],
  },
  {
    name: 'both',
    work: [
      ['school-unit', -300],
      ['north', -300, 1],
    ],
    grants: [['unit-manager', 'school-unit']],
  },
  { name: 'left', work: [['north', -300, -20]], grants: [['administrator', 'care']] },
  // Once worked with whoever has reached far since.
  {
    name: 'moved',
    work: [
      ['north', -900, -100],
      ['school-unit', -99],
    ],
    grants: [['administrator', 'school']],
  },
  { name: 'hidden', work: [['north', -200]], more: { protectedIdentity: true } },
  { name: 'bo', work: [['north', -200]] },
  { name: 'siv', work: [['south', -200]] },
  { name: 'eva', work: [['school-unit', -200]] },
  { name: 'temp', work: [['elderly', -20, 6]] },
];

/** The groups that somebody at a poster can join, and how long their work lasts. */
const posters: readonly (readonly [unit: string, days: number])[] = [
  ['north', 3],
  ['south', 30],
  ['school-unit', 30],
];

export type Name = string;
export const names: readonly Name[] = cast.map(({ name }) => name);
/** Whoever acts: every role below “everything”, and who has none. */
export const actors: readonly Name[] = names.filter((name) => !['root', 'maria'].includes(name));
export const units: readonly NodeId[] = tree.places.filter(({ kind }) => kind === 'unit').map(({ id }) => id);
export const places: readonly Grant['place'][] = [...tree.places.map(({ id }) => id), 'everything'];

/** One municipality of its own for each sequence of requests. */
export async function municipality() {
  let now = start;
  const clock = () => now;
  const store = createMemoryStore();
  const sessions = createSessions(store, shared.secrets, shared.publicUrl, clock);
  const letters: Mail[] = [];
  const services = {
    ...{ ...shared, store, sessions, audit: createMemoryAuditLog(), passwords, passwordQuality, readStaffList, clock },
    throttle: createMemoryThrottle(),
    mailer: { destination: 'memory', send: async (mail: Mail) => void letters.push(mail) },
    later: { add: (job: () => Promise<void>) => Boolean(job()) },
  };
  await store.organisation.update(() => ({ save: smallOrganisation, result: undefined }));
  await introduceLongAgo(store);
  for (const one of cast) await store.people.create(made(one));
  for (const poster of posters) await store.groups.create(postedGroup(poster));
  return {
    services,
    /** What has been sent so far. Mail goes out after the reply. */
    mail: async (): Promise<readonly Mail[]> => {
      await new Promise((resolve) => setImmediate(resolve));
      return letters;
    },
    session: (cookie: string) => sessions.read(/=([^;]*)/.exec(cookie)?.[1] ?? ''),
    pass: (days: number) => {
      now = new Date(now.getTime() + days * 24 * 60 * 60 * 1000);
    },
    basis: () => grantBasis(store, dateOf(now)),
    acting: async (id: PersonId): Promise<ActingPerson | undefined> => {
      const person = await store.people.get(id);
      return person && actingPerson(store, person, dateOf(now));
    },
    everybody: () => store.people.list({ limit: 500 }),
  };
}

export type World = Awaited<ReturnType<typeof municipality>>;

function postedGroup([unit, days]: (typeof posters)[number]): Group {
  return {
    ...{
      id: `group-${unit}` as GroupId,
      name: 'Sommar',
      unit: unit as NodeId,
      code: `CODE${unit}`,
      size: 30,
      seats: [],
    },
    ...{
      category: 'summer-worker',
      lastDay: day(days),
      createdBy: pseudonymOf('mia'),
      createdAt: `${day(-9)}T08:00:00.000Z`,
    },
  };
}

function pseudonymOf(name: string): Pseudonym {
  return `p-${name}` as Pseudonym;
}

function made({ name, work, grants = [], leaves = [], more = {} }: (typeof cast)[number]): Person {
  const engagements = work.map(
    ([unit, from, to]): Engagement => ({
      ...{ unit: unit as NodeId | undefined, category: 'new-employee', from: day(from) },
      to: to === undefined ? undefined : day(to),
    }),
  );
  const at = `${day(-950)}T08:00:00.000Z`;
  const givenAt = `${day(-30)}T08:00:00.000Z`;
  const given: Parameters<typeof newPerson>[0] = {
    ...{
      id: name as PersonId,
      pseudonym: pseudonymOf(name),
      name,
      nameGivenBy: 'employer' as const,
      email: mailboxOf(name),
      employmentNumber: `n-${name}`,
    },
    ...{ passwordHash: 'x', secondFactors: { passkeys: [], recoveryCodes: [] } },
    grants: grants.map(([role, place, also]): Grant => ({ role, place: place as Grant['place'], givenAt, ...also })),
  } as const;
  const person = newPerson(
    { ...given, ...(more.protectedIdentity && { protectedIdentity: true }) },
    { category: 'new-employee' },
    start,
    shared.random,
  );
  return { ...person, createdAt: at, staffing: [{ recordedAt: at, engagements, leaves }] };
}

export function mailboxOf(name: string): string {
  return `${name}@lindala.example`;
}

const placePermissions: readonly PlacePermission[] = [
  ...(['read:numbers', 'list:people', 'export:people', 'manage:groups', 'manage:people', 'import:people'] as const),
  ...(['edit:organisation', 'grant:roles', 'appoint:deputy', 'review:log', 'read:reminders', 'run:retention'] as const),
];
const personPermissions: readonly PersonPermission[] = [
  ...(['read:person', 'remind:person', 'decide:person', 'confirm:identity', 'edit:person', 'name:person'] as const),
];

/** Whoever could stand before somebody: in each unit now, once, hidden, and in none. */
const subjects: readonly (readonly [string, PersonSubject])[] = [
  ['unplaced', { id: 'x' as PersonId, paths: [], formerPaths: [] }],
  ...units.flatMap((unit) => {
    const path = tree.pathOf(unit);
    const one = { id: 'x' as PersonId, paths: [path], formerPaths: [] };
    return [
      [unit, one],
      [`${unit} once`, { ...one, paths: [], formerPaths: [path] }],
      [`${unit} hidden`, { ...one, protectedIdentity: true }],
    ] as const;
  }),
];

const reaches = new Map<string, ReadonlySet<string>>();

/** Everything that somebody with these grants may do to anything. */
export function reachOf(grants: readonly AwakeGrant[]): ReadonlySet<string> {
  const key = JSON.stringify(grants.map(({ role, place, seesProtected }) => [role, place, seesProtected]).sort());
  const known = reaches.get(key);
  if (known) return known;
  const actor = { id: 'actor' as PersonId, grants };
  const found = new Set<string>();
  for (const permission of placePermissions) {
    for (const place of places) {
      const path = place === 'everything' ? [] : tree.pathOf(place);
      if (can(actor, permission, { path })) found.add(`${permission} ${place}`);
    }
  }
  for (const permission of personPermissions) {
    for (const [name, subject] of subjects) if (can(actor, permission, subject)) found.add(`${permission} ${name}`);
  }
  reaches.set(key, found);
  return found;
}

/** What somebody reaches with the roles that rest for now as well: what they are trusted with, whenever. */
export function trustedReach(person: Person, basis: GrantBasis): ReadonlySet<string> {
  return reachOf(heldGrants(person, basis) as readonly AwakeGrant[]);
}

/** Of an awake grant, what a clerk would say against it who looks at today's papers alone. */
export function objection(grant: Grant, person: Person, today: CalendarDate): string | undefined {
  const { engagements, leaves } = currentStaffing(person);
  const on = ({ from, to }: { from: CalendarDate; to?: CalendarDate | undefined }) =>
    from <= today && (to === undefined || today <= to);
  const work = engagements.filter(on);
  if (work.length === 0) return 'no work';
  if (leaves.some(on)) return 'on leave';
  if (grant.from !== undefined && today < grant.from) return 'too early';
  if (grant.to !== undefined && grant.to < today) return 'too late';
  return undefined;
}
