import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openLowdbStore } from '#adapters/lowdb/open-store.ts';
import { addDays, dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { CertificateCode, PersonId } from '#domain/kernel/ids.ts';
import { changePlace, treeOf } from '#domain/people/organisation.ts';
import type { Person } from '#domain/people/person.ts';
import { completionOver, monthEnds, smallestGroup, sumOf, tallyUnits } from '#domain/unit/department-view.ts';
import { policyOn } from '#usecases/assignment/assignment-policy.ts';
import { acting } from '../../../tests/support/acting.ts';
import { fillWithStaff, places, staffPerson } from '../../../tests/support/staff.ts';
import { testServices } from '../../../tests/support/test-services.ts';
import { viewDepartment } from './view-department.ts';

test('what is kept from the last look never shows in the next: after each change it is as if worked out anew', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'department-'));
  const store = await openLowdbStore({ dataDir });
  onTestFinished(async () => {
    await store.close();
    await rm(dataDir, { recursive: true });
  });
  let now = new Date('2026-06-10T12:00:00Z');
  await fillWithStaff(store, now);
  const needs = { ...testServices().services, store, clock: () => now };
  const found = await store.people.get('admin' as PersonId);
  if (!found) throw new Error('nobody to look');
  const actor = await acting(needs, found);

  const look = async () => {
    const view = await viewDepartment(needs, actor, places.elderly);
    return { whole: view?.figures?.whole, completion: view?.completion };
  };
  const anew = async () => {
    const tree = treeOf(await store.organisation.get());
    const policy = await policyOn(needs, tree);
    const units = new Set(tree.unitsUnder(places.elderly).map(({ id }) => id));
    const records = await store.people.staffOf([...units]);
    const asOf = { date: dateOf(now), known: instantOf(now) };
    const completion = completionOver(records, units, policy, monthEnds(asOf.date), asOf.known);
    return {
      whole: sumOf([...tallyUnits(records, units, { tree, policy, asOf }).values()]),
      completion: completion.filter(({ people }) => people >= smallestGroup),
    };
  };
  const update = (id: string, change: (person: Person) => Partial<Person>) =>
    store.people.update(id as PersonId, (person) => ({ save: { ...person, ...change(person) }, result: undefined }));
  const later = (hours: number) => {
    now = new Date(now.getTime() + hours * 3_600_000);
  };

  const seen = [await look()];
  expect(seen[0]).toEqual(await anew());
  const steps: readonly (() => unknown)[] = [
    () => update('not-started', () => ({ lessonsDone: { vad: { at: instantOf(now), courseVersion: '1' } } })),
    () =>
      update('overdue', ({ name }) => ({
        certificates: [
          {
            code: 'CERT9999999999999999' as CertificateCode,
            ...{
              name,
              nameGivenBy: 'employer',
              track: 'new-employee',
              courseVersion: '1',
              guidelines: {},
              issuer: 'L',
            },
            ...{ issuedAt: instantOf(now), issuedOn: dateOf(now), validUntil: addDays(dateOf(now), 60) },
          },
        ],
      })),
    () =>
      update('under-way', ({ staffing }) => ({
        staffing: [
          ...staffing,
          {
            recordedAt: instantOf(now),
            engagements: [{ unit: places.canteen, category: 'new-employee', from: dateOf(now) }],
            leaves: [],
          },
        ],
      })),
    () => store.people.create(staffPerson({ name: 'Ny', unit: places.south, from: -30 }, now, 900)),
    () => store.people.delete('temporary' as PersonId),
    () =>
      store.organisation.update((organisation) => {
        const at = { name: 'Nattpatrullen', parent: places.disability };
        const changed = changePlace(organisation, places.night, at, instantOf(now));
        return { save: changed.ok ? changed.organisation : undefined, result: undefined };
      }),
    () => later(30 * 24),
    () => later(90 * 24),
    // A clock that has gone wrong: what is recorded is not known yet.
    () => later(-150 * 24),
    () => later(150 * 24),
  ];
  for (const [number, step] of steps.entries()) {
    later(1);
    await look();
    await step();
    const figures = await look();
    expect(figures, `step ${number}`).toEqual(await anew());
    expect(figures, `step ${number} changes something`).not.toEqual(seen.at(-1));
    seen.push(figures);
  }
});

test('nothing is read of the people of other departments but how many they are', async () => {
  const { services } = testServices('2026-06-10T12:00:00Z');
  await fillWithStaff(services.store, services.clock());
  const found = await services.store.people.get('admin' as PersonId);
  if (!found) throw new Error('nobody to look');
  const actor = await acting(services, found);
  const read: string[] = [];
  const { people } = services.store;
  const store = {
    ...services.store,
    people: {
      ...people,
      staffOf: () => Promise.reject(new Error('reads everybody')),
      staffByUnit: (units: Parameters<typeof people.staffByUnit>[0]) => {
        read.push(...units);
        return people.staffByUnit(units);
      },
    },
  };
  expect((await viewDepartment({ ...services, store }, actor, places.disability))?.figures?.whole.people).toBe(9);
  expect(read).toEqual([places.group]);
});
