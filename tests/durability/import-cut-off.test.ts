import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { nodeDurableFs } from '#adapters/lowdb/durable-fs.ts';
import { openLowdbStore } from '#adapters/lowdb/open-store.ts';
import type { NodeId } from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';
import { currentStaffing } from '#domain/people/staffing.ts';
import { NotSavedError, type Store } from '#ports/store.ts';
import { finishImports } from '#usecases/people/import/finish-imports.ts';
import { applyImport, openImport, readStaffFile } from '#usecases/people/import/import-staff.ts';
import { administrator, justNow, put, withOrganisation } from '../support/small-organisation.ts';
import { type TestWorld, testServices } from '../support/test-services.ts';
import { interceptedFs, type Step } from './intercepted-fs.ts';
import { systemError } from './simulated-disk.ts';

const bytes = new TextEncoder().encode(
  [
    'Anstnr;Namn;Kategori;Enhet;Från',
    '1;Ändrad Ek;Vikarie;Söder;2026-06-01',
    '2;Ny Ett;Vikarie;Norr;',
    '3;Ny Två;Elev;Norr;',
  ].join('\n'),
);

const before = ['1 Anna Ek north', '9 Bo Ek north'];
const after = ['1 Ändrad Ek north south', '2 Ny Ett north', '3 Ny Två north', '9 Bo Ek north'];

/** An import that can be confirmed. */
async function dryRun(world: TestWorld) {
  await withOrganisation(world);
  const ada = await administrator(world, 'care');
  await put(world, 'Anna Ek', [{ unit: 'north' as NodeId, from: '2020-01-01' as never }], { employmentNumber: '1' });
  await put(world, 'Bo Ek', [{ unit: 'north' as NodeId }], { employmentNumber: '9' });
  const read = await readStaffFile(world.services, ada, bytes, { full: true });
  if (!read.ok) throw new Error(read.reason);
  const shown = await openImport(world.services, ada, read.id);
  const { fingerprint = '', plan } = shown?.dryRun ?? {};
  expect(plan?.changes.map(({ kind }) => kind)).toEqual(['moved', 'added', 'added', 'ended']);
  return {
    confirm: (services = world.services) =>
      applyImport(services, justNow({ ...world, services }, ada), read.id, { fingerprint, missing: true }),
  };
}

async function everybodyIn(store: Store): Promise<string[]> {
  const people = await store.people.list({ limit: 100 });
  const line = (person: Person) => {
    const { engagements } = currentStaffing(person);
    return [person.employmentNumber, person.name, ...engagements.map(({ unit }) => unit)].join(' ');
  };
  return people
    .filter(({ employmentNumber }) => employmentNumber)
    .map(line)
    .sort();
}

const ended = async (store: Store) =>
  currentStaffing((await store.people.findByEmploymentNumber('9')) as Person).engagements[0]?.to !== undefined;

/** The old state, or the whole new one. */
async function expectWhole(store: Store, isDecided: boolean): Promise<void> {
  expect(await everybodyIn(store)).toEqual(isDecided ? after : before);
  expect(await ended(store)).toBe(isDecided);
  const imports = await store.imports.list();
  expect(imports.map(({ state }) => state)).toEqual([isDecided ? 'done' : 'open']);
}

/** A store whose writes fail from this one on, as if the process had ended. @param from 0: the first */
function failingStore(store: Store, from: number): { store: Store; writes: () => number } {
  let writes = 0;
  const failing = <S extends object>(part: S): S =>
    new Proxy(part, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function' || !['create', 'update', 'delete', 'put'].includes(String(name))) return value;
        return async (...args: unknown[]) => {
          writes += 1;
          if (writes > from) throw new NotSavedError();
          return Reflect.apply(value, target, args);
        };
      },
    });
  return {
    store: { ...store, people: failing(store.people), imports: failing(store.imports) },
    writes: () => writes,
  };
}

// One write for the decision, four for people, one to close it.
test.for([0, 1, 2, 3, 4, 5, 6])(
  'an import whose writes fail after %i of them is whole after a restart',
  async (from) => {
    const world = testServices();
    const { confirm } = await dryRun(world);
    const { store } = failingStore(world.services.store, from);
    const confirming = confirm({ ...world.services, store });
    if (from < 6) await expect(confirming).rejects.toBeInstanceOf(NotSavedError);
    else expect(await confirming).toEqual({ ok: true });
    await finishImports(world.services);
    await expectWhole(world.services.store, from > 0);
    // Once more changes nothing.
    await finishImports(world.services);
    await expectWhole(world.services.store, from > 0);
  },
);

describe('on a disk that is cut off', { timeout: 60_000 }, () => {
  const steps: readonly Step[] = ['write', 'rename', 'fsync folder'];
  const cuts = steps.flatMap((step) => [0, 1, 2, 4, 5].map((count) => [step, count] as const));

  test.for(cuts)(
    'at step “%s” after %i of them, the import is whole when the folder is opened again',
    async ([step, count]) => {
      const dataDir = await mkdtemp(join(tmpdir(), 'import-cut-off-'));
      onTestFinished(() => rm(dataDir, { recursive: true }));
      let left = Number.POSITIVE_INFINITY;
      let isCut = false;
      const fs = interceptedFs(nodeDurableFs, {
        before: (at) => {
          if (at === step && left-- <= 0) isCut = true;
          if (isCut) throw systemError('EIO', at);
        },
      });
      const world = testServices();
      const services = { ...world.services, store: await openLowdbStore({ dataDir, fs }) };
      const { confirm } = await dryRun({ ...world, services });
      left = count;
      await expect(confirm(services)).rejects.toBeInstanceOf(NotSavedError);

      const store = await openLowdbStore({ dataDir });
      expect(store.setAside).toEqual([]);
      const [found] = await store.imports.list();
      await finishImports({ ...world.services, store });
      await expectWhole(store, found?.state !== 'open');
      await store.close();
    },
  );
});
