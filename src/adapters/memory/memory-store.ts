import type { KeptCertificate } from '#domain/exam/certificate.ts';
import type { Group } from '#domain/groups/group.ts';
import { type ImportLayouts, noLayouts, type StaffImport } from '#domain/import/staff-import.ts';
import type { NodeId } from '#domain/kernel/ids.ts';
import type { PurgeRecord } from '#domain/oversight/retention.ts';
import { noOrganisation, type Organisation } from '#domain/people/organisation.ts';
import type { Person } from '#domain/people/person.ts';
import { staffRecordOf } from '#domain/people/staff-record.ts';
import { worksThereFrom } from '#domain/people/staffing.ts';
import { noSettings, type OwnSettings } from '#domain/settings/own-settings.ts';
import type {
  GroupStore,
  ImportStore,
  PersonStore,
  SessionStore,
  SingleStore,
  Store,
  StoredSession,
} from '#ports/store.ts';
import { MemoryFolder } from './memory-folder.ts';

/**
 * The store port without a disk, for tests. No indexes: it looks through everything, so that it is plainly right and
 * the contract test has something to measure the other adapters against.
 */
export function createMemoryStore(initialSettings: OwnSettings = noSettings): Store {
  const people = new MemoryFolder<Person>([
    ['email', (person) => [person.email]],
    ['code', (person) => [person.codeHash]],
    ['token', tokensOf],
    ['employment-number', (person) => [person.employmentNumber]],
    ['pseudonym', (person) => [person.pseudonym]],
    ['certificate', (person) => person.certificates.map(({ code }) => code)],
  ]);
  const groups = new MemoryFolder<Group>([['code', (group) => [group.code]]]);
  const sessions = new MemoryFolder<StoredSession>([]);
  const organisation = new MemoryFolder<Organisation>([]);
  const imports = new MemoryFolder<StaffImport>([]);
  const settings = new MemoryFolder<OwnSettings>([]);
  const importLayouts = new MemoryFolder<ImportLayouts>([]);
  const keptCertificates = new MemoryFolder<KeptCertificate>([]);
  const purges = new MemoryFolder<PurgeRecord>([]);
  return {
    people: personStore(people),
    groups: groupStore(groups),
    sessions: sessionStore(sessions),
    organisation: singleStore(organisation, noOrganisation),
    imports: importStore(imports),
    settings: singleStore(settings, initialSettings),
    importLayouts: singleStore(importLayouts, noLayouts),
    keptCertificates: {
      put: async (kept) => keptCertificates.put(kept),
      get: async (code) => keptCertificates.get(code),
      list: async () => keptCertificates.all(),
      deleteEnded: async (today) => {
        const ended = keptCertificates.all().filter(({ validUntil }) => validUntil < today);
        for (const { id } of ended) keptCertificates.delete(id);
        return ended.length;
      },
    },
    purges: {
      create: async (record) => purges.create(record),
      list: async () => purges.all().sort((one, other) => compare(other.at, one.at)),
    },
    setAside: [],
    unresolved: async () => ({ setAside: 0, gone: 0, conflicts: 0 }),
    noteGone: async () => undefined,
    close: async () => {
      const folders = [
        people,
        groups,
        sessions,
        organisation,
        settings,
        imports,
        importLayouts,
        keptCertificates,
        purges,
      ];
      for (const folder of folders) folder.close();
    },
  };
}

function singleStore<D extends { readonly id: string }>(folder: MemoryFolder<D>, initial: D): SingleStore<D> {
  return {
    get: async () => folder.get(initial.id) ?? initial,
    update: async (change) => {
      if (!folder.get(initial.id)) folder.create(initial);
      return folder.update(initial.id, change);
    },
  };
}

function importStore(imports: MemoryFolder<StaffImport>): ImportStore {
  return {
    create: async (staffImport) => imports.create(staffImport),
    get: async (id) => imports.get(id),
    update: async (id, change) => imports.update(id, change),
    list: async () => inOrder(imports.all()),
    delete: async (id) => imports.delete(id),
  };
}

function tokensOf(person: Person): readonly (string | undefined)[] {
  return [
    person.invitation?.tokenHash,
    person.passwordReset?.tokenHash,
    ...(person.pastLinks ?? []).map((link) => link.tokenHash),
  ];
}

function isStaffOf(units: readonly NodeId[]): (person: Person) => boolean {
  return ({ staffing }) =>
    staffing.some(({ engagements }) => engagements.some(({ unit }) => unit && units.includes(unit)));
}

function personStore(people: MemoryFolder<Person>): PersonStore {
  return {
    create: async (person) => people.create(person),
    get: async (id) => people.get(id),
    update: async (id, change) => people.update(id, change),
    findByEmail: async (email) => people.all().find((person) => person.email === email),
    findByCodeHash: async (hash) => people.all().find((person) => person.codeHash === hash),
    findByToken: async (hash) => people.all().find((person) => tokensOf(person).includes(hash)),
    findByEmploymentNumber: async (number) => people.all().find((person) => person.employmentNumber === number),
    findByPseudonym: async (pseudonym) => people.all().find((person) => person.pseudonym === pseudonym),
    findByCertificate: async (code) =>
      people.all().find((person) => person.certificates.some((certificate) => certificate.code === code)),
    staffOf: async (units) => inOrder(people.all()).filter(isStaffOf(units)).map(staffRecordOf),
    staffByUnit: async (units) =>
      new Map(
        units.map((unit) => [
          unit,
          inOrder(people.all())
            .filter(isStaffOf([unit]))
            .map(staffRecordOf),
        ]),
      ),
    headcounts: async (units, date) =>
      new Map(units.map((unit) => [unit, people.all().filter((person) => worksThereFrom(person, unit, date)).length])),
    staffWithGrants: async () =>
      inOrder(people.all())
        .filter(({ grants }) => grants.length > 0)
        .map(staffRecordOf),
    listStaff: async ({ after, limit }) =>
      inOrder(people.all())
        .filter((person) => after === undefined || person.id > after)
        .slice(0, limit)
        .map(staffRecordOf),
    findByGroup: async (group) =>
      people
        .all()
        .filter((person) => person.groupId === group)
        .sort(byAge),
    countByGroup: async (group) => people.all().filter((person) => person.groupId === group).length,
    list: async ({ after, limit }) =>
      inOrder(people.all())
        .filter((person) => after === undefined || person.id > after)
        .slice(0, limit),
    count: async () => people.all().length,
    delete: async (id) => people.delete(id),
  };
}

function groupStore(groups: MemoryFolder<Group>): GroupStore {
  return {
    create: async (group) => groups.create(group),
    get: async (id) => groups.get(id),
    update: async (id, change) => groups.update(id, change),
    findByCode: async (code) => groups.all().find((group) => group.code === code),
    list: async () => groups.all().sort(byAge).reverse(),
    delete: async (id) => groups.delete(id),
  };
}

function sessionStore(sessions: MemoryFolder<StoredSession>): SessionStore {
  return {
    put: async (session) => sessions.put(session),
    update: async (id, change) => {
      if (sessions.get(id)) sessions.update(id, (session) => ({ save: change(session), result: undefined }));
    },
    get: async (id) => sessions.get(id),
    delete: async (id) => {
      sessions.delete(id);
    },
    people: async () => [...new Set(sessions.all().map(({ personId }) => personId))],
    findByPerson: async (person) => sessions.all().filter((session) => session.personId === person),
    keepNewest: async (person, most) => {
      const own = sessions.all().filter((session) => session.personId === person);
      const oldestFirst = own.toSorted((one, other) => compare(one.createdAt, other.createdAt));
      for (const { id } of oldestFirst.slice(0, Math.max(0, own.length - most))) sessions.delete(id);
    },
    deleteExpired: async (now) => {
      const expired = sessions.all().filter((session) => session.expiresAt <= now);
      for (const session of expired) sessions.delete(session.id);
      return expired.length;
    },
  };
}

function inOrder<D extends { readonly id: string }>(documents: readonly D[]): D[] {
  return documents.toSorted((one, other) => compare(one.id, other.id));
}

/** Oldest first, and by id among those of the same age. */
function byAge(one: Person | Group, other: Person | Group): number {
  return compare(one.createdAt, other.createdAt) || compare(one.id, other.id);
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
