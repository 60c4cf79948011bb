import type { APIRoute } from 'astro';
import { findCertificate } from '#usecases/find-certificate.ts';

/** The same as the public page, for machines: no more about the person than the paper shows. */
export const GET: APIRoute = async ({ params, locals }) => {
  const found = await findCertificate(locals.services, params['code'] ?? '', locals.person);
  if (!found) return Response.json({ state: 'unknown' }, { status: 404 });
  const { issuedAt: _moment, ...shown } = found.certificate;
  return Response.json({ state: found.state, ...shown, name: shown.name ?? null, identity: found.identity ?? null });
};
