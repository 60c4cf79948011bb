import type { ActingPerson } from '#domain/access/grant-days.ts';
import { staffTable } from '#domain/import/staff-table.ts';
import { instantOf } from '#domain/kernel/calendar.ts';
import type { Table } from '#domain/kernel/cells.ts';
import { treeOf } from '#domain/people/organisation.ts';
import type { Person } from '#domain/people/person.ts';
import type { Services } from '#src/services.ts';
import { importPlaces, importWorld } from './import-world.ts';

/** The administrator's people as a list with the columns that an import reads. One entry in the log for each outermost place. */
export async function exportStaff(
  needs: Pick<Services, 'store' | 'audit' | 'clock'>,
  actor: ActingPerson,
): Promise<Table | undefined> {
  const { store, audit, clock } = needs;
  const places = importPlaces(actor, treeOf(await store.organisation.get()));
  const entry = { at: instantOf(clock()), actor: actor.pseudonym };
  if (places.length === 0) {
    await audit.append({ ...entry, action: 'refused' });
    return undefined;
  }
  const { world, tree } = await importWorld(needs, actor);
  for (const place of places) await audit.append({ ...entry, action: 'export-list', place });
  const units = new Set(world.units.map(({ id }) => id));
  const isReached = (unit: Person['staffing'][number]['engagements'][number]['unit']) =>
    unit === undefined ? world.reachesUnplaced : units.has(unit);
  return staffTable(
    world.people.map(({ record }) => record),
    { tree, isReached, today: world.today },
  );
}
