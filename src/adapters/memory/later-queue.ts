import type { Later } from '#ports/later.ts';

/** One after another, each when the server has seen to what has come in meanwhile. */
export function createLaterQueue(most: number, reportError: (error: unknown) => void): Later {
  const waiting: (() => Promise<void>)[] = [];
  let isRunning = false;
  const runNext = () => {
    const job = waiting.shift();
    isRunning = job !== undefined;
    if (!job) return;
    job()
      .catch(reportError)
      .finally(() => setImmediate(runNext));
  };
  return {
    add: (job) => {
      if (waiting.length >= most) return false;
      waiting.push(job);
      if (!isRunning) {
        isRunning = true;
        setImmediate(runNext);
      }
      return true;
    },
  };
}
