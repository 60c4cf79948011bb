import type { IncomingMessage } from 'node:http';

/**
 * `own`: the name in PUBLIC_URL, or what a trusted proxy calls this server. `other`: another name that leads here, such as `www.` or
 * `localhost`. `wrong`: no name of a host, none at all, or two.
 */
export type HostKind = 'own' | 'other' | 'wrong';

/** RFC 9110, 7.2, without what a name in DNS never has: letters, digits, `.`, `-`, `_`, or an IPv6 address, and a port. */
const hostPattern = /^(?:[a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;

export interface RequestHost {
  readonly kind: HostKind;
  /** What the browser asked for, as a trusted proxy says it: in small letters, and with a port that does not go without saying. */
  readonly name: string;
}

/** What the request calls the host it asks, told from the headers as they came: Node keeps the first of two. */
export function requestHost(
  {
    rawHeaders,
    headers,
    httpVersion,
    socket,
  }: Pick<IncomingMessage, 'rawHeaders' | 'headers' | 'httpVersion' | 'socket'>,
  publicUrl: URL,
  trustProxy: boolean,
): RequestHost {
  const count = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
  // HTTP/1.0 knows no Host: simple health checks still speak it.
  if (count === 0) return { kind: httpVersion === '1.0' ? 'own' : 'wrong', name: '' };
  const asked = readHost(headers.host, publicUrl);
  if (count > 1 || !asked) return { kind: 'wrong', name: '' };
  const kindOf = ({ host }: URL): RequestHost => ({ kind: host === publicUrl.host ? 'own' : 'other', name: host });
  if (!trustProxy || asked.host === publicUrl.host) return kindOf(asked);
  const forwarded = headers['x-forwarded-host'];
  const passedOn = typeof forwarded === 'string' ? readHost(forwarded.split(',').at(-1)?.trim(), publicUrl) : undefined;
  if (passedOn) return kindOf(passedOn);
  return isProxysNameForUs(asked, socket.localPort) ? { kind: 'own', name: asked.host } : kindOf(asked);
}

/** As a browser reads it: in small letters, without the port that goes without saying. */
function readHost(text: string | undefined, { protocol }: URL): URL | undefined {
  if (!text || !hostPattern.test(text)) return undefined;
  const address = `${protocol}//${text}`;
  return URL.canParse(address) ? new URL(address) : undefined;
}

/**
 * A proxy that does not pass on what the browser asked for asks by the address that it knows us by: our own port, or a name
 * without a dot, such as a container's. Sending that away would go round in a circle.
 */
function isProxysNameForUs({ port, hostname }: URL, localPort: number | undefined): boolean {
  return Number(port) === localPort || !/[.:]/.test(hostname);
}
