import type { APIRoute } from 'astro';
import { certificateWords } from '#i18n/certificate-words.ts';
import { translate } from '#i18n/translate.ts';
import { paths } from '#src/paths.ts';
import { findCertificate } from '#usecases/find-certificate.ts';

/** The paper, rendered anew each time. A stranger’s bears no name that is protected; the holder’s own does. */
export const GET: APIRoute = async ({ params, locals }) => {
  const { services, t, person } = locals;
  const found = await findCertificate(services, params['code'] ?? '', person);
  if (!found)
    return new Response(t('check.unknown'), { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } });
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
