import { addMinutes } from '#domain/kernel/calendar.ts';
import { isInFuture } from '#domain/kernel/clock.ts';
import type { Instant } from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';
import { assuranceOf, hasSecondFactor } from './second-factor.ts';

/**
 * How long somebody stays signed in. Reasons stand in docs/security/sessions-and-passwords.md.
 */
export const sessionRules = {
  /** Without being used. Somebody takes the course over two weeks, on a phone of their own. */
  idleDays: 14,
  /** However much it is used: a summer with a week on each side. */
  learnerDays: 90,
  /** For who has a role, which reaches other people. */
  roleDays: 30,
  /** One person's at once. The one opened first goes when there is one more. */
  most: 20,
  /** A second factor that was shown holds no longer when nothing has been done for so long. */
  strongIdleMinutes: 60,
  /** Password, code or link shown so lately that it need not be shown again before one's ways in are changed. */
  provenMinutes: 60,
  /** When it was last used is written to disk so seldom, for reading a session must not cost a write. */
  lastUseMinutes: 60,
} as const;

/** What opened a session. `group`: typed a group's code and a name. `earlier`: before this was written down. */
export const sessionOpeners = ['password', 'code', 'group', 'invitation', 'reset', 'earlier'] as const;
export type SessionOpener = (typeof sessionOpeners)[number];

/**
 * Whether the session was opened by a password, or by a link in a mail that a password was chosen with. A personal code of words is
 * written on paper and handed over by managers: it opens the person's own course and nothing else.
 */
export function isOpenedByAccount({ openedBy }: { readonly openedBy: SessionOpener }): boolean {
  return openedBy === 'password' || openedBy === 'invitation' || openedBy === 'reset';
}

/** Whether five words, or a group's code, opened it: such a session uses no role. */
export function isOpenedByCode({ openedBy }: { readonly openedBy: SessionOpener }): boolean {
  return openedBy === 'code' || openedBy === 'group';
}

/** When a session ends, however much it is used. A role that is given later shortens it, one that rests too. */
export function sessionEnd(createdAt: Instant, person: Pick<Person, 'grants'>): Instant {
  const days = person.grants.length > 0 ? sessionRules.roleDays : sessionRules.learnerDays;
  return addMinutes(createdAt, days * 24 * 60);
}

/**
 * Whether the person's ways in, or their roles, have been changed since what opened the session was judged. All sessions are removed
 * when that happens; one that was on its way at that moment, or that a server which stopped had no time to remove, is not open
 * either (decision 0029).
 */
export function restsOnOlderCredentials(
  session: Pick<Person, 'credentialChanges'>,
  person: Pick<Person, 'credentialChanges'>,
): boolean {
  return (session.credentialChanges ?? 0) < (person.credentialChanges ?? 0);
}

/**
 * The person once they have been signed out: every session from before rests on what is older, those too that are on their way to
 * being written; and what one of them was about to do to the factors is not done.
 */
export function signedOut<P extends Pick<Person, 'credentialChanges'>>(person: P): P {
  return { ...person, credentialChanges: (person.credentialChanges ?? 0) + 1 };
}

/** Whether nothing has been done for so long that a second factor shown before no longer says who is at the keyboard. */
export function hasRested(lastUsedAt: Instant, now: Date): boolean {
  return addMinutes(lastUsedAt, sessionRules.strongIdleMinutes) <= now.toISOString();
}

/** Whether what is stored about when a session was last used is old enough to be written anew. */
export function isLastUseOld(storedLastUse: Instant, now: Date): boolean {
  return addMinutes(storedLastUse, sessionRules.lastUseMinutes) <= now.toISOString();
}

/**
 * When a session was opened, used and proven, as it can have been where a clock was wrong once. One that was opened in a time that has
 * not come is none: nobody knows how old it is. What was shown or done in one that was opened before has not been.
 *
 * @returns the same object where nothing is odd
 */
export function withoutFuture<
  S extends Pick<Proof, 'provenAt' | 'strongAt'> & { readonly createdAt: Instant; readonly lastUsedAt: Instant },
>(session: S, now: Date): S | undefined {
  const { createdAt, lastUsedAt, provenAt, strongAt } = session;
  if (isInFuture(createdAt, now)) return undefined;
  if (![lastUsedAt, provenAt, strongAt ?? createdAt].some((moment) => isInFuture(moment, now))) return session;
  return {
    ...session,
    lastUsedAt: isInFuture(lastUsedAt, now) ? createdAt : lastUsedAt,
    provenAt: isInFuture(provenAt, now) ? createdAt : provenAt,
    strongAt: strongAt !== undefined && isInFuture(strongAt, now) ? undefined : strongAt,
  };
}

/** What a session says of how sure we may be of who is at the keyboard. */
export interface Proof {
  readonly openedBy: SessionOpener;
  /** When password, code or link was last shown in it. */
  readonly provenAt: Instant;
  /** When a second factor was. */
  readonly strongAt?: Instant | undefined;
}

/** Whether the person has shown who they are so lately that sessions may be ended, or a first factor added (ASVS 7.5.1, 7.5.2). */
export function isRecentlyProven({ provenAt, strongAt = provenAt }: Proof, now: Date): boolean {
  const last = strongAt > provenAt ? strongAt : provenAt;
  return now.toISOString() < addMinutes(last, sessionRules.provenMinutes);
}

/**
 * Whether one's factors may be changed in this session: `confirm` where one has to show who one is first, `closed` where the way in is
 * a personal code. Who has a factor shows it just now; a first one takes the password, or the link it was chosen with, within the hour.
 */
export function factorGate(
  session: Proof,
  person: Pick<Person, 'secondFactors' | 'passwordHash'>,
  now: Date,
): 'open' | 'confirm' | 'closed' {
  if (hasSecondFactor(person)) return assuranceOf(session.strongAt, now) === 'fresh' ? 'open' : 'confirm';
  if (isOpenedByAccount(session) && isRecentlyProven(session, now)) return 'open';
  return person.passwordHash === undefined ? 'closed' : 'confirm';
}
