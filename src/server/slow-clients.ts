import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf } from '#domain/account/network.ts';

/** So much and so long may be held by who sends slowly, or not at all. */
export const patience = {
  /** Milliseconds from when a connection is there until all headers are. */
  headers: 15_000,
  /** From the first header to the end of the body: 64 kB at 30 kbit/s, as on the worst of mobile networks. */
  body: 20_000,
  /** The same for a staff list, 8 MB at 1 Mbit/s. */
  upload: 120_000,
  /** How often the clock is looked at. */
  look: 5_000,
  /** Connections at once: each takes some 15 kB. */
  connections: 4000,
  /** Of one network at once, where no proxy stands between: a school with three hundred phones, six connections each. */
  connectionsOfNetwork: 2000,
  /** Bodies of which a part is missing, of one network at once. An honest one is there within a second. */
  halfBodiesOfNetwork: 100,
  halfBodies: 500,
} as const;

/** Node's own limits, and one for each network where the connection tells it. */
export function limitConnections(server: Server, trustProxy: boolean): void {
  server.headersTimeout = patience.headers;
  server.requestTimeout = patience.upload + patience.headers;
  server.maxConnections = patience.connections;
  if (trustProxy) return;
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const network = networkOf(socket.remoteAddress ?? '');
    const count = (open.get(network) ?? 0) + 1;
    open.set(network, count);
    socket.once('close', () => {
      const left = (open.get(network) ?? 1) - 1;
      if (left > 0) open.set(network, left);
      else open.delete(network);
    });
    if (count > patience.connectionsOfNetwork) socket.destroy();
  });
}

export interface HalfBodies {
  /**
   * Watches a body that is not there yet.
   *
   * @param giveUp when it takes too long, or there are too many such bodies
   */
  watch(request: IncomingMessage, network: string, milliseconds: number, giveUp: (why: 'slow' | 'many') => void): void;
}

export function createHalfBodies(): HalfBodies {
  const half = new Map<IncomingMessage, string>();
  const begin = (request: IncomingMessage, network: string) => {
    // A whole body that waits at a door to be read is no half one, though its end has not been told.
    for (const one of half.keys()) if (one.complete || one.destroyed) half.delete(one);
    half.set(request, network);
    const count = [...half.values()].filter((one) => one === network).length;
    return count > patience.halfBodiesOfNetwork || half.size > patience.halfBodies;
  };
  return {
    watch: (request, network, milliseconds, giveUp) => {
      // What came in the same packet as the headers has been read by then, and costs no more than a look.
      setImmediate(() => {
        if (request.complete || request.destroyed) return;
        const isOver = begin(request, network);
        const timer = setTimeout(() => request.complete || giveUp('slow'), milliseconds);
        const done = () => {
          clearTimeout(timer);
          half.delete(request);
        };
        request.once('end', done).once('close', done);
        if (isOver) giveUp('many');
      });
    },
  };
}
