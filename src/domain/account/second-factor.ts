import type { ActingPerson } from '#domain/access/grant-days.ts';
import { addMinutes } from '#domain/kernel/calendar.ts';
import type { CodeHash, Instant, RandomBytes } from '#domain/kernel/ids.ts';
import { randomCode } from '#domain/kernel/random.ts';
import type { Grant, Passkey, Person, SecondFactors } from '#domain/people/person.ts';

/** A second factor that was shown holds for a working day; then it is asked for again. */
export const strongMinutes = 12 * 60;

/** Before what cannot be taken back (export, purge, changes of roles) it must have been shown just now. */
export const freshMinutes = 10;

/** How sure we are of who is at the keyboard: a password alone, a second factor today, or one just now. */
export type Assurance = 'weak' | 'strong' | 'fresh';

/** @param strongAt when a second factor was last shown in this session */
export function assuranceOf(strongAt: Instant | undefined, now: Date): Assurance {
  const within = (minutes: number) => strongAt !== undefined && now.toISOString() < addMinutes(strongAt, minutes);
  if (within(freshMinutes)) return 'fresh';
  return within(strongMinutes) ? 'strong' : 'weak';
}

const noFactors: SecondFactors = { passkeys: [], recoveryCodes: [] };

export function factorsOf({ secondFactors }: Pick<Person, 'secondFactors'>): SecondFactors {
  return secondFactors ?? noFactors;
}

/** Recovery codes alone are no factor: they stand in for one that is lost. */
export function hasSecondFactor(person: Pick<Person, 'secondFactors'>): boolean {
  const { passkeys, totp } = factorsOf(person);
  return passkeys.length > 0 || totp !== undefined;
}

/** Whether somebody has a role above learner that is awake. */
export function needsSecondFactor({ grants }: Pick<ActingPerson, 'grants'>): boolean {
  return grants.length > 0;
}

export const mostPasskeys = 10;

/** Which factor: the app, or the passkey with this id. */
export type Factor = { readonly kind: 'totp' } | { readonly kind: 'passkey'; readonly id: Passkey['id'] };

/**
 * Without a factor. The last one stays for as long as the person has a role, one that rests for now (`heldGrants`) as well. With no
 * factor there are no recovery codes.
 */
export function withoutFactor(
  person: Pick<Person, 'secondFactors'>,
  factor: Factor,
  held: readonly Grant[],
): SecondFactors | 'last-factor' | undefined {
  const { passkeys, totp, recoveryCodes } = factorsOf(person);
  const left: SecondFactors =
    factor.kind === 'totp'
      ? { passkeys, recoveryCodes }
      : { passkeys: passkeys.filter(({ id }) => id !== factor.id), totp, recoveryCodes };
  if (hasSecondFactor({ secondFactors: left })) return left;
  return held.length > 0 ? 'last-factor' : undefined;
}

/**
 * Ten codes of 130 bits, `ABCDE-FGHJK-MNPQR-STVWX-YZ2345`: from 112 bits on a keyed hash is as good as a slow one (OWASP ASVS
 * 5.0, 6.5.2). Those of 60 bits that were given out earlier are good until they are renewed.
 */
export function newRecoveryCodes(random: RandomBytes): readonly string[] {
  return Array.from({ length: 10 }, () => randomCode(26, random).replace(/.{5}(?=.{6})/g, '$&-'));
}

/**
 * The codes that are left when one has been used; undefined when it was none of them.
 *
 * @param used its hash under each of the installation's keys
 */
export function withoutRecoveryCode(
  codes: readonly CodeHash[],
  used: readonly CodeHash[],
): readonly CodeHash[] | undefined {
  const left = codes.filter((code) => !used.includes(code));
  return left.length < codes.length ? left : undefined;
}
