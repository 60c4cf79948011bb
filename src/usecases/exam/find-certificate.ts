import { parseCertificateCode } from '#domain/exam/certificate.ts';
import { dateOf } from '#domain/kernel/calendar.ts';
import {
  type CheckedCertificate,
  checkCertificate,
  checkKeptCertificate,
} from '#domain/oversight/check-certificate.ts';
import type { Person } from '#domain/people/person.ts';
import type { Services } from '#src/services.ts';

/**
 * Anybody may check a certificate whose code they have. Tries are not counted: the code cannot be guessed (100 bits), and a
 * genuine certificate must never be called unknown because somebody else at the same address has mistyped.
 *
 * @param viewer who is signed in, if anybody
 */
export async function findCertificate(
  { store, clock }: Pick<Services, 'store' | 'clock'>,
  typed: string,
  viewer: Pick<Person, 'id'> | undefined,
): Promise<CheckedCertificate | undefined> {
  const code = parseCertificateCode(typed);
  if (!code) return undefined;
  const today = dateOf(clock());
  const holder = await store.people.findByCertificate(code);
  if (holder) return checkCertificate(holder, code, viewer?.id, today);
  const kept = await store.keptCertificates.get(code);
  return kept && checkKeptCertificate(kept, today);
}

/** Why a certificate is not found: absence is no proof, so that “not issued here” is said only where it can be known (decision 0035). */
export type NotFound = 'unknown' | 'ended' | 'unsure';

export function whyNotFound({ issued, clock }: Pick<Services, 'issued' | 'clock'>, typed: string): NotFound {
  const code = parseCertificateCode(typed);
  if (!code) return 'unknown';
  const until = issued.validUntil(code);
  if (until !== undefined) return until < dateOf(clock()) ? 'ended' : 'unsure';
  return issued.isComplete ? 'unknown' : 'unsure';
}

/** For machines: gone for good, or to be asked again. */
export const statusOfNotFound: Readonly<Record<NotFound, number>> = { unknown: 404, ended: 410, unsure: 503 };
