import { can } from '#domain/access/access.ts';
import { groupSubject } from '#domain/access/access-subjects.ts';
import type { ActingPerson } from '#domain/access/grant-days.ts';
import type { Group } from '#domain/groups/group.ts';
import { instantOf } from '#domain/kernel/calendar.ts';
import type { GroupId } from '#domain/kernel/ids.ts';
import { randomCode } from '#domain/kernel/random.ts';
import { treeOf } from '#domain/people/organisation.ts';
import type { Services } from '#src/services.ts';

/**
 * Makes a group with a fresh code for its poster (40 bits: enough to not be guessed past the limits on tries), for the work
 * of one unit, or without a unit by whose right holds everywhere.
 *
 * @returns undefined where the actor may not make one; the attempt is in the log
 */
export async function createGroup(
  { store, audit, clock, random }: Pick<Services, 'store' | 'audit' | 'clock' | 'random'>,
  actor: ActingPerson,
  wanted: Pick<Group, 'name' | 'unit' | 'category' | 'lastDay' | 'size'>,
): Promise<Group | undefined> {
  const at = instantOf(clock());
  const tree = treeOf(await store.organisation.get());
  const entry = { at, actor: actor.pseudonym, place: wanted.unit };
  const isUnit = wanted.unit === undefined || tree.get(wanted.unit)?.kind === 'unit';
  if (!isUnit || !can(actor, 'manage:groups', groupSubject(wanted, tree))) {
    await audit.append({ ...entry, action: 'refused' });
    return undefined;
  }
  await audit.append({ ...entry, action: 'make-group' });
  const group: Group = {
    ...wanted,
    id: randomCode(16, random) as GroupId,
    code: randomCode(8, random),
    seats: [],
    createdBy: actor.pseudonym,
    createdAt: at,
  };
  await store.groups.create(group);
  return group;
}
