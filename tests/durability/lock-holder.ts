/**
 * A process for data-lock.test.ts, which gives it one command a line and reads one JSON line for each:
 * `acquire <folder>`, `release`.
 */
import { createInterface } from 'node:readline';
import { acquireDataLock } from '#adapters/lowdb/data-lock.ts';
import type { ControlRequest } from '#adapters/lowdb/lock-socket.ts';

async function handle(request: ControlRequest): Promise<unknown> {
  switch (request.job) {
    case 'echo':
      return { pid: process.pid, heard: request['text'] };
    case 'die':
      return process.kill(process.pid, 'SIGKILL');
    case 'nothing':
      return undefined;
    default:
      throw new Error(`no job ${request.job}`);
  }
}

let release = async () => {};

console.log(JSON.stringify({ ready: true }));
for await (const line of createInterface({ input: process.stdin })) {
  const [command, ...words] = line.split(' ');
  if (command === 'acquire') {
    const lock = await acquireDataLock(words.join(' '), { handle });
    if (lock.ok) release = lock.release;
    console.log(JSON.stringify(lock));
  } else {
    await release();
    console.log(JSON.stringify({ released: true }));
  }
}
