import { treeOf } from '#domain/people/organisation.ts';
import type { Person } from '#domain/people/person.ts';
import type { Services } from '#src/services.ts';

/** Somebody's own document as it is stored: the session's person has those roles alone that hold today. */
export function ownDocument(
  { store }: Pick<Services, 'store'>,
  { id }: Pick<Person, 'id'>,
): Promise<Person | undefined> {
  return store.people.get(id);
}

/** What else is kept about somebody: their group, the browsers they are signed in with, and the places that their work names. */
export async function ownSurroundings({ store }: Pick<Services, 'store'>, person: Pick<Person, 'id' | 'groupId'>) {
  const group = person.groupId && (await store.groups.get(person.groupId));
  const sessions = await store.sessions.findByPerson(person.id);
  return { tree: treeOf(await store.organisation.get()), group, sessions };
}
