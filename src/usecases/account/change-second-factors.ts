import { heldGrants } from '#domain/access/grant-days.ts';
import { assuranceOf, type Factor, factorsOf, hasSecondFactor, withoutFactor } from '#domain/account/second-factor.ts';
import { restsOnOlderCredentials } from '#domain/account/session.ts';
import { dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { PersonId } from '#domain/kernel/ids.ts';
import type { FactorChange } from '#forms/account/second-factor-form.ts';
import { grantBasis } from '#ports/acting-person.ts';
import type { IdentityProof } from '#ports/audit-log.ts';
import type { SignedInSession } from '#ports/sessions.ts';
import type { Services } from '#src/services.ts';
import { accessForCredentials } from '#usecases/access/audited-access.ts';
import { type AddRefusal, addPasskey, addTotp, recoveryCodesFor } from './add-second-factor.ts';
import { type CredentialNeeds, changeCredentials } from './change-credentials.ts';
import { tellOfChange } from './tell-of-change.ts';

type Needs = Pick<Services, 'store' | 'clock' | 'sessions'>;

export type ChangeResult =
  | {
      readonly ok: true;
      readonly cookie?: string | undefined;
      /** To be shown once. */
      readonly recoveryCodes?: readonly string[] | undefined;
    }
  | { readonly ok: false; readonly reason: AddRefusal | 'last-factor' | 'label-missing' };

type AllNeeds = Needs &
  Pick<Services, 'secrets' | 'random' | 'passkeys' | 'challenges' | 'audit'> &
  Parameters<typeof tellOfChange>[0];

const notedAs = {
  app: ['add-factor', 'factor-added'],
  passkey: ['add-factor', 'factor-added'],
  remove: ['remove-factor', 'factor-removed'],
  recovery: ['renew-recovery-codes', 'recovery-renewed'],
} as const;

/** What somebody does to their own factors. It is in the log, and told to them, for it may not have been they. */
export async function changeSecondFactors(
  services: AllNeeds,
  session: SignedInSession,
  change: FactorChange,
): Promise<ChangeResult> {
  const result = await changed(services, session, change);
  if (!result.ok) return result;
  const [action, told] = notedAs[change.action];
  const { pseudonym } = session.person;
  await services.audit.append({ at: instantOf(services.clock()), actor: pseudonym, subject: pseudonym, action });
  tellOfChange(services, session.person, told);
  return result;
}

function changed(services: AllNeeds, session: SignedInSession, change: FactorChange): Promise<ChangeResult> {
  switch (change.action) {
    case 'app':
      return addTotp(services, session, change);
    case 'passkey': {
      const { answer, label, endOthers } = change;
      if (label === undefined) return Promise.resolve({ ok: false, reason: 'label-missing' });
      return addPasskey(services, session, { answer, label, endOthers });
    }
    case 'remove':
      return removeSecondFactor(services, session, change.factor);
    case 'recovery':
      return renewRecoveryCodes(services, session, change);
  }
}

/** Takes a factor away. The person's other sessions end: one of them may be on the device that was lost. */
export async function removeSecondFactor(
  { store, clock, sessions }: Needs,
  session: SignedInSession,
  factor: Factor,
): Promise<
  | { readonly ok: true; readonly cookie: string }
  | { readonly ok: false; readonly reason: 'not-confirmed' | 'last-factor' }
> {
  if (!session.strongAt || assuranceOf(session.strongAt, clock()) !== 'fresh') {
    return { ok: false, reason: 'not-confirmed' };
  }
  const { id } = session.person;
  const basis = await grantBasis(store, dateOf(clock()));
  const removed = await store.people.update<'removed' | 'not-confirmed' | 'last-factor'>(id, (person) => {
    if (restsOnOlderCredentials(session.person, person)) return { result: 'not-confirmed' };
    const secondFactors = withoutFactor(person, factor, heldGrants(person, basis));
    if (secondFactors === 'last-factor') return { result: 'last-factor' };
    return { save: { ...person, secondFactors }, result: 'removed' };
  });
  if (removed !== 'removed') return { ok: false, reason: removed };
  await sessions.closeOthers(session);
  return { ok: true, cookie: await sessions.strengthen(session, session.strongAt) };
}

/** Ten new recovery codes; the old ones stop working. */
export async function renewRecoveryCodes(
  { store, clock, secrets, random, sessions }: Needs & Pick<Services, 'secrets' | 'random'>,
  session: SignedInSession,
  { endOthers = false }: { readonly endOthers?: boolean } = {},
): Promise<
  | { readonly ok: true; readonly recoveryCodes: readonly string[] }
  | { readonly ok: false; readonly reason: 'not-confirmed' }
> {
  if (assuranceOf(session.strongAt, clock()) !== 'fresh') return { ok: false, reason: 'not-confirmed' };
  const { codes, hashes } = recoveryCodesFor(session.person.id, secrets, random);
  const isRenewed = await store.people.update(session.person.id, (person) => {
    if (!hasSecondFactor(person) || restsOnOlderCredentials(session.person, person)) return { result: false };
    return { save: { ...person, secondFactors: { ...factorsOf(person), recoveryCodes: hashes } }, result: true };
  });
  if (!isRenewed) return { ok: false, reason: 'not-confirmed' };
  if (endOthers) await sessions.closeOthers(session);
  return { ok: true, recoveryCodes: codes };
}

/**
 * An administrator takes all of another person's factors away, because the phone is lost. The person is signed out
 * everywhere, and adds a first factor again after signing in with the password. Never one's own: that is what recovery
 * codes are for.
 *
 * @param recognised how the administrator has made sure of whom it is: as surely as when the role was given, and the log keeps it
 */
export async function resetSecondFactors(
  needs: CredentialNeeds & Pick<Services, 'audit'>,
  session: SignedInSession,
  id: PersonId,
  recognised: IdentityProof | undefined,
): Promise<
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'not-confirmed' | 'own-factors' | 'not-recognised' | 'not-found' }
> {
  if (assuranceOf(session.strongAt, needs.clock()) !== 'fresh') return { ok: false, reason: 'not-confirmed' };
  if (id === session.person.id) return { ok: false, reason: 'own-factors' };
  if (!recognised) return { ok: false, reason: 'not-recognised' };
  const opened = await accessForCredentials(needs, session.person, id, { action: 'reset-factors', why: recognised });
  if (!opened) return { ok: false, reason: 'not-found' };
  return changeCredentials(needs, id, 'factors-reset', () => ({
    change: { kind: 'factors-reset' },
    result: { ok: true },
  }));
}
