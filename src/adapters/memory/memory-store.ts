import type { Group, Person } from '#domain/person.ts';
import type { GroupStore, PersonStore, SessionStore, Store, StoredSession } from '#ports/store.ts';
import { MemoryFolder } from './memory-folder.ts';

/**
 * The store port without a disk, for tests. No indexes: it looks through everything, so that it is plainly right and
 * the contract test has something to measure the other adapters against.
 */
export function createMemoryStore(): Store {
  const people = new MemoryFolder<Person>([
    ['email', (person) => [person.email]],
    ['code', (person) => [person.codeHash]],
    ['token', tokensOf],
    ['certificate', (person) => person.certificates.map(({ code }) => code)],
  ]);
  const groups = new MemoryFolder<Group>([['code', (group) => [group.code]]]);
  const sessions = new MemoryFolder<StoredSession>([]);
  return {
    people: personStore(people),
    groups: groupStore(groups),
    sessions: sessionStore(sessions),
    setAside: [],
    close: async () => {
      for (const folder of [people, groups, sessions]) folder.close();
    },
  };
}

function tokensOf(person: Person): readonly (string | undefined)[] {
  return [person.invitation?.tokenHash, person.passwordReset?.tokenHash];
}

function personStore(people: MemoryFolder<Person>): PersonStore {
  return {
    create: async (person) => people.create(person),
    get: async (id) => people.get(id),
    update: async (id, change) => people.update(id, change),
    findByEmail: async (email) => people.all().find((person) => person.email === email),
    findByCodeHash: async (hash) => people.all().find((person) => person.codeHash === hash),
    findByToken: async (hash) => people.all().find((person) => tokensOf(person).includes(hash)),
    findCertificate: async (code) =>
      people
        .all()
        .flatMap((person) => person.certificates)
        .find((certificate) => certificate.code === code),
    findByGroup: async (group) =>
      people
        .all()
        .filter((person) => person.groupId === group)
        .sort(byAge),
    countByGroup: async (group) => people.all().filter((person) => person.groupId === group).length,
    list: async ({ after, limit }) =>
      people
        .all()
        .filter((person) => after === undefined || person.id > after)
        .sort((one, other) => compare(one.id, other.id))
        .slice(0, limit),
    count: async () => people.all().length,
  };
}

function groupStore(groups: MemoryFolder<Group>): GroupStore {
  return {
    create: async (group) => groups.create(group),
    get: async (id) => groups.get(id),
    update: async (id, change) => groups.update(id, change),
    findByCode: async (code) => groups.all().find((group) => group.code === code),
    list: async () => groups.all().sort(byAge).reverse(),
  };
}

function sessionStore(sessions: MemoryFolder<StoredSession>): SessionStore {
  return {
    put: async (session) => sessions.put(session),
    get: async (id) => sessions.get(id),
    delete: async (id) => {
      sessions.delete(id);
    },
    findByPerson: async (person) => sessions.all().filter((session) => session.personId === person),
    deleteExpired: async (now) => {
      const expired = sessions.all().filter((session) => session.expiresAt <= now);
      for (const session of expired) sessions.delete(session.id);
      return expired.length;
    },
  };
}

/** Oldest first, and by id among those of the same age. */
function byAge(one: Person | Group, other: Person | Group): number {
  return compare(one.createdAt, other.createdAt) || compare(one.id, other.id);
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
