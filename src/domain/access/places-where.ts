import type { NodeId } from '#domain/kernel/ids.ts';
import type { Place, Tree } from '#domain/people/organisation.ts';
import { type Actor, can, type PlacePermission } from './access.ts';
import { placeSubject } from './access-subjects.ts';

/** Where somebody may do something. */
export interface Reach {
  /** All committees, and what stands in none of them. */
  readonly everything: boolean;
  readonly tree: Tree;
  /** By name. */
  readonly places: readonly Place[];
  readonly units: readonly Place[];
  has(id: NodeId | undefined): boolean;
}

/** @example placesWhere(actor, 'manage:people', tree).units // where somebody can be placed by this actor */
export function placesWhere(actor: Actor, permission: PlacePermission, tree: Tree): Reach {
  const everything = can(actor, permission, { path: [] });
  const places = tree.places.filter(({ id }) => can(actor, permission, placeSubject(id, tree)));
  const ids = new Set(places.map(({ id }) => id));
  return {
    everything,
    tree,
    places,
    units: places.filter(({ kind }) => kind === 'unit'),
    has: (id) => (id === undefined ? everything : everything || ids.has(id)),
  };
}
