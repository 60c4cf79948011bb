import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import { makeAdministrator, makeEmployee, type WithPassword } from '../support/people.ts';

let app: RunningApp;
let admin: WithPassword;
beforeAll(async () => {
  app = await startApp({ env: { SECURITY_LOG: 'stdout', AUDIT_LOG: 'stdout' } });
  admin = await makeAdministrator(app);
  for (const number of [1, 2]) {
    const email = `asa${number}@lindala.example`;
    await makeEmployee(app, admin, { name: `Åsa Öberg ${number}`, email });
  }
});
afterAll(() => endApp(app));

test('security F18: whom an administrator looks for stands in no address and no log; reload and Back show it again', async () => {
  const sent = await admin.visitor.post('/admin/personer', { q: 'Öberg' });
  expect(sent.status).toBe(303);
  expect(sent.location).toMatch(/^\/admin\/personer\?sok=[\w.%-]+$/);
  expect(decodeURIComponent(sent.location ?? '')).not.toContain('Öberg');
  for (const _again of ['first', 'reload', 'Back']) {
    const { status, text } = await admin.visitor.get(sent.location ?? '');
    expect(status).toBe(200);
    expect(text).toContain('Åsa Öberg 1');
    expect(text).toContain('value="Öberg"');
    expect(text).not.toMatch(/href="[^"]*berg/i);
  }
  expect(app.output()).not.toContain('Öberg');
});

test('ASVS 16.2.5: where what is printed is kept elsewhere, no link and no secret of anybody stands in it', () => {
  expect(app.output()).toContain('npm run admin:reset');
  expect(app.output()).not.toContain('/valkommen/');
  expect(app.output()).not.toMatch(/[\w-]{43}/);
});

test('ASVS 16.4.3: each line of the audit log is printed too, for another machine to keep, and names nobody', async () => {
  await admin.visitor.post('/admin/personer', { q: 'Öberg' });
  const lines = app
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{"log":"audit"'));
  const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(entries.map(({ action }) => action)).toContain('send-invitation');
  for (const entry of entries) {
    expect(entry).toMatchObject({ at: expect.stringMatching(/Z$/), actor: expect.any(String) });
    expect(JSON.stringify(entry)).not.toMatch(/berg|@/i);
  }
});

test('a search is the searcher’s own, and a name that is typed into the address is none', async () => {
  const { location = '' } = await admin.visitor.post('/admin/personer', { q: 'Öberg' });
  for (const address of ['/admin/personer?sok=Öberg', '/admin/personer?q=Öberg', location.slice(0, -3)]) {
    const { status, text } = await admin.visitor.get(address);
    expect({ address, status, found: text.includes('Åsa Öberg') }).toEqual({ address, status: 200, found: false });
  }
});

test('nothing typed leads back to the list', async () => {
  expect((await admin.visitor.post('/admin/personer', { q: '  ' })).location).toBe('/admin/personer');
});

test('security F14: a sign-in, a failed one and a refused page are printed for another machine, and shown to who reviews', async () => {
  const learner = { email: 'asa1@lindala.example', password: 'inte det rätta' };
  await admin.visitor.post('/logga-in', learner);
  const lines = app
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{"log":"security"'))
    .map((line) => JSON.parse(line) as { event: string; device: string; network: string });
  expect(lines.map(({ event }) => event)).toEqual(expect.arrayContaining(['sign-in', 'sign-in-failed']));
  for (const line of lines) expect(Object.keys(line)).not.toContain('address');
  expect(JSON.stringify(lines)).not.toMatch(/127\.0\.0\.1|lindala|rätta/);
  const { text } = await admin.visitor.get('/admin/logg');
  expect(text).toContain('Misslyckad inloggning');
  expect(text).toContain('Åsa Öberg 1');
});
