import type { CodeHash } from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';
import { normalizePersonalCode } from '#domain/people/personal-code.ts';
import type { Services } from '#src/services.ts';

/**
 * Whose personal code it is, whichever of the installation's keys it was stored under. One that was stored under an older key
 * is stored under the newest from then on, so that in time nothing rests on the older.
 */
export async function findByCode(
  { store, secrets }: Pick<Services, 'store' | 'secrets'>,
  typed: string,
): Promise<Person | undefined> {
  const [newest, ...older] = secrets.hashesOfCode(normalizePersonalCode(typed));
  const person = await store.people.findByCodeHash(newest);
  if (person) return person;
  for (const hash of older) {
    const found = await store.people.findByCodeHash(hash);
    if (found) return moveToNewest(store, found, hash, newest);
  }
  return undefined;
}

/** Undefined where the code was replaced in the meantime. */
function moveToNewest(
  store: Services['store'],
  { id }: Person,
  hash: CodeHash,
  newest: CodeHash,
): Promise<Person | undefined> {
  return store.people.update(id, (person) => {
    if (person.codeHash !== hash) return { result: undefined };
    const moved = { ...person, codeHash: newest };
    return { save: moved, result: moved };
  });
}
