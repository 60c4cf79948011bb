import type { PasswordRefusal } from '#domain/account/password.ts';
import { instantOf } from '#domain/kernel/calendar.ts';
import type { Instant } from '#domain/kernel/ids.ts';
import type { Browser, SignedInSession } from '#ports/sessions.ts';
import type { Services } from '#src/services.ts';
import { type CredentialNeeds, changeOwnCredentials } from './change-credentials.ts';
import { refuseNewPassword } from './refuse-password.ts';
import { countedTry, type TriedFrom } from './show-second-factor.ts';

export type ChangePasswordResult =
  | { readonly ok: true; readonly cookie: string }
  | { readonly ok: false; readonly reason: PasswordRefusal | 'wrong-password' | 'too-busy' }
  | { readonly ok: false; readonly reason: 'too-many-tries'; readonly until: Instant };

type Needs = CredentialNeeds &
  Pick<Services, 'passwords' | 'passwordQuality' | 'throttle' | 'knownDevices' | 'watch' | 'audit'>;

/**
 * The owner's change of password, with the present one (ASVS 6.2.3). Every session ends, for whoever changes a password may do so because
 * somebody else has it; a new one begins here, as sure as this one was. The person is told.
 */
export async function changePassword(
  needs: Needs,
  session: SignedInSession,
  { present, wanted, from, browser }: Wanted,
): Promise<ChangePasswordResult> {
  const { passwords, sessions, clock, audit } = needs;
  const { id, pseudonym, passwordHash: before } = session.person;
  const refusal = await refuseNewPassword(needs, wanted, session.person);
  if (refusal) return { ok: false, reason: refusal };
  const tried = await countedTry(needs, session, from, () => passwords.verify(before, present, 'known'));
  if (!tried.ok) {
    if ('until' in tried) return tried;
    return { ok: false, reason: tried.reason === 'wrong' ? 'wrong-password' : 'too-busy' };
  }
  const hashed = await passwords.hash(wanted);
  if (!hashed.ok) return hashed;
  await audit.append({ at: instantOf(clock()), actor: pseudonym, subject: pseudonym, action: 'change-password' });
  const { result: isChanged, person } = await changeOwnCredentials(needs, id, 'password-changed', (newest) =>
    // Another change may have come first: then what was shown is the present one no longer.
    newest.passwordHash === before
      ? { change: { kind: 'password', passwordHash: hashed.hash }, result: true }
      : { result: false },
  );
  if (!isChanged) return { ok: false, reason: 'wrong-password' };
  return { ok: true, cookie: await sessions.open(person, { by: 'password', browser, strongAt: session.strongAt }) };
}

interface Wanted {
  readonly present: string;
  readonly wanted: string;
  readonly from: TriedFrom;
  readonly browser?: Browser;
}
