import type { ActingPerson } from '#domain/grant-days.ts';
import type { PersonId } from '#domain/ids.ts';
import type { Group, Person } from '#domain/person.ts';
import { personalCode, personalCodeBytes } from '#domain/personal-code.ts';
import type { Services } from '#src/services.ts';
import { openPerson } from './audited.ts';

export type ReplaceResult =
  | { readonly ok: true; readonly code: string; readonly person: Person; readonly mayName: boolean }
  | { readonly ok: false; readonly reason: 'not-found' };

/**
 * A new personal code for a participant who has lost theirs, or has none since the exam was taken on paper; an old one stops
 * working and open sessions end.
 *
 * @param group as `openGroup` gave it
 * @returns the words, shown once and stored only as a keyed hash; `not-found` for who is not in the group or signs in with a password
 */
export async function replacePersonalCode(
  services: Pick<Services, 'store' | 'secrets' | 'random' | 'sessions' | 'audit' | 'clock'>,
  actor: ActingPerson,
  group: Group,
  id: PersonId,
): Promise<ReplaceResult> {
  const { store, secrets, random, sessions } = services;
  const isParticipant = (person: Person | undefined) =>
    person?.groupId === group.id && person.passwordHash === undefined;
  if (!isParticipant(await store.people.get(id))) return { ok: false, reason: 'not-found' };
  const look = { action: 'replace-code', place: group.unit } as const;
  const opened = await openPerson(services, actor, 'read:person', id, look);
  if (!opened) return { ok: false, reason: 'not-found' };
  const code = personalCode(random(personalCodeBytes));
  const codeHash = secrets.hashCode(code);
  const isReplaced = await store.people.update(id, (person) =>
    isParticipant(person) ? { save: { ...person, codeHash }, result: true } : { result: false },
  );
  if (!isReplaced) return { ok: false, reason: 'not-found' };
  await sessions.closeAllOf(id);
  return { ok: true, code, person: opened.person, mayName: opened.mayName };
}
