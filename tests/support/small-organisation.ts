import type { ActingPerson } from '#domain/access/grant-days.ts';
import type { NodeId, Pseudonym } from '#domain/kernel/ids.ts';
import type { Organisation } from '#domain/people/organisation.ts';
import type { Grant, Person } from '#domain/people/person.ts';
import type { Engagement } from '#domain/people/staffing.ts';
import type { SignedInSession } from '#ports/sessions.ts';
import { newPerson } from '#usecases/shared/new-person.ts';
import { acting } from './acting.ts';
import type { TestWorld } from './test-services.ts';

export const node = (id: string) => id as NodeId;
const at = '2020-01-01T00:00:00.000Z';

/**
 * Two committees:
 * care → home-care → north, south; care → elderly
 * school → school-unit
 */
export const smallOrganisation: Organisation = {
  id: 'organisation',
  nodes: [
    { id: node('care'), kind: 'committee', versions: [{ recordedAt: at, name: 'Omsorgsnämnden' }] },
    {
      id: node('home-care'),
      kind: 'department',
      code: 'H',
      versions: [{ recordedAt: at, name: 'Hemtjänst', parent: node('care') }],
    },
    {
      id: node('north'),
      kind: 'unit',
      code: 'H1',
      versions: [{ recordedAt: at, name: 'Norr', parent: node('home-care') }],
    },
    {
      id: node('south'),
      kind: 'unit',
      code: 'H2',
      versions: [{ recordedAt: at, name: 'Söder', parent: node('home-care') }],
    },
    {
      id: node('elderly'),
      kind: 'unit',
      versions: [{ recordedAt: at, name: 'Granen', parent: node('care') }],
    },
    { id: node('school'), kind: 'committee', versions: [{ recordedAt: at, name: 'Skolnämnden' }] },
    {
      id: node('school-unit'),
      kind: 'unit',
      versions: [{ recordedAt: at, name: 'Elevhälsan', parent: node('school') }],
    },
  ],
};

export async function withOrganisation(world: TestWorld): Promise<TestWorld> {
  await world.services.store.organisation.update(() => ({ save: smallOrganisation, result: undefined }));
  return world;
}

/** Somebody straight into the store. */
export async function put(
  { services }: TestWorld,
  name: string,
  engagements: readonly Partial<Engagement>[],
  fields: Partial<Person> = {},
): Promise<ActingPerson> {
  const made = newPerson(
    { name, nameGivenBy: 'employer', ...fields },
    { category: 'new-employee', ...engagements[0] },
    services.clock(),
    services.random,
  );
  const [first] = made.staffing;
  const all = engagements.map((one) => ({ ...first?.engagements[0], category: 'new-employee', ...one }) as Engagement);
  const person =
    first && engagements.length > 0 ? { ...made, staffing: [{ ...first, engagements: all }], ...fields } : made;
  await services.store.people.create(person);
  return acting(services, person);
}

export function administrator(world: TestWorld, place: string, grant: Partial<Grant> = {}): Promise<ActingPerson> {
  const grants = [{ role: 'administrator', place: place as Grant['place'], ...grant } as const];
  return put(world, 'Ada Administratör', [], { grants });
}

/** What the log says that somebody did, in order. */
export async function logOf({ services }: TestWorld, actor: Pseudonym) {
  return (await services.audit.since('2000-01-01T00:00:00.000Z'))
    .filter((entry) => entry.actor === actor)
    .map(({ action, subject, place }) => ({ action, subject, place }));
}

/** Somebody who has shown a second factor this very moment. */
export function justNow({ services }: TestWorld, person: ActingPerson): Pick<SignedInSession, 'person' | 'strongAt'> {
  return { person, strongAt: services.clock().toISOString() };
}
