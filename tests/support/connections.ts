import { Agent, type IncomingHttpHeaders, request } from 'node:http';

export interface RawReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface RawRequest {
  readonly cookie?: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
}

/** No whole reply came: whether the server did what it was asked is not known. */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError';
}

/**
 * Plain requests to one run of a server, many a second, over connections that stay open as a browser's do. Unlike `fetch`
 * it never offers a connection to a server that has died to the one that has taken its place.
 */
export class Connections {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #url: URL;

  constructor(url: string) {
    this.#url = new URL(url);
  }

  get(path: string, cookie?: string): Promise<RawReply> {
    return this.#send('GET', path, cookie === undefined ? {} : { cookie });
  }

  /** Sends a form, or JSON as the exam's script does. @throws ConnectionLostError */
  post(path: string, sent: RawRequest): Promise<RawReply> {
    return this.#send('POST', path, sent);
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(method: string, path: string, sent: RawRequest): Promise<RawReply> {
    const { cookie, form, json } = sent;
    const body = json === undefined ? new URLSearchParams(form).toString() : JSON.stringify(json);
    const type = json === undefined ? 'application/x-www-form-urlencoded' : 'application/json';
    const sends = method === 'POST';
    const headers = {
      ...(cookie && { cookie }),
      ...(sends && { origin: this.#url.origin, 'content-type': type, 'content-length': Buffer.byteLength(body) }),
    };
    return new Promise((resolve, reject) => {
      const lost = (cause: Error) => reject(new ConnectionLostError(`${method} ${path}`, { cause }));
      const { hostname, port } = this.#url;
      const outgoing = request({ agent: this.#agent, hostname, port, method, path, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', lost);
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString(),
          });
        });
      });
      outgoing.on('error', (error) => {
        // The server closes connections that nobody uses, and may do so just as one is used again.
        if (outgoing.reusedSocket && isReset(error)) resolve(this.#send(method, path, sent));
        else lost(error);
      });
      outgoing.end(sends ? body : undefined);
    });
  }
}

function isReset(error: Error): boolean {
  return 'code' in error && error.code === 'ECONNRESET';
}
