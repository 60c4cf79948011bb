import type { NodeId, PersonId } from '#domain/kernel/ids.ts';
import type { Grant, Role } from '#domain/people/person.ts';
import type { ActingPerson, AwakeGrant } from './grant-days.ts';

/** Who acts: someone signed in, with the grants that are awake, or nobody. */
export type Actor = Pick<ActingPerson, 'id' | 'grants'> | undefined;

/** A place, as far as access goes: it and everything it belongs to, innermost first (`Tree.pathOf`). */
export interface PlaceSubject {
  readonly path: readonly NodeId[];
}

/** Another person, as far as access goes. */
export interface PersonSubject {
  readonly id: PersonId;
  /** A path for each unit where the person works today, or is going to. */
  readonly paths: readonly (readonly NodeId[])[];
  /** A path for each unit where the person has worked. */
  readonly formerPaths: readonly (readonly NodeId[])[];
  readonly protectedIdentity?: true | undefined;
}

/** Another person as far as it goes who signs in as them. */
export interface CredentialsSubject extends PersonSubject {
  /** Every role of theirs: those too that have ended, sleep or have not begun, since each may hold again. */
  readonly held: readonly { readonly path: readonly NodeId[]; readonly seesProtected?: true | undefined }[];
}

export type OwnPermission =
  | 'read:own-record' // Min sida, own attempts, own results, own second factors
  | 'take:exam';

export type PlacePermission =
  | 'read:numbers' // how many are where, without names
  | 'list:people' // names with states and dates
  | 'export:people'
  | 'manage:groups' // make groups, see who joined, replace personal codes, confirm identity
  | 'manage:people' // place, move, end
  | 'import:people'
  | 'edit:organisation'
  | 'grant:roles'
  | 'appoint:deputy' // for a unit that one leads or administers
  | 'review:log'
  | 'read:reminders'
  | 'choose:settings' // what holds for the whole municipality
  | 'run:retention';

export type PersonPermission =
  | 'read:person' // states and dates, never answers, scores or the number of attempts
  | 'remind:person'
  | 'decide:person' // extra course, another date, exempt
  | 'confirm:identity'
  | 'edit:person'
  | 'name:person'; // be shown the name

/** E-mail address, factors, invitation, personal code, protection of identity: whoever decides those can become the person. */
export type CredentialsPermission = 'credentials:person';

const managing = [
  'read:numbers',
  'list:people',
  'export:people',
  'manage:groups',
  'read:person',
  'remind:person',
  'decide:person',
  'confirm:identity',
  'name:person',
  'credentials:person', // a group's participants get new codes; whoever has a role is out of a manager's reach
] as const;

/**
 * What each role may do at its place and below. A department head sees numbers and no names (inre sekretess, S1-2.3); what
 * lies outside the place of a grant, another committee's above all, it does not reach (yttre sekretess, OSL 8:1).
 */
const rights: Readonly<Record<Role, readonly (PlacePermission | PersonPermission | CredentialsPermission)[]>> = {
  'unit-manager': [...managing, 'appoint:deputy'],
  // Stands in for the manager, and lets nobody else in.
  deputy: managing,
  'department-head': ['read:numbers'],
  administrator: [
    'read:numbers',
    'list:people',
    'export:people',
    'manage:groups',
    'manage:people',
    'import:people',
    'edit:organisation',
    'grant:roles',
    'appoint:deputy',
    'review:log',
    'read:reminders',
    'choose:settings',
    'run:retention',
    'read:person',
    'remind:person',
    'decide:person',
    'confirm:identity',
    'edit:person',
    'name:person',
    'credentials:person',
  ],
};

/**
 * The one function that says who may do what (inre sekretess, S1-2.3; docs/design.md#what-is-public-and-what-is-not).
 *
 * @param subject the actor's own id; the place; or the other person. For `PlacePermission` leave it out to ask whether the
 * actor has it anywhere: good for showing a link, never for showing what is behind it.
 */
export function can(actor: Actor, permission: OwnPermission, subject: PersonId): boolean;
export function can(actor: Actor, permission: PlacePermission, subject?: PlaceSubject): boolean;
export function can(actor: Actor, permission: PersonPermission, subject: PersonSubject): boolean;
export function can(actor: Actor, permission: CredentialsPermission, subject: CredentialsSubject): boolean;
export function can(
  actor: Actor,
  permission: OwnPermission | PlacePermission | PersonPermission | CredentialsPermission,
  subject?: PersonId | PlaceSubject | PersonSubject | CredentialsSubject,
): boolean {
  if (!actor) return false;
  if (permission === 'read:own-record' || permission === 'take:exam') return subject === actor.id;
  const grants = actor.grants.filter(({ role }) => rights[role].includes(permission));
  if (subject === undefined) return grants.length > 0;
  if (typeof subject === 'string') return false;
  if ('path' in subject) return grants.some((grant) => covers(grant, subject.path));
  if (permission === 'credentials:person') return mayBecome(actor, subject);
  return grants.some((grant) => reaches(grant, permission, subject));
}

/** Former work gives nobody the right to credentials, and nobody has it to those of whom they may not be shown the name. */
function mayBecome(actor: NonNullable<Actor>, subject: PersonSubject | CredentialsSubject): boolean {
  if (!('held' in subject)) return false;
  const { id, paths, protectedIdentity, held } = subject;
  const now: PersonSubject = { id, paths, formerPaths: [], protectedIdentity };
  const grants = actor.grants.filter(({ role }) => rights[role].includes('credentials:person'));
  return (
    grants.some((grant) => reaches(grant, 'credentials:person', now) && reaches(grant, 'name:person', now)) &&
    held.every((one) => mayGiveAgain(actor, one))
  );
}

/** Whether the actor could give somebody this role: else becoming them would be a way to it. */
function mayGiveAgain(actor: NonNullable<Actor>, held: CredentialsSubject['held'][number]): boolean {
  return actor.grants.some(
    (grant) =>
      rights[grant.role].includes('grant:roles') &&
      covers(grant, held.path) &&
      (!held.seesProtected || grant.seesProtected === true),
  );
}

/** Whether a grant given at one place holds at another. */
export function covers({ place }: Grant, path: readonly NodeId[]): boolean {
  return place === 'everything' || path.includes(place);
}

/** A manager's right ends with the engagement; an administrator's lasts as long as the record does. */
function reaches(
  grant: AwakeGrant,
  permission: PlacePermission | PersonPermission | CredentialsPermission,
  person: PersonSubject,
): boolean {
  if (
    person.protectedIdentity &&
    permission === 'name:person' &&
    !(grant.role === 'administrator' && grant.seesProtected)
  ) {
    return false;
  }
  const former = grant.role === 'administrator' ? person.formerPaths : [];
  const paths = [...person.paths, ...former];
  // Who has not been placed in any unit is seen by those who are given everything.
  return grant.place === 'everything' || paths.some((path) => covers(grant, path));
}

export function hasRole(actor: Pick<ActingPerson, 'grants'> | undefined, role: Role): boolean {
  return actor?.grants.some((grant) => grant.role === role) ?? false;
}
