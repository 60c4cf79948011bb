import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeDocument, encodeDocument } from '#adapters/lowdb/document-format.ts';
import { sessionDocument } from '#adapters/lowdb/document-schemas.ts';
import { type RunningApp, startApp } from './app.ts';

/** Stops the server, lets every session run out as time would, and starts it again at the same address. */
export async function restartWithExpiredSessions(app: RunningApp): Promise<RunningApp> {
  await app.stop();
  const folder = join(app.dataDir, 'sessions');
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    const session = decodeDocument(sessionDocument, await readFile(file, 'utf8'));
    await writeFile(file, encodeDocument(sessionDocument, { ...session, expiresAt: '2026-01-01T00:00:00.000Z' }));
  }
  return startApp({ dataDir: app.dataDir, port: Number(new URL(app.url).port) });
}
