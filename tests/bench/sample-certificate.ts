import type { CertificateWords } from '#adapters/pdf/certificate-pdf.ts';
import type { Certificate } from '#domain/exam/certificate.ts';
import type { CalendarDate, CertificateCode } from '#domain/kernel/ids.ts';

/** An invented certificate with words as long as the real ones, for the tests and the bench. */
export const sampleCertificate: Certificate = {
  code: 'K7M2Q9XHTBW4R8NDP3ZF' as CertificateCode,
  name: 'Åsa Öberg-Ängström',
  nameGivenBy: 'employer',
  track: 'summer-worker',
  courseVersion: '1.0',
  guidelines: { S2: '2026-02-12', S4: '2025-09-01' },
  issuedAt: '2026-11-22T09:30:00.000Z',
  issuedOn: '2026-11-22' as CalendarDate,
  validUntil: '2027-11-21' as CalendarDate,
  issuer: 'Exempelkommun, vård- och omsorgsnämnden',
};

export const sampleUrl = `https://sekretess.exempelkommun.se/intyg/${sampleCertificate.code}`;

export const sampleWords: CertificateWords = {
  language: 'sv-SE',
  documentTitle: 'Intyg i sekretess för Åsa Öberg-Ängström',
  productName: 'Sekretesskörkortet',
  heading: 'Intyg',
  nameLabel: 'Namn',
  nameNotDrawable: 'Namnet är skrivet med bokstäver som inte kan tryckas här. Det står på kontrollsidan.',
  trackLabel: 'Utbildningsspår',
  track: 'Feriearbetare',
  courseLabel: 'Kurs och version',
  course: 'Sekretess och tystnadsplikt, version 1.0',
  issuedLabel: 'Utfärdat',
  issuedOn: '22 november 2026',
  validUntilLabel: 'Giltigt till och med',
  validUntil: '21 november 2027',
  issuerLabel: 'Utfärdat av',
  statement: [
    'Personen har markerat lektionerna som lästa och klarat provet.',
    'Tystnadsplikten gäller oberoende av intyget.',
  ],
  checkHeading: 'Kontrollera intyget',
  checkInstruction: 'Skanna koden med kameran, eller gå till adressen. Sidan visar om intyget är äkta och gäller.',
  codeLabel: 'Intygets kod',
  qrDescription: 'QR-kod som leder till sidan där intyget kontrolleras.',
  linkDescription: 'Kontrollera intyget på webben',
  editions:
    'Kursen bygger på Riktlinje för sekretess och tystnadsplikt inom socialtjänsten (S2), utgåva 2026-02-12, och Rutin för hantering av sekretess (S4), utgåva 2025-09-01.',
};
