import { join } from 'node:path';

import { loadCourse } from '#content/load-course.ts';
import type { Group } from '#domain/groups/group.ts';
import { printedSheets } from '#domain/groups/paper-exam.ts';
import { addDays, dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { CalendarDate, GroupId, NodeId, PersonId, Pseudonym } from '#domain/kernel/ids.ts';
import { addPlace, type NodeKind, noOrganisation } from '#domain/people/organisation.ts';
import type { Grant, Person } from '#domain/people/person.ts';
import type { Engagement } from '#domain/people/staffing.ts';
import { newPerson } from '#usecases/shared/new-person.ts';
import { makeDataDir } from './app.ts';
import { introduceLongAgo } from './introduction.ts';
import { openPreparedStore } from './prepared-store.ts';
import { sessionOf } from './ready-people.ts';
import { seededBytes } from './seeded-bytes.ts';

/** Two committees: one with two units in one department, one with a unit of its own. */
export const places = {
  omsorg: { kind: 'committee', name: 'Omsorgsnämnden', code: '1', parent: undefined },
  aldre: { kind: 'department', name: 'Äldreomsorgen', code: '10', parent: 'omsorg' },
  own: { kind: 'unit', name: 'Björkgården', code: '101', parent: 'aldre' },
  sibling: { kind: 'unit', name: 'Ekgården', code: '102', parent: 'aldre' },
  social: { kind: 'committee', name: 'Socialnämnden', code: '2', parent: undefined },
  foreign: { kind: 'unit', name: 'Familjeteamet', code: '201', parent: 'social' },
} as const satisfies Record<string, { kind: NodeKind; name: string; code: string; parent: string | undefined }>;
export type PlaceName = keyof typeof places;

/** Whoever tries to open something. Nobody of them works in the units that are asked about. */
export const staffWithRoles = {
  learner: [],
  manager: [{ role: 'unit-manager', place: 'own' }],
  /** Appointed by the manager. */
  deputy: [{ role: 'deputy', place: 'own' }],
  /** Have the role still, and work no more (security F2). */
  leftManager: [{ role: 'unit-manager', place: 'own' }],
  leftAdministrator: [{ role: 'administrator', place: 'everything', seesProtected: true }],
  head: [{ role: 'department-head', place: 'aldre' }],
  administrator: [{ role: 'administrator', place: 'omsorg' }],
  allOver: [{ role: 'administrator', place: 'everything' }],
  named: [{ role: 'administrator', place: 'everything', seesProtected: true }],
} as const satisfies Record<string, readonly (Omit<Grant, 'place'> & { place: PlaceName | 'everything' })[]>;
export type RoleName = keyof typeof staffWithRoles;

/** Whose records are asked for. Each name stands nowhere else on the site. */
export const subjects = {
  own: 'Egil Egenström',
  sibling: 'Siv Syskonlund',
  foreign: 'Fia Främmandeby',
  former: 'Fredrik Fordomsson',
  hidden: 'Hedda Hemligman',
} as const;
export type SubjectName = keyof typeof subjects;

export interface MunicipalityWorld {
  readonly dataDir: string;
  readonly place: Readonly<Record<PlaceName, NodeId>>;
  readonly person: Readonly<Record<SubjectName | RoleName, PersonId>>;
  readonly group: Readonly<Record<'own' | 'sibling' | 'foreign', GroupId>>;
  /** The `Cookie` header of somebody who has just signed in with a second factor. */
  readonly cookie: Readonly<Record<RoleName, string>>;
}

const course = loadCourse();
const id = (name: string) => `${name.toUpperCase().padEnd(16, '0')}`;

/** Puts the organisation, its people and their sessions into a data folder that no server is using yet. */
export async function makeMunicipality(): Promise<MunicipalityWorld> {
  const dataDir = join(await makeDataDir(), 'data');
  const now = new Date();
  const at = instantOf(now);
  const today = dateOf(now);
  const store = await openPreparedStore(dataDir);
  await introduceLongAgo(store);

  const place = mapValues(places, (_, name) => id(name) as NodeId);
  for (const [name, { parent, ...rest }] of Object.entries(places)) {
    const wanted = { ...rest, id: place[name as PlaceName], parent: parent && place[parent] };
    await store.organisation.update((before) => {
      const change = addPlace(before.nodes.length > 0 ? before : noOrganisation, wanted, at);
      if (!change.ok) throw new Error(change.reason);
      return { save: change.organisation, result: undefined };
    });
  }

  const work = (unit: NodeId | undefined, to?: CalendarDate): Omit<Engagement, 'from'> & Pick<Engagement, 'from'> => ({
    unit,
    category: 'temporary-staff',
    from: addDays(today, -100),
    to: to ?? addDays(today, 200),
  });
  const engagements: Record<SubjectName, Engagement> = {
    own: work(place.own),
    sibling: work(place.sibling),
    foreign: work(place.foreign),
    former: work(place.own, addDays(today, -10)),
    hidden: work(place.own),
  };
  const random = seededBytes(44);
  const person: Record<string, PersonId> = {};
  const pseudonyms = new Map<string, Pseudonym>();
  const add = async (name: string, fields: Pick<Person, 'name'> & Partial<Person>, engagement: Engagement) => {
    const created = newPerson(
      {
        id: id(name) as PersonId,
        nameGivenBy: 'employer',
        email: `${name.toLowerCase()}@lindala.example`,
        // Nobody's: they come in by the session below.
        passwordHash: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA',
        ...fields,
      },
      engagement,
      now,
      random,
    );
    // As it was recorded when the work began, so that earlier days can be asked about.
    const began = `${engagement.from}T08:00:00.000Z`;
    await store.people.create({
      ...created,
      staffing: created.staffing.map((one) => ({ ...one, recordedAt: began })),
      createdAt: began,
    });
    person[name] = created.id;
    pseudonyms.set(name, created.pseudonym);
  };
  for (const [name, fullName] of Object.entries(subjects)) {
    await add(
      name,
      { name: fullName, employmentNumber: `00${name}`, ...(name === 'hidden' && { protectedIdentity: true as const }) },
      engagements[name as SubjectName],
    );
  }
  const cookie: Record<string, string> = {};
  for (const [name, grants] of Object.entries(staffWithRoles)) {
    const given = grants.map(({ place: where, ...rest }) => ({
      ...rest,
      ...(rest.role === 'deputy' && { by: pseudonyms.get('manager'), givenAt: at }),
      place: where === 'everything' ? where : place[where as PlaceName],
    }));
    const to = name.startsWith('left') ? addDays(today, -1) : undefined;
    const work = { category: 'new-employee', from: addDays(today, -100), to } as const;
    await add(name, { name: `Rolf ${name}`, grants: given }, work);
    const opened = sessionOf(person[name] as PersonId);
    await store.sessions.put({ ...opened.session, strongAt: at });
    cookie[name] = opened.cookie;
  }
  const group = {} as Record<'own' | 'sibling' | 'foreign', GroupId>;
  for (const where of ['own', 'sibling', 'foreign'] as const) {
    const made: Group = {
      id: id(`group${where}`) as GroupId,
      name: `Feriegruppen ${where}`,
      unit: place[where],
      code: `KOD${where.toUpperCase()}`.padEnd(8, '0').slice(0, 8),
      category: 'summer-worker',
      lastDay: addDays(today, 30),
      size: 10,
      seats: [],
      createdBy: 'MADEBYNOBODYINTHETEST' as Pseudonym,
      createdAt: at,
    };
    const printed = printedSheets(made, 1, course, now, random);
    if (!printed.ok) throw new Error(printed.reason);
    await store.groups.create(printed.group);
    group[where] = made.id;
  }
  await store.close();
  return {
    dataDir,
    place,
    person: person as MunicipalityWorld['person'],
    group,
    cookie: cookie as MunicipalityWorld['cookie'],
  };
}

function mapValues<K extends string, V, R>(record: Readonly<Record<K, V>>, change: (value: V, key: K) => R) {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, change(value as V, key as K)]),
  ) as Record<K, R>;
}
