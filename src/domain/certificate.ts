import type { CalendarDate, CertificateCode, Instant } from './ids.ts';
import type { Category } from './person.ts';

/** A snapshot, never edited; states such as revoked will stand beside it. */
export interface Certificate {
  readonly code: CertificateCode;
  readonly name: string;
  readonly nameGivenBy: 'employer' | 'self';
  readonly track: Category;
  readonly courseVersion: string;
  /** Guideline editions the course rests on, e.g. `{ S2: '2026-02-12' }`. */
  readonly guidelines: Readonly<Record<string, string>>;
  readonly issuedAt: Instant;
  readonly issuedOn: CalendarDate;
  /** Last valid day, inclusive. */
  readonly validUntil: CalendarDate;
  /** The employer as it was called on that day. */
  readonly issuer: string;
}
