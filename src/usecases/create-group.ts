import { can } from '#domain/access.ts';
import { instantOf } from '#domain/calendar.ts';
import type { ActingPerson } from '#domain/grant-days.ts';
import type { Group } from '#domain/group.ts';
import type { GroupId } from '#domain/ids.ts';
import { treeOf } from '#domain/organisation.ts';
import { randomCode } from '#domain/random.ts';
import type { Services } from '#src/services.ts';
import { groupSubject } from './subjects.ts';

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
