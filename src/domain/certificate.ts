import { addMonths, dateOf, earlier, instantOf } from './calendar.ts';
import type { Course, Validity } from './course.ts';
import type { CalendarDate, CertificateCode, Instant, RandomBytes } from './ids.ts';
import type { Category, Person } from './person.ts';
import { normalizeCode, randomCode } from './random.ts';
import { currentStaffing, lastDayIn } from './staffing.ts';

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

/** Issues a certificate for a person who has just passed the exam of a track. @param random 20 bytes are drawn for the code (100 bits). */
export function issueCertificate(
  person: Pick<Person, 'name' | 'nameGivenBy' | 'staffing'>,
  track: Category,
  course: Course,
  issuer: string,
  now: Date,
  random: RandomBytes,
): Certificate {
  const issuedOn = dateOf(now);
  return {
    code: randomCode(20, random) as CertificateCode,
    name: person.name,
    nameGivenBy: person.nameGivenBy,
    track,
    courseVersion: course.version,
    guidelines: course.guidelines,
    issuedAt: instantOf(now),
    issuedOn,
    validUntil: lastValidDay(
      course.tracks[track].validity,
      issuedOn,
      lastDayIn(currentStaffing(person), track, issuedOn),
    ),
    issuer,
  };
}
