/** `npm run size`, a part of `npm run validate`: holds every built lesson page to its limits (docs/design.md#limits), without a browser. */
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { securityHeaders } from '../server/headers.ts';

/** On a first visit, in bytes on the wire. A kilobyte is 1,000 bytes. */
const limits = { bytes: 30_000, requests: 6, scripts: 1, scriptBytes: 12_000 };

/** Status line, date, type, length, encoding, caching, ETag and connection come to about this. */
const otherHeaderBytes = 320;
const headerBytes = Object.entries(securityHeaders).reduce(
  (total, [name, value]) => total + `${name}: ${value}\r\n`.length,
  otherHeaderBytes,
);

const clientDir = 'dist/client';

interface FirstVisit {
  readonly page: string;
  readonly bytes: number;
  readonly requests: number;
  readonly scripts: number;
  readonly scriptBytes: number;
}

const pages = globSync('**/kurser/sekretess/*/index.html', { cwd: clientDir }).sort();
if (pages.length === 0) {
  console.error(`There are no lesson pages in ${clientDir}. Build first: npm run build`);
  process.exit(1);
}
const visits = pages.map(firstVisit);
const mistakes = visits.flatMap(mistakesOf);
if (mistakes.length > 0) {
  console.error(mistakes.join('\n'));
  process.exit(1);
}
const largest = visits.reduce((one, other) => (one.bytes < other.bytes ? other : one));
console.log(
  `${visits.length} lesson pages are within the budget. The largest is ${largest.page}: ${largest.bytes} of ${limits.bytes} bytes, ` +
    `${largest.requests} of ${limits.requests} requests, ${largest.scriptBytes} of ${limits.scriptBytes} bytes of JavaScript.`,
);

function firstVisit(page: string): FirstVisit {
  const html = readFileSync(join(clientDir, page), 'utf8');
  const fetched = new Set(addressesIn(html));
  for (const address of fetched) {
    // Set iterates over what is added on the way: a style sheet may ask for fonts and for other style sheets.
    if (address.endsWith('.css')) for (const further of addressesInCss(address)) fetched.add(further);
  }
  const scripts = [...fetched].filter((address) => address.endsWith('.js'));
  return {
    page: `/${page.replace(/\/index\.html$/, '')}`,
    bytes: sum([`/${page}`, ...fetched]),
    requests: 1 + fetched.size,
    scripts: scripts.length,
    scriptBytes: sum(scripts),
  };
}

/** What a browser fetches of its own accord: scripts, linked files, pictures. */
function addressesIn(html: string): string[] {
  const tags = html.match(/<(script|link|img|source|iframe|video|audio|object|embed|use|image)\b[^>]*>/g) ?? [];
  return tags
    .filter((tag) => !tag.startsWith('<link') || /\brel="[^"]*(stylesheet|icon|preload|manifest)/.test(tag))
    .flatMap((tag) => /\s(?:src|href|data)="([^"]+)"/.exec(tag)?.[1] ?? [])
    .filter(isFetched);
}

function addressesInCss(address: string): string[] {
  const css = readFileSync(join(clientDir, address), 'utf8');
  const found = css.matchAll(/(?:url\(\s*|@import\s+)["']?([^"')\s;]+)/g);
  return [...found]
    .map((match) => match[1] ?? '')
    .filter(isFetched)
    .map((relative) => new URL(relative, `http://localhost${address}`).pathname);
}

/** A fragment is in the page itself, and so is a `data:` address. */
function isFetched(address: string): boolean {
  return !/^(#|data:)/.test(address);
}

function sum(addresses: readonly string[]): number {
  return addresses.reduce((total, address) => total + headerBytes + bodyBytes(address), 0);
}

/** The server sends the Brotli file where there is one. A file that is not there makes this throw: the page would miss it. */
function bodyBytes(address: string): number {
  const file = join(clientDir, address);
  return statSync(existsSync(`${file}.br`) ? `${file}.br` : file).size;
}

function mistakesOf({ page, bytes, requests, scripts, scriptBytes }: FirstVisit): string[] {
  const measured = { bytes, requests, scripts, scriptBytes };
  const names = { bytes: 'bytes', requests: 'requests', scripts: 'script files', scriptBytes: 'bytes of JavaScript' };
  const all = ['bytes', 'requests', 'scripts', 'scriptBytes'] as const;
  return all
    .filter((what) => measured[what] > limits[what])
    .map((what) => `${page}: ${measured[what]} ${names[what]}, at most ${limits[what]}`);
}
