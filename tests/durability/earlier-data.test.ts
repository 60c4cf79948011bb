import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLowdbStore } from '#adapters/lowdb/open-store.ts';
import { makeDataDir } from '../support/app.ts';

test('a data folder from the first step opens, with every document whole', async () => {
  const dataDir = await makeDataDir();
  await cp('tests/fixtures/data-schema-1', join(dataDir, 'data'), { recursive: true });
  const store = await openLowdbStore({ dataDir: join(dataDir, 'data') });
  const people = await store.people.list({ limit: 100 });
  expect(store.setAside).toEqual([]);
  expect(people.map(({ name }) => name).sort()).toEqual([
    'Ali Hassan',
    'Ingrid Salonen',
    'Maria Ek',
    'Nadia Lind',
    'Teodor Nyberg',
    'Yusuf Karlsson',
  ]);
  const certified = people.find(({ name }) => name === 'Ingrid Salonen');
  expect(certified?.attempts.at(-1)?.result?.passed).toBe(true);
  expect(certified?.certificates).toHaveLength(1);
  expect((await store.groups.list()).map(({ seats }) => seats.length)).toEqual([1]);
  await store.close();
  await rm(dataDir, { recursive: true });
});
