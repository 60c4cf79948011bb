import { instantOf } from '#domain/calendar.ts';
import type { PersonId } from '#domain/ids.ts';
import { invitationMinutes, newLink } from '#domain/sent-link.ts';
import type { Services } from '#src/services.ts';

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
}: Pick<Services, 'store' | 'secrets' | 'clock'>): Promise<string | undefined> {
  const existing = await store.people.get(firstAdministrator);
  if (existing?.passwordHash || (!existing && (await store.people.count()) > 0)) return undefined;
  const token = secrets.newToken();
  const invitation = newLink(secrets.hashToken(token), invitationMinutes, clock());
  if (existing) {
    await store.people.update(existing.id, (person) => ({ save: { ...person, invitation }, result: undefined }));
    return token;
  }
  await store.people.create({
    id: firstAdministrator,
    name: 'Administratör',
    nameGivenBy: 'employer',
    roles: ['learner', 'administrator'],
    language: 'sv',
    engagement: { category: 'new-employee' },
    invitation,
    lessonsDone: {},
    attempts: [],
    certificates: [],
    createdAt: instantOf(clock()),
  });
  return token;
}
