import type { PersonId } from '#domain/ids.ts';
import { invitationMinutes, newLink } from '#domain/sent-link.ts';
import type { Services } from '#src/services.ts';
import { newPerson } from './new-person.ts';

const firstAdministrator = 'FIRSTADMINISTRAT' as PersonId;

/**
 * A one-time token that lets whoever starts the server become its first administrator; a new one at each start, until
 * it has been used.
 *
 * @returns undefined when there is an administrator
 */
export async function ensureFirstAdministrator({
  store,
  secrets,
  clock,
  random,
}: Pick<Services, 'store' | 'secrets' | 'clock' | 'random'>): Promise<string | undefined> {
  const existing = await store.people.get(firstAdministrator);
  if (existing?.passwordHash || (!existing && (await store.people.count()) > 0)) return undefined;
  const token = secrets.newToken();
  const invitation = newLink(secrets.hashToken(token), invitationMinutes, clock());
  if (existing) {
    await store.people.update(existing.id, (person) => ({ save: { ...person, invitation }, result: undefined }));
    return token;
  }
  const given = {
    id: firstAdministrator,
    name: 'Administratör',
    nameGivenBy: 'employer',
    grants: [{ role: 'administrator', place: 'everything', seesProtected: true }],
    invitation,
  } as const;
  await store.people.create(newPerson(given, { category: 'new-employee' }, clock(), random));
  return token;
}
