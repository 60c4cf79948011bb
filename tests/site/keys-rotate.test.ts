import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningApp } from '../support/app.ts';
import { startApp } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import { makeAdministrator, makeGroup, makeParticipant, type Participant, type WithRole } from '../support/people.ts';
import { strengthen } from '../support/second-factor.ts';
import { expectStatus, Visitor } from '../support/visitor.ts';

/** The command asks the server that has the data, which goes on meanwhile. */
describe('npm run keys:rotate beside the running server', () => {
  let app: RunningApp;
  let administrator: WithRole;
  let participant: Participant;

  beforeAll(async () => {
    app = await startApp();
    administrator = await makeAdministrator(app);
    participant = await makeParticipant(app, await makeGroup(administrator), 'Freja Ferie');
  });
  afterAll(() => endApp(app));

  const run = async (...options: readonly string[]) => {
    const env = { ...process.env, DATA_DIR: app.dataDir };
    return (await promisify(execFile)(process.execPath, ['src/cli/keys-rotate.ts', ...options], { env })).stdout;
  };
  const signIn = (code: string) => new Visitor(app.url).post('/kom-tillbaka', { code });

  test('makes a new key in the ring, and says what rests on which', async () => {
    const told = await run();
    expect(told).toContain('Ny nyckel: k2.');
    expect(told).toMatch(/k1: 1 personliga koder, \d+ reservkoder, 0 appar för koder/);
    const ring = await readFile(join(app.dataDir, 'keys/installation.key'), 'utf8');
    expect(ring).toMatch(/^[0-9a-f]{64}\nk2:[0-9a-f]{64}\n$/);
  });

  test('signs nobody out', async () => {
    expectStatus(await participant.visitor.get('/min-sida'), 200, 'the participant’s page');
    expectStatus(await administrator.visitor.get('/admin'), 200, 'the administration');
  });

  test('the words and the recovery codes from before open as before', async () => {
    expectStatus(await signIn(participant.code), 303, 'signing in with the words');
    await strengthen(administrator.visitor, administrator);
    expect(await run('--status')).toMatch(/^k2 \(används för allt nytt\): 1 personliga koder/);
  });

  test('also after a start', async () => {
    const { dataDir } = app;
    await app.stop();
    app = await startApp({ dataDir });
    expectStatus(await signIn(participant.code), 303, 'signing in with the words');
  });
});
