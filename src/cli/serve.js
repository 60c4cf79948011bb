// `npm start`: turns on Node's cache of compiled code, TypeScript's types already taken out, and goes on with start.ts. In
// JavaScript, since a program in TypeScript has loaded the compiler before its first line runs: a tenth of the memory.
import { enableCompileCache } from 'node:module';

enableCompileCache('node_modules/.cache/sekretesskorkortet');
await import('./start.ts');
