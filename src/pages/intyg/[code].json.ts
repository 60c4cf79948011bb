import type { APIRoute } from 'astro';
import { findCertificate, statusOfNotFound, whyNotFound } from '#usecases/exam/find-certificate.ts';

/** The same as the public page, for machines: no more about the person than the paper shows. */
export const GET: APIRoute = async ({ params, locals }) => {
  const found = await findCertificate(locals.services, params['code'] ?? '', locals.person);
  if (!found) {
    const state = whyNotFound(locals.services, params['code'] ?? '');
    return Response.json({ state }, { status: statusOfNotFound[state] });
  }
  const { issuedAt: _moment, ...shown } = found.certificate;
  return Response.json({ state: found.state, ...shown, name: shown.name ?? null, identity: found.identity ?? null });
};
