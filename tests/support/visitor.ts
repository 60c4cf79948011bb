/** What came back. Redirects are not followed: where they lead is part of the reply. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Where a redirect leads, as it was sent. */
  readonly location: string | undefined;
}

export interface RequestOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | URLSearchParams;
}

/** A browser without a screen: keeps cookies, sends the Origin a browser would, follows nothing by itself. */
export class Visitor {
  readonly url: string;
  readonly #cookies = new Map<string, string>();

  constructor(url: string) {
    this.url = url;
  }

  /** The cookies as Playwright takes them: `context.addCookies(visitor.cookies)` signs a browser in. */
  get cookies(): { name: string; value: string; url: string }[] {
    return [...this.#cookies].map(([name, value]) => ({ name, value, url: this.url }));
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    return this.request('GET', path, { headers });
  }

  /** Sends a form. */
  post(path: string, fields: Readonly<Record<string, string>> | URLSearchParams = {}): Promise<Reply> {
    const body = fields instanceof URLSearchParams ? fields : new URLSearchParams(fields);
    return this.request('POST', path, { body });
  }

  /** Sends JSON, as the exam's script does. */
  postJson(path: string, value: unknown): Promise<Reply> {
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    return this.request('POST', path, { headers, body: JSON.stringify(value) });
  }

  /** @param path a path on the site, or a whole address (as in a mail) */
  async request(method: string, path: string, { headers = {}, body }: RequestOptions = {}): Promise<Reply> {
    const origin: Record<string, string> = method === 'GET' || method === 'HEAD' ? {} : { origin: this.url };
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(path, this.url), {
      method,
      redirect: 'manual',
      headers: { ...origin, ...(cookie && { cookie }), ...headers },
      ...(body !== undefined && { body }),
    });
    this.#keepCookies(response.headers);
    const location = response.headers.get('location') ?? undefined;
    return { status: response.status, headers: response.headers, text: await response.text(), location };
  }

  #keepCookies(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const [name = '', value = ''] = pair.split('=');
      if (attributes.some((attribute) => attribute.trim().toLowerCase() === 'max-age=0')) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }
}

/** The reply, or an error that shows what came instead: for the steps that only lead to what a test is about. */
export function expectStatus(reply: Reply, status: number, what: string): Reply {
  if (reply.status !== status)
    throw new Error(`${what}: ${reply.status} instead of ${status}\n${reply.text.slice(0, 500)}`);
  return reply;
}
