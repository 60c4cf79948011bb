import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { answerClientErrors, endWith } from './client-errors.ts';
import { createHalfBodies, limitConnections, patience } from './slow-clients.ts';

/** A server that answers with the body. @param longest milliseconds that a body may take */
async function served(longest: number) {
  const bodies = createHalfBodies();
  const why: string[] = [];
  const server = createServer(async (request, response) => {
    bodies.watch(request, '192.0.2.7', longest, (reason) => {
      why.push(reason);
      endWith(request.socket, reason === 'slow' ? 408 : 503, { 'x-own': 'yes' });
    });
    let text = '';
    try {
      for await (const chunk of request) text += chunk;
      response.end(text);
    } catch {
      // Let go half-way.
    }
  });
  limitConnections(server, false);
  answerClientErrors(server, { 'x-own': 'yes' });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const send = async (...parts: readonly string[]) => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const closed = once(socket, 'close');
    let reply = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      reply += chunk;
    });
    socket.on('error', () => undefined);
    for (const part of parts) {
      socket.write(part);
      await pause(60);
    }
    await closed;
    return reply;
  };
  return { why, send };
}

const head = 'POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 6\r\n\r\n';

test('security F16: a body that does not come to its end is let go, with our headers', async () => {
  const { why, send } = await served(200);
  const reply = await send(head, 'abc');
  expect(reply).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\nx-own: yes\r\n/);
  expect(why).toEqual(['slow']);
});

test('a body in two parts is taken in time', async () => {
  const { why, send } = await served(10_000);
  expect(await send(head, 'abc', 'def')).toMatch(/^HTTP\/1\.1 200 [\s\S]*abcdef/);
  expect(why).toEqual([]);
});

test('security F16: of one network so many half-sent bodies are held at once and no more; those that are whole do not count', async () => {
  // Long enough for all to be there at once, however busy the machine is.
  const { why, send } = await served(5_000);
  const halves = Array.from({ length: patience.halfBodiesOfNetwork + 5 }, () => send(head, 'abc'));
  await expect.poll(() => why.length, { timeout: 4_000 }).toBe(5);
  expect(await send(`${head}abcdef`)).toMatch(/^HTTP\/1\.1 200 /);
  const replies = await Promise.all(halves);
  expect(replies.filter((reply) => reply.startsWith('HTTP/1.1 503 '))).toHaveLength(5);
  expect(why.filter((reason) => reason === 'many')).toHaveLength(5);
});

test('what cannot be read as HTTP is answered with our headers', async () => {
  const { send } = await served(200);
  expect(await send('NOT HTTP\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nx-own: yes\r\n/);
});
