import type { Person } from '#domain/people/person.ts';
import type { PersonStore } from '#ports/store.ts';
import type { DocumentFolder } from './document-folder.ts';
import {
  certificateKey,
  codeKey,
  emailKey,
  employmentKey,
  keysOf,
  type PersonIndex,
  pseudonymKey,
  tokenKey,
} from './person-index.ts';
import { type UniqueKey, without } from './unique-keys.ts';

export function createPersonStore(folder: DocumentFolder<Person>, index: PersonIndex): PersonStore {
  /**
   * The index says whom to ask, the document says whether it is so: the key may be claimed by a write that is not
   * durable yet, or have been given up while the document was read.
   */
  async function find(key: UniqueKey): Promise<Person | undefined> {
    const id = index.holder(key);
    const person = id === undefined ? undefined : await folder.get(id);
    return without([key], keysOf(person)).length === 0 ? person : undefined;
  }

  return {
    create: (person) => folder.create(person),
    get: (id) => folder.get(id),
    update: (id, change) => folder.update(id, change),
    findByEmail: (email) => find(emailKey(email)),
    findByCodeHash: (hash) => find(codeKey(hash)),
    findByToken: (hash) => find(tokenKey(hash)),
    findByEmploymentNumber: (number) => find(employmentKey(number)),
    findByPseudonym: (pseudonym) => find(pseudonymKey(pseudonym)),
    findByCertificate: (code) => find(certificateKey(code)),
    staffOf: async (units) => index.staffOf(units),
    staffByUnit: async (units) => index.staffByUnit(units),
    headcounts: async (units, date) => index.headcounts(units, date),
    staffWithGrants: async () => index.staffWithGrants(),
    listStaff: async ({ after, limit }) => index.recordsOf(folder.idsAfter(after, limit)),
    findByGroup: (group) => folder.getAll(index.members(group)),
    countByGroup: async (group) => index.countMembers(group),
    list: ({ after, limit }) => folder.page(after, limit),
    count: async () => folder.size,
    delete: async (id) => void (await folder.remove(id)),
  };
}
