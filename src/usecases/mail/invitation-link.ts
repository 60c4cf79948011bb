import { invitationMinutes, newLink, withLink } from '#domain/account/sent-link.ts';
import type { Person } from '#domain/people/person.ts';
import type { ReminderKey } from '#domain/reminders/reminder.ts';
import type { Services } from '#src/services.ts';

type Needs = Pick<Services, 'secrets'>;

/**
 * The person with a link that opens the door from now on for as long as any invitation does, and its token. It is the link that is
 * out there already, where one is: whichever of the mails somebody opens, it works. Stored is its hash alone; the token is derived
 * from the message that first carried it (as personal codes are, decision 0007), and from the address, so that a link which went to
 * another one never comes back.
 *
 * @param person with the message claimed
 * @param key of the message that is to carry it
 */
export function withInvitation(
  needs: Needs,
  person: Person,
  key: ReminderKey,
  now: Date,
): { readonly person: Person; readonly token: string } {
  const token = tokenSent(needs, person) ?? tokensFor(needs, person, key)[0];
  const link = newLink(needs.secrets.hashToken(token), invitationMinutes, now);
  return { person: withLink(person, 'invitation', link), token };
}

/** The token of the link that has been sent and not been used, if it can be told: a link from before they were derived cannot. */
function tokenSent(needs: Needs, person: Person): string | undefined {
  const { invitation, reminders } = person;
  if (!invitation || invitation.usedAt) return undefined;
  return reminders
    .toReversed()
    .flatMap((key) => tokensFor(needs, person, key))
    .find((token) => needs.secrets.hashToken(token) === invitation.tokenHash);
}

/** Newest key of the installation first. */
function tokensFor(
  { secrets }: Needs,
  { id, email }: Pick<Person, 'id' | 'email'>,
  { rule, cycle }: ReminderKey,
): readonly [string, ...string[]] {
  const asToken = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
  const [newest, ...older] = secrets.derivations('invitation-token', JSON.stringify([id, rule, cycle, email]), 32);
  return [asToken(newest), ...older.map(asToken)];
}
