import { dateOf } from '#domain/calendar.ts';
import {
  type Certificate,
  type CertificateState,
  certificateState,
  parseCertificateCode,
} from '#domain/certificate.ts';
import type { Services } from '#src/services.ts';

export interface CheckedCertificate {
  readonly certificate: Certificate;
  readonly state: CertificateState;
}

/**
 * Anybody may check a certificate whose code they have. Tries are not counted: the code cannot be guessed (100 bits), and a
 * genuine certificate must never be called unknown because somebody else at the same address has mistyped.
 */
export async function findCertificate(
  { store, clock }: Pick<Services, 'store' | 'clock'>,
  typed: string,
): Promise<CheckedCertificate | undefined> {
  const code = parseCertificateCode(typed);
  const holder = code && (await store.people.findByCertificate(code));
  const certificate = holder?.certificates.find((one) => one.code === code);
  return certificate && { certificate, state: certificateState(certificate, dateOf(clock())) };
}
