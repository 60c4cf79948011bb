import { randomBytes } from 'node:crypto';
import { chmod, rename, unlink } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { readLine } from './control-line.ts';
import { systemErrorCode } from './durable-fs.ts';
import { withShortSocketPath } from './short-socket-path.ts';

/** One job for the process that owns the data, `{"job":"reminders"}`, with whatever else the job needs. */
export interface ControlRequest {
  readonly job: string;
  readonly [field: string]: unknown;
}

/** Does the job and answers with something that JSON can carry. Expected refusals are answers, not errors. */
export type HandleRequest = (request: ControlRequest) => Promise<unknown>;

const requestSchema = z.union([z.strictObject({ probe: z.literal(true) }), z.looseObject({ job: z.string() })]);

export const probeLine = JSON.stringify({ probe: true });
export const probeReplySchema = z.strictObject({ owner: z.boolean() });

export const jobReplySchema = z.union([
  z.strictObject({ ok: z.literal(true), reply: z.unknown() }),
  z.strictObject({ ok: z.literal(false), reason: z.literal('bad-request') }),
  z.strictObject({ ok: z.literal(false), reason: z.literal('job-failed'), message: z.string() }),
]);
export type JobReply = z.infer<typeof jobReplySchema>;

const socketName = /^lock\.(\d+)\.[0-9a-f]{16}\.sock$/;

/** The process that made a socket of this name, or `undefined` where it is not the name of a lock. */
export function pidOfSocketName(name: string): number | undefined {
  const pid = socketName.exec(name)?.[1];
  return pid === undefined ? undefined : Number(pid);
}

/** A socket that has not got its name yet: see `LockSocket.open`. */
export function isUnnamedSocket(name: string): boolean {
  return name.endsWith('.sock.new') && pidOfSocketName(name.slice(0, -'.new'.length)) !== undefined;
}

/** Removing what another starter has removed already is no error. */
export async function removeSocket(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
  }
}

/** Our socket in the data folder: first a candidate's, then perhaps the owner's. */
export class LockSocket {
  readonly name = `lock.${process.pid}.${randomBytes(8).toString('hex')}.sock`;
  readonly #folder: string;
  readonly #handle: HandleRequest;
  readonly #server: Server;
  readonly #connections = new Set<Socket>();
  readonly #jobs = new Set<Promise<string>>();
  #state: 'candidate' | 'owner' | 'leaving' = 'candidate';

  private constructor(folder: string, handle: HandleRequest) {
    this.#folder = folder;
    this.#handle = handle;
    this.#server = createServer((socket) => void this.#answer(socket));
  }

  /**
   * A socket that is bound and does not listen yet looks like that of a dead process. So it gets its name, by which
   * others find it, only when it listens: whoever finds a name that refuses connections knows that its process is gone.
   */
  static async open(folder: string, handle: HandleRequest): Promise<LockSocket> {
    const lock = new LockSocket(folder, handle);
    const path = join(folder, lock.name);
    await withShortSocketPath(`${path}.new`, (short) => listen(lock.#server, short));
    await chmod(`${path}.new`, 0o600);
    await rename(`${path}.new`, path);
    return lock;
  }

  becomeOwner(): void {
    this.#state = 'owner';
  }

  /** Finishes the jobs under way, and gives up the lock only then. */
  async close(): Promise<void> {
    if (this.#state === 'owner') this.#state = 'leaving';
    while (this.#jobs.size > 0) await Promise.all(this.#jobs);
    await this.#removeOwn();
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const connection of this.#connections) connection.destroySoon();
    await closed;
  }

  /** On a disk that takes nothing the name stays: it refuses connections, so whoever finds it knows that its process is gone. */
  async #removeOwn(): Promise<void> {
    try {
      await removeSocket(join(this.#folder, this.name));
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error;
    }
  }

  async #answer(socket: Socket): Promise<void> {
    this.#connections.add(socket);
    socket.on('close', () => this.#connections.delete(socket));
    const line = await readLine(socket);
    if (line === undefined) return;
    const request = requestSchema.safeParse(parseJson(line));
    if (!request.success) {
      sendLine(socket, jobReplyLine({ ok: false, reason: 'bad-request' }));
    } else if ('probe' in request.data) {
      sendLine(socket, probeReplyLine(this.#state !== 'candidate'));
    } else if (this.#state === 'owner') {
      const job = this.#run(request.data);
      this.#jobs.add(job);
      sendLine(socket, await job);
      this.#jobs.delete(job);
    } else {
      // A job is only for an owner who stays: a caller who came at the wrong moment gets no reply.
      socket.destroy();
    }
  }

  /** Whatever goes wrong in a job is told to the one who asked for it: it is no reason for the server to stop. */
  async #run(request: ControlRequest): Promise<string> {
    try {
      return jobReplyLine({ ok: true, reply: (await this.#handle(request)) ?? null });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return jobReplyLine({ ok: false, reason: 'job-failed', message });
    }
  }
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function sendLine(socket: Socket, line: string): void {
  socket.end(`${line}\n`);
}

function jobReplyLine(message: JobReply): string {
  return JSON.stringify(message);
}

function probeReplyLine(owner: boolean): string {
  return JSON.stringify({ owner } satisfies z.infer<typeof probeReplySchema>);
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
