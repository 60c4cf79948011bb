import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLowdbStore } from '#adapters/lowdb/open-store.ts';
import { addDays, dateOf } from '#domain/kernel/calendar.ts';
import { paths } from '#src/paths.ts';
import { freePort, type RunningApp, startApp } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import { introduceLongAgo } from '../support/introduction.ts';
import { linksMailedTo } from '../support/mail.ts';
import { goodPassword, makeAdministrator, type WithRole } from '../support/people.ts';
import { projectWhereMailAlwaysGoes } from '../support/project-folder.ts';
import { places, sampleOrganisation } from '../support/staff.ts';
import { expectStatus, Visitor } from '../support/visitor.ts';
import { t } from '../support/words.ts';

/** A municipality of 1,200 on an empty folder, and the real server: what goes out, and where it leads. */
const people = 1_200;
const withoutEmail = 40;
const units = ['north', 'south', 'night', 'group', 'canteen'] as const;
const today = dateOf(new Date());

let app: RunningApp;
let project: string;
let admin: WithRole;

beforeAll(async () => {
  project = await projectWhereMailAlwaysGoes();
  const port = await freePort();
  app = await startApp({ port, cwd: project });
  admin = await makeAdministrator(app);
  await app.stop();
  const store = await openLowdbStore({ dataDir: app.dataDir });
  await store.organisation.update(() => ({ save: sampleOrganisation(new Date().toISOString()), result: undefined }));
  await introduceLongAgo(store);
  await store.close();
  app = await startApp({ dataDir: app.dataDir, port, cwd: project });
}, 180_000);
afterAll(async () => {
  await endApp(app);
  await rm(project, { recursive: true, force: true });
});

const email = (number: number) => (number < withoutEmail ? '' : `nr${number}@lindala.example`);
const list = [
  'Anstnr;Namn;E-post;Kategori;Enhetskod;Från',
  // Some have worked for fifteen years, some since last week, some have not begun.
  ...Array.from({ length: people }, (_, number) => {
    const from = number % 3 === 0 ? '2011-08-17' : addDays(today, number % 3 === 1 ? -7 : 14);
    const unit = places[units[number % units.length] ?? 'north'].toLowerCase();
    return `${10_000 + number};Person Nr${number};${email(number)};Tillsvidare;${unit};${from}`;
  }),
].join('\n');

/** Sends the list in. @returns the page of the dry run */
async function dryRun(inviteOn = ''): Promise<{ path: string; text: string }> {
  const form = new FormData();
  form.set('file', new File([list], 'lista.csv', { type: 'text/csv' }));
  form.set('inviteOn', inviteOn);
  const cookie = admin.visitor.cookies.map((one) => `${one.name}=${one.value}`).join('; ');
  const headers = { cookie, origin: app.url };
  const sent = await fetch(app.url + paths.adminImport(), { method: 'POST', headers, body: form, redirect: 'manual' });
  const path = new URL(sent.headers.get('location') ?? '', app.url).pathname;
  return { path, text: expectStatus(await admin.visitor.get(path), 200, 'the dry run').text };
}

async function sendAll(): Promise<string> {
  const env = { ...process.env, DATA_DIR: app.dataDir };
  const child = spawn(process.execPath, ['src/cli/reminders.ts'], {
    cwd: project,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  await once(child, 'close');
  return text;
}

/** Those that go to the municipality’s people, as they lie in the folder. */
async function mails(): Promise<readonly string[]> {
  const folder = join(app.dataDir, 'mail');
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml'));
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return texts.filter((text) => /^To: nr\d+@/m.test(text));
}

test('managers B1: a list without a day for the invitation sends nothing, and says so before it is stored', async () => {
  const { path, text } = await dryRun();
  expect(text).toContain(t('import.invitesNone'));
  expect(text).toContain(t('import.invitesNoDay', { count: people - withoutEmail }));
  const plan = /name="plan" value="([^"]+)"/.exec(text)?.[1] ?? '';
  expectStatus(await admin.visitor.post(path, { action: 'apply', plan }), 303, 'storing the list');
  // What the administrator gets about their own course and the units that nobody leads.
  await sendAll();
  expect(await mails()).toEqual([]);
});

test('managers B1: all who have not been invited are, once, after a page that says how many', async () => {
  const count = people - withoutEmail;
  const shown = expectStatus(await admin.visitor.get(paths.adminInvite()), 200, 'the preview');
  expect(shown.text).toContain(t('invite.mails', { count }));
  expect(shown.text).toContain(t('invite.outcome.no-email', { count: withoutEmail }));
  const form = { action: 'invite', when: 'now', mails: String(count) };
  expectStatus(await admin.visitor.post(paths.adminInvite(), form), 303, 'inviting everybody');
  const again = expectStatus(await admin.visitor.post(paths.adminInvite(), form), 422, 'inviting everybody again');
  expect(again.text).toContain(t('refusal.invite-changed'));
  expect(await sendAll()).toBe(`Skickade: ${count}. Gick inte att skicka nu: 0.\n`);
  expect(await sendAll()).toBe('Skickade: 0. Gick inte att skicka nu: 0.\n');
  const sent = await mails();
  expect(sent).toHaveLength(count);
  expect(sent.filter((text) => !text.includes('/valkommen/'))).toEqual([]);
});

test('managers B1: the link of an invitation lets its receiver in, to a page that says what is to be done', async () => {
  for (const number of [40, 41, 42]) {
    const [link = ''] = await linksMailedTo(app.dataDir, email(number), '/valkommen/');
    const visitor = new Visitor(app.url);
    const page = expectStatus(await visitor.get(link), 200, 'the invitation');
    expect(page.text).toContain(`Person Nr${number}`);
    expectStatus(await visitor.post(link, { password: goodPassword, language: 'sv' }), 303, 'accepting');
    const mine = expectStatus(await visitor.get(paths.myPage()), 200, 'Min sida');
    expect(mine.text).toContain(t('next.reading'));
  }
});

test('managers B1: the list read again with a day invites nobody twice; a forgotten password brings the link again', async () => {
  const { text } = await dryRun(today);
  expect(text).toContain(t('import.nothing'));
  expectStatus(await new Visitor(app.url).post(paths.forgotPassword(), { email: email(43) }), 200, 'asking');
  const links = await waitForLinks(email(43), 2);
  expect(links[1]).toBe(links[0]);
});

async function waitForLinks(to: string, count: number): Promise<readonly string[]> {
  for (;;) {
    const links = await linksMailedTo(app.dataDir, to, '/valkommen/');
    if (links.length >= count) return links;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
