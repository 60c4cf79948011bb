import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import compression from 'compression';
import { networkOf } from '#domain/account/network.ts';
import { busySeconds } from '#domain/account/throttle.ts';
import { translate, type UiKey } from '#i18n/translate.ts';
import type { RefusedRequest } from '#ports/watch.ts';
import type { RequestSource } from '#ports/whereabouts.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { answerClientErrors, endWith } from './client-errors.ts';
import { createDoors } from './doors.ts';
import { hstsHeader, personalHeaders, securityHeaders } from './headers.ts';
import { isForeign, isOwnOrigin } from './origin-check.ts';
import { requestHost } from './request-host.ts';
import { cookieOf, saveAnswer } from './save-answer.ts';
import { createHalfBodies, limitConnections, patience } from './slow-clients.ts';
import { loadStaticFiles } from './static-files.ts';

export interface AppServer extends Server {
  /** From now on every reply is the last one on its connection: whoever keeps connections open goes elsewhere with the next request. */
  drain(): void;
}

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

/**
 * Our server: security headers on every reply, the host's name, the Origin check, limits on bodies, built files from memory, answers of
 * exams, then Astro.
 */
export function createAppServer(
  services: Services,
  options: {
    readonly clientDir: string;
    readonly handler: AstroHandler;
    readonly trustProxy: boolean;
    /** The value of Strict-Transport-Security, where the site is reached by HTTPS. */
    readonly hsts?: string | undefined;
  },
): AppServer {
  const { publicUrl } = services;
  const headers = { ...securityHeaders, ...hstsHeader(publicUrl, options.hsts) };
  const serveStatic = loadStaticFiles(options.clientDir, headers);
  const compress = compression();
  const doors = createDoors();
  const addressOf = createAddressReader(options.trustProxy);
  const halfBodies = createHalfBodies();

  const answer = (request: IncomingMessage, response: ServerResponse, source: RequestSource) => {
    const pathname = pathnameOf(request.url);
    if (pathname === undefined) return refuse(response, headers, refusals.address);
    const host = requestHost(request, publicUrl, options.trustProxy);
    if (host.kind === 'wrong') return refuse(response, headers, refusals.address);
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    if (host.kind === 'other' && isReading && !isSameOnEveryHost(pathname)) {
      return redirectTo(response, headers, `${publicUrl.origin}${request.url}`);
    }
    const locals: { services: Services; clientAddress: string; isForeign: boolean; rightAddress?: URL } = {
      services,
      clientAddress: source.address,
      isForeign: isForeign(request.method ?? 'GET', request.headers),
    };
    if (
      host.kind === 'other' &&
      !isReading &&
      request.headers.origin !== publicUrl.origin &&
      isFrom(host.name, request)
    ) {
      locals.rightAddress = new URL(pathOfReferer(host.name, request), publicUrl);
      request.url = paths.otherAddress();
      request.method = 'GET';
      response.setHeader('connection', 'close');
    } else {
      if (!isOwnOrigin(request.method ?? 'GET', request.headers, publicUrl)) {
        services.watch.refusedOrigin();
        return refuse(response, headers, refusals.origin);
      }
      if (serveStatic(request, response, pathname)) return;
      const refused = refusedFor(request, pathname);
      if (refused) {
        services.watch.refusedRequest(refused);
        return refuse(response, headers, refusals[refused]);
      }
    }
    for (const [name, value] of Object.entries({ ...headers, ...personalHeaders })) response.setHeader(name, value);
    if (!isReading) boundBody(request, response, source.address, pathname);

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
      // Astro shows that page where something has failed; who asks for it by its address has met no error.
      if (isErrorPage(pathname)) notFound();
      else void options.handler(request, response, notFound, locals);
    };
    // compression's types are Express's; it uses only what node:http has.
    const begin = (): void => {
      compress(request as never, response as never, () => {
        // Again, for whoever waited at a door: what lets it in is another request's end.
        services.whereabouts.within(source, () =>
          saveAnswer(services, request, response, pathname).then(
            (isAnswered) => isAnswered || render(),
            (error: unknown) => breakOff(services, request, response, error),
          ),
        );
      });
    };
    if (!doors.isDoor(pathname)) return begin();
    const mark = cookieOf(request, services.knownDevices.cookieName);
    const device = services.knownDevices.idOf(mark, services.clock());
    if (doors.enter(response, device, begin)) return;
    services.watch.limitReached('doors');
    refuse(response, headers, refusals.busy);
  };

  /** Who sends the rest of a form for ever, or a hundred forms of which the rest never comes, is let go. */
  const boundBody = (request: IncomingMessage, response: ServerResponse, address: string, pathname: string) => {
    const milliseconds = pathname === upload.path ? patience.upload : patience.body;
    halfBodies.watch(request, networkOf(address), milliseconds, (why) => {
      services.watch.limitReached('half-bodies');
      if (response.headersSent) return void request.destroy();
      const { status, key } = why === 'slow' ? refusals.slow : refusals.busy;
      endWith(
        request.socket,
        status,
        { ...headers, ...personalHeaders, ...plainText, ...retryAfter(status) },
        say(key),
      );
    });
  };

  const underWay = new Set<ServerResponse>();
  let isDraining = false;
  const drain = () => {
    isDraining = true;
    for (const response of underWay) if (!response.headersSent) response.shouldKeepAlive = false;
  };

  const server = createServer(
    { connectionsCheckingInterval: patience.look, requireHostHeader: false },
    (request, response) => {
      underWay.add(response);
      response.once('close', () => underWay.delete(response));
      if (isDraining) response.shouldKeepAlive = false;
      const source = { address: addressOf(request), userAgent: request.headers['user-agent'] };
      services.whereabouts.within(source, () => answer(request, response, source));
    },
  );
  limitConnections(server, options.trustProxy);
  answerClientErrors(server, { ...headers, ...personalHeaders });
  return Object.assign(server, { drain });
}

function isErrorPage(pathname: string): boolean {
  return /^\/500\/?$/.test(pathname);
}

/** Health checks ask by the machine's address, and files with a hash in their name tell nobody apart. */
function isSameOnEveryHost(pathname: string): boolean {
  return pathname === paths.health() || pathname.startsWith('/_astro/');
}

/** A form of a page that was opened on the very name that it is sent to. */
function isFrom(host: string, { headers: { origin, 'sec-fetch-site': site } }: IncomingMessage): boolean {
  if (!origin || origin === 'null') return site === 'same-origin';
  return URL.canParse(origin) && new URL(origin).host === host;
}

function pathOfReferer(host: string, { headers: { referer = '' } }: IncomingMessage): string {
  const page = URL.canParse(referer) ? new URL(referer) : undefined;
  return page && page.host === host ? page.pathname : paths.home();
}

function redirectTo(response: ServerResponse, headers: Readonly<Record<string, string>>, location: string): void {
  response.writeHead(302, { ...headers, ...personalHeaders, location, 'content-length': 0 }).end();
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
  slow: { status: 408, key: 'error.slow' },
  length: { status: 411, key: 'error.length' },
  tooLarge: { status: 413, key: 'error.tooLarge' },
  type: { status: 415, key: 'error.contentType' },
  busy: { status: 503, key: 'error.tooBusy' },
} as const satisfies Record<string, Refusal>;

/** Why a request goes no further, before anybody asks what page it is for. */
function refusedFor(request: IncomingMessage, pathname: string): RefusedRequest | undefined {
  const { method = 'GET', headers } = request;
  if (method === 'GET' || method === 'HEAD') return undefined;
  if (method !== 'POST') return 'method';
  const length = Number(headers['content-length'] ?? Number.NaN);
  if (headers['transfer-encoding'] || Number.isNaN(length)) return 'length';
  const type = headers['content-type'] ?? '';
  const isUpload = pathname === upload.path && upload.type.test(type);
  if (length > (isUpload ? upload.longestBody : longestBody)) return 'tooLarge';
  return isUpload || bodyTypes.test(type) ? undefined : 'type';
}

const plainText = { 'content-type': 'text/plain; charset=utf-8' };
const say = translate('sv');

function retryAfter(status: number): Record<string, string> {
  return status === 503 ? { 'retry-after': String(busySeconds) } : {};
}

function refuse(response: ServerResponse, headers: Readonly<Record<string, string>>, { status, key }: Refusal): void {
  const body = Buffer.from(say(key));
  response.writeHead(status, {
    ...(status === 405 && { allow: 'GET, HEAD, POST' }),
    ...retryAfter(status),
    ...headers,
    ...personalHeaders,
    ...plainText,
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
