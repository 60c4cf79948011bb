import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import compression from 'compression';
import { busySeconds } from '#domain/throttle.ts';
import { translate, type UiKey } from '#i18n/translate.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { createDoors } from './doors.ts';
import { hstsHeader, personalHeaders, securityHeaders } from './headers.ts';
import { isForeign, isOwnOrigin } from './origin-check.ts';
import { cookieOf, saveAnswer } from './save-answer.ts';
import { loadStaticFiles } from './static-files.ts';

/** What `astro build` makes for the Node adapter in middleware mode. */
export type AstroHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
  locals: object,
) => void | Promise<void>;

const longestBody = 64 * 1024;
/** The one form that takes a file, and how large it may be with what is sent around it. */
const upload = { path: paths.adminImport(), longestBody: 8 * 1024 * 1024, type: /^multipart\/form-data\s*;/i };
const bodyTypes = /^application\/(x-www-form-urlencoded|json)\s*(;|$)/i;

/** Our server: security headers on every reply, the Origin check, limits on bodies, built files from memory, answers of exams, then Astro. */
export function createAppServer(
  services: Services,
  options: { readonly clientDir: string; readonly handler: AstroHandler; readonly trustProxy: boolean },
): Server {
  const headers = { ...securityHeaders, ...hstsHeader(services.publicUrl) };
  const serveStatic = loadStaticFiles(options.clientDir, headers);
  const compress = compression();
  const doors = createDoors();
  const addressOf = createAddressReader(options.trustProxy);

  return createServer((request, response) => {
    const pathname = pathnameOf(request.url);
    if (pathname === undefined) return refuse(response, headers, refusals.address);
    if (!isOwnOrigin(request.method ?? 'GET', request.headers, services.publicUrl)) {
      return refuse(response, headers, refusals.origin);
    }
    if (serveStatic(request, response, pathname)) return;
    const refusal = refusalOf(request, pathname);
    if (refusal) return refuse(response, headers, refusal);

    for (const [name, value] of Object.entries({ ...headers, ...personalHeaders })) response.setHeader(name, value);
    const address = addressOf(request);
    const locals = { services, clientAddress: address, isForeign: isForeign(request.method ?? 'GET', request.headers) };
    const render = () => {
      const notFound = () => {
        request.url = '/404';
        void options.handler(
          request,
          response,
          () => refuse(response, headers, { status: 404, key: 'notFound.title' }),
          locals,
        );
      };
      void options.handler(request, response, notFound, locals);
    };
    // compression's types are Express's; it uses only what node:http has.
    const source = { address, userAgent: request.headers['user-agent'] };
    const answer = (): void => {
      compress(request as never, response as never, () => {
        services.whereabouts.within(source, () =>
          saveAnswer(services, request, response, pathname).then(
            (isAnswered) => isAnswered || render(),
            (error: unknown) => breakOff(services, request, response, error),
          ),
        );
      });
    };
    if (!doors.isDoor(pathname)) return answer();
    const mark = cookieOf(request, services.knownDevices.cookieName);
    const device = services.knownDevices.idOf(mark, services.clock());
    if (!doors.enter(response, device, answer)) refuse(response, headers, refusals.busy);
  });
}

/** The last resort, as Astro has one: a bug must not end the server. Who has gone away half-way is no bug. */
function breakOff(services: Services, request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (!request.complete) return void response.destroy();
  services.reportError(error);
  response.writeHead(500, { 'content-length': 0 }).end();
}

/** The decoded path of a request, or undefined if it is none of ours: another host's, doubled slashes, broken escapes. */
function pathnameOf(url = ''): string | undefined {
  const [encoded = ''] = url.split(/[?#]/, 1);
  try {
    const pathname = decodeURIComponent(encoded);
    return /^\/(?!\/)/.test(pathname) && !/\/\/|\\|\0/.test(pathname) ? pathname : undefined;
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

interface Refusal {
  readonly status: number;
  readonly key: UiKey;
}

const refusals = {
  address: { status: 400, key: 'error.address' },
  method: { status: 405, key: 'error.method' },
  origin: { status: 403, key: 'error.origin' },
  length: { status: 411, key: 'error.length' },
  tooLarge: { status: 413, key: 'error.tooLarge' },
  type: { status: 415, key: 'error.contentType' },
  busy: { status: 503, key: 'error.tooBusy' },
} as const satisfies Record<string, Refusal>;

/** Why a request goes no further, before anybody asks what page it is for. */
function refusalOf(request: IncomingMessage, pathname: string): Refusal | undefined {
  const { method = 'GET', headers } = request;
  if (method === 'GET' || method === 'HEAD') return undefined;
  if (method !== 'POST') return refusals.method;
  const length = Number(headers['content-length'] ?? Number.NaN);
  if (headers['transfer-encoding'] || Number.isNaN(length)) return refusals.length;
  const type = headers['content-type'] ?? '';
  const isUpload = pathname === upload.path && upload.type.test(type);
  if (length > (isUpload ? upload.longestBody : longestBody)) return refusals.tooLarge;
  return isUpload || bodyTypes.test(type) ? undefined : refusals.type;
}

function refuse(response: ServerResponse, headers: Readonly<Record<string, string>>, { status, key }: Refusal): void {
  const body = Buffer.from(translate('sv')(key));
  response.writeHead(status, {
    ...(status === 405 && { allow: 'GET, HEAD, POST' }),
    ...(status === 503 && { 'retry-after': String(busySeconds) }),
    ...headers,
    ...personalHeaders,
    'content-type': 'text/plain; charset=utf-8',
    'content-length': body.length,
    connection: 'close',
  });
  response.end(body);
}

/** Reads whose request it is. Says once when there seems to be a proxy that nobody has told us to trust. */
function createAddressReader(trustProxy: boolean): (request: IncomingMessage) => string {
  let isSaid = trustProxy;
  return (request) => {
    const forwarded = request.headers['x-forwarded-for'];
    if (!isSaid && forwarded !== undefined) {
      isSaid = true;
      console.warn(
        'En begäran har X-Forwarded-For, men TRUST_PROXY är 0. Står det en proxy framför räknas alla besökare som en enda, och gränserna för inloggning stoppar dem tillsammans: sätt TRUST_PROXY=1. Utan proxy kan du bortse från det här.',
      );
    }
    const last = trustProxy && typeof forwarded === 'string' ? forwarded.split(',').at(-1)?.trim() : undefined;
    return last || (request.socket.remoteAddress ?? '');
  };
}
