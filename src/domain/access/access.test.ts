import { describe, expect, test } from 'vitest';
import type { Grant, Role } from '#domain/people/person.ts';
import { nodeId, personId } from '../../../tests/contract/sample-documents.ts';
import { awake } from '../../../tests/support/acting.ts';
import {
  type Actor,
  can,
  type OwnPermission,
  type PersonPermission,
  type PersonSubject,
  type PlacePermission,
} from './access.ts';

/** Two committees: one with two units in one department, one with a unit of its own. */
const paths = {
  own: ['hemtjansten', 'aldreomsorg', 'omsorgsnamnden'].map(nodeId),
  sibling: ['boendet', 'aldreomsorg', 'omsorgsnamnden'].map(nodeId),
  foreign: ['familj', 'socialnamnden'].map(nodeId),
};
type Where = keyof typeof paths;

const actorWith = (role: Role, place: Grant['place'], more: Partial<Grant> = {}): Actor => ({
  id: personId('maria'),
  grants: awake([{ role, place, ...more }]),
});
const manager = actorWith('unit-manager', nodeId('hemtjansten'));
const head = actorWith('department-head', nodeId('aldreomsorg'));
const administrator = actorWith('administrator', nodeId('omsorgsnamnden'));
const allOver = actorWith('administrator', 'everything');
const named = actorWith('administrator', nodeId('omsorgsnamnden'), { seesProtected: true });
const managerNamed = actorWith('unit-manager', nodeId('hemtjansten'), { seesProtected: true });
const deputy = actorWith('deputy', nodeId('hemtjansten'));
const learner: Actor = { id: personId('anna'), grants: [] };
const actors = { manager, deputy, head, administrator, allOver, learner, nobody: undefined };
type Who = keyof typeof actors;

const own: readonly OwnPermission[] = ['read:own-record', 'take:exam'];

test.for(own)('whoever is signed in may %s for themselves, and nobody for somebody else', (permission) => {
  expect(can(learner, permission, personId('anna'))).toBe(true);
  for (const actor of [learner, manager, head, administrator, allOver, undefined]) {
    expect(can(actor, permission, personId('bo'))).toBe(false);
  }
});

describe('at a place', () => {
  /** Where each may; everywhere else nobody may. */
  const table: Readonly<Record<PlacePermission, Partial<Record<Who, readonly Where[]>>>> = {
    'read:numbers': {
      manager: ['own'],
      deputy: ['own'],
      head: ['own', 'sibling'],
      administrator: ['own', 'sibling'],
      allOver: ['own', 'sibling', 'foreign'],
    },
    'list:people': {
      manager: ['own'],
      deputy: ['own'],
      administrator: ['own', 'sibling'],
      allOver: ['own', 'sibling', 'foreign'],
    },
    'export:people': {
      manager: ['own'],
      deputy: ['own'],
      administrator: ['own', 'sibling'],
      allOver: ['own', 'sibling', 'foreign'],
    },
    'manage:groups': {
      manager: ['own'],
      deputy: ['own'],
      administrator: ['own', 'sibling'],
      allOver: ['own', 'sibling', 'foreign'],
    },
    'manage:people': { administrator: ['own', 'sibling'], allOver: ['own', 'sibling', 'foreign'] },
    'import:people': { administrator: ['own', 'sibling'], allOver: ['own', 'sibling', 'foreign'] },
    'edit:organisation': { administrator: ['own', 'sibling'], allOver: ['own', 'sibling', 'foreign'] },
    'grant:roles': { administrator: ['own', 'sibling'], allOver: ['own', 'sibling', 'foreign'] },
    'appoint:deputy': { manager: ['own'], administrator: ['own', 'sibling'], allOver: ['own', 'sibling', 'foreign'] },
    'review:log': { administrator: ['own', 'sibling'], allOver: ['own', 'sibling', 'foreign'] },
    'read:reminders': { administrator: ['own', 'sibling'], allOver: ['own', 'sibling', 'foreign'] },
    'choose:settings': { administrator: ['own', 'sibling'], allOver: ['own', 'sibling', 'foreign'] },
    'run:retention': { administrator: ['own', 'sibling'], allOver: ['own', 'sibling', 'foreign'] },
  };
  const rows = Object.entries(table) as [PlacePermission, Partial<Record<Who, readonly Where[]>>][];

  test.for(rows)('%s', ([permission, allowed]) => {
    for (const who of Object.keys(actors) as Who[]) {
      for (const where of Object.keys(paths) as Where[]) {
        const subject = { path: paths[where] };
        expect([who, where, can(actors[who], permission, subject)]).toEqual([
          who,
          where,
          allowed[who]?.includes(where) ?? false,
        ]);
      }
      expect([who, can(actors[who], permission)]).toEqual([who, who in allowed]);
    }
  });
});

describe('about a person', () => {
  const person = (fields: Partial<PersonSubject>): PersonSubject => ({
    id: personId('bo'),
    paths: [],
    formerPaths: [],
    ...fields,
  });
  const people = {
    own: person({ paths: [paths.own] }),
    sibling: person({ paths: [paths.sibling] }),
    foreign: person({ paths: [paths.foreign] }),
    both: person({ paths: [paths.foreign, paths.own] }),
    former: person({ formerPaths: [paths.own] }),
    unplaced: person({}),
  };
  type Whom = keyof typeof people;
  const forManagers: Partial<Record<Who, readonly Whom[]>> = {
    manager: ['own', 'both'],
    deputy: ['own', 'both'],
    administrator: ['own', 'sibling', 'both', 'former'],
    allOver: ['own', 'sibling', 'foreign', 'both', 'former', 'unplaced'],
  };
  const table: Readonly<Record<PersonPermission, Partial<Record<Who, readonly Whom[]>>>> = {
    'read:person': forManagers,
    'remind:person': forManagers,
    'decide:person': forManagers,
    'confirm:identity': forManagers,
    'name:person': forManagers,
    'edit:person': { ...forManagers, manager: [], deputy: [] },
  };
  const rows = Object.entries(table) as [PersonPermission, Partial<Record<Who, readonly Whom[]>>][];

  test.for(rows)('%s', ([permission, allowed]) => {
    for (const who of Object.keys(actors) as Who[]) {
      for (const whom of Object.keys(people) as Whom[]) {
        expect([who, whom, can(actors[who], permission, people[whom])]).toEqual([
          who,
          whom,
          allowed[who]?.includes(whom) ?? false,
        ]);
      }
    }
  });

  test('a protected name is for administrators who are named for it, and for no manager', () => {
    const hidden = { ...people.own, protectedIdentity: true } as const;
    expect(can(named, 'name:person', hidden)).toBe(true);
    for (const actor of [manager, managerNamed, administrator, allOver, head]) {
      expect(can(actor, 'name:person', hidden)).toBe(false);
    }
    expect(can(manager, 'read:person', hidden)).toBe(true);
    expect(can(named, 'name:person', { ...hidden, paths: [paths.foreign] })).toBe(false);
  });
});
