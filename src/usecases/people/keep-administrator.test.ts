import { beforeEach, describe, expect, test } from 'vitest';
import { administeredThrough } from '#domain/access/administration.ts';
import type { ActingPerson } from '#domain/access/grant-days.ts';
import { addDays, dateOf } from '#domain/kernel/calendar.ts';
import type { Grant, Person } from '#domain/people/person.ts';
import { currentStaffing } from '#domain/people/staffing.ts';
import { engagementKey } from '#domain/people/staffing-change.ts';
import { grantBasis } from '#ports/acting-person.ts';
import type { SignedInSession } from '#ports/sessions.ts';
import { removeFromGroup } from '#usecases/groups/remove-from-group.ts';
import { runRetention } from '#usecases/oversight/run-retention.ts';
import { applyImport, openImport, readStaffFile } from '#usecases/people/import/import-staff.ts';
import { day, groupId, sampleGroup } from '../../../tests/contract/sample-documents.ts';
import { node, put, withOrganisation } from '../../../tests/support/small-organisation.ts';
import { type TestWorld, testServices } from '../../../tests/support/test-services.ts';
import { changeContact, changeStaffing } from './administer-person.ts';
import { giveRole, takeRoleBack } from './change-roles.ts';

const everything: Grant = { role: 'administrator', place: 'everything', seesProtected: true };
const refused = { ok: false, reason: 'last-administrator' };

let world: TestWorld;
let ada: ActingPerson;

/** Works in a unit that others administer too, and came by a group: every road leads to her. */
beforeEach(async () => {
  world = await withOrganisation(testServices());
  await world.services.store.groups.create(sampleGroup('g', { unit: node('north'), category: 'new-employee' }));
  ada = await addAdministrator('ada', { groupId: groupId('g') });
});

function addAdministrator(name: string, fields: Partial<Person> = {}): Promise<ActingPerson> {
  return put(world, name, [{ unit: node('north'), from: day('2026-01-01') }], {
    ...{ email: `${name}@lindala.example`, employmentNumber: `n-${name}`, passwordHash: '$argon2id$x' },
    ...{ grants: [everything], ...fields },
  });
}

const today = () => dateOf(world.services.clock());
const session = (): SignedInSession => {
  const at = world.services.clock().toISOString();
  return { id: 'session', person: ada, strongAt: at, openedBy: 'password', provenAt: at };
};
async function engagement(): Promise<string> {
  const [first] = currentStaffing(await world.person(ada.id)).engagements;
  return first ? engagementKey(first) : '';
}

async function imported(rows: readonly string[], full: boolean): Promise<readonly string[]> {
  const { services } = world;
  const file = ['Anstnr;Namn;E-post;Kategori;Enhetskod;Från;Till', ...rows, ''].join('\r\n');
  const read = await readStaffFile(services, ada, new TextEncoder().encode(file), { full });
  if (!read.ok) throw new Error(read.reason);
  const dryRun = (await openImport(services, ada, read.id))?.dryRun;
  await applyImport(services, { person: ada, strongAt: world.services.clock().toISOString() }, read.id, {
    fingerprint: dryRun?.fingerprint ?? '',
    missing: true,
  });
  return dryRun?.plan.heldBack.map(({ name }) => name) ?? [];
}

/** By which an administrator of everything is lost; and what is answered for the last one. */
const roads: Readonly<Record<string, () => Promise<unknown>>> = {
  'a last day for the role': () =>
    giveRole(world.services, ada, 'ada@lindala.example', { ...everything, to: addDays(today(), 30) }),
  'a first day that has not come': () =>
    giveRole(world.services, ada, 'ada@lindala.example', { ...everything, from: addDays(today(), 1) }),
  'the role taken back': () => takeRoleBack(world.services, ada, ada.id, 'administrator:everything'),
  'the last day of work': async () =>
    changeStaffing(world.services, ada, ada.id, {
      ...{ kind: 'dates', engagement: await engagement(), from: day('2026-01-01'), to: addDays(today(), 30) },
    }),
  leave: () => changeStaffing(world.services, ada, ada.id, { kind: 'leave', leave: { from: addDays(today(), 30) } }),
  'removal from a group': async () => {
    const group = await world.services.store.groups.get(groupId('g'));
    return group && removeFromGroup(world.services, ada, group, ada.id);
  },
};

async function isAdministered(): Promise<boolean> {
  const basis = await grantBasis(world.services.store, today());
  return administeredThrough(await world.services.store.people.staffWithGrants(), basis) === undefined;
}

describe('managers S9: the last administrator of everything is kept', () => {
  test.for(Object.entries(roads))('from %s, until somebody else is one', async ([, road]) => {
    const before = await world.person(ada.id);
    expect(await road()).toEqual(refused);
    expect(await world.person(ada.id)).toEqual(before);
    await addAdministrator('bo');
    expect(await road()).toEqual({ ok: true });
    expect(await isAdministered()).toBe(true);
  });

  test('from an address taken away', async () => {
    const clear = () =>
      changeContact(world.services, session(), ada.id, {
        name: ada.name,
        employmentNumber: undefined,
        email: undefined,
      });
    expect(await clear()).toEqual(refused);
    await addAdministrator('bo');
    expect(await clear()).toEqual({ ok: true });
    expect(await isAdministered()).toBe(true);
  });

  test('from a list with a last day, and from one that she is not in', async () => {
    const row = 'n-ada;ada;ada@lindala.example;Tillsvidare;H1;2026-01-01;2026-12-31';
    expect(await imported([row], false)).toEqual(['ada']);
    expect(await imported(['n-ny;Ny Person;;Tillsvidare;H1;2026-01-01;'], true)).toEqual(['ada']);
    expect(await isAdministered()).toBe(true);
    await addAdministrator('bo', { employmentNumber: undefined });
    expect(await imported([row], false)).toEqual([]);
    expect(currentStaffing(await world.person(ada.id)).engagements[0]?.to).toBe('2026-12-31');
  });

  test('from a purge by a rule that counts wrong, until somebody else is one', async () => {
    // A record is due when its holder has left, and whoever has left administers nothing: only a wrong rule comes so far.
    const wrong = { ...world.services.retentionMonths, person: -2 };
    const purge = () => runRetention({ ...world.services, retentionMonths: wrong }, 'system');
    const lastDay = { unit: node('north'), from: day('2026-01-01'), to: addDays(today(), 30) };
    await world.services.store.people.delete(ada.id);
    ada = await put(world, 'ada', [lastDay], {
      ...{ email: 'ada@lindala.example', passwordHash: '$argon2id$x', grants: [everything] },
    });
    expect(await purge()).toEqual([]);
    expect((await world.person(ada.id)).name).toBe('ada');
    await addAdministrator('bo');
    expect(await purge()).toEqual([{ record: 'person', count: 1 }]);
    expect(await world.services.store.people.get(ada.id)).toBeUndefined();
    expect(await isAdministered()).toBe(true);
  });

  test('when two end each other’s work at once', async () => {
    const bo = await addAdministrator('bo');
    const end = async (id: ActingPerson['id'], by: ActingPerson) => {
      const [first] = currentStaffing(await world.person(id)).engagements;
      const key = first ? engagementKey(first) : '';
      const change = { kind: 'dates', engagement: key, from: day('2026-01-01'), to: today() } as const;
      return changeStaffing(world.services, by, id, change);
    };
    const results = await Promise.all([end(bo.id, ada), end(ada.id, bo)]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await isAdministered()).toBe(true);
  });
});
