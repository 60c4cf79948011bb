import { connect } from 'node:net';

export const formType = 'Content-Type: application/x-www-form-urlencoded';
export const jsonType = 'Content-Type: application/json';

export interface BareReply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Sends a request letter by letter, with what no well-behaved client sends: absurd addresses, missing lengths, two of a
 * header. Reads until the server closes the connection.
 */
export function sendBare(url: string, lines: readonly string[], body = ''): Promise<BareReply> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => {
      socket.write(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n${body}`);
    });
    socket.setTimeout(10_000, () => socket.destroy(new Error('no reply within ten seconds')));
    socket.on('data', (chunk) => chunks.push(chunk));
    // The server may close while a body that it does not want is still on its way.
    socket.on('error', (error) => (chunks.length > 0 ? resolve(parse(Buffer.concat(chunks))) : reject(error)));
    socket.on('end', () => resolve(parse(Buffer.concat(chunks))));
  });
}

/** @param target as it stands on the request line, not parsed and not escaped */
export function getBare(url: string, target: string, headers: readonly string[] = []): Promise<BareReply> {
  return sendBare(url, [`GET ${target} HTTP/1.1`, `Host: ${new URL(url).host}`, ...headers]);
}

/** A POST with these headers and no others but Host. */
export function postBare(url: string, target: string, headers: readonly string[], body = ''): Promise<BareReply> {
  return sendBare(url, [`POST ${target} HTTP/1.1`, `Host: ${new URL(url).host}`, ...headers], body);
}

/** “100 Continue” is no reply yet. */
function parse(reply: Buffer): BareReply {
  const text = reply.toString('utf8');
  const [head = '', ...rest] = text.replace(/^(HTTP\/1\.1 1\d\d .*?\r\n\r\n)+/s, '').split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line) => [
    line.slice(0, line.indexOf(':')).toLowerCase(),
    line.slice(line.indexOf(':') + 1).trim(),
  ]);
  return {
    status: Number(statusLine.split(' ')[1]),
    headers: Object.fromEntries(headers),
    body: rest.join('\r\n\r\n'),
  };
}
