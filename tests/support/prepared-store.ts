import { openLowdbStore } from '#adapters/lowdb/open-store.ts';
import { openFileSecrets } from '#adapters/secrets/file-secrets.ts';
import type { Store } from '#ports/store.ts';
import { day, personId, samplePerson, sampleStaffing } from '../contract/sample-documents.ts';

/**
 * The store of a data folder that no server is using yet. A folder with people has its keys and somebody who administers
 * everything, or the server refuses it (decision 0034).
 *
 * @param administrator whether one is made here: somebody without an address, who works from 2099 on
 */
export async function openPreparedStore(dataDir: string, { administrator = false } = {}): Promise<Store> {
  await openFileSecrets({ dataDir });
  const store = await openLowdbStore({ dataDir });
  const everywhere = { role: 'administrator', place: 'everything' } as const;
  const id = personId('zz-administrator');
  if (administrator && !(await store.people.get(id))) {
    const staffing = [sampleStaffing({ from: day('2099-01-01') })];
    await store.people.create(samplePerson(id, { grants: [everywhere], staffing }));
  }
  return store;
}
