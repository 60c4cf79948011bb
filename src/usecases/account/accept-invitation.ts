import type { PasswordRefusal } from '#domain/account/password.ts';
import { needsSecondFactor } from '#domain/account/second-factor.ts';
import { type LinkRefusal, type LinkState, stateInHand } from '#domain/account/sent-link.ts';
import { dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { Instant } from '#domain/kernel/ids.ts';
import type { Language } from '#domain/kernel/language.ts';
import type { Person } from '#domain/people/person.ts';
import { actingPerson } from '#ports/acting-person.ts';
import type { Browser } from '#ports/sessions.ts';
import { DuplicateKeyError } from '#ports/store.ts';
import type { Services } from '#src/services.ts';
import { type CredentialNeeds, changeOwnCredentials } from './change-credentials.ts';
import { refuseNewPassword } from './refuse-password.ts';

/** Who an invitation is for and whether it can be used. Looking changes nothing: mail scanners open links. */
export async function findInvitation(
  { store, secrets, clock }: Pick<Services, 'store' | 'secrets' | 'clock'>,
  token: string,
): Promise<{ person: Person; state: LinkState } | undefined> {
  const hash = secrets.hashToken(token);
  const person = await store.people.findByToken(hash);
  const state = person && stateInHand(person, 'invitation', hash, clock());
  return person && state && { person, state };
}

/** Whether somebody has a role today that asks for more than a password. */
export async function mustAddSecondFactor(
  { store, clock }: Pick<Services, 'store' | 'clock'>,
  person: Person,
): Promise<boolean> {
  return needsSecondFactor(await actingPerson(store, person, dateOf(clock())));
}

export type AcceptResult =
  | { readonly ok: true; readonly cookie: string }
  | {
      readonly ok: false;
      readonly reason: PasswordRefusal | LinkRefusal | 'email-taken' | 'too-busy';
    }
  | { readonly ok: false; readonly reason: 'too-many-tries'; readonly until: Instant };

/** Uses an invitation: sets the password and signs in. The first administrator also says who they are. */
export async function acceptInvitation(
  needs: CredentialNeeds & Pick<Services, 'passwords' | 'passwordQuality' | 'audit' | 'throttle'>,
  token: string,
  chosen: {
    readonly password: string;
    readonly language: Language;
    readonly name?: string;
    readonly email?: string;
    readonly browser?: Browser;
  },
): Promise<AcceptResult> {
  const { secrets, clock, passwords, sessions, throttle, audit } = needs;
  const hash = secrets.hashToken(token);
  const found = await findInvitation(needs, token);
  if (!found) return { ok: false, reason: 'link-unknown' };
  if (found.state !== 'open') return { ok: false, reason: `link-${found.state}` };
  const email = found.person.email ?? chosen.email;
  const name = found.person.email ? found.person.name : (chosen.name ?? found.person.name);
  const refusal = await refuseNewPassword(needs, chosen.password, { name, email });
  if (refusal) return { ok: false, reason: refusal };
  const now = clock();
  const counted = await throttle.count([{ rule: 'link', key: hash }], now);
  if (!counted.ok) return { ok: false, reason: 'too-many-tries', until: counted.until };
  const hashed = await passwords.hash(chosen.password);
  if (!hashed.ok) return hashed;
  const passwordHash = hashed.hash;
  let holder: Person;
  try {
    const accepted = await changeOwnCredentials<LinkState>(needs, found.person.id, 'account-begun', (person) => {
      const current = stateInHand(person, 'invitation', hash, now) ?? 'withdrawn';
      if (current !== 'open') return { result: current };
      const save = { ...person, name, email, language: chosen.language };
      return { save, change: { kind: 'password', passwordHash, by: 'invitation' }, result: current };
    });
    if (accepted.result !== 'open') return { ok: false, reason: `link-${accepted.result}` };
    holder = accepted.person;
  } catch (error) {
    if (error instanceof DuplicateKeyError && error.key === 'email') return { ok: false, reason: 'email-taken' };
    throw error;
  }
  const { pseudonym } = found.person;
  await audit.append({ at: instantOf(now), actor: pseudonym, subject: pseudonym, action: 'accept-invitation' });
  return { ok: true, cookie: await sessions.open(holder, { by: 'invitation', browser: chosen.browser }) };
}
