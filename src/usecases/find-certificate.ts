import { dateOf } from '#domain/calendar.ts';
import { parseCertificateCode } from '#domain/certificate.ts';
import { type CheckedCertificate, checkCertificate } from '#domain/check-certificate.ts';
import type { Person } from '#domain/person.ts';
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
  const holder = code && (await store.people.findByCertificate(code));
  return holder && checkCertificate(holder, code, viewer?.id, dateOf(clock()));
}
