import { expect, test } from 'vitest';
import { administrator, logOf, node, put, withOrganisation } from '../../../tests/support/small-organisation.ts';
import { testServices } from '../../../tests/support/test-services.ts';
import { peopleOfUnit, peopleWithoutUnit, searchPeople } from './administered-people.ts';

async function scene() {
  const world = await withOrganisation(testServices());
  await put(world, 'Anna Öberg', [{ unit: node('north') }], { employmentNumber: '00123' });
  await put(world, 'Anna Skoglund', [{ unit: node('school-unit') }]);
  await put(world, 'Anna Skyddad', [{ unit: node('north') }], { protectedIdentity: true });
  await put(world, 'Lös Lina', []);
  return {
    world,
    care: await administrator(world, 'care'),
    named: await administrator(world, 'everything', { seesProtected: true }),
    names: (found: { people: readonly { record: { name: string } }[] } | undefined) =>
      found?.people.map(({ record }) => record.name).sort(),
  };
}

test('a search finds the beginning of any part of a name, within the administrator’s places', async () => {
  const { world, care, named, names } = await scene();
  expect(names(await searchPeople(world.services, care, 'ANNA'))).toEqual(['Anna Öberg']);
  expect(names(await searchPeople(world.services, care, 'öb ann'))).toEqual(['Anna Öberg']);
  expect(names(await searchPeople(world.services, care, 'oberg'))).toEqual([]);
  expect(names(await searchPeople(world.services, care, ' '))).toEqual([]);
  expect(names(await searchPeople(world.services, named, 'anna'))).toEqual([
    'Anna Skoglund',
    'Anna Skyddad',
    'Anna Öberg',
  ]);
});

test('an employment number is found with and without its zeros, and not by a part of it', async () => {
  const { world, care, names } = await scene();
  expect(names(await searchPeople(world.services, care, '00123'))).toEqual(['Anna Öberg']);
  expect(names(await searchPeople(world.services, care, '123'))).toEqual(['Anna Öberg']);
  expect(names(await searchPeople(world.services, care, '12'))).toEqual([]);
});

test('each person that a search shows has it in the log, and nobody else', async () => {
  const { world, care } = await scene();
  const found = await searchPeople(world.services, care, 'anna');
  expect(await logOf(world, care.pseudonym)).toEqual(
    found.people.map(({ record }) => ({ action: 'open-list', subject: record.pseudonym, place: undefined })),
  );
});

test('a unit’s list names nobody with protected identity to who is not named for it', async () => {
  const { world, care, named } = await scene();
  const listed = await peopleOfUnit(world.services, care, node('north'));
  expect(listed?.filter(({ mayName }) => !mayName).map(({ record }) => record.name)).toEqual(['Anna Skyddad']);
  expect((await peopleOfUnit(world.services, named, node('north')))?.every(({ mayName }) => mayName)).toBe(true);
  expect(await peopleOfUnit(world.services, care, node('school-unit'))).toBeUndefined();
  expect(await logOf(world, care.pseudonym)).toEqual([
    { action: 'open-list', subject: undefined, place: 'north' },
    { action: 'refused', subject: undefined, place: 'school-unit' },
  ]);
});

test('people in no unit are listed for who is given everything, and for nobody else', async () => {
  const { world, care, named, names } = await scene();
  expect(names(await peopleWithoutUnit(world.services, named, undefined))).toContain('Lös Lina');
  expect(names(await peopleWithoutUnit(world.services, named, undefined))).not.toContain('Anna Öberg');
  expect(await peopleWithoutUnit(world.services, care, undefined)).toBeUndefined();
});
