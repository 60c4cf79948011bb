import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test, vi } from 'vitest';
import { paths } from '#src/paths.ts';
import { rightAnswer } from '../../tests/support/answers.ts';
import { begin } from '../../tests/support/attempts.ts';
import { learner, testServices } from '../../tests/support/test-services.ts';
import { createAppServer } from './create-server.ts';

const fromAstro = 299;
const day = 24 * 60 * 60 * 1000;

/** A server before whose Astro somebody is in the middle of an exam; Astro answers 299 with the body that it was sent. */
async function served() {
  const world = testServices();
  const services = { ...world.services, renderCertificate: () => Promise.reject(new Error('no certificate here')) };
  const clientDir = await mkdtemp(join(tmpdir(), 'save-answer-'));
  const server = createAppServer(services, {
    clientDir,
    trustProxy: true,
    handler: async (request, response) => void response.writeHead(fromAstro).end(await text(request)),
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await rm(clientDir, { recursive: true });
  });
  const id = await learner(world);
  const { attempt, scenarios } = await begin(world, id);
  const scenario = scenarios.find(({ kind }) => kind === 'choose-one');
  if (!scenario) throw new Error('no question with options');
  const { port } = server.address() as AddressInfo;
  const [cookie = ''] = (await services.sessions.open({ id }, { by: 'password' })).split(';');
  const answer = rightAnswer(scenario);
  const headers = {
    cookie: `sprak=en; ${cookie}`,
    origin: services.publicUrl.origin,
    'content-type': 'application/json',
  };
  const address = paths.attemptAnswer(attempt.id);
  const body = JSON.stringify({ scenario: scenario.id, answer });
  return {
    ...{ world, services, id, port, address, headers, body },
    send: (changes: RequestInit & { readonly path?: string } = {}) =>
      fetch(`http://127.0.0.1:${port}${changes.path ?? address}`, { method: 'POST', headers, body, ...changes }),
    saved: async () => (await world.person(id)).attempts[0]?.answers[scenario.id],
    answer,
  };
}

test('an answer of who is signed in is saved before Astro is asked, with the headers of a personal page', async () => {
  const { send, saved, answer } = await served();
  const reply = await send();
  expect([reply.status, await reply.json()]).toEqual([200, { saved: true }]);
  expect(Object.fromEntries(reply.headers)).toMatchObject({
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex',
    'x-frame-options': 'DENY',
  });
  expect(reply.headers.has('set-cookie')).toBe(false);
  expect(await saved()).toEqual(answer);
});

test('whatever is to be refused goes on to Astro, unread, and saves nothing', async () => {
  const { send, saved, headers, body } = await served();
  const { cookie: _, ...signedOut } = headers;
  const others: readonly Parameters<typeof send>[0][] = [
    { headers: signedOut },
    { headers: { ...signedOut, cookie: '__Host-session=x' } },
    { headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' } },
    { path: paths.attemptAnswer('a%2Fb') },
    { path: `${paths.attemptAnswer('x')}/y` },
  ];
  for (const changes of others) {
    const reply = await send(changes);
    expect([reply.status, await reply.text()]).toEqual([fromAstro, body]);
  }
  expect((await send({ method: 'GET', body: null })).status).toBe(fromAstro);
  expect(await saved()).toBeUndefined();
});

test('a page of another site saves nothing', async () => {
  const { send, saved, headers } = await served();
  expect((await send({ headers: { ...headers, origin: 'https://evil.example' } })).status).toBe(403);
  expect(await saved()).toBeUndefined();
});

test('a session that is prolonged by it sends its cookie anew', async () => {
  const { send, services, id } = await served();
  const [session] = await services.store.sessions.findByPerson(id);
  if (!session) throw new Error('nobody is signed in');
  await services.store.sessions.put({ ...session, expiresAt: new Date(Date.now() + day).toISOString() });
  expect((await send()).headers.get('set-cookie')).toMatch(/^__Host-session=\S+; Path=\//);
});

test('who leaves half-way has saved nothing, is no error, and stops nobody else', async () => {
  const { send, saved, port, address, headers, body, world } = await served();
  const lines = Object.entries({ ...headers, host: 'x', 'content-length': body.length }).map((pair) => pair.join(': '));
  const socket = connect(port, '127.0.0.1');
  socket.write(`POST ${address} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body.slice(0, 9)}`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await saved()).toBeUndefined();
  expect(world.reported).toEqual([]);
  expect((await send()).status).toBe(200);
});

test('a bug is reported, and answered', async () => {
  const { send, services, world } = await served();
  vi.spyOn(services.store.people, 'update').mockRejectedValue(new TypeError('a bug'));
  expect((await send()).status).toBe(500);
  expect(world.reported).toEqual([new TypeError('a bug')]);
});
