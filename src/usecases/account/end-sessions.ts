import { assuranceOf } from '#domain/account/second-factor.ts';
import { isRecentlyProven, signedOut } from '#domain/account/session.ts';
import { instantOf } from '#domain/kernel/calendar.ts';
import type { PersonId } from '#domain/kernel/ids.ts';
import type { WhichSessions } from '#forms/account/session-form.ts';
import type { SignedInSession } from '#ports/sessions.ts';
import type { Services } from '#src/services.ts';
import { accessForCredentials } from '#usecases/access/audited-access.ts';
import { tellOfChange } from './tell-of-change.ts';

type Needs = Pick<Services, 'store' | 'sessions' | 'clock' | 'audit'> & Parameters<typeof tellOfChange>[0];

/**
 * Signs a person out on other devices, or everywhere. Asks for proof within the hour (ASVS 7.5.2), or whoever finds an unlocked phone could
 * sign its owner out.
 */
export async function endOwnSessions(
  needs: Needs,
  session: SignedInSession,
  which: WhichSessions,
): Promise<{ readonly ok: true; readonly here: boolean } | { readonly ok: false; readonly reason: 'not-confirmed' }> {
  const { sessions, clock, audit } = needs;
  const now = clock();
  if (!isRecentlyProven(session, now)) return { ok: false, reason: 'not-confirmed' };
  const { id, pseudonym } = session.person;
  await audit.append({ at: instantOf(now), actor: pseudonym, subject: pseudonym, action: 'end-sessions' });
  if (which.kind === 'one') await sessions.closeOne(id, which.id);
  else if (which.kind === 'others') await sessions.closeOthers(session);
  else await signOutEverywhere(needs, id);
  tellOfChange(needs, session.person, 'sessions-ended');
  return { ok: true, here: which.kind === 'all' || (which.kind === 'one' && which.id === session.id) };
}

/**
 * Signs another person out everywhere, by who decides how they sign in (`credentials:person`) and has just shown a second factor: a phone
 * that was lost, somebody who has left in anger (ASVS 7.4.5). The person is told. Not there and out of reach are answered alike.
 */
export async function endSessionsOf(
  needs: Needs,
  session: SignedInSession,
  id: PersonId,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: 'not-confirmed' | 'not-found' }> {
  if (assuranceOf(session.strongAt, needs.clock()) !== 'fresh') return { ok: false, reason: 'not-confirmed' };
  const opened = await accessForCredentials(needs, session.person, id, { action: 'end-sessions' });
  if (!opened) return { ok: false, reason: 'not-found' };
  await signOutEverywhere(needs, id);
  tellOfChange(needs, opened.person, 'sessions-ended');
  return { ok: true };
}

/** A session that is being written under a new token meanwhile is not open afterwards either. */
async function signOutEverywhere(
  { store, sessions }: Pick<Services, 'store' | 'sessions'>,
  id: PersonId,
): Promise<void> {
  await store.people.update(id, (person) => ({ save: signedOut(person), result: undefined }));
  await sessions.closeAllOf(id);
}
