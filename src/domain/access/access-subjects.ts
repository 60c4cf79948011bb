import type { Group } from '#domain/groups/group.ts';
import { dateOf } from '#domain/kernel/calendar.ts';
import type { NodeId } from '#domain/kernel/ids.ts';
import type { Tree } from '#domain/people/organisation.ts';
import type { Person } from '#domain/people/person.ts';
import { currentStaffing } from '#domain/people/staffing.ts';
import type { CredentialsSubject, PersonSubject, PlaceSubject } from './access.ts';

/** All of it: for who is given everything. */
export const wholeMunicipality: PlaceSubject = { path: [] };

/** A person as `can` sees them: where they work or will work, and where they have worked. */
export function personSubject(
  person: Pick<Person, 'id' | 'staffing' | 'protectedIdentity'>,
  tree: Tree,
  now: Date,
): PersonSubject {
  const today = dateOf(now);
  const isOver = ({ to }: { readonly to?: string | undefined }) => to !== undefined && to < today;
  const current = currentStaffing(person).engagements.filter((engagement) => !isOver(engagement));
  const ever = person.staffing.flatMap(({ engagements }) => engagements);
  const currentUnits = unitsOf(current);
  const formerUnits = unitsOf(ever).filter((unit) => !currentUnits.includes(unit));
  return {
    id: person.id,
    paths: currentUnits.map((unit) => tree.pathOf(unit)),
    formerPaths: formerUnits.map((unit) => tree.pathOf(unit)),
    protectedIdentity: person.protectedIdentity,
  };
}

/** A person as `can` sees them when it is about who signs in as them. A place that is gone is reached by who is given everything. */
export function credentialsSubject(
  person: Pick<Person, 'id' | 'staffing' | 'protectedIdentity' | 'grants'>,
  tree: Tree,
  now: Date,
): CredentialsSubject {
  const held = person.grants.map(({ place, seesProtected }) => ({
    path: place === 'everything' ? [] : tree.pathOf(place),
    seesProtected,
  }));
  return { ...personSubject(person, tree, now), held };
}

/** A place that is gone has an empty path, which nobody's grant at a place covers. */
export function placeSubject(id: NodeId, tree: Tree): PlaceSubject {
  return { path: tree.pathOf(id) };
}

/** A group without a unit lies nowhere in the tree: only a right that holds everywhere covers it. */
export function groupSubject(group: Pick<Group, 'unit'>, tree: Tree): PlaceSubject {
  return { path: group.unit ? tree.pathOf(group.unit) : [] };
}

function unitsOf(engagements: Person['staffing'][number]['engagements']): readonly NodeId[] {
  return [...new Set(engagements.flatMap(({ unit }) => unit ?? []))];
}
