import type { SessionStore, StoredSession } from '#ports/store.ts';
import type { DocumentFolder } from './document-folder.ts';
import type { SessionIndex } from './session-index.ts';

export function createSessionStore(folder: DocumentFolder<StoredSession>, index: SessionIndex): SessionStore {
  return {
    put: (session) => folder.put(session),
    get: (id) => folder.get(id),
    delete: async (id) => {
      await folder.remove(id);
    },
    findByPerson: (person) => folder.getAll(index.ofPerson(person)),
    deleteExpired: async (now) => {
      let deleted = 0;
      for (const id of index.expiredAt(now)) {
        // Asked again at its turn: the session may have been renewed meanwhile.
        if (await folder.remove(id, (session) => session.expiresAt <= now)) deleted += 1;
      }
      return deleted;
    },
  };
}
