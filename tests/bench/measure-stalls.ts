import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { paths } from '#src/paths.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { Connections } from '../support/connections.ts';
import { projectWhereMailAlwaysGoes } from '../support/project-folder.ts';
import { withLimit, withoutAim } from './figure.ts';
import type { Measure } from './measuring.ts';
import { departmentId, writeStaff } from './staff-folder.ts';

const people = 10_000;
/** In milliseconds: so long at most somebody’s saved answer may wait for what is done for others. */
const longest = 100;
const rounds = 3;

/**
 * How long the smallest reply waits, at most, while the server goes through 10,000 people: for what somebody saves in the middle of an
 * exam waits as long.
 */
export const measureStalls: Measure = async ({ folder, afterwards }) => {
  const project = await projectWhereMailAlwaysGoes();
  afterwards(() => rm(project, { recursive: true, force: true }));
  const dataDir = join(folder, 'stalls');
  const cookie = await writeStaff(dataDir, people);
  const app = await startApp({ dataDir, cwd: project });
  afterwards(app.stop);
  const server = new Connections(app.url);
  const page = (path: string) => () => server.get(path, cookie);
  const during = {
    sending: () => sendAll(app, project),
    overview: page(paths.adminReminders()),
    invitations: page(paths.adminInvite()),
    department: page(paths.area(departmentId(0))),
  };
  const waited: Record<keyof typeof during, number[]> = { sending: [], overview: [], invitations: [], department: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const what of Object.keys(waited) as (keyof typeof during)[]) {
      waited[what].push(await longestWait(app, during[what]));
    }
  }
  server.close();
  const count = people.toLocaleString('en');
  return [
    withLimit(`longest wait while reminders go to ${count}`, 'ms', waited.sending, longest),
    withLimit(`longest wait during the page of reminders, ${count}`, 'ms', waited.overview, longest),
    withLimit(`longest wait during the page of invitations, ${count}`, 'ms', waited.invitations, longest),
    withoutAim(`longest wait during the page of a department of ${count}`, 'ms', waited.department, longest),
  ];
};

async function longestWait(app: RunningApp, work: () => Promise<unknown>): Promise<number> {
  const probe = new Connections(app.url);
  await probe.get(paths.course());
  let isOver = false;
  const done = work().finally(() => {
    isOver = true;
  });
  let most = 0;
  while (!isOver) {
    const began = performance.now();
    await probe.get(paths.cookies());
    most = Math.max(most, performance.now() - began);
  }
  await done;
  probe.close();
  return most;
}

async function sendAll(app: RunningApp, project: string): Promise<void> {
  const env = { ...process.env, DATA_DIR: app.dataDir };
  const child = spawn(process.execPath, ['src/cli/reminders.ts'], { cwd: project, env, stdio: 'ignore' });
  await once(child, 'close');
}
