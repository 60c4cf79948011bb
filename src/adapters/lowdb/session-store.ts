import { NoSuchDocumentError, type SessionStore, type StoredSession } from '#ports/store.ts';
import type { DocumentFolder } from './document-folder.ts';
import type { SessionIndex } from './session-index.ts';

export function createSessionStore(folder: DocumentFolder<StoredSession>, index: SessionIndex): SessionStore {
  return {
    put: (session) => folder.put(session),
    update: async (id, change) => {
      try {
        await folder.update(id, (session) => ({ save: change(session), result: undefined }));
      } catch (error) {
        if (!(error instanceof NoSuchDocumentError)) throw error;
      }
    },
    get: (id) => folder.get(id),
    delete: async (id) => {
      await folder.remove(id);
    },
    people: async () => index.people(),
    findByPerson: (person) => folder.getAll(index.ofPerson(person)),
    keepNewest: async (person, most) => {
      for (const id of index.oldestOf(person, most)) await folder.remove(id);
    },
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
