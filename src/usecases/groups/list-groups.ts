import type { Group } from '#domain/groups/group.ts';
import type { Services } from '#src/services.ts';

/** Every group, for whoever's right holds everywhere. */
export function listGroups({ store }: Pick<Services, 'store'>): Promise<readonly Group[]> {
  return store.groups.list();
}
