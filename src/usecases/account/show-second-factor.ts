import { factorsOf, withoutRecoveryCode } from '#domain/account/second-factor.ts';
import { restsOnOlderCredentials } from '#domain/account/session.ts';
import { triesFrom } from '#domain/account/throttle.ts';
import { readTotp } from '#domain/account/totp.ts';
import { instantOf } from '#domain/kernel/calendar.ts';
import type { Instant } from '#domain/kernel/ids.ts';
import type { Person, SecondFactors } from '#domain/people/person.ts';
import type { Verified } from '#ports/secrets.ts';
import type { SignedInSession } from '#ports/sessions.ts';
import type { Services } from '#src/services.ts';
import { recoveryCodeOf, totpOf } from './add-second-factor.ts';
import { resealed } from './rotate-keys.ts';

/** How somebody shows that it is they: a code from the app, a recovery code as typed, or what the browser said of a passkey. */
export type Shown =
  | { readonly way: 'app' | 'recovery'; readonly typed: string }
  | { readonly way: 'passkey'; readonly answer: unknown };

export type ShowResult =
  | { readonly ok: true; readonly cookie: string }
  | {
      readonly ok: false;
      readonly reason: 'wrong-app-code' | 'late-app-code' | 'wrong-recovery-code' | 'passkey-not-accepted';
    }
  | { readonly ok: false; readonly reason: 'too-many-tries'; readonly until: Instant };

type Needs = Pick<
  Services,
  'store' | 'secrets' | 'sessions' | 'throttle' | 'knownDevices' | 'clock' | 'passkeys' | 'challenges' | 'watch'
>;

const refusals = {
  app: 'wrong-app-code',
  recovery: 'wrong-recovery-code',
  passkey: 'passkey-not-accepted',
} as const;

/** What the browser needs to show a passkey. Undefined for who has none, and where browsers show none. */
export async function askForPasskey(
  { passkeys, challenges, clock }: Pick<Services, 'passkeys' | 'challenges' | 'clock'>,
  session: SignedInSession,
): Promise<object | undefined> {
  const existing = factorsOf(session.person).passkeys;
  if (!passkeys.available || existing.length === 0) return undefined;
  const { challenge, options } = await passkeys.askToShow(existing);
  await challenges.remember(session.id, 'show-passkey', challenge, clock());
  return options;
}

/**
 * Makes the session strong, and fresh, from now on. On a device where a factor was shown before, what somebody else does with a
 * stolen password uses up nothing (decision 0023).
 *
 * @param from the network address that it came from, and the mark of the device
 */
export async function showSecondFactor(
  needs: Needs,
  session: SignedInSession,
  shown: Shown,
  from: TriedFrom,
): Promise<ShowResult> {
  const now = needs.clock();
  const tried = await countedTry(needs, session, from, () => judge(needs, session, shown, now));
  if (!tried.ok) {
    if ('until' in tried) return tried;
    return { ok: false, reason: tried.reason === 'late' ? 'late-app-code' : refusals[shown.way] };
  }
  needs.watch.signedIn(session.person, 'factor');
  return { ok: true, cookie: await needs.sessions.strengthen(session, instantOf(now)) };
}

/** Where a try comes from: the network, and the device if it is known. */
export interface TriedFrom {
  readonly address: string;
  readonly mark?: string | undefined;
}

export type CountedTry =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'wrong' | 'late' | 'too-busy' }
  | { readonly ok: false; readonly reason: 'too-many-tries'; readonly until: Instant };

/** `late`: a code of the half-minute before. Whoever types it has the app, and has not guessed. */
type Looked = Verified | 'late';

/** One try of somebody who is signed in at showing that it is they, whichever way. Whoever guesses may have stolen the session. */
export async function countedTry(
  { throttle, clock, knownDevices, watch }: Pick<Services, 'throttle' | 'clock' | 'knownDevices' | 'watch'>,
  session: SignedInSession,
  from: TriedFrom,
  look: () => Promise<Looked>,
): Promise<CountedTry> {
  const now = clock();
  const device = knownDevices.keyFor(from.mark, session.person, now);
  const own = [
    { rule: 'secondFactor', key: device ?? session.person.id },
    { rule: 'secondFactorDay', key: device ?? session.person.id },
  ] as const;
  const network = device === undefined ? triesFrom(from.address, 'network') : [];
  // Counted before it is looked at and forgotten after a right one, so that a burst of tries cannot slip by together.
  const counted = await throttle.count([...own, ...network], now);
  if (!counted.ok) return { ok: false, reason: 'too-many-tries', until: counted.until };
  const seen = await look();
  if (seen === 'wrong') {
    watch.signInFailed('factor', session.person);
    return { ok: false, reason: 'wrong' };
  }
  await throttle.giveBack(network, now);
  if (seen === 'too-busy' || seen === 'late') {
    await throttle.giveBack(own, now);
    return { ok: false, reason: seen };
  }
  await throttle.forget(own, now);
  return { ok: true };
}

async function judge(needs: Needs, session: SignedInSession, shown: Shown, now: Date): Promise<Looked> {
  const { store, secrets, passkeys, challenges } = needs;
  if (shown.way !== 'passkey') {
    const using = shown.way === 'app' ? usingApp : usingRecoveryCode;
    return use(store, session.person, (person) => using(person, shown.typed, secrets, now));
  }
  const existing = factorsOf(session.person).passkeys;
  const isAsked = (challenge: string) => challenges.use(session.id, 'show-passkey', challenge, now);
  const used = await passkeys.readShown(shown.answer, existing, isAsked);
  if (!used) return 'wrong';
  return use(store, session.person, (person) => {
    const factors = factorsOf(person);
    if (!factors.passkeys.some(({ id }) => id === used.id)) return 'wrong';
    return { ...factors, passkeys: factors.passkeys.map((one) => (one.id === used.id ? used : one)) };
  });
}

/**
 * What is used cannot be used again: that is stored in the same step. In a session that has been ended meanwhile, or rests on an older
 * password, nothing is used up and nothing shown.
 */
function use(
  store: Services['store'],
  shower: Person,
  using: (person: Person) => SecondFactors | 'wrong' | 'late',
): Promise<Looked> {
  return store.people.update<Looked>(shower.id, (person) => {
    const secondFactors = restsOnOlderCredentials(shower, person) ? 'wrong' : using(person);
    return typeof secondFactors === 'string'
      ? { result: secondFactors }
      : { save: { ...person, secondFactors }, result: 'right' };
  });
}

function usingApp(
  person: Person,
  typed: string,
  secrets: Services['secrets'],
  now: Date,
): SecondFactors | 'wrong' | 'late' {
  const factors = factorsOf(person);
  const secret = factors.totp && secrets.unseal(totpOf(person.id), factors.totp.secret);
  if (!factors.totp || !secret) return 'wrong';
  const read = readTotp(typed, { secret, lastStep: factors.totp.lastStep }, now, secrets.hmacSha1);
  if (read.kind !== 'right') return read.kind;
  const sealed = resealed(secrets, totpOf(person.id), factors.totp.secret);
  return { ...factors, totp: { ...factors.totp, secret: sealed, lastStep: read.step } };
}

function usingRecoveryCode(person: Person, typed: string, secrets: Services['secrets']): SecondFactors | 'wrong' {
  const factors = factorsOf(person);
  const used = secrets.hashesOfCode(recoveryCodeOf(person.id, typed));
  const recoveryCodes = withoutRecoveryCode(factors.recoveryCodes, used);
  return recoveryCodes ? { ...factors, recoveryCodes } : 'wrong';
}
