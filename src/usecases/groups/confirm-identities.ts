import type { ActingPerson } from '#domain/access/grant-days.ts';
import type { Group } from '#domain/groups/group.ts';
import { instantOf } from '#domain/kernel/calendar.ts';
import type { PersonId } from '#domain/kernel/ids.ts';
import type { Services } from '#src/services.ts';
import { accessPerson } from '#usecases/access/audited-access.ts';

export type ConfirmResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'nobody-chosen' | 'not-found' };

/**
 * A manager has seen that these are the people they say they are. What somebody has confirmed before stands.
 *
 * @param group as `openGroup` gave it
 * @returns `not-found` if one of them is not in the group or out of reach; the others are confirmed all the same
 */
export async function confirmIdentities(
  services: Pick<Services, 'store' | 'audit' | 'clock'>,
  actor: ActingPerson,
  group: Group,
  ids: readonly PersonId[],
): Promise<ConfirmResult> {
  if (ids.length === 0) return { ok: false, reason: 'nobody-chosen' };
  const confirmed = await Promise.all([...new Set(ids)].map((id) => confirmOne(services, actor, group, id)));
  return confirmed.every(Boolean) ? { ok: true } : { ok: false, reason: 'not-found' };
}

async function confirmOne(
  services: Pick<Services, 'store' | 'audit' | 'clock'>,
  actor: ActingPerson,
  group: Group,
  id: PersonId,
): Promise<boolean> {
  const { store, clock } = services;
  const member = await store.people.get(id);
  if (member?.groupId !== group.id) return false;
  if (member.identity) return true;
  const look = { action: 'confirm-identity', place: group.unit } as const;
  if (!(await accessPerson(services, actor, 'confirm:identity', id, look))) return false;
  const identity = { by: actor.pseudonym, at: instantOf(clock()) };
  return store.people.update(id, (person) => {
    if (person.groupId !== group.id) return { result: false };
    return { save: person.identity ? undefined : { ...person, identity }, result: true };
  });
}
