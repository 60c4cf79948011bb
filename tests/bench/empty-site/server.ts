/** Serves the built page with as little as can be: `node server.ts`, in the folder where it was built. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

const { handler } = (await import(pathToFileURL(resolve('dist/server/entry.mjs')).href)) as { handler: Handler };
const server = createServer((request, response) => handler(request, response, () => response.writeHead(404).end()));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(`http://127.0.0.1:${port}`);
});
