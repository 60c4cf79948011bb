import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort, type RunningApp, startApp, waitFor } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import { makeAdministrator, makeEmployee, type WithPassword, type WithRole } from '../support/people.ts';
import { expectStatus, Visitor } from '../support/visitor.ts';
import { t } from '../support/words.ts';

let app: RunningApp;
let maria: WithRole;
let bo: WithPassword;
let port: number;

beforeAll(async () => {
  port = await freePort();
  app = await startApp({ port });
  maria = await makeAdministrator(app);
  bo = await makeEmployee(app, maria, { name: 'Bo Ek', email: 'bo.ek@lindala.example' });
  const role = { action: 'give', who: bo.email, role: 'administrator', place: 'everything' };
  expectStatus(await maria.visitor.post('/admin/roller', role), 303, 'a second administrator');
});
afterAll(() => endApp(app));

/** The command as whoever runs the server types it. */
async function reset(...email: readonly string[]): Promise<{ readonly code: number | null; readonly text: string }> {
  const child = spawn('npm', ['run', '--silent', 'admin:reset', '--', ...email], {
    env: { ...process.env, DATA_DIR: app.dataDir, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, text };
}

/** Who has had the mail about a link that was made, in order of address; waits for so many. */
async function told(count: number): Promise<readonly string[]> {
  const folder = join(app.dataDir, 'mail');
  const subject = t('tell.administrator-reset.subject');
  const found = await waitFor(async () => {
    const files = (await readdir(folder)).filter((name) => name.endsWith('.eml'));
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
    const letters = texts.filter((text) => plain(/^Subject: (.*(?:\r?\n .*)*)/m.exec(text)?.[1] ?? '') === subject);
    return letters.length >= count ? letters : undefined;
  });
  return found.map((text) => /^To: .*?([\w.]+@[\w.]+)/m.exec(text)?.[1] ?? '').sort();
}

/** A subject as it is read: encoded words (RFC 2047) put together. */
function plain(subject: string): string {
  const word = /=\?utf-8\?([QB])\?([^?]*)\?=(?:\s+(?==\?))?/gi;
  return subject.replace(word, (_, kind: string, text: string) =>
    kind.toUpperCase() === 'B'
      ? Buffer.from(text, 'base64').toString()
      : decodeURIComponent(
          text
            .replaceAll('%', '%25')
            .replaceAll('_', ' ')
            .replaceAll(/=([0-9A-F]{2})/g, '%$1'),
        ),
  );
}

async function logged(): Promise<number> {
  const folder = join(app.dataDir, 'audit');
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.jsonl'));
  const lines = (await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))).join('').split('\n');
  return lines.filter((line) => line.includes('"reset-account"') && line.includes('"system"')).length;
}

const linkIn = (text: string) => /http\S+\/nytt-losenord\/[\w-]+/.exec(text)?.[0] ?? '';
const path = (link: string) => new URL(link).pathname;
const newPassword = 'paraply sten moln';

test('managers S9: of two, it has to be said whose; nobody else can be chosen; then nothing is changed', async () => {
  const [unsaid, unknown] = [await reset(), await reset('maria.e@lindala.example')];
  expect([unsaid.code, unknown.code]).toEqual([1, 1]);
  expect(unsaid.text).toContain('Det finns flera administratörer.');
  expect(unknown.text).toContain('Ingen administratör har den e-postadressen.');
  expect(await logged()).toBe(0);
  expect((await maria.visitor.get('/admin')).status).toBe(200);
});

test('managers S9: the running server makes a link that works once, which is logged and told to every administrator', async () => {
  const made = await reset(maria.email);
  expect(made.code).toBe(0);
  const link = linkIn(made.text);
  expect(new URL(link).origin).toBe(app.url);
  expect(await logged()).toBe(1);
  expect(await told(2)).toEqual([bo.email, maria.email]);
  // Nothing is changed until it is used.
  expect((await maria.visitor.get('/admin')).status).toBe(200);
  const visitor = new Visitor(app.url);
  expect((await visitor.post(path(link), { password: newPassword })).status).toBe(303);
  // The factors that were lost are gone, and the sessions from before.
  expect((await visitor.get('/admin')).location).toMatch(/^\/min-sida\/sakerhet/);
  expect((await maria.visitor.get('/admin')).location).toMatch(/^\/logga-in/);
  const again = await new Visitor(app.url).post(path(link), { password: 'gurka hatt paraply' });
  expect(again.status).toBe(410);
  expect(app.output()).not.toContain(path(link));
});

test('managers S9: with the server stopped the command does it itself, and the link works when it is started again', async () => {
  await app.stop();
  const made = await reset(maria.email);
  expect(made.code).toBe(0);
  const link = linkIn(made.text);
  expect(await logged()).toBe(2);
  expect(await told(4)).toEqual([bo.email, bo.email, maria.email, maria.email]);
  app = await startApp({ dataDir: app.dataDir, port });
  const visitor = new Visitor(app.url);
  expect((await visitor.get(path(link))).status).toBe(200);
  expect((await visitor.post(path(link), { password: 'sol regn hagel snö' })).status).toBe(303);
  expect((await new Visitor(app.url).post(path(link), { password: 'gurka hatt paraply' })).status).toBe(410);
});
