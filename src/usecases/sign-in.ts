import type { Instant } from '#domain/ids.ts';
import type { Person } from '#domain/person.ts';
import { normalizePersonalCode } from '#domain/personal-code.ts';
import { throttleRules } from '#domain/throttle.ts';
import type { Browser } from '#ports/sessions.ts';
import type { Services } from '#src/services.ts';
import { findByCode } from './find-by-code.ts';

export type SignInResult =
  | { readonly ok: true; readonly person: Person; readonly cookie: string }
  | { readonly ok: false; readonly reason: 'wrong-credentials' | 'wrong-code' }
  | { readonly ok: false; readonly reason: 'too-many-tries'; readonly until: Instant };

type Needs = Pick<Services, 'store' | 'passwords' | 'sessions' | 'throttle' | 'clock' | 'secrets'>;

/** Signs in with e-mail and password. The answer and its time are the same whether or not there is an account. */
export async function signIn(
  { store, passwords, sessions, throttle, clock }: Needs,
  tried: { readonly email: string; readonly password: string; readonly address: string; readonly browser?: Browser },
): Promise<SignInResult> {
  const email = tried.email.trim().toLowerCase();
  const account = `account:${email}`;
  const network = `address:${tried.address}`;
  const now = clock();
  const until =
    throttle.blockedUntil(account, throttleRules.account, now) ??
    throttle.blockedUntil(network, throttleRules.address, now);
  if (until) return { ok: false, reason: 'too-many-tries', until };
  // Counted before the slow comparison and forgotten after a right one, so that a burst of tries cannot slip by together.
  throttle.recordFailure(account, throttleRules.account, now);
  const person = await store.people.findByEmail(email);
  if (!(await passwords.verify(person?.passwordHash, tried.password)) || !person) {
    throttle.recordFailure(network, throttleRules.address, now);
    return { ok: false, reason: 'wrong-credentials' };
  }
  throttle.forget(account);
  return { ok: true, person, cookie: await sessions.open(person.id, { by: 'password', browser: tried.browser }) };
}

/** Signs in with the personal code of words that a group's participant got. */
export async function signInWithCode(
  { store, sessions, throttle, clock, secrets }: Needs,
  tried: { readonly code: string; readonly address: string; readonly browser?: Browser },
): Promise<SignInResult> {
  const hash = secrets.hashCode(normalizePersonalCode(tried.code));
  const now = clock();
  const network = `address:${tried.address}`;
  const until =
    throttle.blockedUntil(`code:${hash}`, throttleRules.account, now) ??
    throttle.blockedUntil(network, throttleRules.address, now);
  if (until) return { ok: false, reason: 'too-many-tries', until };
  const person = await findByCode({ store, secrets }, tried.code);
  if (!person) {
    throttle.recordFailure(`code:${hash}`, throttleRules.account, now);
    throttle.recordFailure(network, throttleRules.address, now);
    return { ok: false, reason: 'wrong-code' };
  }
  return { ok: true, person, cookie: await sessions.open(person.id, { by: 'code', browser: tried.browser }) };
}
