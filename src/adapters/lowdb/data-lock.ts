import { statSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { askLine } from './control-line.ts';
import {
  type ControlRequest,
  type HandleRequest,
  isUnnamedSocket,
  type JobReply,
  jobReplySchema,
  LockSocket,
  pidOfSocketName,
  probeLine,
  probeReplySchema,
  removeSocket,
} from './lock-socket.ts';

export type DataLock =
  | { readonly ok: true; readonly release: () => Promise<void> }
  | { readonly ok: false; readonly reason: 'held'; readonly pid: number };

export type OwnerReply =
  | JobReply
  /** Nobody owns the data folder: take the lock and do the job yourself, or call again if someone else has got it. */
  | { readonly ok: false; readonly reason: 'no-owner' }
  /** The owner stopped answering, or stopped. The job may have been done, or a part of it. */
  | { readonly ok: false; readonly reason: 'no-reply' };

/** Milliseconds. A live process answers a probe within a few; one that does not within this is taken to be stopped. */
const patience = 2_000;
const pause = 10;

/**
 * Makes this process the owner of the data folder (made if missing), or says which process is.
 *
 * The lock is a listening Unix socket in the folder: the kernel closes it however its process ends, so a dead holder is
 * known at once. Each starter makes a socket under a name of its own, never used again, and *then* looks who else is
 * there. That order is what makes exactly one win: of two starters, the later one to appear sees the earlier. A name
 * that refuses connections is a dead process's, and since names are never used again it can be removed without a race;
 * with one fixed name, a slow starter could remove the socket of a quick one. Among candidates that see each other,
 * the greater name steps back and comes again, and the smaller waits until the greater has stepped back or has won.
 */
export async function acquireDataLock(dataDir: string, options: { readonly handle: HandleRequest }): Promise<DataLock> {
  const folder = resolve(dataDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (;;) {
    const lock = await LockSocket.open(folder, options.handle);
    const rival = await strongestRival(folder, lock.name);
    if (rival === undefined) {
      lock.becomeOwner();
      await removeUnnamedSockets(folder);
      return { ok: true, release: () => lock.close() };
    }
    await lock.close();
    if (rival.state === 'owner') return { ok: false, reason: 'held', pid: rival.pid };
    await delay(pause);
  }
}

/** Sends one job to the process that owns the data folder, and waits as long as that process lives. */
export async function callOwner(dataDir: string, request: ControlRequest): Promise<OwnerReply> {
  const folder = resolve(dataDir);
  for (const { path } of await lockSockets(folder)) {
    const state = await settledState(path);
    if (state === 'dead') continue;
    if (state === 'silent') return { ok: false, reason: 'no-reply' };
    const asked = await askLine(path, JSON.stringify(request), 0);
    if (asked.outcome !== 'answered') return { ok: false, reason: 'no-reply' };
    return jobReplySchema.parse(JSON.parse(asked.line));
  }
  return { ok: false, reason: 'no-owner' };
}

interface Rival {
  readonly state: 'owner' | 'candidate';
  readonly pid: number;
}

/** The one that this candidate has to give way to. Removes the sockets of the dead. */
async function strongestRival(folder: string, own: string): Promise<Rival | undefined> {
  for (const { name, path, pid } of await lockSockets(folder)) {
    if (name === own) continue;
    const state = name < own ? await probe(path) : await settledState(path);
    if (state === 'dead') await removeSocket(path);
    else return { state: state === 'candidate' ? 'candidate' : 'owner', pid };
  }
  return undefined;
}

type State = 'owner' | 'candidate' | 'dead' | 'silent';

/** Waits until a candidate has won or stepped back. */
async function settledState(path: string): Promise<Exclude<State, 'candidate'>> {
  for (;;) {
    const state = await probe(path);
    if (state !== 'candidate') return state;
    await delay(pause);
  }
}

async function probe(path: string): Promise<State> {
  for (;;) {
    const asked = await askLine(path, probeLine, patience);
    if (asked.outcome === 'answered') {
      return probeReplySchema.parse(JSON.parse(asked.line)).owner ? 'owner' : 'candidate';
    }
    // Hung up: it is just closing. Asked again, its socket is gone.
    if (asked.outcome !== 'hung-up') return asked.outcome;
    await delay(pause);
  }
}

interface FoundSocket {
  readonly name: string;
  readonly path: string;
  readonly pid: number;
}

async function lockSockets(folder: string): Promise<readonly FoundSocket[]> {
  const names = await readdir(folder);
  return names.flatMap((name) => {
    const pid = pidOfSocketName(name);
    return pid === undefined ? [] : [{ name, path: join(folder, name), pid }];
  });
}

/** Left by starters that were killed in their first millisecond. A minute later nobody is still about to name one. */
async function removeUnnamedSockets(folder: string): Promise<void> {
  const aMinuteAgo = Date.now() - 60_000;
  for (const name of (await readdir(folder)).filter(isUnnamedSocket)) {
    const path = join(folder, name);
    const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    if (made !== undefined && made < aMinuteAgo) await removeSocket(path);
  }
}
