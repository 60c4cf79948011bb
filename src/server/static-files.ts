import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webmanifest': 'application/manifest+json',
};

interface StoredFile {
  readonly headers: Readonly<Record<string, string>>;
  readonly etag: string;
  readonly plain: Buffer;
  readonly gzip: Buffer | undefined;
  readonly br: Buffer | undefined;
}

export type StaticHandler = (request: IncomingMessage, response: ServerResponse, pathname: string) => boolean;

/**
 * Built pages and assets, from memory. The build has compressed them (src/build/compress.ts).
 *
 * @returns a handler that answers and says true, or says false if there is no such file
 */
export function loadStaticFiles(dir: string, headers: Readonly<Record<string, string>>): StaticHandler {
  const files = new Map<string, StoredFile>();
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || /\.(br|gz)$/.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    const address = `/${file.slice(dir.length).replace(/^\//, '')}`;
    files.set(addressOf(address), readFile(file, address.startsWith('/_astro/'), headers));
  }
  return (request, response, pathname) => {
    const file =
      files.get(pathname) ??
      (pathname.length > 1 && pathname.endsWith('/') ? files.get(pathname.slice(0, -1)) : undefined);
    if (!file) return false;
    send(file, request, response);
    return true;
  };
}

/** `/kurser/sekretess/index.html` is served at `/kurser/sekretess`. */
function addressOf(file: string): string {
  const page = file.replace(/\/index\.html$/, '').replace(/\.html$/, '');
  return page === '' ? '/' : page;
}

function readFile(file: string, hashedName: boolean, headers: Readonly<Record<string, string>>): StoredFile {
  const plain = readFileSync(file);
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  return {
    plain,
    etag,
    br: existsSync(`${file}.br`) ? readFileSync(`${file}.br`) : undefined,
    gzip: existsSync(`${file}.gz`) ? readFileSync(`${file}.gz`) : undefined,
    headers: {
      ...headers,
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'cache-control': hashedName ? 'public, max-age=31536000, immutable' : 'public, max-age=0, must-revalidate',
      vary: 'accept-encoding',
      etag,
    },
  };
}

function send(file: StoredFile, request: IncomingMessage, response: ServerResponse): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { ...file.headers, allow: 'GET, HEAD', 'content-length': 0 }).end();
    return;
  }
  if (request.headers['if-none-match'] === file.etag) {
    response.writeHead(304, file.headers).end();
    return;
  }
  const accepted = request.headers['accept-encoding'];
  const encoding =
    accepts(accepted, 'br') && file.br ? 'br' : accepts(accepted, 'gzip') && file.gzip ? 'gzip' : undefined;
  const body = encoding === 'br' ? file.br : encoding === 'gzip' ? file.gzip : file.plain;
  response.writeHead(200, {
    ...file.headers,
    ...(encoding && { 'content-encoding': encoding }),
    'content-length': body?.length ?? 0,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Does the header name this encoding, and not with a weight of nought (RFC 9110, 12.5.3)? */
function accepts(header: string | string[] | undefined, encoding: string): boolean {
  if (typeof header !== 'string') return false;
  return header.split(',').some((offer) => {
    const [name = '', ...parameters] = offer.split(';').map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    return name === encoding && (weight === undefined || Number(weight.slice(2)) > 0);
  });
}
