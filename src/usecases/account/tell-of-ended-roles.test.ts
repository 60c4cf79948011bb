import { describe, expect, test } from 'vitest';
import { addDays, dateOf } from '#domain/kernel/calendar.ts';
import type { Person } from '#domain/people/person.ts';
import { currentStaffing } from '#domain/people/staffing.ts';
import { engagementKey } from '#domain/people/staffing-change.ts';
import { actingPerson } from '#ports/acting-person.ts';
import { changeStaffing } from '#usecases/people/administer-person.ts';
import { finishImports } from '#usecases/people/import/finish-imports.ts';
import { applyImport, openImport, readStaffFile } from '#usecases/people/import/import-staff.ts';
import { administrator, justNow, node, put, withOrganisation } from '../../../tests/support/small-organisation.ts';
import { afterTheReply, type TestWorld, testServices } from '../../../tests/support/test-services.ts';

const told = 'Din roll slutar att gälla';
const toldAdministrators = 'Någons roll slutar att gälla';

/** Somebody who works in one unit and has a role that reaches further; and administrators near and far. */
async function scene(grants: Person['grants']) {
  const world = await withOrganisation(testServices());
  const all = await administrator(world, 'everything', {});
  await setEmail(world, all.id, 'all@lindala.example');
  const care = await administrator(world, 'care');
  await setEmail(world, care.id, 'care@lindala.example');
  const small = await administrator(world, 'north');
  await setEmail(world, small.id, 'small@lindala.example');
  const holder = await put(world, 'Vera Verk', [{ unit: node('north') }], {
    ...{ email: 'vera@lindala.example', employmentNumber: '77', passwordHash: 'x', grants },
  });
  return { world, all, care, small, holder };
}

function setEmail({ services }: TestWorld, id: Person['id'], email: string): Promise<void> {
  return services.store.people.update(id, (person) => ({
    save: { ...person, email, passwordHash: 'x' },
    result: undefined,
  }));
}

async function endWork(world: TestWorld, actor: Parameters<typeof changeStaffing>[1], id: Person['id']) {
  const [work] = currentStaffing(await world.person(id)).engagements;
  if (!work) throw new Error('no work');
  const today = dateOf(world.services.clock());
  const change = { kind: 'dates', engagement: engagementKey(work), from: addDays(today, -9), to: today } as const;
  expect(await changeStaffing(world.services, actor, id, change)).toEqual({ ok: true });
  await afterTheReply();
  return world.mails.map(({ to, subject }) => [to, subject]);
}

describe('security F2: whose role ends with the work it rests on is told', () => {
  test('by whoever could have taken it: the person alone', async () => {
    const { world, care, holder } = await scene([{ role: 'department-head', place: node('home-care') }]);
    expect(await endWork(world, care, holder.id)).toEqual([['vera@lindala.example', told]]);
    expect(world.mails[0]?.text).toContain('Verksamhetschef, Hemtjänst');
  });

  test('by who administers the unit alone, and the role reaches further: those too who could give it, nearest to it', async () => {
    const { world, small, holder } = await scene([{ role: 'department-head', place: node('home-care') }]);
    expect(await endWork(world, small, holder.id)).toEqual([
      ['vera@lindala.example', told],
      ['care@lindala.example', toldAdministrators],
    ]);
    const text = world.mails.at(-1)?.text ?? '';
    expect(text).toContain('Verksamhetschef, Hemtjänst');
    expect(text).not.toContain('Vera Verk');
  });

  test('an administrator of everything, by who administers one unit: the others who are given everything', async () => {
    const { world, small, holder } = await scene([{ role: 'administrator', place: 'everything' }]);
    expect(await endWork(world, small, holder.id)).toEqual([
      ['vera@lindala.example', told],
      ['all@lindala.example', toldAdministrators],
    ]);
  });

  test('whose role does not end is told nothing', async () => {
    const { world, small, holder } = await scene([]);
    expect(await endWork(world, small, holder.id)).toEqual([]);
  });

  /** A list that ends Vera's work, read and looked at. */
  async function listed() {
    const { world, small, holder } = await scene([{ role: 'unit-manager', place: node('south') }]);
    const actor = await actingPerson(world.services.store, await world.person(small.id), '2026-06-10' as never);
    const file = new TextEncoder().encode(
      `Anstnr;Namn;Kategori;Enhetskod;Från;Till\r\n77;Vera Verk;Tillsvidare;H1;2026-01-01;2026-06-12\r\n`,
    );
    const read = await readStaffFile(world.services, actor, file, { full: false, otherCategory: 'new-employee' });
    if (!read.ok) throw new Error(read.reason);
    const dryRun = (await openImport(world.services, actor, read.id))?.dryRun;
    expect([...(dryRun?.plan.roleEnds.values() ?? [])]).toMatchObject([[{ last: '2026-06-12' }]]);
    const confirmed = { fingerprint: dryRun?.fingerprint ?? '', missing: false };
    return { world, holder, confirm: () => applyImport(world.services, justNow(world, actor), read.id, confirmed) };
  }

  async function lettersOf(world: TestWorld) {
    await afterTheReply();
    const letters = world.mails.filter(({ subject }) => [told, toldAdministrators].includes(subject));
    return letters.map(({ to, subject }) => [to, subject]);
  }
  const both = [
    ['vera@lindala.example', told],
    ['care@lindala.example', toldAdministrators],
  ];

  test('by a list as well as by a page', async () => {
    const { world, holder, confirm } = await listed();
    expect(await confirm()).toEqual({ ok: true });
    expect(await lettersOf(world)).toEqual(both);
    expect((await world.person(holder.id)).grants).toHaveLength(1);
  });

  test('by a list that was cut off between the change and the mail: when it is finished', async () => {
    const { world, holder, confirm } = await listed();
    const { people } = world.services.store;
    const { get } = people;
    const gone = new Error('the power is gone');
    people.get = async (id) => {
      const person = await get(id);
      if (person && person.staffing.length > 1) throw gone;
      return person;
    };
    await expect(confirm()).rejects.toBe(gone);
    people.get = get;
    expect((await world.person(holder.id)).staffing).toHaveLength(2);
    expect(await lettersOf(world)).toEqual([]);
    await finishImports(world.services);
    expect(await lettersOf(world)).toEqual(both);
    await finishImports(world.services);
    expect(await lettersOf(world)).toEqual(both);
  });
});
