import type { Actor, PlacePermission } from '#domain/access/access.ts';
import { placesWhere, type Reach } from '#domain/access/places-where.ts';
import { treeOf } from '#domain/people/organisation.ts';
import type { Services } from '#src/services.ts';

/** Where somebody may do something, in the organisation as it is now. */
export async function reachOf(
  { store }: Pick<Services, 'store'>,
  actor: Actor,
  permission: PlacePermission,
): Promise<Reach> {
  return placesWhere(actor, permission, treeOf(await store.organisation.get()));
}
