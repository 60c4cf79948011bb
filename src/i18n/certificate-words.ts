import type { Certificate } from '#domain/exam/certificate.ts';
import type { Language } from '#domain/kernel/language.ts';
import type { CheckedCertificate } from '#domain/oversight/check-certificate.ts';
import { longDate, type Translate, translate } from './translate.ts';

/** The words on the paper: Swedish, whatever the holder's language, for it is shown to Swedish employers. */
export function certificateWords(checked: CheckedCertificate) {
  const { certificate } = checked;
  const t = translate('sv');
  return {
    language: 'sv-SE',
    documentTitle: certificate.name ? t('pdf.title', { name: certificate.name }) : t('pdf.heading'),
    productName: t('site.name'),
    heading: t('pdf.heading'),
    nameLabel: t('licence.holder'),
    aboutName: aboutHolder(checked, t, 'sv'),
    nameNotDrawable: t('pdf.nameNotDrawable'),
    trackLabel: t('licence.track'),
    track: t(`track.${certificate.track}`),
    courseLabel: t('certificate.course'),
    course: t('certificate.courseValue', { version: certificate.courseVersion }),
    issuedLabel: t('certificate.issued'),
    issuedOn: longDate(certificate.issuedOn, 'sv'),
    validUntilLabel: t('certificate.validUntil'),
    validUntil: longDate(certificate.validUntil, 'sv'),
    issuerLabel: t('certificate.issuer'),
    statement: attested(certificate, t),
    checkHeading: t('pdf.check'),
    checkInstruction: t('pdf.checkInstruction'),
    codeLabel: t('certificate.code'),
    qrDescription: t('pdf.qr'),
    linkDescription: t('pdf.link'),
    editions: t('certificate.editions', { editions: editionsOf(certificate) }),
  };
}

/**
 * What the certificate says, and no more: that somebody has read is their own word (a button that was pressed); an exam on paper
 * was taken with the lessons on paper, which nobody marks.
 */
export function attested({ takenOnPaper }: Pick<Certificate, 'takenOnPaper'>, t: Translate): readonly string[] {
  return [t(takenOnPaper ? 'certificate.attestsOnPaper' : 'certificate.attests'), t('certificate.dutyRemains')];
}

/** @example editionsOf(certificate) // '2026-02-12 (S1, S2, L)' */
export function editionsOf(certificate: Pick<Certificate, 'guidelines'>): string {
  const byDate = Map.groupBy(Object.entries(certificate.guidelines), ([, edition]) => edition);
  return [...byDate].map(([edition, sources]) => `${edition} (${sources.map(([id]) => id).join(', ')})`).join(', ');
}

/**
 * Who vouches for the holder, and for an exam on paper: the employer, or nobody for a name that the participant has typed.
 * Undefined where the employer gave the name and the exam was taken here.
 */
export function aboutHolder(
  checked: Pick<CheckedCertificate, 'certificate' | 'identity'>,
  t: Translate,
  language: Language,
): string | undefined {
  const { takenOnPaper } = checked.certificate;
  const onPaper = takenOnPaper && t('certificate.takenOnPaper', { date: longDate(takenOnPaper, language) });
  return [aboutName(checked, t, language), onPaper].filter(Boolean).join(' ') || undefined;
}

function aboutName(
  { certificate, identity }: Pick<CheckedCertificate, 'certificate' | 'identity'>,
  t: Translate,
  language: Language,
): string | undefined {
  if (identity) {
    // Where the exam was on paper too, that is said once.
    const key = identity.onPaper && !certificate.takenOnPaper ? 'certificate.identityOnPaper' : 'certificate.identity';
    return t(key, { date: longDate(identity.confirmedOn, language) });
  }
  return certificate.nameGivenBy === 'self' && certificate.name ? t('certificate.nameGivenBySelf') : undefined;
}
