import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** What Node says of a request that it cannot read; everything else is 400. */
const statuses: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Node answers by itself what it cannot read as HTTP, or what takes too long: with our headers too, and nothing else. */
export function answerClientErrors(server: Server, headers: Readonly<Record<string, string>>): void {
  const answering = new WeakMap<Duplex, ServerResponse>();
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    answering.set(request.socket, response);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const isAnswered = answering.get(socket)?.headersSent && !answering.get(socket)?.writableFinished;
    if (error.code === 'ECONNRESET' || !socket.writable || isAnswered) return void socket.destroy(error);
    const status = statuses[error.code ?? ''] ?? 400;
    endWith(socket, status, headers);
  });
}

/** A whole reply past Node's own machinery, on a connection on which no other has begun; then the connection ends. */
export function endWith(socket: Duplex, status: number, headers: Readonly<Record<string, string>>, text = ''): void {
  const body = Buffer.from(text);
  const all = { ...headers, 'content-length': String(body.length), connection: 'close' };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', ''].join('\r\n');
  socket.end(Buffer.concat([Buffer.from(head), body]), () => socket.destroy());
}
