import { connect } from 'node:net';
import type { Browser } from 'playwright-core';

/** What a browser that has never been here fetches for one page, in bytes on the wire, headers included. */
export interface FirstVisit {
  readonly bytes: number;
  readonly requests: number;
  readonly scripts: number;
  readonly scriptBytes: number;
}

/** Opens a page with an empty cache on a phone 360 px wide. */
export async function firstVisit(browser: Browser, address: string, cookie?: string): Promise<FirstVisit> {
  const { origin } = new URL(address);
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  if (cookie) await context.addCookies([{ ...splitCookie(cookie), url: origin }]);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  const fetched = new Map<string, { url: string; type: string; bytes: number }>();
  devtools.on('Network.responseReceived', ({ requestId, type, response }) => {
    fetched.set(requestId, { url: response.url, type, bytes: 0 });
  });
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const reply = fetched.get(requestId);
    if (reply) reply.bytes = encodedDataLength;
  });
  await page.goto(address, { waitUntil: 'networkidle' });
  const icon = await page.locator('link[rel~=icon]').first().getAttribute('href');
  await context.close();

  const replies = [...fetched.values()].filter(({ url }) => url.startsWith('http'));
  const iconAddress = new URL(icon ?? '/favicon.ico', origin).href;
  // A browser without a window shows no icon, and does not fetch it.
  if (!replies.some(({ url }) => url === iconAddress)) {
    replies.push({ url: iconAddress, type: 'Image', bytes: await bytesOfReply(iconAddress) });
  }
  const scripts = replies.filter(({ type }) => type === 'Script');
  return { bytes: sum(replies), requests: replies.length, scripts: scripts.length, scriptBytes: sum(scripts) };
}

export function splitCookie(cookie: string): { name: string; value: string } {
  const [name = '', value = ''] = cookie.split('=');
  return { name, value };
}

function sum(replies: readonly { readonly bytes: number }[]): number {
  return replies.reduce((total, { bytes }) => total + bytes, 0);
}

function bytesOfReply(address: string): Promise<number> {
  const { host, hostname, port, pathname } = new URL(address);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let bytes = 0;
    socket.on('data', (chunk) => {
      bytes += chunk.length;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(bytes));
    socket.write(`GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\nAccept-Encoding: gzip, br\r\nConnection: close\r\n\r\n`);
  });
}
