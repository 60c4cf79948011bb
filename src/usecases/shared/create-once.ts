import type { Person } from '#domain/people/person.ts';
import { DuplicateKeyError } from '#ports/store.ts';
import type { Services } from '#src/services.ts';

/** Stores somebody whose id follows from a form: the same form, sent twice at once, may have done it in the meantime. */
export async function createOnce(store: Services['store'], person: Person): Promise<void> {
  try {
    await store.people.create(person);
  } catch (error) {
    if (!(error instanceof DuplicateKeyError && error.key === 'id')) throw error;
  }
}
