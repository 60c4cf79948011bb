import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { z } from 'zod';

const report = z.object({
  requests: z.object({ average: z.number() }),
  non2xx: z.number(),
  errors: z.number(),
});

const autocannon = createRequire(import.meta.url).resolve('autocannon');

/** Requests a second over 16 connections, made by another process so that the one that measures does not stand in the way. */
export async function requestRate(
  url: string,
  options: { readonly seconds: number; readonly headers?: Readonly<Record<string, string>> },
): Promise<number> {
  const headers = Object.entries(options.headers ?? {}).flatMap(([name, value]) => ['-H', `${name}=${value}`]);
  const args = [autocannon, '--json', '--no-progress', '-c', '16', '-d', String(options.seconds), ...headers, url];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 16_000_000 });
  const { requests, non2xx, errors } = report.parse(JSON.parse(stdout));
  if (non2xx + errors > 0) throw new Error(`${url}: ${non2xx} replies were not 2xx, ${errors} requests failed`);
  return requests.average;
}
