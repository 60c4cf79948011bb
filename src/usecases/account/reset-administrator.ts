import { isForEverything } from '#domain/access/grant.ts';
import { awakeGrants } from '#domain/access/grant-days.ts';
import { newLink, passwordResetMinutes, withLink } from '#domain/account/sent-link.ts';
import { dateOf, instantOf } from '#domain/kernel/calendar.ts';
import type { PersonId } from '#domain/kernel/ids.ts';
import type { SentLink } from '#domain/people/person.ts';
import type { StaffRecord } from '#domain/people/staff-record.ts';
import { grantBasis } from '#ports/acting-person.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { renewFirstAdministrator } from './ensure-first-administrator.ts';
import { tellOfChange } from './tell-of-change.ts';

export type ResetNeeds = Pick<
  Services,
  'store' | 'secrets' | 'clock' | 'random' | 'audit' | 'mailer' | 'municipality' | 'publicUrl' | 'reportError'
>;

export type AdministratorReset =
  /** `first`: nobody who can sign in administers everything, and whoever has the link becomes an administrator. */
  | { readonly ok: true; readonly link: string; readonly until: string; readonly whose: 'first' | 'chosen' }
  | { readonly ok: false; readonly reason: 'which' | 'unknown' };

/**
 * For an administrator who has lost everything, done on the server by whoever runs it: a one-time link by which a new password is
 * chosen and the second factors go. Nothing is changed before the link is used. It is in the log, and every administrator is told.
 *
 * @param email whose; may be left out where there is only one
 */
export async function resetAdministrator(needs: ResetNeeds, email: string | undefined): Promise<AdministratorReset> {
  const { secrets, clock, audit, publicUrl } = needs;
  const now = clock();
  const administrators = await awakeAdministrators(needs, now);
  const ofEverything = administrators.filter(({ grants, canSignIn }) => canSignIn && grants.some(isForEverything));
  if (ofEverything.length === 0 && email === undefined) {
    const { token, person } = await renewFirstAdministrator(needs, passwordResetMinutes);
    await audit.append({ at: instantOf(now), actor: 'system', action: 'reset-account', subject: person.pseudonym });
    tellAll(needs, administrators);
    return done(new URL(paths.welcome(token), publicUrl), person.invitation?.expiresAt, 'first');
  }
  if (email === undefined && ofEverything.length > 1) return { ok: false, reason: 'which' };
  const chosen =
    email === undefined ? ofEverything[0] : administrators.find((one) => one.email === email.trim().toLowerCase());
  if (!chosen) return { ok: false, reason: 'unknown' };
  const token = secrets.newToken();
  const link = newLink(secrets.hashToken(token), passwordResetMinutes, now);
  await audit.append({ at: instantOf(now), actor: 'system', action: 'reset-account', subject: chosen.pseudonym });
  await setLink(needs, chosen.id, { ...link, clearsFactors: true });
  tellAll(needs, administrators);
  return done(new URL(paths.newPassword(token), publicUrl), link.expiresAt, 'chosen');
}

function done(url: URL, until = '', whose: 'first' | 'chosen'): AdministratorReset {
  return { ok: true, link: url.href, until, whose };
}

function setLink({ store }: ResetNeeds, id: PersonId, link: SentLink): Promise<void> {
  return store.people.update(id, (person) => ({ save: withLink(person, 'passwordReset', link), result: undefined }));
}

async function awakeAdministrators({ store }: ResetNeeds, now: Date): Promise<readonly StaffRecord[]> {
  const basis = await grantBasis(store, dateOf(now));
  const staff = await store.people.staffWithGrants();
  const awake = staff.map((record) => ({ ...record, grants: awakeGrants(record, basis) }));
  return awake.filter(({ grants }) => grants.some(({ role }) => role === 'administrator'));
}

function tellAll(needs: ResetNeeds, administrators: readonly StaffRecord[]): void {
  for (const administrator of administrators) tellOfChange(needs, administrator, 'administrator-reset');
}
