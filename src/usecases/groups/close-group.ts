import type { ActingPerson } from '#domain/access/grant-days.ts';
import type { Group } from '#domain/groups/group.ts';
import { instantOf } from '#domain/kernel/calendar.ts';
import type { Services } from '#src/services.ts';

/** Nobody more can join; who has joined goes on. Closing a closed group changes nothing. @param group as `openGroup` gave it */
export async function closeGroup(
  { store, audit, clock }: Pick<Services, 'store' | 'audit' | 'clock'>,
  actor: ActingPerson,
  { id, unit }: Group,
): Promise<void> {
  const closedAt = instantOf(clock());
  await audit.append({ at: closedAt, actor: actor.pseudonym, action: 'close-group', place: unit });
  await store.groups.update(id, (group) => ({
    save: group.closedAt ? undefined : { ...group, closedAt },
    result: undefined,
  }));
}
