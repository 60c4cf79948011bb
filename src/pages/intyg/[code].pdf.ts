import type { APIRoute } from 'astro';
import { certificateWords } from '#i18n/certificate-words.ts';
import { translate } from '#i18n/translate.ts';
import { paths } from '#src/paths.ts';
import { findCertificate, statusOfNotFound, whyNotFound } from '#usecases/exam/find-certificate.ts';

/** The paper, rendered anew each time. A stranger’s bears no name that is protected; the holder’s own does. */
export const GET: APIRoute = async ({ params, locals }) => {
  const { services, t, person } = locals;
  const found = await findCertificate(services, params['code'] ?? '', person);
  if (!found) {
    const why = whyNotFound(services, params['code'] ?? '');
    const headers = { 'content-type': 'text/plain; charset=utf-8' };
    return new Response(t(`check.${why}`), { status: statusOfNotFound[why], headers });
  }
  const certificate = {
    ...found.certificate,
    name: found.certificate.name ?? translate('sv')('certificate.nameHidden'),
  };
  const url = new URL(paths.certificate(certificate.code), services.publicUrl).href;
  const pdf = await services.renderCertificate(certificate, certificateWords(found), url);
  return new Response(pdf.slice(), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="intyg-${certificate.code}.pdf"`,
    },
  });
};
