import type { ActingPerson } from '#domain/access/grant-days.ts';
import type { Group } from '#domain/groups/group.ts';
import { randomCode } from '#domain/kernel/random.ts';
import type { Grant } from '#domain/people/person.ts';
import { joinGroup } from '#usecases/groups/join-group.ts';
import { newTicket } from '#usecases/groups/join-ticket.ts';
import { newPerson } from '#usecases/shared/new-person.ts';
import { nodeId, personId, sampleGroup } from '../contract/sample-documents.ts';
import { acting } from './acting.ts';
import { testServices } from './test-services.ts';
import { twoCommittees } from './two-committees.ts';

/** What is sent with a name, by somebody who has not joined before. */
export const wanted = { language: 'sv', isNew: true, address: '10.0.0.1' } as const;

/** Two committees with their units, the manager of one unit, and an open group of that unit. */
export async function groupWorld(fields: Partial<Group> = {}) {
  const world = testServices();
  const { services } = world;
  await services.store.organisation.update(() => ({ save: twoCommittees(), result: undefined }));

  const withGrant = async (id: string, role: Grant['role'], place: string): Promise<ActingPerson> => {
    const grants: Grant[] = [{ role, place: place === 'everything' ? place : nodeId(place) }];
    const given = { id: personId(id), name: `Chef ${id}`, nameGivenBy: 'employer', grants } as const;
    const made = newPerson(given, { category: 'unit-manager' }, services.clock(), services.random);
    await services.store.people.create(made);
    return acting(services, made);
  };
  const manager = await withGrant('manager', 'unit-manager', 'north');
  const group = sampleGroup('g', { code: 'AB12CD34', unit: nodeId('north'), ...fields });
  await services.store.groups.create(group);

  return {
    ...world,
    manager,
    group,
    withGrant,
    /** Joins the group, as somebody at a phone of their own. */
    join: async (name: string, to: Group = group) => {
      const device = randomCode(26, services.random);
      const form = { ticket: newTicket(services, to, device), device };
      const before = await services.store.people.findByGroup(to.id);
      const joined = await joinGroup(services, to, { ...wanted, ...form, name });
      if (!joined.ok) throw new Error(joined.reason);
      const member = (await services.store.people.findByGroup(to.id)).find(({ id }) =>
        before.every((one) => one.id !== id),
      );
      if (!member) throw new Error('nobody has joined');
      return { ...joined, id: member.id, form };
    },
    /** Everything in the audit log, without its moments. */
    entries: async () => (await services.audit.since('')).map(({ at: _, ...entry }) => entry),
    seats: async () => (await services.store.groups.get(group.id))?.seats,
  };
}
