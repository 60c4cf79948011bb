import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLowdbStore } from '#adapters/lowdb/open-store.ts';
import { addDays, dateOf } from '#domain/kernel/calendar.ts';
import { newPerson } from '#usecases/shared/new-person.ts';
import { freePort, type RunningApp, startApp } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import { introduceLongAgo } from '../support/introduction.ts';
import { makeAdministrator, type WithRole } from '../support/people.ts';
import { projectWhereMailAlwaysGoes } from '../support/project-folder.ts';
import { seededBytes } from '../support/seeded-bytes.ts';
import { t } from '../support/words.ts';

/** Two people whose course was to be done yesterday, and the real server. */
describe('the running server', () => {
  let app: RunningApp;
  let project: string;
  let administrator: WithRole;

  beforeAll(async () => {
    project = await projectWhereMailAlwaysGoes();
    const port = await freePort();
    app = await startApp({ port, cwd: project });
    administrator = await makeAdministrator(app);
    await app.stop();
    await addLatePeople(app.dataDir);
    app = await startApp({ dataDir: app.dataDir, port, cwd: project });
  });
  afterAll(async () => {
    await endApp(app);
    await rm(project, { recursive: true, force: true });
  });

  test('shows an administrator what will go out', async () => {
    const { text } = await administrator.visitor.get('/admin/paminnelser');
    expect(text).toContain(t('reminder.kind.overdue'));
    expect(text).toContain('Sonja Sen');
    expect(text).toContain(t('reminder.sentNone'));
  });

  test('sends when npm run reminders asks it to, and the page shows what has gone out', async () => {
    expect(await runReminders(app.dataDir, project)).toBe('Skickade: 2. Gick inte att skicka nu: 0.\n');
    expect(await runReminders(app.dataDir, project)).toBe('Skickade: 0. Gick inte att skicka nu: 0.\n');
    const mails = (await readdir(join(app.dataDir, 'mail'))).filter((name) => /^[0-9a-f]{32}\.eml$/.test(name));
    expect(mails).toHaveLength(2);
    const { text } = await administrator.visitor.get('/admin/paminnelser');
    expect(text).not.toContain(t('reminder.sentNone'));
    expect(text).toContain('Stig Sen');
  });

  test('answers a try for somebody who is not there as a refusal', async () => {
    const form = { person: 'ingen', rule: 'due', cycle: 'x' };
    expect((await administrator.visitor.post('/admin/paminnelser', form)).status).toBe(422);
    expect((await administrator.visitor.post('/admin/paminnelser', { person: '' })).status).toBe(422);
  });
});

async function addLatePeople(dataDir: string): Promise<void> {
  const store = await openLowdbStore({ dataDir });
  await introduceLongAgo(store);
  for (const [number, name] of ['Sonja Sen', 'Stig Sen'].entries()) {
    const given = { name, nameGivenBy: 'employer', email: `sen${number}@lindala.example`, passwordHash: 'x' } as const;
    const work = { category: 'new-employee', from: addDays(dateOf(new Date()), -15) } as const;
    await store.people.create(newPerson(given, work, new Date(), seededBytes(number + 1)));
  }
  await store.close();
}

async function runReminders(dataDir: string, cwd: string): Promise<string> {
  const child = spawn(process.execPath, ['src/cli/reminders.ts'], {
    cwd,
    env: { ...process.env, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  await once(child, 'close');
  return text;
}
