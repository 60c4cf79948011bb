import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from './app.ts';

export interface EndedStart {
  readonly code: number | null;
  readonly output: string;
}

/** A start of the real server that is expected to end by itself: how it ended, and what it said. */
export async function startToEnd(
  env: Readonly<Record<string, string>>,
  { uid }: { readonly uid?: number | undefined } = {},
): Promise<EndedStart> {
  const child = spawn(process.execPath, ['src/cli/serve.js'], {
    env: { ...process.env, PORT: String(await freePort()), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid !== undefined && { uid, gid: uid }),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      // It serves: nobody waits for ever.
      if (output.includes('Mejl:')) child.kill('SIGKILL');
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}
