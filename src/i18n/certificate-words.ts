import type { Certificate } from '#domain/certificate.ts';
import { longDate, translate } from './translate.ts';

/** The words on the paper: Swedish, whatever the holder's language, for it is shown to Swedish employers. */
export function certificateWords(certificate: Certificate) {
  const t = translate('sv');
  return {
    language: 'sv-SE',
    documentTitle: t('pdf.title', { name: certificate.name }),
    productName: t('site.name'),
    heading: t('pdf.heading'),
    nameLabel: t('licence.holder'),
    nameGivenBySelf: t('certificate.nameGivenBySelf'),
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
    statement: [t('certificate.statement1'), t('certificate.statement2')],
    checkHeading: t('pdf.check'),
    checkInstruction: t('pdf.checkInstruction'),
    codeLabel: t('certificate.code'),
    qrDescription: t('pdf.qr'),
    linkDescription: t('pdf.link'),
    editions: t('certificate.editions', { editions: editionsOf(certificate) }),
  };
}

/** @example editionsOf(certificate) // '2026-02-12 (S1, S2, L)' */
export function editionsOf(certificate: Certificate): string {
  const byDate = Map.groupBy(Object.entries(certificate.guidelines), ([, edition]) => edition);
  return [...byDate].map(([edition, sources]) => `${edition} (${sources.map(([id]) => id).join(', ')})`).join(', ');
}
