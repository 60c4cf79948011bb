import { can } from '#domain/access/access.ts';
import { groupSubject, personSubject } from '#domain/access/access-subjects.ts';
import type { ActingPerson } from '#domain/access/grant-days.ts';
import type { Group } from '#domain/groups/group.ts';
import { inListOrder } from '#domain/groups/group.ts';
import { instantOf } from '#domain/kernel/calendar.ts';
import type { GroupId, NodeId } from '#domain/kernel/ids.ts';
import { type Place, treeOf } from '#domain/people/organisation.ts';
import type { Person } from '#domain/people/person.ts';
import type { Services } from '#src/services.ts';
import { accessPlace } from '#usecases/access/audited-access.ts';

type Needs = Pick<Services, 'store' | 'audit' | 'clock'>;

export interface OpenedGroup {
  readonly group: Group;
  /** Absent for a group of no unit, and for one whose unit is gone. */
  readonly place: Place | undefined;
}

/**
 * A group, for who makes groups in its unit; one without a unit for whose right holds everywhere. Undefined for what is not
 * there and for what is out of reach alike, and the attempt is in the log.
 */
export async function openGroup(
  { store, audit, clock }: Needs,
  actor: ActingPerson,
  id: string,
): Promise<OpenedGroup | undefined> {
  const tree = treeOf(await store.organisation.get());
  const group = await store.groups.get(id as GroupId);
  const place = group?.unit && tree.get(group.unit);
  if (group && can(actor, 'manage:groups', groupSubject(group, tree))) return { group, place: place || undefined };
  await audit.append({ at: instantOf(clock()), actor: actor.pseudonym, action: 'refused', place: group?.unit });
  return undefined;
}

export interface Member {
  readonly person: Person;
  /** Whether the name may be shown. */
  readonly mayName: boolean;
}

/**
 * Who is in a group, oldest first, as far as the actor's right reaches: a manager's ends when somebody has left the unit. The
 * look is in the log before anything is shown: one entry for a unit's group, one for each person where no unit says whose.
 *
 * @returns `hidden`: how many more there are
 */
export async function openMembers(
  { store, audit, clock }: Needs,
  actor: ActingPerson,
  { group }: OpenedGroup,
): Promise<{ readonly members: readonly Member[]; readonly hidden: number }> {
  const now = clock();
  const tree = treeOf(await store.organisation.get());
  const everybody = await store.people.findByGroup(group.id);
  const members = everybody.flatMap((person): Member[] => {
    const subject = personSubject(person, tree, now);
    return can(actor, 'read:person', subject) ? [{ person, mayName: can(actor, 'name:person', subject) }] : [];
  });
  const entry = { at: instantOf(now), actor: actor.pseudonym, action: 'open-list' } as const;
  if (group.unit) await audit.append({ ...entry, place: group.unit });
  else for (const { person } of members) await audit.append({ ...entry, subject: person.pseudonym });
  return { members, hidden: everybody.length - members.length };
}

/**
 * The groups of a unit, in the order of a list, with how many have joined each. No person is shown, so no look is logged.
 * Undefined for what is no unit and for what is out of reach alike.
 */
export async function openUnitGroups(
  services: Needs,
  actor: ActingPerson,
  id: string,
): Promise<{ readonly place: Place; readonly groups: readonly { group: Group; joined: number }[] } | undefined> {
  const { store, clock } = services;
  const opened = await accessPlace(services, actor, 'manage:groups', id as NodeId);
  if (opened?.place.kind !== 'unit') return undefined;
  const { place } = opened;
  const groups = (await store.groups.list()).filter(({ unit }) => unit === place.id);
  const counted = inListOrder(groups, clock()).map(async (group) => ({
    group,
    joined: await store.people.countByGroup(group.id),
  }));
  return { place, groups: await Promise.all(counted) };
}
