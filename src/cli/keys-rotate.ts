/**
 * `npm run keys:rotate`: a new key for the installation, and what can be sealed anew is. `-- --status` only says what rests on
 * which key, `-- --drop` takes away older keys that nothing stored rests on. See docs/security/keys.md.
 */
import { mkdir } from 'node:fs/promises';
import { acquireDataLock } from '#adapters/lowdb/data-lock.ts';
import type { ControlRequest } from '#adapters/lowdb/lock-socket.ts';
import type { KeyReport } from '#usecases/rotate-keys.ts';
import { readSettings, type Settings, SettingsError } from '../env.ts';
import { openServices } from '../services.ts';
import { doWhereTheDataIs, NoAnswerError } from './ask-owner.ts';
import { doKeys, keyLines, keysJob, keysReport } from './keys-job.ts';

try {
  const settings = readSettings();
  await mkdir(settings.dataDir, { recursive: true, mode: 0o700 });
  const ask = (request: Readonly<Record<string, unknown>>) => {
    const whole = { ...request, job: keysJob };
    return doWhereTheDataIs(settings.dataDir, whole, keysReport.parse, () => doHere(settings, whole));
  };
  const before = await ask({});
  const [newest] = before.present;
  const ways = {
    '--status': () => Promise.resolve(before),
    '--drop': () => ask({ reseal: true, drop: true }),
  } as const;
  const option = process.argv[2];
  const isWay = (text: string | undefined): text is keyof typeof ways => text !== undefined && text in ways;
  const report = await (isWay(option) ? ways[option]() : ask({ reseal: true, replaced: newest }));
  if (report.present[0] !== newest) {
    console.log(`Ny nyckel: ${report.present[0]}. Säkerhetskopiera mappen med nycklar.`);
  }
  console.log(keyLines(report).join('\n'));
} catch (error) {
  if (!(error instanceof SettingsError) && !(error instanceof NoAnswerError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function doHere(settings: Settings, request: ControlRequest): Promise<KeyReport | undefined> {
  const lock = await acquireDataLock(settings.dataDir, {
    handle: async () => ({ ok: false, reason: 'unknown-job' }),
  });
  if (!lock.ok) return undefined;
  try {
    const services = await openServices(settings);
    try {
      return await doKeys(services, request);
    } finally {
      await services.store.close();
      await services.audit.close();
    }
  } finally {
    await lock.release();
  }
}
