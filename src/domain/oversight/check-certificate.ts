import type { KeptCertificate } from '#domain/exam/certificate.ts';
import { type Certificate, type CertificateState, certificateState } from '#domain/exam/certificate.ts';
import { dateOf } from '#domain/kernel/calendar.ts';
import type { CalendarDate, CertificateCode, PersonId } from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';

/** The snapshot as it may be shown to who asks. */
export type ShownCertificate = Omit<Certificate, 'name'> & {
  /** Absent where the holder has protected identity and somebody else asks. */
  readonly name: string | undefined;
};

/** What the public page shows of a certificate, and of its holder as of today. */
export interface CheckedCertificate {
  readonly certificate: ShownCertificate;
  readonly state: CertificateState;
  /** The employer has seen that the holder is who they say they are. */
  readonly identity: { readonly confirmedOn: CalendarDate; readonly onPaper: boolean } | undefined;
  /** Whose own it is, signed in. */
  readonly isOwn: boolean;
  /** Others than the holder are not shown the name. */
  readonly isNameHidden: boolean;
}

/** @param viewer who is signed in, if anybody */
export function checkCertificate(
  holder: Pick<Person, 'id' | 'certificates' | 'identity' | 'protectedIdentity'>,
  code: CertificateCode,
  viewer: PersonId | undefined,
  today: CalendarDate,
): CheckedCertificate | undefined {
  const certificate = holder.certificates.find((one) => one.code === code);
  if (!certificate) return undefined;
  const { identity, protectedIdentity } = holder;
  const isOwn = viewer === holder.id;
  const isNameHidden = protectedIdentity ?? false;
  return {
    certificate: isNameHidden && !isOwn ? { ...certificate, name: undefined } : certificate,
    state: certificateState(certificate, today),
    identity: identity && { confirmedOn: dateOf(new Date(identity.at)), onPaper: identity.onPaper ?? false },
    isOwn,
    isNameHidden,
  };
}

/** The same for a certificate that outlives its holder's record; undefined once it has ended, when it is only not removed yet. */
export function checkKeptCertificate(kept: KeptCertificate, today: CalendarDate): CheckedCertificate | undefined {
  const { id: code, name, identity, ...shown } = kept;
  // The moment of issue is not kept: the paper's file says noon of the day instead.
  const certificate = { ...shown, code, name, issuedAt: `${shown.issuedOn}T12:00:00.000Z` };
  const state = certificateState(kept, today);
  if (state !== 'valid') return undefined;
  return { certificate, state, identity, isOwn: false, isNameHidden: name === undefined };
}
