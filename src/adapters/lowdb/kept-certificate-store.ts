import type { KeptCertificate } from '#domain/exam/certificate.ts';
import type { PurgeRecord } from '#domain/oversight/retention.ts';
import type { KeptCertificateStore, PurgeStore } from '#ports/store.ts';
import type { DocumentFolder } from './document-folder.ts';

/** There are few: they go as soon as they are no longer valid. */
const most = 100_000;

export function createKeptCertificateStore(folder: DocumentFolder<KeptCertificate>): KeptCertificateStore {
  return {
    put: (kept) => folder.put(kept),
    get: (code) => folder.get(code),
    list: () => folder.page(undefined, most),
    deleteEnded: async (today) => {
      let deleted = 0;
      for (const { id } of await folder.page(undefined, most)) {
        if (await folder.remove(id, ({ validUntil }) => validUntil < today)) deleted += 1;
      }
      return deleted;
    },
  };
}

export function createPurgeStore(folder: DocumentFolder<PurgeRecord>): PurgeStore {
  return {
    create: (record) => folder.create(record),
    list: async () => (await folder.page(undefined, most)).toSorted((one, other) => (one.at > other.at ? -1 : 1)),
  };
}
