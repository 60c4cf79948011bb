import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import compression from 'compression';
import type { Services } from '#src/services.ts';
import { hstsHeader, personalHeaders, securityHeaders } from './headers.ts';
import { isOwnOrigin } from './origin-check.ts';
import { loadStaticFiles } from './static-files.ts';

/** What `astro build` makes for the Node adapter in middleware mode. */
export type AstroHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
  locals: object,
) => void | Promise<void>;

const longestBody = 64 * 1024;
const bodyTypes = /^application\/(x-www-form-urlencoded|json)\b/;

/** Our server: security headers on every reply, the Origin check, limits on bodies, built files from memory, then Astro. */
export function createAppServer(
  services: Services,
  options: { readonly clientDir: string; readonly handler: AstroHandler; readonly trustProxy: boolean },
): Server {
  const headers = { ...securityHeaders, ...hstsHeader(services.publicUrl) };
  const serveStatic = loadStaticFiles(options.clientDir, headers);
  const compress = compression();

  return createServer((request, response) => {
    const method = request.method ?? 'GET';
    const pathname = pathnameOf(request.url);
    if (pathname === undefined) return refuse(response, headers, 400, 'Adressen går inte att läsa.');
    if (!isOwnOrigin(method, request.headers, services.publicUrl)) {
      return refuse(
        response,
        headers,
        403,
        'Formuläret kom från en annan webbplats. Öppna sidan igen och skicka därifrån.',
      );
    }
    const refusal = refuseBody(request);
    if (refusal) return refuse(response, headers, refusal.status, refusal.text);
    if (serveStatic(request, response, pathname)) return;

    for (const [name, value] of Object.entries({ ...headers, ...personalHeaders })) response.setHeader(name, value);
    const locals = { services, clientAddress: clientAddress(request, options.trustProxy) };
    // compression's types are Express's; it uses only what node:http has.
    compress(request as never, response as never, () => {
      const notFound = () => {
        request.url = '/404';
        void options.handler(request, response, () => refuse(response, headers, 404, 'Sidan finns inte.'), locals);
      };
      void options.handler(request, response, notFound, locals);
    });
  });
}

/** The path of a request, or undefined if it cannot be decoded. */
function pathnameOf(url: string | undefined): string | undefined {
  try {
    const { pathname } = new URL(url ?? '/', 'http://localhost');
    return decodeURIComponent(pathname);
  } catch (error) {
    if (error instanceof URIError || error instanceof TypeError) return undefined;
    throw error;
  }
}

function refuseBody(request: IncomingMessage): { status: number; text: string } | undefined {
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  const length = Number(request.headers['content-length'] ?? Number.NaN);
  if (request.headers['transfer-encoding'] || Number.isNaN(length)) {
    return { status: 411, text: 'Längden på det som skickades saknas.' };
  }
  if (length > longestBody) return { status: 413, text: 'Det som skickades är för stort.' };
  if (length > 0 && !bodyTypes.test(request.headers['content-type'] ?? '')) {
    return { status: 415, text: 'Det som skickades är inte ett formulär.' };
  }
  return undefined;
}

function refuse(
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
  status: number,
  text: string,
): void {
  const body = Buffer.from(text);
  response.writeHead(status, {
    ...headers,
    ...personalHeaders,
    'content-type': 'text/plain; charset=utf-8',
    'content-length': body.length,
    connection: 'close',
  });
  response.end(body);
}

function clientAddress(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? request.headers['x-forwarded-for'] : undefined;
  const last = typeof forwarded === 'string' ? forwarded.split(',').at(-1)?.trim() : undefined;
  return last || (request.socket.remoteAddress ?? '');
}
