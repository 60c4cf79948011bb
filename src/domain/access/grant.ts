import type { NodeId } from '#domain/kernel/ids.ts';
import type { NodeKind, Tree } from '#domain/people/organisation.ts';
import { type Grant, type Role, roles } from '#domain/people/person.ts';
import { type Actor, can, covers } from './access.ts';

export type GrantRefusal = 'role-out-of-reach' | 'role-place' | 'role-protected' | 'role-has' | 'role-has-not';

/** Where a role can stand: a manager sees names and so has one unit at a time, a department head has only numbers. */
const kindsOf: Readonly<Record<Role, readonly (NodeKind | 'everything')[]>> = {
  'unit-manager': ['unit'],
  'department-head': ['department', 'committee'],
  administrator: ['everything', 'committee', 'department', 'unit'],
  deputy: ['unit'],
};

/** What an administrator gives. A deputy is appointed by a manager (decision 0019). */
export const givenRoles = roles.filter((role) => role !== 'deputy');

export function grantKey({ role, place }: Grant): string {
  return `${role}:${place}`;
}

/** Whether the actor decides about roles at a place. */
export function mayGrantAt(actor: Actor, place: Grant['place'], tree: Tree): boolean {
  return can(actor, 'grant:roles', { path: pathOf(place, tree) });
}

/**
 * Why somebody cannot give a role. An administrator has every right of the other roles (`can`), so what is left to ask is whether it
 * reaches there, and whether the actor is named to see people with protected identity there.
 */
export function refuseGrant(
  actor: NonNullable<Actor>,
  held: readonly Grant[],
  grant: Grant,
  tree: Tree,
): GrantRefusal | undefined {
  const { place } = grant;
  const kind = place === 'everything' ? ('everything' as const) : tree.get(place)?.kind;
  if (!kind || !mayGrantAt(actor, place, tree)) return 'role-out-of-reach';
  if (!givenRoles.some((role) => role === grant.role) || !kindsOf[grant.role].includes(kind)) return 'role-place';
  if (grant.seesProtected && grant.role !== 'administrator') return 'role-protected';
  if (grant.seesProtected && !mayNameProtectedAt(actor, place, tree)) return 'role-protected';
  const same = held.find((one) => grantKey(one) === grantKey(grant));
  return same && isSameGrant(same, grant) ? 'role-has' : undefined;
}

function isSameGrant(one: Grant, other: Grant): boolean {
  return one.seesProtected === other.seesProtected && one.from === other.from && one.to === other.to;
}

/** Whether the actor sees by name who has protected identity, everywhere at a place. */
export function mayNameProtectedAt(actor: NonNullable<Actor>, place: Grant['place'], tree: Tree): boolean {
  const path = pathOf(place, tree);
  return actor.grants.some((own) => own.role === 'administrator' && own.seesProtected && covers(own, path));
}

/** `everything` lies in no place: only what is given for everything covers it. */
function pathOf(place: Grant['place'], tree: Tree): readonly NodeId[] {
  return place === 'everything' ? [] : tree.pathOf(place);
}

export function isForEverything({ role, place }: Grant): boolean {
  return role === 'administrator' && place === 'everything';
}
