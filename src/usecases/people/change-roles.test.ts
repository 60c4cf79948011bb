import { describe, expect, test } from 'vitest';
import type { Grant } from '#domain/people/person.ts';
import { day } from '../../../tests/contract/sample-documents.ts';
import { administrator, logOf, node, put, withOrganisation } from '../../../tests/support/small-organisation.ts';
import { testServices } from '../../../tests/support/test-services.ts';
import { giveRole, listRoles, takeRoleBack } from './change-roles.ts';

async function scene() {
  const world = await withOrganisation(testServices());
  const account = { passwordHash: '$argon2id$x' };
  const email = 'anna@lindala.example';
  return {
    world,
    care: await administrator(world, 'care'),
    all: await administrator(world, 'everything', { seesProtected: true }),
    anna: await put(world, 'Anna Öberg', [{ unit: node('north') }], { email, employmentNumber: '0012', ...account }),
    siv: await put(world, 'Siv Skola', [{ unit: node('school-unit') }], { email: 'siv@lindala.example' }),
    email,
  };
}

const managerOf = (place: string): Grant => ({ role: 'unit-manager', place: node(place) });

test('a role is given and taken back, each once in the log, by address or by number', async () => {
  const { world, care, anna, email } = await scene();
  expect(await giveRole(world.services, care, email.toUpperCase(), managerOf('north'))).toEqual({ ok: true });
  expect(await giveRole(world.services, care, '0012', managerOf('south'))).toEqual({ ok: true });
  expect((await world.person(anna.id)).grants).toMatchObject([managerOf('north'), managerOf('south')]);
  expect(await takeRoleBack(world.services, care, anna.id, 'unit-manager:north')).toEqual({ ok: true });
  expect((await world.person(anna.id)).grants).toMatchObject([managerOf('south')]);
  expect(await logOf(world, care.pseudonym)).toEqual([
    { action: 'grant-role', subject: anna.pseudonym, place: 'north' },
    { action: 'grant-role', subject: anna.pseudonym, place: 'south' },
    { action: 'revoke-role', subject: anna.pseudonym, place: 'north' },
  ]);
});

test('a unit can have several managers', async () => {
  const { world, all, email } = await scene();
  await giveRole(world.services, all, email, managerOf('school-unit'));
  await giveRole(world.services, all, 'siv@lindala.example', managerOf('school-unit'));
  const { roles } = await listRoles(world.services, all);
  const managers = roles.filter(({ grant }) => grant.place === 'school-unit').map(({ record }) => record.name);
  expect(managers.sort()).toEqual(['Anna Öberg', 'Siv Skola']);
});

describe('nobody gives', () => {
  test.for<[string, Grant]>([
    ['role-out-of-reach', managerOf('school-unit')],
    ['role-out-of-reach', { role: 'administrator', place: 'everything' }],
    ['role-out-of-reach', managerOf('no-such')],
    ['role-protected', { role: 'administrator', place: node('care'), seesProtected: true }],
    ['role-place', managerOf('home-care')],
    ['role-place', { role: 'department-head', place: node('north') }],
  ])('what they do not have there, or what cannot stand there: %s', async ([reason, grant]) => {
    const { world, care, anna, email } = await scene();
    expect(await giveRole(world.services, care, email, grant)).toEqual({ ok: false, reason });
    expect((await world.person(anna.id)).grants).toEqual([]);
  });

  test('anything to whom they do not reach: as to who is not there', async () => {
    const { world, care, siv } = await scene();
    for (const who of ['siv@lindala.example', 'ingen@lindala.example', '']) {
      expect(await giveRole(world.services, care, who, managerOf('north'))).toEqual({
        ok: false,
        reason: 'role-person',
      });
    }
    expect((await world.person(siv.id)).grants).toEqual([]);
  });

  test('a role to who has no address to sign in with', async () => {
    const { world, all } = await scene();
    await put(world, 'Fia Ferie', [{ unit: node('north') }], { employmentNumber: '99' });
    expect(await giveRole(world.services, all, '99', managerOf('north'))).toEqual({
      ok: false,
      reason: 'role-no-address',
    });
  });
});

test('the sight of protected people is given by who has it', async () => {
  const { world, all, anna, email } = await scene();
  const grant: Grant = { role: 'administrator', place: node('care'), seesProtected: true };
  await giveRole(world.services, all, email, { role: 'administrator', place: node('care') });
  expect(await giveRole(world.services, all, email, grant)).toEqual({ ok: true });
  expect((await world.person(anna.id)).grants).toMatchObject([grant]);
  expect(await giveRole(world.services, all, email, grant)).toEqual({ ok: false, reason: 'role-has' });
});

describe('the last administrator of everything', () => {
  const key = 'administrator:everything';

  test('cannot go, by their own hand or another’s; with a second one who can sign in, they can', async () => {
    const { world, all, anna, email } = await scene();
    expect(await takeRoleBack(world.services, all, all.id, key)).toEqual({ ok: false, reason: 'last-administrator' });
    await giveRole(world.services, all, email, { role: 'administrator', place: 'everything' });
    expect(await takeRoleBack(world.services, all, all.id, key)).toEqual({ ok: true });
    const second = await world.acting(anna.id);
    expect(await takeRoleBack(world.services, second, anna.id, key)).toEqual({
      ok: false,
      reason: 'last-administrator',
    });
  });

  test('is left when two remove each other at once', async () => {
    const { world, all, anna, email } = await scene();
    await world.services.store.people.update(all.id, (person) => ({
      save: { ...person, passwordHash: '$argon2id$y' },
      result: undefined,
    }));
    await giveRole(world.services, all, email, { role: 'administrator', place: 'everything' });
    const second = await world.acting(anna.id);
    const results = await Promise.all([
      takeRoleBack(world.services, all, anna.id, key),
      takeRoleBack(world.services, second, all.id, key),
    ]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });
});

test('another committee’s roles are neither listed nor taken back', async () => {
  const { world, care, all, siv } = await scene();
  await giveRole(world.services, all, 'siv@lindala.example', managerOf('school-unit'));
  const { roles } = await listRoles(world.services, care);
  expect(roles.map(({ record }) => record.id)).toEqual([care.id]);
  expect(await takeRoleBack(world.services, care, siv.id, 'unit-manager:school-unit')).toEqual({
    ok: false,
    reason: 'role-has-not',
  });
  expect((await world.person(siv.id)).grants).toHaveLength(1);
});

describe('managers S4: a role has days', () => {
  const dated = (from: string | undefined, to: string | undefined): Grant => ({
    ...managerOf('north'),
    from: from as Grant['from'],
    to: to as Grant['to'],
  });

  test('and holds on them; other days leave it the same role', async () => {
    const { world, care, anna, email } = await scene();
    expect(await giveRole(world.services, care, email, dated('2026-06-12', '2026-06-20'))).toEqual({ ok: true });
    expect((await world.acting(anna.id)).grants).toEqual([]);
    world.pass({ minutes: 2 * 24 * 60 });
    expect((await world.acting(anna.id)).grants).toHaveLength(1);
    expect(await giveRole(world.services, care, email, dated('2026-06-12', '2026-06-30'))).toEqual({ ok: true });
    const [grant] = (await world.person(anna.id)).grants;
    expect(grant).toMatchObject({ to: '2026-06-30', givenAt: '2026-06-10T12:00:00.000Z' });
    const [shown] = (await listRoles(world.services, care)).roles.filter(({ record }) => record.id === anna.id);
    expect(shown?.state).toEqual({ state: 'awake', through: '2026-06-30' });
  });

  test('that make sense', async () => {
    const { world, care, anna, email } = await scene();
    const reasons = [];
    for (const grant of [dated(undefined, '2026-06-09'), dated('2026-07-02', '2026-07-01')]) {
      const given = await giveRole(world.services, care, email, grant);
      reasons.push(given.ok || given.reason);
    }
    expect(reasons).toEqual(['role-over', 'dates-reversed']);
    expect((await world.person(anna.id)).grants).toEqual([]);
  });

  test('and is for nobody who does not work: an administrator reaches former staff, and gives them nothing', async () => {
    const { world, care, all } = await scene();
    const left = { unit: node('north'), from: day('2020-01-01'), to: day('2026-06-09') };
    await put(world, 'Lars Lämnat', [left], { email: 'lars@lindala.example', passwordHash: '$argon2id$x' });
    const give = async (actor: typeof care) =>
      giveRole(world.services, actor, 'lars@lindala.example', managerOf('north'));
    expect(await give(care)).toEqual({ ok: false, reason: 'role-person' });
    expect(await give(all)).toEqual({ ok: false, reason: 'role-no-work' });
  });

  test('that of a deputy is no administrator’s to give', async () => {
    const { world, all, email } = await scene();
    const deputy: Grant = { role: 'deputy', place: node('north') };
    expect(await giveRole(world.services, all, email, deputy)).toEqual({ ok: false, reason: 'role-place' });
  });
});
