import type { Instant } from '#domain/ids.ts';
import { networkOf } from '#domain/network.ts';
import type { Person } from '#domain/person.ts';
import { type Try, triesFrom } from '#domain/throttle.ts';
import type { Browser } from '#ports/sessions.ts';
import type { Services } from '#src/services.ts';
import { findByCode } from './find-by-code.ts';

export type SignInResult =
  | { readonly ok: true; readonly person: Person; readonly cookie: string }
  | { readonly ok: false; readonly reason: 'wrong-credentials' | 'wrong-code' | 'too-busy' }
  | { readonly ok: false; readonly reason: 'too-many-tries'; readonly until: Instant };

type Needs = Pick<Services, 'store' | 'passwords' | 'sessions' | 'throttle' | 'clock' | 'secrets'>;

/** Signs in with e-mail and password. The answer and its time are the same whether or not there is an account. */
export async function signIn(
  { store, passwords, sessions, throttle, clock }: Needs,
  tried: { readonly email: string; readonly password: string; readonly address: string; readonly browser?: Browser },
): Promise<SignInResult> {
  const email = tried.email.trim().toLowerCase();
  const now = clock();
  const own: readonly Try[] = [{ rule: 'account', key: `${email} ${networkOf(tried.address)}` }];
  const shared: readonly Try[] = [{ rule: 'accountAnywhere', key: email }, ...triesFrom(tried.address, 'network')];
  // Counted before the slow comparison and given back after a right one, so that a burst of tries cannot slip by together.
  const counted = await throttle.count([...own, ...shared], now);
  if (!counted.ok) return { ok: false, reason: 'too-many-tries', until: counted.until };
  const person = await store.people.findByEmail(email);
  const verified = await passwords.verify(person?.passwordHash, tried.password, 'stranger');
  if (verified === 'too-busy') {
    await throttle.giveBack([...own, ...shared], now);
    return { ok: false, reason: 'too-busy' };
  }
  if (verified === 'wrong' || !person) return { ok: false, reason: 'wrong-credentials' };
  await throttle.giveBack(shared, now);
  await throttle.forget(own, now);
  return { ok: true, person, cookie: await sessions.open(person.id, { by: 'password', browser: tried.browser }) };
}

/** Signs in with the personal code of words that a group's participant got. */
export async function signInWithCode(
  { store, sessions, throttle, clock, secrets }: Needs,
  tried: { readonly code: string; readonly address: string; readonly browser?: Browser },
): Promise<SignInResult> {
  const now = clock();
  const network = triesFrom(tried.address, 'network');
  const counted = await throttle.count(network, now);
  if (!counted.ok) return { ok: false, reason: 'too-many-tries', until: counted.until };
  const person = await findByCode({ store, secrets }, tried.code);
  if (!person) return { ok: false, reason: 'wrong-code' };
  await throttle.giveBack(network, now);
  return { ok: true, person, cookie: await sessions.open(person.id, { by: 'code', browser: tried.browser }) };
}
