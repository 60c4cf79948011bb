import { networkOf } from '#domain/account/network.ts';
import { type Try, triesFrom } from '#domain/account/throttle.ts';
import type { Instant } from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';
import type { Browser } from '#ports/sessions.ts';
import type { Services } from '#src/services.ts';
import { findByCode } from './find-by-code.ts';

export type SignInResult =
  | { readonly ok: true; readonly person: Person; readonly cookie: string }
  | { readonly ok: false; readonly reason: 'wrong-credentials' | 'wrong-code' | 'too-busy' }
  | { readonly ok: false; readonly reason: 'too-many-tries'; readonly until: Instant };

type Needs = Pick<
  Services,
  'store' | 'passwords' | 'sessions' | 'throttle' | 'knownDevices' | 'clock' | 'secrets' | 'watch'
>;

/** Where somebody tries from. */
interface From {
  readonly address: string;
  readonly browser?: Browser;
}

/** Signs in with e-mail and password. The answer and its time are the same whether or not there is an account. */
export async function signIn(
  needs: Needs,
  tried: From & { readonly email: string; readonly password: string },
): Promise<SignInResult> {
  const { store, passwords, throttle, clock } = needs;
  const email = tried.email.trim().toLowerCase();
  const now = clock();
  const device = await knownOn(needs, tried, () => store.people.findByEmail(email), now);
  const { own, shared } = device ?? {
    own: [{ rule: 'account', key: `${email} ${networkOf(tried.address)}` }] as const,
    shared: [{ rule: 'accountAnywhere', key: email } as const, ...triesFrom(tried.address, 'network')],
  };
  // Counted before the slow comparison and given back after a right one, so that a burst of tries cannot slip by together.
  const counted = await throttle.count([...own, ...shared], now);
  if (!counted.ok) return { ok: false, reason: 'too-many-tries', until: counted.until };
  const person = await store.people.findByEmail(email);
  const verified = await passwords.verify(person?.passwordHash, tried.password, device ? 'known' : 'stranger');
  if (verified === 'too-busy') {
    await throttle.giveBack([...own, ...shared], now);
    return { ok: false, reason: 'too-busy' };
  }
  if (verified === 'wrong' || !person) {
    needs.watch.signInFailed('password', person);
    return { ok: false, reason: 'wrong-credentials' };
  }
  await throttle.giveBack(shared, now);
  await throttle.forget(own, now);
  return open(needs, person, 'password', tried.browser);
}

/** Signs in with the personal code of words that a group's participant got. */
export async function signInWithCode(needs: Needs, tried: From & { readonly code: string }): Promise<SignInResult> {
  const { throttle, clock } = needs;
  const now = clock();
  const device = await knownOn(needs, tried, () => findByCode(needs, tried.code), now);
  const tries = device?.own ?? triesFrom(tried.address, 'network');
  const counted = await throttle.count(tries, now);
  if (!counted.ok) return { ok: false, reason: 'too-many-tries', until: counted.until };
  const person = await findByCode(needs, tried.code);
  if (!person) {
    needs.watch.signInFailed('code');
    return { ok: false, reason: 'wrong-code' };
  }
  await throttle.giveBack(tries, now);
  return open(needs, person, 'code', tried.browser);
}

/**
 * The budget of the device, where the person has signed in on it before (decision 0023): strangers, who have no such mark, cannot
 * use it up, and nobody is looked for without one.
 */
async function knownOn(
  { knownDevices }: Needs,
  { browser }: From,
  find: () => Promise<Person | undefined>,
  now: Date,
): Promise<{ readonly own: readonly Try[]; readonly shared: readonly Try[] } | undefined> {
  if (knownDevices.idOf(browser?.mark, now) === undefined) return undefined;
  const person = await find();
  const key = person && knownDevices.keyFor(browser?.mark, person, now);
  if (!person || key === undefined) return undefined;
  const own = [{ rule: 'knownDevice', key } as const, { rule: 'knownAnywhere', key: person.id } as const];
  return { own, shared: [] };
}

/** Right ones are limited too, for each writes a session: nobody signs in so often. */
async function open(
  { sessions, throttle, clock }: Needs,
  person: Person,
  by: 'password' | 'code',
  browser: Browser | undefined,
): Promise<SignInResult> {
  const counted = await throttle.count([{ rule: 'signIns', key: person.id }], clock());
  if (!counted.ok) return { ok: false, reason: 'too-many-tries', until: counted.until };
  return { ok: true, person, cookie: await sessions.open(person, { by, browser }) };
}
