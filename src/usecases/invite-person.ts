import type { CalendarDate, NodeId, PersonId } from '#domain/ids.ts';
import type { Category } from '#domain/person.ts';
import { invitationMinutes, newLink } from '#domain/sent-link.ts';
import { DuplicateKeyError } from '#ports/store.ts';
import type { Services } from '#src/services.ts';
import { invitationMail } from './mails.ts';
import { newPerson } from './new-person.ts';
import { sendLater } from './send-later.ts';

type Needs = Pick<
  Services,
  'store' | 'secrets' | 'random' | 'clock' | 'mailer' | 'publicUrl' | 'municipality' | 'reportError'
>;

export interface Invitee {
  readonly name: string;
  /** Lower case. */
  readonly email: string;
  /** Where the work is; absent for who has not been placed. */
  readonly unit?: NodeId | undefined;
  readonly category: Category;
  /** First day of the engagement; absent: today. */
  readonly from?: CalendarDate | undefined;
  /** Last day of the engagement, if it ends. */
  readonly to: CalendarDate | undefined;
}

/** Makes a person's document and sends the invitation. Whoever is already there keeps what they have. */
export async function invitePerson(
  needs: Needs,
  invitee: Invitee,
): Promise<{ ok: true; id: PersonId } | { ok: false; reason: 'email-taken' }> {
  const { store, secrets, random, clock } = needs;
  const now = clock();
  const token = secrets.newToken();
  const { name, email, unit, category, from, to } = invitee;
  const invitation = newLink(secrets.hashToken(token), invitationMinutes, now);
  const engagement = { unit, category, to, ...(from && { from }) };
  const person = newPerson({ name, nameGivenBy: 'employer', email, invitation }, engagement, now, random);
  try {
    await store.people.create(person);
  } catch (error) {
    if (error instanceof DuplicateKeyError && error.key === 'email') return { ok: false, reason: 'email-taken' };
    throw error;
  }
  sendLater(needs, invitationMail(needs, person, token));
  return { ok: true, id: person.id };
}

/** Sends a new invitation to someone who has not used the first; the old link stops working. */
export async function inviteAgain(
  needs: Needs,
  id: PersonId,
): Promise<{ ok: true } | { ok: false; reason: 'not-found' | 'already-accepted' }> {
  const { store, secrets, clock } = needs;
  const person = await store.people.get(id);
  if (!person?.email) return { ok: false, reason: 'not-found' };
  const token = secrets.newToken();
  const invitation = newLink(secrets.hashToken(token), invitationMinutes, clock());
  const renewed = await store.people.update(id, (current) => {
    return current.passwordHash ? { result: false } : { save: { ...current, invitation }, result: true };
  });
  if (!renewed) return { ok: false, reason: 'already-accepted' };
  sendLater(needs, invitationMail(needs, person, token));
  return { ok: true };
}
