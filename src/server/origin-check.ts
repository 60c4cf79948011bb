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

/**
 * Whether another site had the browser ask for this: an image, a frame, a script's navigation. Such a request counts for nobody and
 * looks nothing up. A link that somebody has pressed, in a mail on the web for instance, is that person's own request.
 */
export function isForeign(method: string, headers: IncomingHttpHeaders): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  const site = headers['sec-fetch-site'];
  if (site !== 'cross-site' && site !== 'same-site') return false;
  const isPressed = headers['sec-fetch-user'] === '?1' && headers['sec-fetch-mode'] === 'navigate';
  return !isPressed || headers['sec-fetch-dest'] !== 'document';
}
