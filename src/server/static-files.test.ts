import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadStaticFiles } from './static-files.ts';

const page = '<!doctype html><title>Lektion</title><p>Å, Ä och Ö.</p>'.repeat(20);
let dir: string;
let server: Server;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'static-files-'));
  const files: Record<string, string | Buffer> = {
    'index.html': '<p>start</p>',
    'sla-upp.html': '<p>uppslag</p>',
    'kurser/sekretess/index.html': page,
    'kurser/sekretess/index.html.br': brotliCompressSync(page),
    'kurser/sekretess/index.html.gz': gzipSync(page),
    '_astro/app.abc.js': 'void 0',
    'favicon.svg': '<svg/>',
    'okand.xyz': 'x',
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await writeFile(join(dir, name), text);
  }
  const serve = loadStaticFiles(dir, { 'x-frame-options': 'DENY' });
  server = createServer((incoming, outgoing) => {
    if (!serve(incoming, outgoing, decodeURIComponent(incoming.url ?? ''))) outgoing.writeHead(404).end('not ours');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(async () => {
  server.close();
  await rm(dir, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Plain `node:http`: it neither asks for nor undoes compression by itself. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    })
      .on('error', reject)
      .end();
  });
}

const lesson = '/kurser/sekretess';

describe('a built page', () => {
  test.for([
    ['/', 'start'],
    ['/sla-upp', 'uppslag'],
    ['/sla-upp/', 'uppslag'],
    [lesson, 'Lektion'],
    [`${lesson}/`, 'Lektion'],
  ] as const)('is at its address, with and without a slash at the end: %s', async ([path, text]) => {
    const { status, body } = await ask(path);
    expect(status).toBe(200);
    expect(body.toString()).toContain(text);
  });

  test.for([
    '/kurser',
    '/sla-upp.html',
    '/index.html',
    '/kurser/sekretess/index.html',
    '/kurser/sekretess/index.html.br',
    '/../package.json',
    '/finns-inte',
  ])('is at no other: %s', async (path) => {
    expect(await ask(path)).toMatchObject({ status: 404, body: Buffer.from('not ours') });
  });

  test('carries the security headers, its kind, and is asked for again each time', async () => {
    const { headers } = await ask(lesson);
    expect(headers).toMatchObject({
      'x-frame-options': 'DENY',
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'public, max-age=0, must-revalidate',
      vary: 'accept-encoding',
    });
  });

  test('is sent once: whoever has it gets 304 without a body', async () => {
    const { etag = '' } = (await ask(lesson)).headers;
    const again = await ask(lesson, { 'if-none-match': etag });
    expect(again).toMatchObject({ status: 304, body: Buffer.alloc(0), headers: { etag, 'x-frame-options': 'DENY' } });
    expect((await ask(lesson, { 'if-none-match': '"an-older-one"' })).status).toBe(200);
    expect((await ask('/')).headers.etag).not.toBe(etag);
  });

  test('to HEAD tells its length and sends nothing', async () => {
    const { status, headers, body } = await ask(lesson, {}, 'HEAD');
    expect([status, headers['content-length'], body.length]).toEqual([200, String(Buffer.byteLength(page)), 0]);
  });

  test.for(['POST', 'PUT', 'DELETE', 'OPTIONS'])('cannot be changed: %s', async (method) => {
    const { status, headers, body } = await ask(lesson, {}, method);
    expect([status, headers['allow'], body.length]).toEqual([405, 'GET, HEAD', 0]);
  });
});

describe('compression', () => {
  const undo = (encoding: string | undefined, body: Buffer) =>
    encoding === 'br' ? brotliDecompressSync(body) : encoding === 'gzip' ? gunzipSync(body) : body;

  test.for([
    ['gzip, deflate, br', 'br'],
    ['br', 'br'],
    ['gzip', 'gzip'],
    ['gzip;q=1.0, br;q=0.5', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['br; q=0.0, gzip', 'gzip'],
    ['gzip;q=0', undefined],
    ['identity', undefined],
    ['brotli, gzipped', undefined],
    ['', undefined],
  ] as const)('“%s” gets %s', async ([accepted, encoding]) => {
    const { headers, body } = await ask(lesson, { 'accept-encoding': accepted });
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers['content-length']).toBe(String(body.length));
    expect(undo(headers['content-encoding'], body).toString()).toBe(page);
  });

  test('is left out where the build has made none', async () => {
    expect((await ask('/sla-upp', { 'accept-encoding': 'br, gzip' })).headers['content-encoding']).toBeUndefined();
  });
});

test('a file whose name changes with its content is kept for a year', async () => {
  expect((await ask('/_astro/app.abc.js')).headers).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': 'text/javascript; charset=utf-8',
  });
});

test('a file of an unknown kind is sent as bytes', async () => {
  expect((await ask('/okand.xyz')).headers['content-type']).toBe('application/octet-stream');
  expect((await ask('/favicon.svg')).headers['content-type']).toBe('image/svg+xml; charset=utf-8');
});
