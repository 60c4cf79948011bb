import { instantOf } from '#domain/kernel/calendar.ts';
import type { CalendarDate, NodeId, PersonId } from '#domain/kernel/ids.ts';
import type { Organisation } from '#domain/people/organisation.ts';
import type { Person } from '#domain/people/person.ts';
import { type Mail, MailNotSentError } from '#ports/mailer.ts';
import { newPerson } from '#usecases/shared/new-person.ts';
import { testServices } from './test-services.ts';

export const unitIn = (committee: 'a' | 'b') => `unit-${committee}` as NodeId;

/** Two committees with a unit each, and a mail server that a test can break. It is Monday morning, 15 June 2026. */
export async function reminderWorld(startsAt = '2026-06-15T07:00:00Z') {
  const world = testServices(startsAt);
  const mailServer: { answers: 'yes' | 'no' | 'yes, but the reply is lost' | 'with a bug' } = { answers: 'yes' };
  const services = {
    ...world.services,
    mailer: {
      destination: 'a test',
      send: async (mail: Mail) => {
        if (mailServer.answers === 'with a bug') throw new Error('cut off');
        if (mailServer.answers !== 'no') world.mails.push(mail);
        if (mailServer.answers !== 'yes') throw new MailNotSentError('no');
      },
    },
  };
  const organisation = organisationWithTwoCommittees();
  await services.store.organisation.update(() => ({ save: organisation, result: undefined }));
  const add = async (
    name: string,
    given: Partial<Omit<Person, 'staffing'>> = {},
    from = '2026-06-01',
    unit: NodeId = unitIn('a'),
  ): Promise<PersonId> => {
    const id = name.toLowerCase() as PersonId;
    const email = `${id}@lindala.example`;
    await services.store.people.create(
      newPerson(
        { id, name, nameGivenBy: 'employer', email, passwordHash: 'x', ...given },
        { unit, category: 'new-employee', from: from as CalendarDate },
        new Date('2026-05-01T07:00:00Z'),
        services.random,
      ),
    );
    return id;
  };
  return { ...world, services, mailServer, add };
}

function organisationWithTwoCommittees(): Organisation {
  const recordedAt = instantOf(new Date('2026-01-01T00:00:00Z'));
  const place = (id: NodeId, kind: 'committee' | 'unit', parent?: NodeId) => ({
    id,
    kind,
    versions: [{ recordedAt, name: `Plats ${id}`, parent }],
  });
  const nodes = (['a', 'b'] as const).flatMap((one) => [
    place(`committee-${one}` as NodeId, 'committee'),
    place(unitIn(one), 'unit', `committee-${one}` as NodeId),
  ]);
  return { id: 'organisation', nodes };
}
