import { can } from '#domain/access/access.ts';
import { placeSubject } from '#domain/access/access-subjects.ts';
import type { ActingPerson } from '#domain/access/grant-days.ts';
import { type Place, type Tree, treeOf } from '#domain/people/organisation.ts';
import type { Services } from '#src/services.ts';

export interface ManagedPlaces {
  readonly tree: Tree;
  /** Units whose people the actor may list, by name. */
  readonly units: readonly Place[];
  /** The outermost places above units whose figures the actor may see, by name. */
  readonly areas: readonly Place[];
}

/** What a manager or a department head is set over. Empty for everybody else. */
export async function managedPlaces(
  { store }: Pick<Services, 'store'>,
  actor: Pick<ActingPerson, 'id' | 'grants'>,
): Promise<ManagedPlaces> {
  const tree = treeOf(await store.organisation.get());
  const units = tree.places.filter(
    ({ kind, id }) => kind === 'unit' && can(actor, 'list:people', placeSubject(id, tree)),
  );
  const counted = tree.places.filter(
    ({ kind, id }) => kind !== 'unit' && can(actor, 'read:numbers', placeSubject(id, tree)),
  );
  const inside = new Set(counted.map(({ id }) => id));
  return { tree, units, areas: counted.filter(({ parent }) => !parent || !inside.has(parent)) };
}
