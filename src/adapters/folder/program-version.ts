import { readFileSync } from 'node:fs';

/** As `package.json` has it. */
export function programVersion(): string {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
  return version;
}
