import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLowdbStore } from '#adapters/lowdb/open-store.ts';
import { awakeGrants } from '#domain/access/grant-days.ts';
import { unknownDevice } from '#domain/account/device.ts';
import { factorGate, restsOnOlderCredentials } from '#domain/account/session.ts';
import type { CalendarDate, PersonId } from '#domain/kernel/ids.ts';
import { grantBasis } from '#ports/acting-person.ts';
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

test('a session from before sessions said what opened them goes on: it begins where it was last prolonged, and adds no first factor', async () => {
  const dataDir = await makeDataDir();
  await cp('tests/fixtures/data-schema-1', join(dataDir, 'data'), { recursive: true });
  const store = await openLowdbStore({ dataDir: join(dataDir, 'data') });
  const [session] = await store.sessions.findByPerson('SNJS2QS11T36KHF9' as PersonId);
  const then = '2026-11-22T03:34:05.511Z';
  expect(session).toMatchObject({
    ...{ createdAt: then, provenAt: then, lastUsedAt: then, openedBy: 'earlier', strongAt: then },
    ...{ device: unknownDevice, expiresAt: '2026-12-06T03:34:05.511Z' },
  });
  const person = await store.people.get('SNJS2QS11T36KHF9' as PersonId);
  if (!session || !person) throw new Error('they are not there');
  expect(restsOnOlderCredentials(session, person)).toBe(false);
  expect(factorGate(session, person, new Date(then))).toBe('closed');
  expect(store.setAside).toEqual([]);
  await store.close();
  await rm(dataDir, { recursive: true });
});

test('a data folder from before roles had days opens: what gave nothing is gone, and what has outlived its work rests', async () => {
  const dataDir = await makeDataDir();
  await cp('tests/fixtures/data-schema-2', join(dataDir, 'data'), { recursive: true });
  const store = await openLowdbStore({ dataDir: join(dataDir, 'data') });
  expect(store.setAside).toEqual([]);
  const rolesOn = async (today: string) => {
    const basis = await grantBasis(store, today as CalendarDate);
    const people = await store.people.list({ limit: 100 });
    return Object.fromEntries(people.map((one) => [one.name, awakeGrants(one, basis).map(({ role }) => role)]));
  };
  const all = { 'Maria Ek': ['administrator'], 'Samira Holm': ['unit-manager'], 'Rut Redaktör': [] };
  expect(await rolesOn('2026-10-31')).toEqual({ ...all, 'Vera Verk': ['department-head'] });
  expect(await rolesOn('2026-11-01')).toEqual({ ...all, 'Vera Verk': [] });
  await store.close();
  await rm(dataDir, { recursive: true });
});

test('a data folder of 0.1.0 opens with its people and their sessions, and is written as this version writes', async () => {
  const dataDir = await makeDataDir();
  await cp('tests/fixtures/data-schema-3', join(dataDir, 'data'), { recursive: true });
  const store = await openLowdbStore({ dataDir: join(dataDir, 'data') });
  expect(store.setAside).toEqual([]);
  const [anna] = await store.people.list({ limit: 1 });
  expect(anna).toMatchObject({ name: 'Anna Ek', grants: [{ role: 'administrator' }], certificates: [{}] });
  expect(await store.sessions.findByPerson(anna?.id ?? ('' as PersonId))).toHaveLength(1);
  await store.people.update(anna?.id ?? ('' as PersonId), (one) => ({ save: { ...one, name: 'Anna E' }, result: 0 }));
  await store.close();
  const again = await openLowdbStore({ dataDir: join(dataDir, 'data') });
  expect((await again.people.list({ limit: 2 })).map(({ name }) => name)).toEqual(['Anna E', 'Bo Lind']);
  await again.close();
  await rm(dataDir, { recursive: true });
});
