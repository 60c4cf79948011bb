import type { IncomingHttpHeaders } from 'node:http';

/**
 * May this request change anything? Every method but GET and HEAD must come from our own pages: its Origin is
 * PUBLIC_URL's, or it has none (or `null`) and the browser says that it is of the same origin.
 */
export function isOwnOrigin(method: string, headers: IncomingHttpHeaders, publicUrl: URL): boolean {
  if (method === 'GET' || method === 'HEAD') return true;
  const { origin } = headers;
  if (origin && origin !== 'null') return origin === publicUrl.origin;
  return headers['sec-fetch-site'] === 'same-origin';
}
