import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { nodeDurableFs } from '#adapters/lowdb/durable-fs.ts';
import { openLowdbStore } from '#adapters/lowdb/open-store.ts';
import { DuplicateKeyError, NotSavedError, type Store } from '#ports/store.ts';
import { at, personId, samplePerson, sampleSession } from '../contract/sample-documents.ts';
import { failingFs, type Step, writeSteps } from './intercepted-fs.ts';
import { SimulatedDisk } from './simulated-disk.ts';

type Failure = readonly [step: Step, code: string, when: 'before' | 'after'];

/** Each step of a write fails without being taken, or is taken and reported as failed. */
const failures: readonly Failure[] = writeSteps.flatMap((step) =>
  ['ENOSPC', 'EIO'].flatMap((code): Failure[] => [
    [step, code, 'before'],
    [step, code, 'after'],
  ]),
);
const removalFailures = failures
  .filter(([step]) => step.includes('folder'))
  .concat([
    ['unlink', 'EIO', 'before'],
    ['unlink', 'EIO', 'after'],
  ]);

describe('a disk that is full or fails', { timeout: 30_000 }, () => {
  test.for(failures)('at “%s” with %s (%s it): a change is not saved, and can be sent again', async (failure) => {
    const { store, fail, heal, reopen, peopleFiles } = await storeWithAnna();
    fail(failure);
    await expect(rename(store, 'Anna', 'anna@kommun.example')).rejects.toBeInstanceOf(NotSavedError);
    heal();
    expect((await store.people.get(personId('anna')))?.name).toBe('before');
    expect(await store.people.findByEmail('anna@kommun.example')).toBeUndefined();
    expect(await peopleFiles()).toEqual(['anna.json']);
    expect((await (await reopen()).people.get(personId('anna')))?.name).toBe('before');

    await rename(store, 'Anna', 'anna@kommun.example');
    expect((await store.people.findByEmail('anna@kommun.example'))?.name).toBe('Anna');
    expect((await (await reopen()).people.findByEmail('anna@kommun.example'))?.name).toBe('Anna');
  });

  test.for(failures)('at “%s” with %s (%s it): a creation is not saved, and its keys are free', async (failure) => {
    const { store, fail, heal, reopen, peopleFiles } = await storeWithAnna();
    fail(failure);
    const creation = store.people.create(samplePerson('bo', { email: 'x@kommun.example' }));
    await expect(creation).rejects.toBeInstanceOf(NotSavedError);
    heal();
    expect(await store.people.get(personId('bo'))).toBeUndefined();
    expect(await store.people.count()).toBe(1);
    expect(await peopleFiles()).toEqual(['anna.json']);

    await store.people.create(samplePerson('cy', { email: 'x@kommun.example' }));
    const again = await reopen();
    expect(again.setAside).toEqual([]);
    expect((await again.people.list({ limit: 9 })).map(({ id }) => id)).toEqual(['anna', 'cy']);
    expect((await again.people.findByEmail('x@kommun.example'))?.id).toBe('cy');
  });

  test.for(removalFailures)(
    'at “%s” with %s (%s it): a session is still there, and can be ended again',
    async (failure) => {
      const { store, fail, heal, reopen } = await storeWithAnna();
      const session = sampleSession('s1');
      await store.sessions.put(session);
      fail(failure);
      await expect(store.sessions.delete(session.id)).rejects.toBeInstanceOf(NotSavedError);
      heal();
      expect(await store.sessions.get(session.id)).toEqual(session);
      expect(await (await reopen()).sessions.get(session.id)).toEqual(session);
      await store.sessions.delete(session.id);
      expect(await store.sessions.findByPerson(session.personId)).toEqual([]);
      expect(await (await reopen()).sessions.get(session.id)).toBeUndefined();
    },
  );

  test('the error keeps its cause and says nothing about the person', async () => {
    const { store, fail } = await storeWithAnna();
    fail(['write', 'ENOSPC', 'before']);
    const error = await rename(store, 'Anna').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'NotSavedError', message: 'not saved (ENOSPC)', cause: { code: 'ENOSPC' } });
  });

  test('a bug in the file-system layer is no “not saved”', async () => {
    const { dataDir } = await storeWithAnna();
    const broken = { ...nodeDurableFs, rename: () => Promise.reject(new TypeError('a bug')) };
    const store = await openLowdbStore({ dataDir, fs: broken });
    await expect(rename(store, 'Anna')).rejects.toThrow(TypeError);
  });

  test('of 50 changes at once those after the failure are saved', async () => {
    const { store, fail, reopen } = await storeWithAnna();
    fail(['fsync', 'EIO', 'before']);
    const changes = await Promise.allSettled(Array.from({ length: 50 }, (_, n) => rename(store, `change ${n}`)));
    expect(changes.map(({ status }) => status)).toEqual(['rejected', ...Array.from({ length: 49 }, () => 'fulfilled')]);
    expect((await (await reopen()).people.get(personId('anna')))?.name).toBe('change 49');
  });

  test('an e-mail whose creation failed was not free meanwhile, and is afterwards', async () => {
    const { store, fail } = await storeWithAnna();
    fail(['fsync', 'ENOSPC', 'before']);
    const [first, second] = await Promise.allSettled([
      store.people.create(samplePerson('bo', { email: 'x@kommun.example' })),
      store.people.create(samplePerson('cy', { email: 'x@kommun.example' })),
    ]);
    expect(first).toMatchObject({ status: 'rejected', reason: expect.any(NotSavedError) });
    expect(second).toMatchObject({ status: 'rejected', reason: expect.any(DuplicateKeyError) });
    await store.people.create(samplePerson('cy', { email: 'x@kommun.example' }));
    expect((await store.people.findByEmail('x@kommun.example'))?.id).toBe('cy');
  });
});

describe('a disk that goes on failing after the rename', { timeout: 30_000 }, () => {
  test('people are shown what is certain, and nothing is called saved until the old document stands again', async () => {
    const { store, fail, heal, reopen } = await storeWithAnna();
    await store.people.create(samplePerson('bo'));
    fail(['fsync folder', 'EIO', 'before'], Number.POSITIVE_INFINITY);
    await expect(rename(store, 'in doubt')).rejects.toBeInstanceOf(NotSavedError);
    expect((await store.people.get(personId('anna')))?.name).toBe('before');
    await expect(store.people.create(samplePerson('cy'))).rejects.toBeInstanceOf(NotSavedError);
    await expect(rename(store, 'in doubt again')).rejects.toBeInstanceOf(NotSavedError);
    expect((await store.people.get(personId('anna')))?.name).toBe('before');

    heal();
    await store.people.update(personId('bo'), (bo) => ({ save: { ...bo, name: 'saved' }, result: undefined }));
    const again = await reopen();
    expect((await again.people.get(personId('anna')))?.name).toBe('before');
    expect((await again.people.get(personId('bo')))?.name).toBe('saved');
    expect(await again.people.get(personId('cy'))).toBeUndefined();
  });

  test('a creation that was refused cannot come back and take the e-mail from who got it meanwhile', async () => {
    const { store, fail, heal, reopen } = await storeWithAnna();
    fail(['fsync folder', 'EIO', 'before'], 2);
    const refused = samplePerson('a-first', { email: 'x@kommun.example', createdAt: at(0) });
    await expect(store.people.create(refused)).rejects.toBeInstanceOf(NotSavedError);
    heal();
    await store.people.create(samplePerson('second', { email: 'x@kommun.example', createdAt: at(1) }));
    const again = await reopen();
    expect(again.setAside).toEqual([]);
    expect((await again.people.findByEmail('x@kommun.example'))?.id).toBe('second');
    expect(await again.people.get(refused.id)).toBeUndefined();
  });

  test('many writers that meet the failure together all recover', async () => {
    const { store, fail, heal, reopen } = await storeWithAnna();
    const ids = Array.from({ length: 12 }, (_, n) => `p${String(n).padStart(2, '0')}`);
    for (const id of ids) await store.people.create(samplePerson(id, { name: 'before' }));
    const renameAll = (name: string) =>
      Promise.allSettled(
        ids.map((id) =>
          store.people.update(personId(id), (person) => ({ save: { ...person, name }, result: undefined })),
        ),
      );
    fail(['fsync folder', 'EIO', 'before'], 17);
    const shown = (await renameAll('changed')).map(({ status }) => (status === 'fulfilled' ? 'changed' : 'before'));
    heal();
    for (const [n, id] of ids.entries()) expect((await store.people.get(personId(id)))?.name).toBe(shown[n]);
    await rename(store, 'Anna');
    const again = await reopen();
    for (const [n, id] of ids.entries()) expect((await again.people.get(personId(id)))?.name).toBe(shown[n]);
    expect((await renameAll('after')).map(({ status }) => status)).not.toContain('rejected');
  });

  test('closing puts the old document back if the disk allows it by then, and a loss of power cannot undo it', async () => {
    const disk = SimulatedDisk.empty();
    const { fs, fail, heal } = failingFs(disk);
    const store = await openLowdbStore({ dataDir: '/data', fs });
    await store.people.create(samplePerson('anna', { name: 'before' }));
    fail('fsync folder', 'EIO', 2);
    await expect(rename(store, 'in doubt')).rejects.toBeInstanceOf(NotSavedError);
    heal();
    await store.close();
    for (const found of disk.afterPowerLoss()) {
      const again = await openLowdbStore({ dataDir: '/data', fs: found });
      expect((await again.people.get(personId('anna')))?.name).toBe('before');
    }
  });
});

async function rename(store: Store, name: string, email?: string): Promise<void> {
  await store.people.update(personId('anna'), (anna) => ({ save: { ...anna, name, email }, result: undefined }));
}

/** A store on the real disk with one person, whose file system can be told to fail. */
async function storeWithAnna() {
  const dataDir = await mkdtemp(join(tmpdir(), 'failing-disk-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  const { fs, fail, heal } = failingFs(nodeDurableFs);
  const store = await openLowdbStore({ dataDir, fs });
  await store.people.create(samplePerson('anna', { name: 'before' }));
  return {
    dataDir,
    store,
    heal,
    fail: ([step, code, when]: Failure, times = 1) => fail(step, code, times, when),
    /** As another process would find it. */
    reopen: () => openLowdbStore({ dataDir }),
    peopleFiles: () => readdir(join(dataDir, 'people')),
  };
}
