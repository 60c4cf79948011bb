import type { ActingPerson } from '#domain/access/grant-days.ts';
import type { Group } from '#domain/groups/group.ts';
import type { PersonId } from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';
import { codeEnding, personalCode, personalCodeBytes } from '#domain/people/personal-code.ts';
import type { Services } from '#src/services.ts';
import { accessForCredentials } from '#usecases/access/audited-access.ts';
import { type CredentialNeeds, changeCredentials } from '#usecases/account/change-credentials.ts';

export type ReplaceResult =
  | { readonly ok: true; readonly code: string; readonly person: Person; readonly mayName: boolean }
  | { readonly ok: false; readonly reason: 'not-found' };

/**
 * A new personal code for a participant who has lost theirs, or has none since the exam was taken on paper; an old one stops
 * working and open sessions end.
 *
 * @param group as `openGroup` gave it
 * @returns the words, shown once and stored only as a keyed hash; `not-found` for who is not in the group, or has an address, a
 * password or a role
 */
export async function replacePersonalCode(
  services: CredentialNeeds & Pick<Services, 'random' | 'audit'>,
  actor: ActingPerson,
  group: Group,
  id: PersonId,
): Promise<ReplaceResult> {
  const { store, secrets, random } = services;
  // Never beside an account or a role: five words are not enough for those.
  const isParticipant = (person: Person | undefined) =>
    person?.groupId === group.id &&
    person.email === undefined &&
    person.passwordHash === undefined &&
    person.grants.length === 0;
  if (!isParticipant(await store.people.get(id))) return { ok: false, reason: 'not-found' };
  const look = { action: 'replace-code', place: group.unit } as const;
  const opened = await accessForCredentials(services, actor, id, look);
  if (!opened) return { ok: false, reason: 'not-found' };
  const code = personalCode(random(personalCodeBytes));
  const codeHash = secrets.hashCode(code);
  const isReplaced = await changeCredentials(services, id, 'code-replaced', (person) =>
    isParticipant(person)
      ? { change: { kind: 'code', codeHash, codeEnding: codeEnding(code) }, result: true }
      : { result: false },
  );
  if (!isReplaced) return { ok: false, reason: 'not-found' };
  return { ok: true, code, person: opened.person, mayName: opened.mayName };
}
