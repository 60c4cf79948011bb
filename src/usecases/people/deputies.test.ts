import { beforeEach, describe, expect, test } from 'vitest';
import type { ActingPerson } from '#domain/access/grant-days.ts';
import type { CalendarDate } from '#domain/kernel/ids.ts';
import type { Grant } from '#domain/people/person.ts';
import { viewUnit } from '#usecases/unit/view-unit.ts';
import { day } from '../../../tests/contract/sample-documents.ts';
import { administrator, logOf, node, put, withOrganisation } from '../../../tests/support/small-organisation.ts';
import { afterTheReply, type TestWorld, testServices } from '../../../tests/support/test-services.ts';
import { listRoles, takeRoleBack } from './change-roles.ts';
import { appointDeputy, deputiesOf, endDeputy } from './deputies.ts';

const north = node('north');
const account = { passwordHash: '$argon2id$x' };
let world: TestWorld;
let mia: ActingPerson;
let vik: ActingPerson;

beforeEach(async () => {
  world = await withOrganisation(testServices());
  const grants: readonly Grant[] = [{ role: 'unit-manager', place: north }];
  mia = await put(world, 'Mia Chef', [{ unit: north, from: day('2020-01-01') }], { grants, ...account });
  vik = await put(world, 'Vik Söderberg', [{ unit: node('south'), from: day('2020-01-01') }], {
    ...{ email: 'vik@lindala.example', employmentNumber: '77', ...account },
  });
});

const appoint = (who = 'vik@lindala.example', from = '2026-06-15', to = '2026-07-15', actor = mia) =>
  appointDeputy(world.services, actor, north, { who, from: from as CalendarDate, to: to as CalendarDate });
const opens = async () =>
  (await viewUnit(world.services, await world.acting(vik.id), north, {
    date: day('2026-06-15'),
    choice: { states: [], search: '', sort: 'name', descending: false },
  })) !== undefined;

describe('managers S4: a manager appoints a deputy', () => {
  test('who has the unit on the days that were chosen, is told, and stands in the log and the list of roles', async () => {
    expect(await appoint()).toEqual({ ok: true });
    await afterTheReply();
    expect(world.mails.map(({ to }) => to)).toEqual(['vik@lindala.example']);
    expect(await logOf(world, mia.pseudonym)).toEqual([
      { action: 'appoint-deputy', subject: vik.pseudonym, place: 'north' },
    ]);
    const care = await administrator(world, 'care');
    const [row] = (await listRoles(world.services, care)).roles.filter(({ grant }) => grant.role === 'deputy');
    expect(row).toMatchObject({ appointedBy: 'Mia Chef', state: { state: 'asleep', from: '2026-06-15' } });
    expect(await opens()).toBe(false);
    world.pass({ minutes: 5 * 24 * 60 });
    expect(await opens()).toBe(true);
    world.pass({ minutes: 31 * 24 * 60 });
    expect(await opens()).toBe(false);
  });

  test('by number too; and ends it, or an administrator does', async () => {
    expect(await appoint('77', '2026-06-10')).toEqual({ ok: true });
    expect((await deputiesOf(world.services, mia, north))?.deputies.map(({ name }) => name)).toEqual(['Vik Söderberg']);
    expect(await endDeputy(world.services, mia, north, vik.id)).toEqual({ ok: true });
    expect(await opens()).toBe(false);
    expect(await endDeputy(world.services, mia, north, vik.id)).toEqual({ ok: false, reason: 'deputy-gone' });
    await appoint('77', '2026-06-10');
    const care = await administrator(world, 'care');
    expect(await takeRoleBack(world.services, care, vik.id, 'deputy:north')).toEqual({ ok: true });
    expect((await logOf(world, care.pseudonym)).at(-1)?.action).toBe('end-deputy');
  });

  test('whose own role ends takes the deputy’s with it', async () => {
    await appoint(undefined, '2026-06-10');
    expect(await opens()).toBe(true);
    const all = await administrator(world, 'everything');
    await takeRoleBack(world.services, all, mia.id, 'unit-manager:north');
    expect(await opens()).toBe(false);
  });

  test('for three months at most, and not for days that have been', async () => {
    const days = [
      ['2026-06-09', '2026-06-12'],
      ['2026-06-12', '2026-06-11'],
      ['2026-06-10', '2026-09-10'],
      ['2027-06-12', '2027-06-12'],
    ];
    for (const [from, to] of days) {
      expect(await appoint(undefined, from, to), from).toEqual({ ok: false, reason: 'deputy-days' });
    }
    expect(await appoint(undefined, '2026-06-10', '2026-09-09')).toEqual({ ok: true });
  });
});

describe('nobody is appointed', () => {
  test('who works in another committee, has left, cannot sign in, is protected or is not there: one answer for all', async () => {
    const add = (name: string, unit: string, fields: object, to?: string) =>
      put(world, name, [{ unit: node(unit), from: day('2020-01-01'), to: to as CalendarDate | undefined }], {
        ...{ email: `${name}@lindala.example`, ...account, ...fields },
      });
    await add('siv', 'school-unit', {});
    await add('lars', 'south', {}, '2026-06-09');
    await add('ny', 'south', { passwordHash: undefined });
    await add('hilda', 'south', { protectedIdentity: true });
    for (const who of ['siv', 'lars', 'ny', 'hilda', 'ingen']) {
      expect(await appoint(`${who}@lindala.example`), who).toEqual({ ok: false, reason: 'deputy-person' });
    }
    expect((await logOf(world, mia.pseudonym)).map(({ action }) => action)).toEqual(Array(5).fill('refused'));
  });

  test('by a deputy, by another unit’s manager, or twice', async () => {
    await appoint(undefined, '2026-06-10');
    expect(await appoint()).toEqual({ ok: false, reason: 'deputy-person' });
    const other = await put(world, 'Annan Chef', [{ unit: node('south') }], {
      grants: [{ role: 'unit-manager', place: node('south') }],
    });
    for (const actor of [await world.acting(vik.id), other]) {
      expect(await appoint('77', '2026-06-10', '2026-06-12', actor)).toEqual({ ok: false, reason: 'not-found' });
      expect(await deputiesOf(world.services, actor, north)).toBeUndefined();
    }
  });
});
