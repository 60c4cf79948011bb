import { type ChangedCredentials, type CredentialChange, withChangedCredentials } from '#domain/account/credentials.ts';
import { instantOf } from '#domain/kernel/calendar.ts';
import type { PersonId } from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';
import type { Services } from '#src/services.ts';
import { type InviteNeeds, sendInvitationLater } from '#usecases/invitations/invite-person.ts';
import { withClaim } from '#usecases/mail/hand-over-reminder.ts';
import { withInvitation } from '#usecases/mail/invitation-link.ts';
import { type ToldChange, type ToldOf, tellOfChange } from './tell-of-change.ts';

export type CredentialNeeds = InviteNeeds & Pick<Services, 'sessions'>;

/** What is decided about the newest document of somebody. */
export interface CredentialDecision<R> {
  readonly change?: CredentialChange | undefined;
  /** The document with what else is changed in the same step; left out: as it was. */
  readonly save?: Person | undefined;
  readonly result: R;
}

/**
 * Saves a change of how somebody signs in, or of their roles, with all that follows from it: every road goes by here. What rested
 * on what was before is gone in the same write, then the open sessions end and the person is told. Who is left without a way in gets
 * a new invitation.
 *
 * @param tell what the person is told, if anything was changed
 */
export async function changeCredentials<R>(...given: Parameters<typeof changeOwnCredentials<R>>): Promise<R> {
  return (await changeOwnCredentials(...given)).result;
}

/** The same for who goes on signed in. @returns also the person as they are since, for whom the new session is opened */
export async function changeOwnCredentials<R>(
  needs: CredentialNeeds,
  id: PersonId,
  tell: ToldChange,
  decide: (person: Person) => CredentialDecision<R>,
  about: ToldOf = {},
): Promise<{ readonly result: R; readonly person: Person }> {
  const { store, sessions, clock } = needs;
  const now = clock();
  const key = { rule: 'invitation', cycle: instantOf(now) };
  const { result, done } = await store.people.update<{ readonly result: R; readonly done: Done }>(id, (before) => {
    const { change, save, result } = decide(before);
    if (!change) return { save, result: { result, done: { before, after: save ?? before, ...nothing } } };
    const { person, ...follows } = withChangedCredentials(save ?? before, change, now);
    const invited = follows.needsInvitation ? withInvitation(needs, withClaim(person, key, now), key, now) : undefined;
    const after = invited?.person ?? person;
    return { save: after, result: { result, done: { before, after, token: invited?.token, ...follows } } };
  });
  const { before, after: person, endsSessions, token } = done;
  if (!endsSessions) return { result, person };
  await sessions.closeAllOf(id);
  tellOfChange(needs, person, tell, { ...about, formerEmail: before.email, isInvited: token !== undefined });
  if (token !== undefined) await sendInvitationLater(needs, key, person, token);
  return { result, person };
}

const nothing = { endsSessions: false, token: undefined } as const;

interface Done extends Pick<ChangedCredentials, 'endsSessions'> {
  readonly before: Person;
  readonly after: Person;
  /** Of the invitation, for who is left without a way in. */
  readonly token: string | undefined;
}
