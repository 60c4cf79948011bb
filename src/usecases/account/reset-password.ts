import type { PasswordRefusal } from '#domain/account/password.ts';
import {
  type LinkRefusal,
  type LinkState,
  newLink,
  passwordResetMinutes,
  stateInHand,
  withLink,
} from '#domain/account/sent-link.ts';
import { type Try, triesFrom } from '#domain/account/throttle.ts';
import { instantOf } from '#domain/kernel/calendar.ts';
import type { Instant } from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';
import type { Browser } from '#ports/sessions.ts';
import type { Services } from '#src/services.ts';
import { type InviteNeeds, inviteWhoAsks } from '#usecases/invitations/invite-person.ts';
import { passwordResetMail } from '#usecases/mail/mails.ts';
import { sendLater } from '#usecases/shared/send-later.ts';
import { type CredentialNeeds, changeOwnCredentials } from './change-credentials.ts';
import { refuseNewPassword } from './refuse-password.ts';

type AskNeeds = InviteNeeds & Pick<Services, 'throttle' | 'knownDevices' | 'later'>;

export type AskResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'too-busy' }
  | { readonly ok: false; readonly reason: 'too-many-letters' | 'too-many-tries'; readonly until: Instant };

/**
 * Answers at once and the same whether or not there is an account; what there is to do is done after the reply. So many letters
 * to one address, and so many asked for from one network, whoever has an account; so many wait and no more.
 */
export async function requestPasswordReset(
  needs: AskNeeds,
  asked: { readonly email: string; readonly address: string; readonly browser?: Browser },
): Promise<AskResult> {
  const { throttle, later, clock } = needs;
  const email = asked.email.trim().toLowerCase();
  const now = clock();
  const tries = await resetTries(needs, email, asked, now);
  const counted = await throttle.count(tries, now);
  if (!counted.ok) {
    const reason = counted.rule === 'reset' ? 'too-many-letters' : 'too-many-tries';
    return { ok: false, reason, until: counted.until };
  }
  if (later.add(() => sendResetLink(needs, email))) return { ok: true };
  await throttle.giveBack(tries, now);
  return { ok: false, reason: 'too-busy' };
}

/** Who asks on a device they are known on is not held up by what others have asked for (decision 0023). */
async function resetTries(
  { store, knownDevices }: AskNeeds,
  email: string,
  { address, browser }: { readonly address: string; readonly browser?: Browser },
  now: Date,
): Promise<readonly Try[]> {
  const isMarked = knownDevices.idOf(browser?.mark, now) !== undefined;
  const person = isMarked ? await store.people.findByEmail(email) : undefined;
  const device = person && knownDevices.keyFor(browser?.mark, person, now);
  if (device !== undefined) return [{ rule: 'reset', key: device }];
  return [{ rule: 'reset', key: email }, ...triesFrom(address, 'resetNetwork')];
}

async function sendResetLink(needs: AskNeeds, email: string): Promise<void> {
  const { store, secrets, clock } = needs;
  const person = await store.people.findByEmail(email);
  if (!person) return;
  if (!person.passwordHash) return inviteWhoAsks(needs, person.id);
  const token = secrets.newToken();
  const passwordReset = newLink(secrets.hashToken(token), passwordResetMinutes, clock());
  await store.people.update(person.id, (current) => ({
    save: withLink(current, 'passwordReset', passwordReset),
    result: undefined,
  }));
  sendLater(needs, passwordResetMail(needs, person, token));
}

export async function findPasswordReset(
  { store, secrets, clock }: Pick<Services, 'store' | 'secrets' | 'clock'>,
  token: string,
): Promise<{ person: Person; state: LinkState } | undefined> {
  const hash = secrets.hashToken(token);
  const person = await store.people.findByToken(hash);
  const state = person && stateInHand(person, 'passwordReset', hash, clock());
  return person && state && { person, state };
}

/**
 * Sets a new password, ends every session that was open, and signs in here. A link that was made on the server takes the second
 * factors away as well.
 */
export async function resetPassword(
  needs: CredentialNeeds & Pick<Services, 'passwords' | 'passwordQuality' | 'audit' | 'throttle'>,
  token: string,
  password: string,
  browser?: Browser,
): Promise<
  | { ok: true; cookie: string }
  | { ok: false; reason: PasswordRefusal | LinkRefusal | 'too-busy' }
  | { ok: false; reason: 'too-many-tries'; until: Instant }
> {
  const { secrets, clock, passwords, sessions, throttle, audit } = needs;
  const hash = secrets.hashToken(token);
  const found = await findPasswordReset(needs, token);
  if (!found) return { ok: false, reason: 'link-unknown' };
  if (found.state !== 'open') return { ok: false, reason: `link-${found.state}` };
  const refusal = await refuseNewPassword(needs, password, found.person);
  if (refusal) return { ok: false, reason: refusal };
  const now = clock();
  const counted = await throttle.count([{ rule: 'link', key: hash }], now);
  if (!counted.ok) return { ok: false, reason: 'too-many-tries', until: counted.until };
  const hashed = await passwords.hash(password);
  if (!hashed.ok) return hashed;
  const passwordHash = hashed.hash;
  const { id, pseudonym, passwordReset: link } = found.person;
  const { result: state, person } = await changeOwnCredentials<LinkState>(needs, id, 'password-reset', (before) => {
    const current = stateInHand(before, 'passwordReset', hash, now) ?? 'withdrawn';
    if (current !== 'open') return { result: current };
    return { change: { kind: 'password', passwordHash, by: 'passwordReset' }, result: current };
  });
  if (state !== 'open') return { ok: false, reason: `link-${state}` };
  const action = link?.clearsFactors ? 'reset-account' : 'reset-password';
  await audit.append({ at: instantOf(now), actor: pseudonym, subject: pseudonym, action });
  return { ok: true, cookie: await sessions.open(person, { by: 'reset', browser }) };
}
