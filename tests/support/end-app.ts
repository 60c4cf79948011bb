import { type RunningApp, removeDataDir } from './app.ts';

/** Stops a server and takes its data folder away. */
export async function endApp(app: RunningApp | undefined): Promise<void> {
  if (!app) return;
  await app.stop();
  await removeDataDir(app.dataDir);
}
