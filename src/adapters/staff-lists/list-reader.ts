import { type ResourceLimits, Worker } from 'node:worker_threads';
import type { StaffListRead } from '#domain/import/read-staff-list.ts';
import type { ReadStaffList, ReadStaffListResult } from '#ports/staff-lists.ts';

/** What reading one list may take. The longest that is allowed takes about a second on two shared cores. */
const mostOfOne = {
  milliseconds: 10_000,
  /** Eight megabytes of text and its cells need about a quarter of it. */
  memory: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 } satisfies ResourceLimits,
};

interface ListCost {
  readonly milliseconds: number;
  readonly memory: ResourceLimits;
}

/** Lists that may wait while one is read. */
const longestQueue = 4;

const program = new URL('./list-worker.ts', import.meta.url);

/**
 * Reads staff lists one at a time in a thread of their own, which is ended after each: when it is done, when its time is
 * up, or when it wants more memory than it may have.
 */
export function createListReader(limits: Partial<ListCost> = {}): ReadStaffList {
  const most = { ...mostOfOne, ...limits };
  let turn: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return async (bytes) => {
    if (waiting > longestQueue) return { ok: false, reason: 'import-busy' };
    waiting += 1;
    const read = turn.then(() => readInThread(bytes, most));
    turn = read.catch(() => undefined).finally(() => (waiting -= 1));
    return read;
  };
}

async function readInThread(bytes: Uint8Array, { milliseconds, memory }: ListCost): Promise<ReadStaffListResult> {
  // Own bytes, so that they can be handed over whatever they were a part of; and none of the server's settings.
  const workerData = new Uint8Array(bytes);
  const worker = new Worker(program, {
    ...{ workerData, transferList: [workerData.buffer], resourceLimits: memory, env: {} },
  });
  const { promise, resolve, reject } = Promise.withResolvers<ReadStaffListResult>();
  const timer = setTimeout(() => resolve({ ok: false, reason: 'import-too-heavy' }), milliseconds);
  worker.once('message', (read: StaffListRead) => resolve(read));
  worker.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve({ ok: false, reason: 'import-too-heavy' });
    else reject(error);
  });
  worker.once('exit', (code) => reject(new Error(`the thread that reads a staff list ended with ${code}`)));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
