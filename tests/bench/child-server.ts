import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface ChildServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a server in a process of its own. It says where it listens in its first line. */
export async function startChildServer(
  script: string,
  args: readonly string[],
  cwd = process.cwd(),
): Promise<ChildServer> {
  const child = spawn(process.execPath, [script, ...args], { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const [url] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    exited.then(() => {
      throw new Error(`${script} stopped`);
    }),
  ])) as [string];
  return {
    url,
    stop: async () => {
      child.kill();
      await exited;
    },
  };
}
