import type { ActingPerson } from '#domain/access/grant-days.ts';
import { signedOut } from '#domain/account/session.ts';
import type { Group } from '#domain/groups/group.ts';
import { removedFrom, withoutSeat } from '#domain/groups/group.ts';
import type { PersonId } from '#domain/kernel/ids.ts';
import type { Services } from '#src/services.ts';
import { accessPerson } from '#usecases/access/audited-access.ts';
import { updateKeepingAdministrator } from '#usecases/people/keep-administrator.ts';

export type RemoveResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'not-found' | 'has-certificate' | 'last-administrator' };

/**
 * Removes somebody who does not belong to a group. Refused for who has a certificate: it goes on saying that it is valid,
 * so the person must not vanish from where it can be seen whose it is.
 *
 * @param group as `openGroup` gave it
 */
export async function removeFromGroup(
  services: Pick<Services, 'store' | 'audit' | 'clock' | 'sessions'>,
  actor: ActingPerson,
  group: Group,
  id: PersonId,
): Promise<RemoveResult> {
  const { store, clock, sessions } = services;
  const member = await store.people.get(id);
  if (member?.groupId !== group.id) return { ok: false, reason: 'not-found' };
  if (member.certificates.length > 0) return { ok: false, reason: 'has-certificate' };
  const look = { action: 'remove-from-group', place: group.unit } as const;
  const opened = await accessPerson(services, actor, 'read:person', id, look);
  if (!opened) return { ok: false, reason: 'not-found' };
  const result = await updateKeepingAdministrator<RemoveResult>(services, id, (person) => {
    // Somebody else may have removed the person, or the exam been passed, in the meantime.
    if (person.groupId !== group.id) return { result: { ok: false, reason: 'not-found' } };
    if (person.certificates.length > 0) return { result: { ok: false, reason: 'has-certificate' } };
    return { save: signedOut(removedFrom(group, person, clock())), result: { ok: true } };
  });
  if (!result.ok) return result;
  // After the person: a place may be held by nobody for a while, never used by two.
  await store.groups.update(group.id, (newest) => ({ save: withoutSeat(newest, id), result: undefined }));
  await sessions.closeAllOf(id);
  return result;
}

type Refusal = Extract<RemoveResult, { readonly ok: false }>['reason'];

export type RemoveSeveralResult =
  | { readonly ok: true; readonly count: number }
  | { readonly ok: false; readonly reason: 'nobody-chosen' | Refusal };

/**
 * Removes several, one after the other: a server that stops in between has removed some, each wholly.
 *
 * @returns how many; the first reason where one of them stays, though the others are removed all the same
 */
export async function removeSeveral(
  services: Pick<Services, 'store' | 'audit' | 'clock' | 'sessions'>,
  actor: ActingPerson,
  group: Group,
  ids: readonly PersonId[],
): Promise<RemoveSeveralResult> {
  if (ids.length === 0) return { ok: false, reason: 'nobody-chosen' };
  let count = 0;
  let refusal: Refusal | undefined;
  for (const id of new Set(ids)) {
    const removed = await removeFromGroup(services, actor, group, id);
    if (removed.ok) count++;
    else refusal ??= removed.reason;
  }
  return refusal ? { ok: false, reason: refusal } : { ok: true, count };
}
