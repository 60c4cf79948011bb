// `npm start`: turns on Node's cache of compiled code and runs what was built, which is all of the program: nothing that runs is read
// from src/. In JavaScript, since a program in TypeScript has loaded the compiler before its first line runs: a tenth of the memory.
import { enableCompileCache } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

enableCompileCache('node_modules/.cache/sekretesskorkortet');
const { run } = await import(pathToFileURL(resolve('dist/server/entry.mjs')).href);
await run();
