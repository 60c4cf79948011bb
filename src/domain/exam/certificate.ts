import type { Course, Validity } from '#domain/course/course.ts';
import { addMonths, dateOf, earlier, instantOf } from '#domain/kernel/calendar.ts';
import type { Category } from '#domain/kernel/category.ts';
import type { CalendarDate, CertificateCode, Instant, RandomBytes } from '#domain/kernel/ids.ts';
import { normalizeCode, randomCode } from '#domain/kernel/random.ts';

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
  /** The day on which the exam was taken on paper, where it was: the employer vouches that it was done as it should. */
  readonly takenOnPaper?: CalendarDate | undefined;
  /** The employer as it was called on that day. */
  readonly issuer: string;
}

/**
 * What is left of a certificate when its holder's record has been purged: what the page shows to who checks it, for as long as
 * it is valid.
 */
export interface KeptCertificate extends Omit<Certificate, 'code' | 'name' | 'issuedAt'> {
  readonly id: CertificateCode;
  /** Absent where the holder had protected identity. */
  readonly name?: string | undefined;
  readonly identity?: { readonly confirmedOn: CalendarDate; readonly onPaper: boolean } | undefined;
}

export type CertificateState = 'valid' | 'expired';

/** Valid through its last day, by the date in Europe/Stockholm. */
export function certificateState(certificate: Pick<Certificate, 'validUntil'>, today: CalendarDate): CertificateState {
  return today <= certificate.validUntil ? 'valid' : 'expired';
}

/**
 * The last day a certificate issued today holds. For temporary staff, students and summer workers it ends with the
 * engagement, and never later than so many months on.
 */
export function lastValidDay(
  validity: Validity,
  issuedOn: CalendarDate,
  engagementEnds: CalendarDate | undefined,
): CalendarDate {
  if (validity.kind === 'months') return addMonths(issuedOn, validity.months);
  const latest = addMonths(issuedOn, validity.atMostMonths);
  return engagementEnds ? earlier(engagementEnds, latest) : latest;
}

/** The code as people read it: groups of five. */
export function displayCode(code: CertificateCode): string {
  return code.match(/.{1,5}/g)?.join('-') ?? code;
}

const codeShape = /^[0-9A-HJKMNP-TV-Z]{20}$/;

/** @returns the code in its stored form, or undefined if what was typed can be no code. */
export function parseCertificateCode(typed: string): CertificateCode | undefined {
  const code = normalizeCode(typed);
  return codeShape.test(code) ? (code as CertificateCode) : undefined;
}

/** Whose certificate it is to be, as of the day on which it is issued. */
export interface CertificateHolder extends Pick<Certificate, 'name' | 'nameGivenBy'> {
  /** The last day of the work that the track belongs to; undefined while it is open. */
  readonly engagementEnds: CalendarDate | undefined;
}

export interface IssueOptions {
  readonly holder: CertificateHolder;
  readonly track: Category;
  readonly course: Course;
  readonly issuer: string;
  readonly now: Date;
  /** 20 bytes are drawn for the code (100 bits). */
  readonly random: RandomBytes;
}

/** Issues a certificate for somebody who has just passed the exam of a track. */
export function issueCertificate({ holder, track, course, issuer, now, random }: IssueOptions): Certificate {
  const issuedOn = dateOf(now);
  return {
    code: randomCode(20, random) as CertificateCode,
    name: holder.name,
    nameGivenBy: holder.nameGivenBy,
    track,
    courseVersion: course.version,
    guidelines: course.guidelines,
    issuedAt: instantOf(now),
    issuedOn,
    validUntil: lastValidDay(course.tracks[track].validity, issuedOn, holder.engagementEnds),
    issuer,
  };
}
