import type { APIRoute } from 'astro';
import { certificateWords } from '#i18n/certificate-words.ts';
import { paths } from '#src/paths.ts';
import { findCertificate } from '#usecases/find-certificate.ts';

/** The paper, rendered anew each time: an immutable certificate gives an unchanging paper. */
export const GET: APIRoute = async ({ params, locals }) => {
  const { services, t } = locals;
  const found = await findCertificate(services, params['code'] ?? '');
  if (!found)
    return new Response(t('check.unknown'), { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } });
  const { certificate } = found;
  const url = new URL(paths.certificate(certificate.code), services.publicUrl).href;
  const pdf = await services.renderCertificate(certificate, certificateWords(certificate), url);
  return new Response(pdf.slice(), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="intyg-${certificate.code}.pdf"`,
    },
  });
};
