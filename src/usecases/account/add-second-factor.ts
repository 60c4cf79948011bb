import { factorsOf, hasSecondFactor, mostPasskeys, newRecoveryCodes } from '#domain/account/second-factor.ts';
import { factorGate, restsOnOlderCredentials } from '#domain/account/session.ts';
import { base32Of, newTotpSecret, otpauthUri, readTotp } from '#domain/account/totp.ts';
import { instantOf } from '#domain/kernel/calendar.ts';
import type { CodeHash, PersonId, RandomBytes } from '#domain/kernel/ids.ts';
import { normalizeCode } from '#domain/kernel/random.ts';
import type { Person, SecondFactors } from '#domain/people/person.ts';
import type { Secrets } from '#ports/secrets.ts';
import type { SignedInSession } from '#ports/sessions.ts';
import type { Services } from '#src/services.ts';

/** A secret that an app may take, until a code shows that it has. */
export interface TotpOffer {
  /** For the form to send back: opens in this session only. */
  readonly sealed: string;
  /** Base32 in groups of four, to be typed into an app. */
  readonly secret: string;
  /** What the QR code says. */
  readonly uri: string;
}

export type AddResult =
  | {
      readonly ok: true;
      readonly cookie: string;
      /** With the first factor come recovery codes: shown once, stored as hashes. */
      readonly recoveryCodes?: readonly string[] | undefined;
    }
  | { readonly ok: false; readonly reason: AddRefusal };
export type AddRefusal =
  | 'not-confirmed' // a factor there is, or the password, has to be shown first
  | 'factor-needs-password' // signed in with a personal code, which opens no role
  | 'form-too-old'
  | 'wrong-app-code'
  | 'late-app-code'
  | 'passkey-not-accepted'
  | 'too-many-passkeys';

type Needs = Pick<Services, 'store' | 'secrets' | 'random' | 'clock' | 'sessions'>;

/** A new secret, or the one that was offered before, so that a wrong code does not change what the app has been shown. */
export function offerTotp(
  { secrets, random, publicUrl }: Pick<Services, 'secrets' | 'random' | 'publicUrl'>,
  session: SignedInSession,
  siteName: string,
  sealedBefore = '',
): TotpOffer {
  const before = secrets.unseal(offerOf(session), sealedBefore);
  const secret = before ?? newTotpSecret(random);
  return {
    sealed: before ? sealedBefore : secrets.seal(offerOf(session), secret),
    secret: (base32Of(secret).match(/.{4}/g) ?? []).join(' '),
    uri: otpauthUri(secret, session.person.email ?? publicUrl.host, siteName),
  };
}

/** The app becomes the person's, in place of one there may have been, and the session strong. */
export async function addTotp(
  needs: Needs,
  session: SignedInSession,
  sent: { readonly sealed: string; readonly code: string; readonly endOthers?: boolean },
): Promise<AddResult> {
  const { secrets, clock } = needs;
  const secret = secrets.unseal(offerOf(session), sent.sealed);
  if (!secret) return { ok: false, reason: 'form-too-old' };
  const now = clock();
  const read = readTotp(sent.code, { secret }, now, secrets.hmacSha1);
  if (read.kind !== 'right') return { ok: false, reason: `${read.kind}-app-code` };
  const sealed = secrets.seal(totpOf(session.person.id), secret);
  const totp = { secret: sealed, addedAt: instantOf(now), lastStep: read.step };
  return add(needs, session, sent, (factors) => ({ ...factors, totp }));
}

/** What the browser needs to make a passkey. Undefined where browsers make none, or there are enough. */
export async function offerPasskey(
  { passkeys, challenges, clock }: Pick<Services, 'passkeys' | 'challenges' | 'clock'>,
  session: SignedInSession,
): Promise<object | undefined> {
  const { id, name, email = name } = session.person;
  const existing = factorsOf(session.person).passkeys;
  if (!passkeys.available || existing.length >= mostPasskeys) return undefined;
  const { challenge, options } = await passkeys.askToMake({ id, name, account: email }, existing);
  await challenges.remember(session.id, 'make-passkey', challenge, clock());
  return options;
}

/** @param answer what the browser said, as JSON came in */
export async function addPasskey(
  needs: Needs & Pick<Services, 'passkeys' | 'challenges'>,
  session: SignedInSession,
  { answer, label, endOthers }: { readonly answer: unknown; readonly label: string; readonly endOthers?: boolean },
): Promise<AddResult> {
  const { passkeys, challenges, clock } = needs;
  const now = clock();
  const made = await passkeys.readMade(answer, (challenge) =>
    challenges.use(session.id, 'make-passkey', challenge, now),
  );
  if (!made) return { ok: false, reason: 'passkey-not-accepted' };
  const passkey = { ...made, label, addedAt: instantOf(now) };
  return add(needs, session, { endOthers }, (factors) =>
    factors.passkeys.length >= mostPasskeys
      ? 'too-many-passkeys'
      : { ...factors, passkeys: [...factors.passkeys.filter(({ id }) => id !== made.id), passkey] },
  );
}

/** The first factor takes the password within the hour (decision 0024); for another one, one has to have been shown just now. */
async function add(
  { store, secrets, random, clock, sessions }: Needs,
  session: SignedInSession,
  { endOthers }: { readonly endOthers?: boolean | undefined },
  change: (factors: SecondFactors) => SecondFactors | AddRefusal,
): Promise<AddResult> {
  const now = clock();
  const fresh = recoveryCodesFor(session.person.id, secrets, random);
  const refusal = await store.people.update<AddRefusal | 'first' | 'another'>(session.person.id, (person) => {
    // Signed out, or another password, while this was on its way.
    if (restsOnOlderCredentials(session.person, person)) return { result: 'not-confirmed' };
    const gate = factorGate(session, person, now);
    if (gate !== 'open') return { result: gate === 'closed' ? 'factor-needs-password' : 'not-confirmed' };
    const changed = change(factorsOf(person));
    if (typeof changed === 'string') return { result: changed };
    const recoveryCodes = hasSecondFactor(person) ? changed.recoveryCodes : fresh.hashes;
    return { save: { ...person, secondFactors: { ...changed, recoveryCodes } }, result: firstOf(person) };
  });
  if (refusal !== 'first' && refusal !== 'another') return { ok: false, reason: refusal };
  if (endOthers) await sessions.closeOthers(session);
  // Adding another one does not prolong what the one before was shown for.
  const strongAt = refusal === 'another' ? session.strongAt : undefined;
  const cookie = await sessions.strengthen(session, strongAt ?? instantOf(now));
  return { ok: true, cookie, recoveryCodes: refusal === 'first' ? fresh.codes : undefined };
}

function firstOf(person: Person): 'first' | 'another' {
  return hasSecondFactor(person) ? 'another' : 'first';
}

/** Ten new ones, and what is stored of them. */
export function recoveryCodesFor(
  id: PersonId,
  secrets: Pick<Secrets, 'hashCode'>,
  random: RandomBytes,
): { readonly codes: readonly string[]; readonly hashes: readonly CodeHash[] } {
  const codes = newRecoveryCodes(random);
  return { codes, hashes: codes.map((code) => secrets.hashCode(recoveryCodeOf(id, code))) };
}

/** A recovery code as it is hashed: for its owner only. */
export function recoveryCodeOf(id: PersonId, typed: string): string {
  return `recovery:${id}:${normalizeCode(typed)}`;
}

/** What a person's secret is sealed for. */
export function totpOf(id: PersonId): string {
  return `totp:${id}`;
}

function offerOf({ id }: SignedInSession): string {
  return `totp-offer:${id}`;
}
