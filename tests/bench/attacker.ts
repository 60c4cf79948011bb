/**
 * A process that attacks: `node attacker.ts <kind> <url> [cookie]`. It gives way to the server and to whoever measures, since it
 * stands for machines elsewhere. Prints how many replies had which status, as JSON.
 */
import { Agent, type OutgoingHttpHeaders, request } from 'node:http';
import { setPriority } from 'node:os';
import { paths } from '#src/paths.ts';

interface Attack {
  readonly count: number;
  readonly method: 'GET' | 'POST';
  path(number: number): string;
  body?(number: number): string;
  readonly headers?: OutgoingHttpHeaders;
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const boundary = 'a-boundary';
const listOfBreaks = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="lista.csv"\r\ncontent-type: text/csv\r\n\r\n${'\n'.repeat(7_500_000)}\r\n--${boundary}--\r\n`;

const attacks: Readonly<Record<string, Attack>> = {
  'sign-ins': {
    count: 400,
    method: 'POST',
    path: () => paths.signIn(),
    body: (number) => `email=paahittad.${number}%40example.org&password=fel`,
    headers: form,
  },
  resets: {
    count: 2_000,
    method: 'POST',
    path: () => paths.forgotPassword(),
    body: (number) => `email=paahittad.${number}%40example.org`,
    headers: form,
  },
  list: {
    count: 1,
    method: 'POST',
    path: () => paths.adminImport(),
    body: () => listOfBreaks,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  },
  images: {
    count: 1_000,
    method: 'GET',
    path: (number) => `${paths.joinGroup()}?kod=FEL${number}`,
    headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' },
  },
};

const [kind = '', url = '', cookie] = process.argv.slice(2);
const attack = attacks[kind];
if (!attack) throw new Error(`no attack ${kind}`);
if (process.platform === 'linux') setPriority(10);
const agent = new Agent({ keepAlive: true, maxSockets: attack.count });
const statuses: Record<string, number> = {};
await Promise.all(Array.from({ length: attack.count }, (_, number) => send(attack, number)));
agent.destroy();
console.log(JSON.stringify(statuses));

async function send({ method, path, body, headers }: Attack, number: number): Promise<void> {
  const text = body?.(number);
  const own = text === undefined ? {} : { origin: new URL(url).origin, 'content-length': Buffer.byteLength(text) };
  const status = await new Promise<string>((resolve) => {
    const outgoing = request(
      new URL(path(number), url),
      { agent, method, headers: { ...headers, ...own, ...(cookie && { cookie }) } },
      (response) => {
        response.resume();
        response.on('end', () => resolve(String(response.statusCode)));
        response.on('error', () => resolve('cut off'));
      },
    );
    outgoing.on('error', () => resolve('cut off'));
    outgoing.end(text);
  });
  statuses[status] = (statuses[status] ?? 0) + 1;
}
