import { type ActingPerson, acting, type GrantBasis, type Holder } from '#domain/access/grant-days.ts';
import type { CalendarDate, Pseudonym } from '#domain/kernel/ids.ts';
import { treeOf } from '#domain/people/organisation.ts';
import type { Person } from '#domain/people/person.ts';
import type { Store } from './store.ts';

type Needs = Pick<Store, 'people' | 'organisation'>;

/** Somebody as they may act today. Asked for anew with each request: what has ended has ended at once. */
export async function actingPerson(store: Needs, person: Person, today: CalendarDate): Promise<ActingPerson> {
  if (person.grants.length === 0) return { ...person, grants: [] };
  const appointers = new Map<Pseudonym, Holder>();
  for (const { by } of person.grants) {
    const appointer = by === undefined ? undefined : await store.people.findByPseudonym(by);
    if (appointer) appointers.set(appointer.pseudonym, appointer);
  }
  return acting(person, basisOf(treeOf(await store.organisation.get()), today, appointers));
}

/** What everybody's grants rest on, for lists of people. Reads no document. */
export async function grantBasis(store: Needs, date: CalendarDate): Promise<GrantBasis> {
  const appointers = new Map((await store.people.staffWithGrants()).map((record) => [record.pseudonym, record]));
  return basisOf(treeOf(await store.organisation.get()), date, appointers);
}

function basisOf(tree: GrantBasis['tree'], date: CalendarDate, appointers: ReadonlyMap<Pseudonym, Holder>): GrantBasis {
  return { tree, date, appointerOf: (pseudonym) => appointers.get(pseudonym) };
}
