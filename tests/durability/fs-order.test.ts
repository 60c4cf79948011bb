import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type DurableFs, nodeDurableFs } from '#adapters/lowdb/durable-fs.ts';
import { openLowdbStore } from '#adapters/lowdb/open-store.ts';
import type { ExamResult } from '#domain/exam/exam.ts';
import type { Person } from '#domain/people/person.ts';
import type { Store } from '#ports/store.ts';
import {
  at,
  groupId,
  personId,
  sampleAttempt,
  sampleCertificate,
  sampleGroup,
  samplePerson,
  sampleSession,
} from '../contract/sample-documents.ts';
import { interceptedFs, type Step, writeSteps } from './intercepted-fs.ts';
import { type Operation, SimulatedDisk } from './simulated-disk.ts';

const dataDir = '/data';

describe('the order of a write', { timeout: 30_000 }, () => {
  const rename = (store: Store) =>
    store.people.update(personId('anna'), (person) => ({ save: { ...person, name: 'Anna' }, result: undefined }));

  const writes: Readonly<Record<string, (store: Store) => Promise<void>>> = {
    'creating a person': (store) => store.people.create(samplePerson('bo')),
    'changing a person': rename,
    'creating a group': (store) => store.groups.create(sampleGroup('g2')),
    'changing a group': (store) =>
      store.groups.update(groupId('g1'), (group) => ({ save: { ...group, size: 30 }, result: undefined })),
    'signing in': (store) => store.sessions.put(sampleSession('s2')),
    'renewing a session': (store) => store.sessions.put(sampleSession('s1', { expiresAt: at(90) })),
  };
  const removals: Readonly<Record<string, (store: Store) => Promise<unknown>>> = {
    'signing out': (store) => store.sessions.delete(sampleSession('s1').id),
    'deleting expired sessions': (store) => store.sessions.deleteExpired(at(999)),
  };

  test.for(Object.entries(writes))('%s: write, fsync, rename, fsync of the folder', async ([, write]) => {
    const { store, steps } = await recordedStore();
    await write(store);
    expect(steps).toEqual(writeSteps);
  });

  test.for(Object.entries(removals))('%s: unlink, fsync of the folder', async ([, remove]) => {
    const { store, steps } = await recordedStore();
    await remove(store);
    expect(steps).toEqual(['unlink', 'open folder', 'fsync folder', 'close folder']);
  });

  test.for([...Object.entries(writes), ...Object.entries(removals)])(
    '%s: no reply before the folder is fsynced, and no reader sees it',
    async ([, write]) => {
      const { store, hold, release } = await recordedStore();
      const before = await everything(store);
      hold('fsync folder');
      let replied = false;
      const writing = write(store).then(() => {
        replied = true;
      });
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(replied).toBe(false);
      expect(await everything(store)).toEqual(before);
      release();
      await writing;
      expect(await everything(store)).not.toEqual(before);
    },
  );

  test('while a new e-mail is being saved it finds nobody, and the old one still finds the person', async () => {
    const { store, steps, hold, release } = await recordedStore();
    const change = (email: string) =>
      store.people.update(personId('anna'), (person) => ({ save: { ...person, email }, result: undefined }));
    await change('old@kommun.example');
    steps.length = 0;
    hold('fsync folder');
    const writing = change('new@kommun.example');
    await vi.waitFor(() => expect(steps).toContain('fsync folder'));
    expect(await store.people.findByEmail('new@kommun.example')).toBeUndefined();
    expect((await store.people.findByEmail('old@kommun.example'))?.id).toBe('anna');
    release();
    await writing;
    expect((await store.people.findByEmail('new@kommun.example'))?.id).toBe('anna');
    expect(await store.people.findByEmail('old@kommun.example')).toBeUndefined();
  });

  test('a change that saves nothing touches no file', async () => {
    const { store, steps } = await recordedStore();
    await store.people.update(personId('anna'), () => ({ result: undefined }));
    expect(steps).toEqual([]);
  });

  test('the file is fsynced under its temporary name, and the folder it is in', async () => {
    const disk = SimulatedDisk.empty();
    const store = await openLowdbStore({ dataDir, fs: disk });
    const start = disk.log.length;
    await store.people.create(samplePerson('anna'));
    const [created, written, fsynced, closed, renamed, folderFsynced, ...more] = disk.log.slice(start);
    const file = created?.op === 'create' ? created.file : undefined;
    expect(written).toMatchObject({ op: 'write', file });
    expect(fsynced).toEqual({ op: 'fsync', file });
    expect(closed).toEqual({ op: 'close', file });
    expect(created).toMatchObject({
      op: 'create',
      path: expect.stringMatching(/^\/data\/people\/\.anna\.json\..+\.tmp$/),
    });
    expect(renamed).toMatchObject({ op: 'rename', to: '/data/people/anna.json' });
    expect(folderFsynced).toEqual({ op: 'fsync folder', path: '/data/people' });
    expect(more).toEqual([]);
  });

  test('writes of different people go on side by side', async () => {
    const { store, hold, release, steps } = await recordedStore();
    await store.people.create(samplePerson('bo'));
    steps.length = 0;
    hold('fsync folder');
    const writing = ['anna', 'bo'].map((id) =>
      store.people.update(personId(id), (person) => ({ save: { ...person, name: 'x' }, result: undefined })),
    );
    await vi.waitFor(() => expect(steps.filter((step) => step === 'rename')).toHaveLength(2));
    release();
    await Promise.all(writing);
  });

  test('the real file system is asked to fsync the file and its folder, and its files are for the owner only', async () => {
    const real = await mkdtemp(join(tmpdir(), 'fs-order-'));
    onTestFinished(() => rm(real, { recursive: true }));
    const store = await openLowdbStore({ dataDir: join(real, 'data'), fs: nodeDurableFs });
    const handle = await open(real);
    const fsync = vi.spyOn(Object.getPrototypeOf(handle), 'sync');
    onTestFinished(() => fsync.mockRestore());
    await handle.close();
    await store.people.create(samplePerson('anna'));
    expect(fsync).toHaveBeenCalledTimes(2);
    expect((await stat(join(real, 'data/people/anna.json'))).mode & 0o777).toBe(0o600);
    for (const folder of ['data', 'data/people', 'data/groups', 'data/sessions', 'data/set-aside']) {
      expect((await stat(join(real, folder))).mode & 0o777).toBe(0o700);
    }
  });

  /** A store with Anna, a group and a session, whose steps are written down from here on and can be held up. */
  async function recordedStore() {
    const steps: Step[] = [];
    let held: Step | undefined;
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const fs = interceptedFs(SimulatedDisk.empty(), {
      before: async (step) => {
        steps.push(step);
        if (step === held) await released;
      },
    });
    const store = await openLowdbStore({ dataDir, fs });
    await store.people.create(samplePerson('anna'));
    await store.groups.create(sampleGroup('g1'));
    await store.sessions.put(sampleSession('s1'));
    steps.length = 0;
    const hold = (step: Step) => {
      held = step;
    };
    return { store, steps, hold, release: () => release() };
  }

  async function everything(store: Store) {
    return {
      people: await store.people.list({ limit: 100 }),
      groups: await store.groups.list(),
      sessions: await store.sessions.findByPerson(personId('anna')),
    };
  }
});

describe('the power is lost', { timeout: 60_000 }, () => {
  const scenarios = ['bus', 'phone', 'press', 'photo', 'relative'];
  const certificate = sampleCertificate('anna');

  test('at any moment of an exam: what was acknowledged is there, once, and result and certificate together', async () => {
    const { operations, steps } = await learnersWay((disk) => disk);
    let disks = 0;
    for (let length = 0; length <= operations.length; length += 1) {
      for (const disk of SimulatedDisk.after(operations.slice(0, length)).afterPowerLoss()) {
        const found = await openAndRead(disk);
        expect(possibleAt(steps, length), `after ${length} operations`).toContainEqual(found.person);
        expect(found.certificate).toEqual(found.person?.attempts[0]?.result ? certificate : undefined);
        disks += 1;
      }
    }
    expect(disks).toBeGreaterThan(operations.length);
  });

  test('while the store is being opened after a loss of power: the same', async () => {
    const { operations, steps } = await learnersWay((disk) => disk);
    for (let length = 0; length <= operations.length; length += 1) {
      for (const disk of SimulatedDisk.after(operations.slice(0, length)).afterPowerLoss()) {
        await openAndRead(disk);
        for (const again of disk.afterPowerLoss()) {
          expect(possibleAt(steps, length)).toContainEqual((await openAndRead(again)).person);
        }
      }
    }
  });

  test('after the process was killed and started again: what the new one has shown stays', async () => {
    const { operations } = await learnersWay((disk) => disk);
    for (let length = 0; length <= operations.length; length += 1) {
      const disk = SimulatedDisk.after(operations.slice(0, length));
      const shown = await openAndRead(disk);
      for (const again of disk.afterPowerLoss()) expect(await openAndRead(again)).toEqual(shown);
    }
  });

  test('while five people answer at once: each has what was acknowledged', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const disk = SimulatedDisk.empty();
    const store = await openLowdbStore({ dataDir, fs: disk });
    const runs = await Promise.all(
      ids.map(async (id) => {
        const steps: Acknowledged[] = [{ operations: disk.log.length, person: undefined }];
        for (const name of ['created', 'first', 'second']) {
          const person = samplePerson(id, { name });
          await (name === 'created'
            ? store.people.create(person)
            : store.people.update(person.id, () => ({ save: person, result: undefined })));
          steps.push({ operations: disk.log.length, person });
        }
        return { id: personId(id), steps };
      }),
    );
    const random = pseudoRandom(1);
    for (let length = 0; length <= disk.log.length; length += 1) {
      const cut = SimulatedDisk.after(disk.log.slice(0, length));
      for (let round = 0; round < 10; round += 1) {
        const found = await openLowdbStore({ dataDir, fs: cut.afterSomePowerLoss(random) });
        expect(found.setAside).toEqual([]);
        for (const { id, steps } of runs) {
          expect(possibleAt(steps, length), `${id} after ${length}`).toContainEqual(await found.people.get(id));
        }
      }
    }
  });

  test.for<[string, (disk: SimulatedDisk) => DurableFs]>([
    ['the files', (disk) => ({ ...methodsOf(disk), create: async (path) => forgetful(await disk.create(path)) })],
    [
      'the folders',
      (disk) => ({ ...methodsOf(disk), openFolder: async (path) => forgetful(await disk.openFolder(path)) }),
    ],
  ])('these tests notice a store that does not fsync %s', async ([, careless]) => {
    const { operations, steps } = await learnersWay(careless);
    const random = pseudoRandom(1);
    let lost = 0;
    for (let length = 0; length <= operations.length; length += 1) {
      const cut = SimulatedDisk.after(operations.slice(0, length));
      for (let round = 0; round < 10; round += 1) {
        const store = await openLowdbStore({ dataDir, fs: cut.afterSomePowerLoss(random) });
        const person = await store.people.get(personId('anna'));
        if (!possibleAt(steps, length).some((possible) => sameJson(possible, person))) lost += 1;
      }
    }
    expect(lost).toBeGreaterThan(0);
  });

  interface Acknowledged {
    /** How many operations the disk had seen when the store said that this was saved. */
    readonly operations: number;
    readonly person: Person | undefined;
  }

  /** The last that was acknowledged by then, or the one that was being saved, and nothing else. */
  function possibleAt(steps: readonly Acknowledged[], operations: number): readonly (Person | undefined)[] {
    const acknowledged = steps.findLastIndex((step) => step.operations <= operations);
    return steps.slice(Math.max(acknowledged, 0), acknowledged + 2).map(({ person }) => person);
  }

  /** Anna is invited, starts the exam, answers five questions and hands in. */
  async function learnersWay(through: (disk: SimulatedDisk) => DurableFs) {
    const disk = SimulatedDisk.empty();
    const store = await openLowdbStore({ dataDir, fs: through(disk) });
    const invited = samplePerson('anna', { email: 'anna@kommun.example' });
    const steps: Acknowledged[] = [{ operations: 0, person: undefined }];
    const note = (person: Person) => steps.push({ operations: disk.log.length, person });
    const save = async (change: (person: Person) => Person) =>
      note(
        await store.people.update(invited.id, (person) => {
          const changed = change(person);
          return { save: changed, result: changed };
        }),
      );

    await store.people.create(invited);
    note(invited);
    await save((person) => ({ ...person, attempts: [sampleAttempt('exam', scenarios)] }));
    for (const scenario of scenarios) await save((person) => withAnswer(person, scenario));
    await save((person) => ({ ...withResult(person), certificates: [certificate] }));
    return { operations: [...disk.log] as readonly Operation[], steps };
  }

  /** What a process that starts on this disk tells: one Anna at most, nothing damaged, nothing left over. */
  async function openAndRead(disk: SimulatedDisk) {
    const store = await openLowdbStore({ dataDir, fs: disk });
    const people = await store.people.list({ limit: 10 });
    expect(store.setAside).toEqual([]);
    expect(people.length).toBeLessThanOrEqual(1);
    expect(disk.names('/data/people')).toEqual(people.map(({ id }) => `${id}.json`));
    expect(await store.people.findByEmail('anna@kommun.example')).toEqual(people[0]);
    return {
      person: people[0],
      certificate: (await store.people.findByCertificate(certificate.code))?.certificates[0],
    };
  }

  function withAnswer(person: Person, scenario: string): Person {
    const attempts = person.attempts.map((attempt) => ({
      ...attempt,
      answers: { ...attempt.answers, [scenario]: { kind: 'choose-one' as const, option: 'a' } },
    }));
    return { ...person, attempts };
  }

  function withResult(person: Person): Person {
    const result: ExamResult = {
      right: 5,
      total: 5,
      passed: true,
      criticalMissed: false,
      reread: [],
    };
    return { ...person, attempts: person.attempts.map((attempt) => ({ ...attempt, handedInAt: at(30), result })) };
  }

  function methodsOf(disk: SimulatedDisk): DurableFs {
    return interceptedFs(disk, {});
  }

  /** Says that it has fsynced. */
  function forgetful<F extends { sync(): Promise<void> }>(opened: F): F {
    return { ...opened, sync: async () => undefined };
  }

  function sameJson(one: unknown, other: unknown): boolean {
    return JSON.stringify(one) === JSON.stringify(other);
  }
});

/** Numbers from 0 up to 1, the same ones for the same seed. */
function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
