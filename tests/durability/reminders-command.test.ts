import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { acquireDataLock } from '#adapters/lowdb/data-lock.ts';
import { addDays, dateOf } from '#domain/kernel/calendar.ts';
import type { PersonId } from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';
import { newPerson } from '#usecases/shared/new-person.ts';
import { waitFor } from '../support/app.ts';
import { introduceLongAgo } from '../support/introduction.ts';
import { openPreparedStore } from '../support/prepared-store.ts';
import { projectWhereMailAlwaysGoes } from '../support/project-folder.ts';
import { seededBytes } from '../support/seeded-bytes.ts';
import { startSmtpServer } from '../support/smtp-server.ts';

let project: string;
beforeAll(async () => {
  project = await projectWhereMailAlwaysGoes();
});
afterAll(() => rm(project, { recursive: true }));

describe('npm run reminders', { timeout: 120_000 }, () => {
  test('sends what is due when nobody else has the data, once', async () => {
    const dataDir = await dataWith(3);
    expect(await run(dataDir)).toEqual({ code: 0, text: 'Skickade: 3. Gick inte att skicka nu: 0.\n' });
    expect(await run(dataDir)).toEqual({ code: 0, text: 'Skickade: 0. Gick inte att skicka nu: 0.\n' });
    const mails = await readdir(join(dataDir, 'mail'));
    expect(mails).toHaveLength(3);
    expect(mails.every((name) => /^[0-9a-f]{32}\.eml$/.test(name))).toBe(true);
    const first = mails[0] ?? '';
    expect(await readFile(join(dataDir, 'mail', first), 'utf8')).toContain(`Message-ID: <${first.slice(0, 32)}@`);
  });

  test('of four at once one sends, and each says what came of it', async () => {
    const dataDir = await dataWith(8);
    const smtp = await mailServer();
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => run(dataDir, smtp.url)));
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(outcomes.map(({ text }) => text)).toContain('Skickade: 8. Gick inte att skicka nu: 0.\n');
    expect(smtp.received.map(({ to }) => to).sort()).toEqual(Array.from({ length: 8 }, (_, number) => emailOf(number)));
  });

  test('leaves it to the process that has the data, and never sends beside it', async () => {
    const dataDir = await dataWith(2);
    const jobs: string[] = [];
    const lock = await acquireDataLock(dataDir, {
      handle: async ({ job }) => {
        jobs.push(job);
        return { sent: 5, failed: 1 };
      },
    });
    expect(await run(dataDir)).toEqual({ code: 0, text: 'Skickade: 5. Gick inte att skicka nu: 1.\n' });
    expect(jobs).toEqual(['reminders']);
    if (lock.ok) await lock.release();
    expect(await readdir(dataDir)).not.toContain('mail');
  });

  test('killed while the mail server has a mail, it hands that over again under the same id', async () => {
    const dataDir = await dataWith(1);
    const smtp = await mailServer();
    smtp.answerWith('never');
    const cut = start(dataDir, smtp.url);
    await waitFor(() => smtp.received.length === 1);
    cut.kill('SIGKILL');
    await once(cut, 'exit');
    smtp.answerWith('take');
    expect((await run(dataDir, smtp.url)).text).toBe('Skickade: 0. Gick inte att skicka nu: 0.\n');
    await anHourAgo(dataDir);
    expect((await run(dataDir, smtp.url)).text).toBe('Skickade: 1. Gick inte att skicka nu: 0.\n');
    expect(smtp.received).toHaveLength(2);
    // When it was handed over is the one thing that may differ.
    const [first, again] = smtp.received.map(({ headers, ...mail }) => ({
      ...mail,
      headers: headers.replace(/^Date: .*$/m, ''),
    }));
    expect(again).toEqual(first);
    expect(smtp.received[0]?.messageId).toMatch(/^<[0-9a-f]{32}@lindala\.example>$/);
  });
});

const emailOf = (number: number) => `p${number}@lindala.example`;

/** People whose course was to be done yesterday. */
async function dataWith(people: number): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'reminders-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  const store = await openPreparedStore(dataDir, { administrator: true });
  await introduceLongAgo(store);
  const now = new Date();
  for (let number = 0; number < people; number++) {
    await store.people.create(
      newPerson(
        { name: `Person ${number}`, nameGivenBy: 'employer', email: emailOf(number), passwordHash: 'x' },
        { category: 'new-employee', from: addDays(dateOf(now), -15) },
        now,
        seededBytes(number + 1),
      ),
    );
  }
  await store.close();
  return dataDir;
}

/** As if what was cut off had been so an hour earlier. */
async function anHourAgo(dataDir: string): Promise<void> {
  const store = await openPreparedStore(dataDir, { administrator: true });
  const [person] = await store.people.list({ limit: 1 });
  const earlier = (claimedAt: string) => new Date(Date.parse(claimedAt) - 3_600_000).toISOString();
  await store.people.update(person?.id ?? ('' as PersonId), (current: Person) => ({
    save: {
      ...current,
      reminders: current.reminders.map((one) => ({ ...one, claimedAt: earlier(one.claimedAt) })),
    },
    result: undefined,
  }));
  await store.close();
}

async function mailServer() {
  const smtp = await startSmtpServer();
  onTestFinished(() => smtp.stop());
  return smtp;
}

function start(dataDir: string, smtp = '') {
  const mail = { SMTP_URL: smtp, SMTP_TLS: 'off', MAIL_FROM: smtp && 'Kursen <kurs@lindala.example>' };
  const env = { ...process.env, DATA_DIR: dataDir, ...mail };
  return spawn(process.execPath, ['src/cli/reminders.ts'], { cwd: project, env, stdio: ['ignore', 'pipe', 'inherit'] });
}

async function run(dataDir: string, smtp?: string): Promise<{ code: number; text: string }> {
  const child = start(dataDir, smtp);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, text };
}
