import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** What a thread is asked: a new hash, or whether a password is the one of a hash (of nobody, when there is none). */
export type HashJob =
  | { readonly isNew: true; readonly password: string }
  | { readonly isNew: false; readonly password: string; readonly hash: string | undefined };

/** Does one job. The answer is the new hash, or whether the password was right. */
export type RunHash = (job: HashJob) => Promise<string | boolean>;

/**
 * Threads that hash, started when they are first needed. Argon2 on the threads of libuv's pool would hold up every fsync, which
 * is what saving an answer waits for: 400 sign-ins at once stopped all saving for a minute.
 */
export function createHashThreads(): { readonly run: RunHash; close(): Promise<void> } {
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const start = () => {
    const thread = new Worker(new URL('./hash-thread.mjs', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: 24, maxYoungGenerationSizeMb: 4 },
    });
    all.add(thread);
    return thread;
  };
  return {
    run: async (job) => {
      const thread = idle.pop() ?? start();
      thread.ref();
      thread.postMessage(job);
      try {
        const [answer] = (await once(thread, 'message')) as [string | boolean];
        // A thread that waits for work holds no process open.
        thread.unref();
        idle.push(thread);
        return answer;
      } catch (error) {
        all.delete(thread);
        throw error;
      }
    },
    close: async () => {
      await Promise.all([...all].map((thread) => thread.terminate()));
      all.clear();
      idle.length = 0;
    },
  };
}
