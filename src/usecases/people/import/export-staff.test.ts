import { expect, test } from 'vitest';
import type { CalendarDate } from '#domain/kernel/ids.ts';
import { administrator, logOf, node, put, withOrganisation } from '../../../../tests/support/small-organisation.ts';
import { everybody, testServices } from '../../../../tests/support/test-services.ts';
import { exportStaff } from './export-staff.ts';
import { openImport, readStaffFile } from './import-staff.ts';

const day = (date: string) => date as CalendarDate;

async function municipality() {
  const world = await withOrganisation(testServices('2026-06-10T12:00:00Z'));
  const ada = await administrator(world, 'care', { seesProtected: true });
  await put(world, 'Åsa "Ångan" Öberg', [{ unit: node('north'), from: day('2015-01-01') }], {
    ...{ employmentNumber: '00123', email: 'asa@lindala.example' },
  });
  const twice = await put(
    world,
    'Bo Ek',
    [
      { unit: node('north'), category: 'temporary-staff', from: day('2026-06-01'), to: day('2026-08-31') },
      { unit: node('elderly'), category: 'student', from: day('2026-09-01'), to: day('2026-12-31') },
      { unit: node('school-unit'), from: day('2020-01-01') },
      { unit: node('south'), from: day('2019-01-01'), to: day('2019-12-31') },
    ],
    { employmentNumber: '=2+3' },
  );
  await world.services.store.people.update(twice.id, (person) => {
    const leave = (from: string, to?: string) => ({ from: day(from), ...(to && { to: day(to) }) });
    const leaves = [
      leave('2020-01-01', '2020-02-01'),
      leave('2026-06-05', '2026-06-20'),
      leave('2026-07-01'),
      leave('2026-12-01'),
    ];
    const [first] = person.staffing;
    return {
      save: { ...person, employmentNumber: '2-3', staffing: first ? [{ ...first, leaves }] : [] },
      result: undefined,
    };
  });
  await put(world, 'Skyddad Person', [{ unit: node('north') }], { employmentNumber: '9', protectedIdentity: true });
  await put(world, 'Annan Nämnd', [{ unit: node('school-unit') }], { employmentNumber: '8' });
  await put(world, 'Slutat Har', [{ unit: node('north'), from: day('2020-01-01'), to: day('2026-06-09') }], {
    employmentNumber: '7',
  });
  return { world, ada };
}

test('the list has work today and to come in the administrator’s places, and nobody with protected identity', async () => {
  const { world, ada } = await municipality();
  const table = await exportStaff(world.services, ada);
  expect(table?.rows).toEqual([
    ['2-3', 'Bo Ek', '', 'Vikarie', 'H1', 'Norr', '2026-06-01', '2026-08-31', '2026-06-05', '2026-06-20'],
    ['2-3', 'Bo Ek', '', 'Elev', '', 'Granen', '2026-09-01', '2026-12-31', '2026-07-01', ''],
    ['2-3', 'Bo Ek', '', 'Elev', '', 'Granen', '2026-09-01', '2026-12-31', '2026-12-01', ''],
    ['00123', 'Åsa "Ångan" Öberg', 'asa@lindala.example', 'Tillsvidare', 'H1', 'Norr', '2015-01-01', '', '', ''],
  ]);
});

test('handing it out is in the log, once for each outermost place', async () => {
  const { world, ada } = await municipality();
  await exportStaff(world.services, ada);
  expect(await logOf(world, ada.pseudonym)).toEqual([{ action: 'export-list', subject: undefined, place: 'care' }]);
});

test('importing the list unchanged, as a full one, changes nothing', async () => {
  const { world, ada } = await municipality();
  const table = await exportStaff(world.services, ada);
  if (!table) throw new Error('no list');
  const before = await everybody(world);
  const read = await readStaffFile(world.services, ada, world.services.spreadsheet.tableAsCsv(table), { full: true });
  if (!read.ok) throw new Error(read.reason);
  const shown = await openImport(world.services, ada, read.id);
  expect(shown?.dryRun?.plan).toMatchObject({ changes: [], broken: [], unchanged: 2 });
  expect(await everybody(world)).toEqual(before);
});
