import type { PersonId } from '#domain/ids.ts';
import { personalCode, personalCodeBytes } from '#domain/personal-code.ts';
import type { Services } from '#src/services.ts';

/**
 * A new personal code for a participant who has lost theirs; the old one stops working and open sessions end.
 *
 * @returns the words, shown once and stored only as a keyed hash
 */
export async function replacePersonalCode(
  { store, secrets, random, sessions }: Pick<Services, 'store' | 'secrets' | 'random' | 'sessions'>,
  id: PersonId,
): Promise<string> {
  const code = personalCode(random(personalCodeBytes));
  const codeHash = secrets.hashCode(code);
  await store.people.update(id, (person) => ({ save: { ...person, codeHash }, result: undefined }));
  await sessions.closeAllOf(id);
  return code;
}
