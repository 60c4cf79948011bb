import type { ActingPerson } from '#domain/access/grant-days.ts';
import { placesWhere } from '#domain/access/places-where.ts';
import { unitsWithoutManager, unmanagedAhead } from '#domain/access/unmanaged-units.ts';
import { dateOf } from '#domain/kernel/calendar.ts';
import type { CalendarDate, NodeId } from '#domain/kernel/ids.ts';
import { grantBasis } from '#ports/acting-person.ts';
import type { Services } from '#src/services.ts';

export interface UnmanagedUnits {
  readonly today: CalendarDate;
  readonly units: readonly { readonly unit: NodeId; readonly name: string; readonly from: CalendarDate }[];
}

/** The units in an administrator's places in which somebody works and nobody leads, today or within thirty days. Names nobody. */
export async function unmanagedUnits(
  { store, clock }: Pick<Services, 'store' | 'clock'>,
  actor: ActingPerson,
): Promise<UnmanagedUnits> {
  const today = dateOf(clock());
  const basis = await grantBasis(store, today);
  const ids = placesWhere(actor, 'manage:people', basis.tree).units.map(({ id }) => id);
  const people = await store.people.headcounts(ids, today);
  const staffed = ids.filter((id) => (people.get(id) ?? 0) > 0);
  const alone = unitsWithoutManager(staffed, await store.people.staffWithGrants(), basis, unmanagedAhead);
  const units = alone.map(({ unit, from }) => ({ unit, from, name: basis.tree.get(unit)?.name ?? '' }));
  return { today, units };
}
