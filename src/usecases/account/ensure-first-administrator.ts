import { invitationMinutes, newLink, withLink } from '#domain/account/sent-link.ts';
import type { PersonId, RandomBytes } from '#domain/kernel/ids.ts';
import { randomCode } from '#domain/kernel/random.ts';
import type { Person } from '#domain/people/person.ts';
import type { Services } from '#src/services.ts';
import { newPerson } from '#usecases/shared/new-person.ts';

type Needs = Pick<Services, 'store' | 'secrets' | 'clock' | 'random'>;

const firstAdministrator = 'FIRSTADMINISTRAT' as PersonId;

/**
 * The first start of an installation makes the document of its first administrator, and a one-time token for it. Only that start: the
 * console log is kept and sent on, so a new link is made by hand (`npm run admin:reset`).
 *
 * @returns `waiting`: the link has been shown and nobody has used it; undefined where somebody has, or there are people already
 */
export async function ensureFirstAdministrator(
  needs: Needs,
): Promise<{ readonly token: string } | 'waiting' | undefined> {
  const { store } = needs;
  const existing = await store.people.get(firstAdministrator);
  if (existing) return existing.passwordHash ? undefined : 'waiting';
  if ((await store.people.count()) > 0) return undefined;
  return { token: await newFirstAdministrator(needs, firstAdministrator) };
}

/** A new link for a first administrator who has not used one; where there is no such, a new one. @returns the token */
export async function renewFirstAdministrator(
  needs: Needs,
  minutes: number,
): Promise<{ token: string; person: Person }> {
  const { store, secrets, clock, random } = needs;
  const waiting = await store.people.get(firstAdministrator);
  const id = waiting && !waiting.passwordHash ? waiting.id : freshId(random);
  if (!waiting || id !== waiting.id) await newFirstAdministrator(needs, id);
  const token = secrets.newToken();
  const invitation = newLink(secrets.hashToken(token), minutes, clock());
  const person = await store.people.update(id, (one) => {
    const renewed = withLink(one, 'invitation', invitation);
    return { save: renewed, result: renewed };
  });
  return { token, person };
}

async function newFirstAdministrator({ store, secrets, clock, random }: Needs, id: PersonId): Promise<string> {
  const token = secrets.newToken();
  const now = clock();
  const given = {
    id,
    name: 'Administratör',
    nameGivenBy: 'employer',
    grants: [{ role: 'administrator', place: 'everything', seesProtected: true }],
    invitation: newLink(secrets.hashToken(token), invitationMinutes, now),
  } as const;
  await store.people.create(newPerson(given, { category: 'new-employee' }, now, random));
  return token;
}

function freshId(random: RandomBytes): PersonId {
  return randomCode(16, random) as PersonId;
}
