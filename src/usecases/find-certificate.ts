import { dateOf } from '#domain/calendar.ts';
import {
  type Certificate,
  type CertificateState,
  certificateState,
  parseCertificateCode,
} from '#domain/certificate.ts';
import { throttleRules } from '#domain/throttle.ts';
import type { Services } from '#src/services.ts';

export interface CheckedCertificate {
  readonly certificate: Certificate;
  readonly state: CertificateState;
}

/**
 * Anybody may check a certificate whose code they have; the code cannot be guessed (100 bits). Codes that do not exist
 * count against the network address, generously.
 */
export async function findCertificate(
  { store, clock, throttle }: Pick<Services, 'store' | 'clock' | 'throttle'>,
  typed: string,
  address: string,
): Promise<CheckedCertificate | undefined> {
  const key = `certificate-address:${address}`;
  if (throttle.blockedUntil(key, throttleRules.address, clock())) return undefined;
  const code = parseCertificateCode(typed);
  const certificate = code && (await store.people.findCertificate(code));
  if (certificate) return { certificate, state: certificateState(certificate, dateOf(clock())) };
  throttle.recordFailure(key, throttleRules.address, clock());
  return undefined;
}
