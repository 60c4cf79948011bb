import { readFileSync } from 'node:fs';

/** As `package.json` has it; a built program says what it had when it was built (src/build/one-program.ts). */
export function programVersion(): string {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
  return version;
}
