import { readdirSync, readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routeRules } from '#auth/route-rules.ts';
import { addDays, dateOf } from '#domain/kernel/calendar.ts';
import { chosenValue, decisionKinds } from '#forms/unit/unit-form.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import {
  type MunicipalityWorld,
  makeMunicipality,
  places,
  type RoleName,
  type SubjectName,
  staffWithRoles,
  subjects,
} from '../support/municipality-world.ts';
import { unzipped } from '../support/unzipped.ts';
import { type Reply, Visitor } from '../support/visitor.ts';

/**
 * Every route and action of managers and administrators, as each role, about the own unit, another unit of the committee,
 * another committee, somebody who has left, and somebody whose identity is protected. Written out, so that a change is seen.
 */
const roles = Object.keys(staffWithRoles) as RoleName[];
type Where = 'own' | 'sibling' | 'foreign';

/** Who reaches which place; whoever is not named here gets the page of an address that does not exist. */
const managers = {
  own: ['manager', 'deputy', 'administrator', 'allOver', 'named'],
  sibling: ['administrator', 'allOver', 'named'],
  foreign: ['allOver', 'named'],
} as const satisfies Record<Where, readonly RoleName[]>;
/** A deputy lets nobody else in. */
const appointing = {
  ...managers,
  own: ['manager', 'administrator', 'allOver', 'named'],
} as const satisfies Record<Where, readonly RoleName[]>;
const numbers = {
  own: ['manager', 'deputy', 'head', 'administrator', 'allOver', 'named'],
  sibling: ['head', 'administrator', 'allOver', 'named'],
  foreign: ['allOver', 'named'],
} as const satisfies Record<Where, readonly RoleName[]>;
const administrators = {
  own: ['administrator', 'allOver', 'named'],
  sibling: ['administrator', 'allOver', 'named'],
  foreign: ['allOver', 'named'],
} as const satisfies Record<Where, readonly RoleName[]>;

/** Who reaches whose record: a manager's right ends with the engagement. */
const managersOfPeople = {
  ...managers,
  former: ['administrator', 'allOver', 'named'],
  hidden: managers.own,
} as const satisfies Record<SubjectName, readonly RoleName[]>;
const administratorsOfPeople = {
  ...administrators,
  former: administrators.own,
  hidden: administrators.own,
} as const satisfies Record<SubjectName, readonly RoleName[]>;

/** Whose names each role may meet anywhere at all. */
const mayMeet: Readonly<Record<RoleName, readonly SubjectName[]>> = {
  learner: [],
  head: [],
  manager: ['own'],
  deputy: ['own'],
  leftManager: [],
  leftAdministrator: [],
  administrator: ['own', 'sibling', 'former'],
  allOver: ['own', 'sibling', 'foreign', 'former'],
  named: ['own', 'sibling', 'foreign', 'former', 'hidden'],
};

interface Row {
  readonly what: string;
  /** Astro's pattern of the route: a test holds that every role's route is here. */
  readonly route: string;
  readonly method: 'GET' | 'POST';
  readonly path: (world: MunicipalityWorld, about: string) => string;
  readonly form?: (world: MunicipalityWorld, about: string) => Readonly<Record<string, string>>;
  /** The answer to the form leads to the page that is asked about. */
  readonly leadsOn?: true;
  /** About what, and who gets it. */
  readonly allowed: Readonly<Record<string, readonly RoleName[]>>;
  /** What who gets it gets. */
  readonly ok: number | readonly number[];
  /** What who has the role, but elsewhere, gets instead of 404. */
  readonly refused?: number;
}

const everywhere = (...allowed: RoleName[]) => ({ everywhere: allowed });
const anyAdministrator = everywhere('administrator', 'allOver', 'named');

const unitOf = (world: MunicipalityWorld, about: string) => world.place[about as Where];
const personOf = (world: MunicipalityWorld, about: string) => world.person[about as SubjectName];
/** The unit that somebody works or has worked in. */
const unitWhere = (world: MunicipalityWorld, about: string) =>
  world.place[about === 'former' || about === 'hidden' ? 'own' : (about as Where)];

const onPlaces = (name: 'unit' | 'group') => (world: MunicipalityWorld, about: string) =>
  name === 'unit' ? world.place[about as Where] : world.group[about as Where];

const table: readonly Row[] = [
  // A manager of one unit is led to it at once.
  {
    what: 'the way to one’s units',
    route: '/enhet',
    method: 'GET',
    path: () => '/enhet',
    allowed: everywhere('manager', 'deputy', 'head', 'administrator', 'allOver', 'named'),
    ok: [200, 303],
  },
  {
    what: 'a unit’s people',
    route: '/enhet/[unit]',
    method: 'GET',
    path: (world, about) => `/enhet/${unitOf(world, about)}`,
    allowed: managers,
    ok: 200,
  },
  {
    what: 'reminding nobody chosen',
    route: '/enhet/[unit]',
    method: 'POST',
    path: (world, about) => `/enhet/${unitOf(world, about)}`,
    form: () => ({ action: 'remind' }),
    allowed: managers,
    ok: 422,
  },
  {
    what: 'a unit’s deputies',
    route: '/enhet/[unit]/stallforetradare',
    method: 'GET',
    path: (world, about) => `/enhet/${unitOf(world, about)}/stallforetradare`,
    allowed: appointing,
    ok: 200,
  },
  {
    what: 'appointing nobody',
    route: '/enhet/[unit]/stallforetradare',
    method: 'POST',
    path: (world, about) => `/enhet/${unitOf(world, about)}/stallforetradare`,
    form: () => ({ action: 'appoint' }),
    allowed: appointing,
    ok: 422,
  },
  {
    what: 'ending nobody’s appointment',
    route: '/enhet/[unit]/stallforetradare',
    method: 'POST',
    path: (world, about) => `/enhet/${unitOf(world, about)}/stallforetradare`,
    form: () => ({ action: 'end', person: 'ingen' }),
    allowed: appointing,
    ok: 422,
  },
  {
    what: 'a sheet for the staff meeting',
    route: '/enhet/[unit]/apt',
    method: 'GET',
    path: (world, about) => `/enhet/${unitOf(world, about)}/apt`,
    allowed: managers,
    ok: 200,
  },
  {
    what: 'how many inviting the unit would reach',
    route: '/enhet/[unit]/bjud-in',
    method: 'GET',
    path: (world, about) => `/enhet/${unitOf(world, about)}/bjud-in`,
    allowed: managers,
    ok: 200,
  },
  {
    what: 'how many inviting those who are ticked would reach',
    route: '/enhet/[unit]/bjud-in',
    method: 'POST',
    path: (world, about) => `/enhet/${unitOf(world, about)}/bjud-in`,
    form: () => ({ action: 'preview', everyone: '1' }),
    allowed: managers,
    ok: 200,
  },
  {
    what: 'inviting the unit on a day that is past',
    route: '/enhet/[unit]/bjud-in',
    method: 'POST',
    path: (world, about) => `/enhet/${unitOf(world, about)}/bjud-in`,
    form: () => ({ action: 'invite', when: 'day', day: '2020-01-01' }),
    allowed: managers,
    ok: 422,
  },
  {
    what: 'cancelling invitations that nobody has planned',
    route: '/enhet/[unit]/bjud-in',
    method: 'POST',
    path: (world, about) => `/enhet/${unitOf(world, about)}/bjud-in`,
    form: () => ({ action: 'cancel', planned: '2098-01-01', mails: '1' }),
    allowed: managers,
    ok: 422,
  },
  ...(['csv', 'xlsx'] as const).map(
    (ending): Row => ({
      what: `the list as ${ending}`,
      route: `/enhet/[unit]/lista.${ending}`,
      method: 'GET',
      path: (world, about) => `/enhet/${unitOf(world, about)}/lista.${ending}`,
      allowed: managers,
      ok: 200,
    }),
  ),
  {
    what: 'one person',
    route: '/enhet/[unit]/personer/[person]',
    method: 'GET',
    path: (world, about) => `/enhet/${unitWhere(world, about)}/personer/${personOf(world, about)}`,
    allowed: managersOfPeople,
    ok: 200,
  },
  {
    what: 'another date without a date',
    route: '/enhet/[unit]/personer/[person]',
    method: 'POST',
    path: (world, about) => `/enhet/${unitWhere(world, about)}/personer/${personOf(world, about)}`,
    form: () => ({ action: 'move-due', track: 'temporary-staff' }),
    allowed: managersOfPeople,
    ok: 422,
  },
  {
    what: 'numbers of a unit',
    route: '/enhet/omrade/[place]',
    method: 'GET',
    path: (world, about) => `/enhet/omrade/${unitOf(world, about)}`,
    allowed: numbers,
    ok: 200,
  },
  {
    what: 'a unit’s groups',
    route: '/enhet/[unit]/grupper',
    method: 'GET',
    path: (world, about) => `/enhet/${unitOf(world, about)}/grupper`,
    allowed: managers,
    ok: 200,
  },
  {
    what: 'a group without a name',
    route: '/enhet/[unit]/grupper',
    method: 'POST',
    path: (world, about) => `/enhet/${unitOf(world, about)}/grupper`,
    allowed: managers,
    ok: 422,
  },
  {
    what: 'a group',
    route: '/enhet/grupper/[id]',
    method: 'GET',
    path: (world, about) => `/enhet/grupper/${onPlaces('group')(world, about)}`,
    allowed: managers,
    ok: 200,
  },
  {
    what: 'a new personal code for nobody',
    route: '/enhet/grupper/[id]',
    method: 'POST',
    path: (world, about) => `/enhet/grupper/${onPlaces('group')(world, about)}`,
    form: () => ({ action: 'new-code', person: 'ingen' }),
    allowed: managers,
    ok: 422,
  },

  {
    what: 'exams on paper',
    route: '/enhet/grupper/[id]/papper',
    method: 'GET',
    path: (world, about) => `/enhet/grupper/${onPlaces('group')(world, about)}/papper`,
    allowed: managers,
    ok: 200,
  },
  {
    what: 'printing none',
    route: '/enhet/grupper/[id]/papper',
    method: 'POST',
    path: (world, about) => `/enhet/grupper/${onPlaces('group')(world, about)}/papper`,
    form: () => ({ count: '0' }),
    allowed: managers,
    ok: 422,
  },
  {
    what: 'exams to print',
    route: '/enhet/grupper/[id]/papper/utskrift',
    method: 'GET',
    path: (world, about) => `/enhet/grupper/${onPlaces('group')(world, about)}/papper/utskrift`,
    allowed: managers,
    ok: 200,
  },
  {
    what: 'a sheet to enter, with whose it may be and who may have been there',
    route: '/enhet/grupper/[id]/papper/[sheet]',
    method: 'GET',
    path: (world, about) => `/enhet/grupper/${onPlaces('group')(world, about)}/papper/1`,
    allowed: managers,
    ok: 200,
  },
  {
    what: 'a sheet of nobody',
    route: '/enhet/grupper/[id]/papper/[sheet]',
    method: 'POST',
    path: (world, about) => `/enhet/grupper/${onPlaces('group')(world, about)}/papper/1`,
    form: () => ({ action: 'hand-in' }),
    allowed: managers,
    ok: 422,
  },

  ...(['/admin', '/admin/organisation', '/admin/personer', '/admin/roller', '/admin/inbjudningar'] as const).flatMap(
    (route): Row[] => [
      { what: 'the page', route, method: 'GET', path: () => route, allowed: anyAdministrator, ok: 200 },
    ],
  ),
  {
    what: 'inviting without a name',
    route: '/admin',
    method: 'POST',
    path: () => '/admin',
    form: () => ({ action: 'invite' }),
    allowed: anyAdministrator,
    ok: 422,
  },
  {
    what: 'a place without a name',
    route: '/admin/organisation',
    method: 'POST',
    path: () => '/admin/organisation',
    form: () => ({ action: 'add', kind: 'unit' }),
    allowed: anyAdministrator,
    ok: 422,
  },
  {
    what: 'another name for a place',
    route: '/admin/organisation',
    method: 'POST',
    path: () => '/admin/organisation',
    form: (world, about) => ({ action: 'change', place: unitOf(world, about), placeName: '' }),
    allowed: {
      own: anyAdministrator.everywhere,
      sibling: anyAdministrator.everywhere,
      foreign: anyAdministrator.everywhere,
    },
    ok: 422,
  },
  {
    what: 'the people of a unit',
    route: '/admin/personer',
    method: 'GET',
    path: (world, about) => `/admin/personer?enhet=${unitOf(world, about)}`,
    allowed: administrators,
    ok: 200,
  },
  ...Object.values(subjects).map(
    (name): Row => ({
      what: `looking for ${name}`,
      route: '/admin/personer',
      method: 'POST',
      path: () => '/admin/personer',
      form: () => ({ q: name.split(' ')[0] ?? '' }),
      leadsOn: true,
      allowed: anyAdministrator,
      ok: 200,
    }),
  ),
  {
    what: 'one person',
    route: '/admin/personer/[id]',
    method: 'GET',
    path: (world, about) => `/admin/personer/${personOf(world, about)}`,
    allowed: administratorsOfPeople,
    ok: 200,
  },
  {
    what: 'more work, without a day',
    route: '/admin/personer/[id]',
    method: 'POST',
    path: (world, about) => `/admin/personer/${personOf(world, about)}`,
    form: () => ({ action: 'add' }),
    allowed: administratorsOfPeople,
    ok: 422,
  },
  {
    what: 'inviting everybody on a day that is past',
    route: '/admin/inbjudningar',
    method: 'POST',
    path: () => '/admin/inbjudningar',
    form: () => ({ action: 'invite', when: 'day', day: '2020-01-01' }),
    allowed: anyAdministrator,
    ok: 422,
  },
  {
    what: 'putting planned invitations on a day that is past',
    route: '/admin/inbjudningar',
    method: 'POST',
    path: () => '/admin/inbjudningar',
    form: () => ({ action: 'move', planned: '2098-01-01', mails: '1', 'to-2098-01-01': '2020-01-01' }),
    allowed: anyAdministrator,
    ok: 422,
  },
  {
    what: 'a role for nobody',
    route: '/admin/roller',
    method: 'POST',
    path: () => '/admin/roller',
    form: () => ({ action: 'give', role: 'unit-manager', who: 'ingen@lindala.example' }),
    allowed: anyAdministrator,
    ok: 422,
  },
  ...(
    ['/admin/import', '/admin/inforande', '/admin/paminnelser', '/admin/export.csv', '/admin/export.xlsx'] as const
  ).map(
    (route): Row => ({
      what: 'the page, or the list',
      route,
      method: 'GET',
      path: () => route,
      allowed: anyAdministrator,
      ok: 200,
    }),
  ),
  ...(['/admin/gallring', '/admin/logg'] as const).map(
    (route): Row => ({
      what: 'the page',
      route,
      method: 'GET',
      path: () => route,
      allowed: anyAdministrator,
      ok: 200,
    }),
  ),
  {
    what: 'holding nobody',
    route: '/admin/gallring',
    method: 'POST',
    path: () => '/admin/gallring',
    form: () => ({ action: 'hold', person: 'ingen' }),
    allowed: anyAdministrator,
    ok: 422,
  },
  {
    what: 'no file',
    route: '/admin/import',
    method: 'POST',
    path: () => '/admin/import',
    allowed: anyAdministrator,
    ok: 422,
  },
  // An import is its administrator's own: nobody here has any.
  ...(['GET', 'POST'] as const).map(
    (method): Row => ({
      what: 'an import that is not one’s own',
      route: '/admin/import/[id]',
      method,
      path: () => '/admin/import/ZZZZZZZZZZZZZZZZ',
      form: () => ({ action: 'apply' }),
      allowed: anyAdministrator,
      ok: 404,
    }),
  ),
  {
    what: 'choosing no day of introduction',
    route: '/admin/inforande',
    method: 'POST',
    path: () => '/admin/inforande',
    form: () => ({ on: '', days: '' }),
    // A choice for everybody is for who is given everything.
    allowed: everywhere('allOver', 'named'),
    ok: 422,
  },
  {
    what: 'the text of a mail',
    route: '/admin/paminnelser/[kind]',
    method: 'GET',
    path: () => '/admin/paminnelser/digest',
    allowed: anyAdministrator,
    ok: 200,
  },
  {
    what: 'a trial of a mail to oneself',
    route: '/admin/paminnelser/[kind]',
    method: 'POST',
    path: () => '/admin/paminnelser/digest',
    form: () => ({ language: 'sv' }),
    allowed: anyAdministrator,
    ok: 303,
  },
  {
    what: 'resuming mail that is not paused',
    route: '/admin/paminnelser',
    method: 'POST',
    path: () => '/admin/paminnelser',
    form: () => ({ action: 'resume', what: 'digest' }),
    // What goes out to everybody is for who is given everything.
    allowed: everywhere('allOver', 'named'),
    ok: 303,
    refused: 422,
  },
  {
    what: 'pausing no kind of mail that there is',
    route: '/admin/paminnelser',
    method: 'POST',
    path: () => '/admin/paminnelser',
    form: () => ({ action: 'pause', what: 'ingen' }),
    allowed: anyAdministrator,
    ok: 422,
  },
  {
    what: 'trying an address again that nobody has refused',
    route: '/admin/paminnelser',
    method: 'POST',
    path: () => '/admin/paminnelser',
    form: (world, about) => ({ action: 'address', person: personOf(world, about) }),
    allowed: administratorsOfPeople,
    ok: 303,
    refused: 422,
  },
  {
    what: 'sending again what was never sent',
    route: '/admin/paminnelser',
    method: 'POST',
    path: () => '/admin/paminnelser',
    form: (world, about) => ({ person: personOf(world, about), rule: 'due', cycle: 'ingen' }),
    allowed: administratorsOfPeople,
    ok: 303,
    // The page again, which says that there is nobody.
    refused: 422,
  },
  // Every action that a form of theirs can send, filled in so that it changes nothing where it can be.
  ...(['move-due', 'assign', 'exempt'] as const).map(
    (action): Row => ({
      what: `${action}, nobody chosen`,
      route: '/enhet/[unit]',
      method: 'POST',
      path: (world, about) => `/enhet/${unitOf(world, about)}`,
      form: () => ({ action }),
      allowed: managers,
      ok: 422,
    }),
  ),
  ...(['assign', 'exempt', 'withdraw'] as const).map(
    (action): Row => ({
      what: `${action}, without a reason`,
      route: '/enhet/[unit]/personer/[person]',
      method: 'POST',
      path: (world, about) => `/enhet/${unitWhere(world, about)}/personer/${personOf(world, about)}`,
      form: () => ({ action }),
      allowed: managersOfPeople,
      ok: 422,
    }),
  ),
  {
    what: 'reminding',
    route: '/enhet/[unit]/personer/[person]',
    method: 'POST',
    path: (world, about) => `/enhet/${unitWhere(world, about)}/personer/${personOf(world, about)}`,
    form: () => ({ action: 'remind' }),
    allowed: managersOfPeople,
    ok: 303,
  },
  ...(['confirm', 'confirm-all', 'remove', 'remove-chosen', 'remove-all'] as const).map(
    (action): Row => ({
      what: `${action} nobody`,
      route: '/enhet/grupper/[id]',
      method: 'POST',
      path: (world, about) => `/enhet/grupper/${onPlaces('group')(world, about)}`,
      form: () => ({ action, person: 'ingen' }),
      allowed: managers,
      ok: 422,
    }),
  ),
  ...(['check', 'edit'] as const).map(
    (action): Row => ({
      what: `${action} an empty sheet`,
      route: '/enhet/grupper/[id]/papper/[sheet]',
      method: 'POST',
      path: (world, about) => `/enhet/grupper/${onPlaces('group')(world, about)}/papper/1`,
      form: () => ({ action }),
      allowed: managers,
      ok: action === 'check' ? 422 : 200,
    }),
  ),
  {
    what: 'a group without a name',
    route: '/admin',
    method: 'POST',
    path: () => '/admin',
    form: () => ({ action: 'group' }),
    allowed: everywhere('allOver', 'named'),
    ok: 422,
  },
  {
    what: 'removing a place in which people work',
    route: '/admin/organisation',
    method: 'POST',
    path: () => '/admin/organisation',
    form: (world, about) => ({ action: 'remove', place: unitOf(world, about) }),
    allowed: {
      own: anyAdministrator.everywhere,
      sibling: anyAdministrator.everywhere,
      foreign: anyAdministrator.everywhere,
    },
    ok: 422,
  },
  ...(['contact', 'again', 'dates', 'move', 'leave', 'leave-ends'] as const).map(
    (action): Row => ({
      what: `${action}, with nothing filled in`,
      route: '/admin/personer/[id]',
      method: 'POST',
      path: (world, about) => `/admin/personer/${personOf(world, about)}`,
      form: () => ({ action }),
      allowed: administratorsOfPeople,
      ok: 422,
    }),
  ),
  {
    what: 'taking back a role that nobody has',
    route: '/admin/roller',
    method: 'POST',
    path: () => '/admin/roller',
    form: (world, about) => ({ action: 'take-back', person: personOf(world, about), grant: 'ingen' }),
    allowed: { own: anyAdministrator.everywhere, foreign: anyAdministrator.everywhere },
    ok: 422,
  },
  {
    what: 'purging without having ticked that one is sure',
    route: '/admin/gallring',
    method: 'POST',
    path: () => '/admin/gallring',
    form: () => ({ action: 'run' }),
    allowed: anyAdministrator,
    ok: 422,
  },
  ...(['hold', 'release'] as const).map(
    (action): Row => ({
      what: `${action} a record`,
      route: '/admin/gallring',
      method: 'POST',
      path: () => '/admin/gallring',
      form: (world, about) => ({ action, person: personOf(world, about) }),
      allowed: administratorsOfPeople,
      ok: 303,
      refused: 422,
    }),
  ),
  ...(['columns', 'discard'] as const).map(
    (action): Row => ({
      what: `${action} of an import that is not one’s own`,
      route: '/admin/import/[id]',
      method: 'POST',
      path: () => '/admin/import/ZZZZZZZZZZZZZZZZ',
      form: () => ({ action }),
      allowed: anyAdministrator,
      ok: 404,
    }),
  ),
  // What changes something that other rows ask about comes last.
  // Former work gives no right to how somebody signs in; of a protected person only who may see the name has it.
  ...(['reset-factors', 'end-sessions'] as const).map(
    (action): Row => ({
      what: `another’s ways in: ${action}`,
      route: '/admin/personer/[id]',
      method: 'POST',
      path: (world, about) => `/admin/personer/${personOf(world, about)}`,
      form: () => ({ action, recognised: 'seen' }),
      allowed: { ...administratorsOfPeople, former: ['allOver', 'named'], hidden: ['named'] },
      ok: 303,
      refused: 422,
    }),
  ),
  ...(['protect', 'unprotect'] as const).map(
    (action): Row => ({
      what: `${action} an identity`,
      route: '/admin/personer/[id]',
      method: 'POST',
      path: (world, about) => `/admin/personer/${personOf(world, about)}`,
      form: () => ({ action }),
      // Who is not named to see such names hides none either: the name would be gone for whoever did it.
      allowed: { own: ['named'], sibling: ['named'], foreign: ['named'], former: ['named'] },
      ok: 303,
      refused: 422,
    }),
  ),
  {
    what: 'closing a group',
    route: '/enhet/grupper/[id]',
    method: 'POST',
    path: (world, about) => `/enhet/grupper/${onPlaces('group')(world, about)}`,
    form: () => ({ action: 'close' }),
    allowed: managers,
    ok: 303,
  },
];

/** For asking a row what it sends, before there is anybody it could be about. */
const nowhere: MunicipalityWorld = {
  dataDir: '',
  place: mapOf([...Object.keys(places)]) as MunicipalityWorld['place'],
  person: mapOf([...Object.keys(subjects), ...roles]) as MunicipalityWorld['person'],
  group: mapOf(['own', 'sibling', 'foreign']) as MunicipalityWorld['group'],
  cookie: mapOf(roles) as MunicipalityWorld['cookie'],
};

function mapOf(names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, name]));
}

/** Actions of forms that everybody has: their own exam, second factors and name in a group. */
const ofEverybody = [
  'hand-in',
  'save',
  'review',
  'restart',
  'app',
  'passkey',
  'recovery',
  'remove',
  'rename',
  'someone-else',
];

/** The actions that buttons on the site's pages send, as they stand in the source. */
function actionsInSource(): readonly string[] {
  const files = ['src/pages', 'src/components'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.astro'))
      .map((file) => readFileSync(join(folder, file), 'utf8')),
  );
  const values = files.flatMap((text) =>
    [...text.matchAll(/name="action" value=(?:"([\w-]+)"|\{([^}]*)\})/g)].flatMap(([, word, code = '']) =>
      word
        ? [word]
        : code === 'kind'
          ? decisionKinds
          : [...code.replace(/=== '[\w-]+'/g, '').matchAll(/'([\w-]+)'/g)].map(([, one = '']) => one),
    ),
  );
  return [...new Set(values)].sort();
}

describe('the table of roles', () => {
  test('has every route that asks for a role', () => {
    const asking = Object.entries(routeRules).filter(
      ([, { audience }]) => audience !== 'everyone' && audience !== 'signed-in',
    );
    const missing = asking.flatMap(([route, { methods }]) =>
      methods.filter((method) => !table.some((row) => row.route === route && row.method === method)),
    );
    expect(missing).toEqual([]);
  });

  test('has every action that a button of the site sends', () => {
    const asked = [...ofEverybody, ...table.map(({ form }) => form?.(nowhere, 'own')['action'])];
    const inSource = actionsInSource();
    expect(inSource.length).toBeGreaterThan(30);
    expect(inSource.filter((action) => !asked.includes(action))).toEqual([]);
  });
});

describe('the running site', () => {
  let world: MunicipalityWorld;
  let app: RunningApp;
  beforeAll(async () => {
    world = await makeMunicipality();
    app = await startApp({ dataDir: world.dataDir });
  });
  afterAll(async () => {
    await app?.stop();
    await rm(dirname(world.dataDir), { recursive: true, force: true });
  });

  const ask = async (row: Row, about: string, role: RoleName | undefined): Promise<Reply> => {
    const form = row.method === 'POST' ? (row.form?.(world, about) ?? { a: 'b' }) : undefined;
    const headers = {
      ...(role && { cookie: world.cookie[role] }),
      ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
    };
    const reply = await new Visitor(app.url).request(row.method, row.path(world, about), {
      headers,
      ...(form && { body: new URLSearchParams(form) }),
    });
    if (!row.leadsOn || !role || reply.status !== 303 || !reply.location) return reply;
    return new Visitor(app.url).get(reply.location, { cookie: world.cookie[role] });
  };

  /** What stands in a workbook: it is packed, so that a search through its bytes would find no name whatever it held. */
  const cells = async (row: Row, about: string, role: RoleName): Promise<string> => {
    const reply = await fetch(new URL(row.path(world, about), app.url), { headers: { cookie: world.cookie[role] } });
    const text = [...unzipped(new Uint8Array(await reply.arrayBuffer())).values()].join('\n');
    expect(text).toContain('<worksheet');
    return text;
  };

  test('a workbook and a list hold the names that they may', async () => {
    const row = table.find(({ route }) => route === '/enhet/[unit]/lista.xlsx');
    expect(row && (await cells(row, 'own', 'manager'))).toContain(subjects.own);
    const list = await new Visitor(app.url).get('/admin/export.csv', { cookie: world.cookie.administrator });
    expect(list.text).toContain(subjects.own);
    expect(list.text).toContain(subjects.sibling);
  });

  for (const row of table) {
    describe(`${row.method} ${row.route}: ${row.what}`, () => {
      for (const [about, allowed] of Object.entries(row.allowed)) {
        for (const role of roles) {
          const expected = allowed.includes(role) ? [row.ok].flat() : [404, ...(row.refused ? [row.refused] : [])];
          test(`${about} as ${role}: ${expected.join(' or ')}`, async () => {
            const reply = await ask(row, about, role);
            expect(expected, `${reply.status} ${reply.location ?? ''}`).toContain(reply.status);
            const text =
              reply.status === 200 && row.route.endsWith('.xlsx') ? await cells(row, about, role) : reply.text;
            for (const [subject, name] of Object.entries(subjects)) {
              if (!mayMeet[role].includes(subject as SubjectName)) expect(text).not.toContain(name);
            }
          });
        }
        test(`${about}, signed out: leads to signing in`, async () => {
          const reply = await ask(row, about, undefined);
          expect([303, 401]).toContain(reply.status);
          for (const name of Object.values(subjects)) expect(reply.text).not.toContain(name);
        });
      }
    });
  }

  test('a form of one’s own unit or group changes nobody elsewhere, whoever is named in it', async () => {
    const manager = new Visitor(app.url);
    const headers = { cookie: world.cookie.manager, 'content-type': 'application/x-www-form-urlencoded' };
    const stored = (subject: SubjectName) =>
      readFile(join(world.dataDir, 'people', `${world.person[subject]}.json`), 'utf8');
    for (const subject of ['sibling', 'foreign', 'former'] as const) {
      const before = await stored(subject);
      const id = world.person[subject];
      const reason = 'Ett försök.';
      const day = addDays(dateOf(new Date()), 100);
      const filledIn = {
        chosen: chosenValue({ id, track: 'temporary-staff' }),
        'move-due-due': day,
        'move-due-reason': reason,
        'assign-due': day,
        'assign-reason': reason,
        'assign-track': 'new-employee',
        'exempt-reason': reason,
      };
      for (const action of ['remind', ...decisionKinds]) {
        const body = new URLSearchParams({ ...filledIn, action });
        const reply = await manager.request('POST', `/enhet/${world.place.own}`, { headers, body });
        expect(reply.status, `${action} ${subject}`).toBe(303);
        expect(reply.location).toContain('ej=1');
        expect(reply.text).not.toContain(subjects[subject]);
      }
      for (const action of ['confirm', 'remove', 'new-code']) {
        const body = new URLSearchParams({ action, person: id, chosen: id });
        const reply = await manager.request('POST', `/enhet/grupper/${world.group.own}`, { headers, body });
        expect(reply.status, `${action} ${subject}`).toBe(422);
      }
      const entered = new URLSearchParams({ action: 'hand-in', who: id, vouched: '1' });
      const sheet = `/enhet/grupper/${world.group.own}/papper/1`;
      expect((await manager.request('POST', sheet, { headers, body: entered })).status).toBe(422);
      expect(await stored(subject)).toBe(before);
    }
  });

  test('what is out of reach is answered word for word as what does not exist', async () => {
    const own = new Visitor(app.url);
    const cookie = world.cookie.manager;
    for (const row of table.filter(({ allowed }) => 'foreign' in allowed)) {
      const foreign = row.path(world, 'foreign');
      const ids = [world.place.foreign, world.person.foreign, world.group.foreign].filter((one) =>
        foreign.includes(one),
      );
      const nowhere = ids.reduce<string>((path, one) => path.replace(one, 'Z'.repeat(one.length)), foreign);
      const [theirs, none] = await Promise.all([own.get(foreign, { cookie }), own.get(nowhere, { cookie })]);
      expect({ path: foreign, text: theirs.text.replaceAll(foreign, '…') }).toEqual({
        path: foreign,
        text: none.text.replaceAll(nowhere, '…'),
      });
    }
  });
});
