import type { PersonId } from './ids.ts';
import type { Person } from './person.ts';

/** Who acts: someone signed in, or nobody. */
export type Actor = Pick<Person, 'id' | 'roles'> | undefined;

/** Typed sentences; a subject is a person's id where the permission is about one person. */
export type Permission =
  | 'read:own-record' // Min sida, own attempts, own results
  | 'take:exam'
  | 'manage:people' // invite, list
  | 'manage:groups'; // make groups, see who joined, replace personal codes

/**
 * The one function that says who may do what (inre sekretess, S1-2.3; DESIGN.md “What is public, and what is not”).
 *
 * @param subject the person the record is about; leave out where the permission names no person.
 */
export function can(actor: Actor, permission: Permission, subject?: PersonId): boolean {
  if (!actor) return false;
  switch (permission) {
    case 'read:own-record':
    case 'take:exam':
      return subject === actor.id;
    case 'manage:people':
    case 'manage:groups':
      return actor.roles.includes('administrator');
  }
}
