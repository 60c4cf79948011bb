import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { createServer, request as tlsRequest } from 'node:https';

/** Key and certificate for `localhost`, in one file. */
const pem = readFileSync('tests/fixtures/proxy-localhost.pem');

export interface TlsProxy {
  /** `https://localhost:…` */
  readonly url: string;
  /** Where requests go on to, in plain HTTP. */
  passOnTo(url: string): void;
  close(): Promise<void>;
}

/** A proxy that ends TLS, as a municipality's would: the server behind it sees plain HTTP and the forwarded address. */
export async function startTlsProxy(): Promise<TlsProxy> {
  let target: URL | undefined;
  const server = createServer({ key: pem, cert: pem }, (incoming, outgoing) => {
    const headers = {
      ...incoming.headers,
      'x-forwarded-for': [incoming.headers['x-forwarded-for'], incoming.socket.remoteAddress]
        .flat()
        .filter(Boolean)
        .join(', '),
      'x-forwarded-proto': 'https',
      'x-forwarded-host': incoming.headers.host ?? '',
    };
    const onward = plainRequest(
      {
        host: target?.hostname,
        port: target?.port,
        method: incoming.method,
        path: incoming.url,
        headers,
        agent: false,
      },
      (reply) => {
        outgoing.writeHead(reply.statusCode ?? 502, reply.rawHeaders);
        reply.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  }).listen(0, 'localhost');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the proxy listens on no port');
  const { port } = address;
  return {
    url: `https://localhost:${port}`,
    passOnTo: (url) => {
      target = new URL(url);
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

export interface ProxiedReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** One request through the proxy, which is known by its certificate. */
export function askThrough(
  proxy: TlsProxy,
  path: string,
  {
    method = 'GET',
    headers = {},
    form,
  }: { method?: string; headers?: Record<string, string>; form?: Record<string, string> } = {},
): Promise<ProxiedReply> {
  const body = form && new URLSearchParams(form).toString();
  const typed =
    body === undefined
      ? {}
      : { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const outgoing = tlsRequest(
      new URL(path, proxy.url),
      { method, ca: pem, servername: 'localhost', agent: false, headers: { ...typed, ...headers } },
      (reply) => {
        const chunks: Buffer[] = [];
        reply.on('data', (chunk: Buffer) => chunks.push(chunk));
        reply.on('error', reject);
        reply.on('end', () =>
          resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: Buffer.concat(chunks) }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
