import { instantOf } from '#domain/calendar.ts';
import type { GroupId, Pseudonym } from '#domain/ids.ts';
import type { Group } from '#domain/person.ts';
import { randomCode } from '#domain/random.ts';
import type { Services } from '#src/services.ts';

/** Makes a group with a fresh code for its poster (40 bits: enough to not be guessed past the limits on tries). */
export async function createGroup(
  { store, clock, random }: Pick<Services, 'store' | 'clock' | 'random'>,
  createdBy: Pseudonym,
  wanted: Pick<Group, 'name' | 'unit' | 'category' | 'lastDay' | 'size'>,
): Promise<Group> {
  const group: Group = {
    ...wanted,
    id: randomCode(16, random) as GroupId,
    code: randomCode(8, random),
    seats: [],
    createdBy,
    createdAt: instantOf(clock()),
  };
  await store.groups.create(group);
  return group;
}

export function closeGroup({ store, clock }: Pick<Services, 'store' | 'clock'>, id: GroupId): Promise<void> {
  return store.groups.update(id, (group) => ({
    save: group.closedAt ? undefined : { ...group, closedAt: instantOf(clock()) },
    result: undefined,
  }));
}
