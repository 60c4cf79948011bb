import type { Certificate } from '#domain/exam/certificate.ts';
import type { CalendarDate, CertificateCode } from '#domain/kernel/ids.ts';

/**
 * Every code that has been given to a certificate here, kept apart from the documents, so that a lost document is not taken for a
 * certificate that never was (decision 0035).
 */
export interface IssuedCodes {
  /** Whether a code that is not in it was not issued here, as far as the folder can know. */
  readonly isComplete: boolean;
  /** The last valid day of the certificate that had this code; undefined for a code that is not in it. */
  validUntil(code: CertificateCode): CalendarDate | undefined;
  /** Adds those that are new. What a disk refuses is added with the next ones, or at the next start: the documents have it. */
  add(certificates: readonly Pick<Certificate, 'code' | 'validUntil'>[]): Promise<void>;
  /** How many hold on this day and were not there when the folder was opened. */
  countLost(today: CalendarDate): number;
  close(): Promise<void>;
}
