import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLowdbStore } from '#adapters/lowdb/open-store.ts';
import { createMemoryStore } from '#adapters/memory/memory-store.ts';
import { describeKeptStoreContract, describeStoreContract, type StoreUnderTest } from './store-contract.ts';

describeStoreContract('memory', async () => {
  const store = createMemoryStore();
  return { store, end: () => store.close() };
});

describeStoreContract('lowdb', startLowdb);
describeKeptStoreContract('lowdb', startLowdb);

async function startLowdb(): Promise<StoreUnderTest> {
  const dataDir = await mkdtemp(join(tmpdir(), 'store-contract-'));
  let store = await openLowdbStore({ dataDir });
  return {
    store,
    reopen: async () => {
      await store.close();
      store = await openLowdbStore({ dataDir });
      return store;
    },
    end: async () => {
      await store.close();
      await rm(dataDir, { recursive: true });
    },
  };
}
