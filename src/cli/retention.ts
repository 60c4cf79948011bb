/** `npm run retention`: says what would be purged today; with `-- --run` it is. For cron. See docs/how-to/retention.md. */
import { mkdir } from 'node:fs/promises';
import { acquireDataLock } from '#adapters/lowdb/data-lock.ts';
import type { RetainedRecord } from '#domain/retention.ts';
import type { PurgeCounts } from '#usecases/run-retention.ts';
import { readSettings, SettingsError } from '../env.ts';
import { openServices } from '../services.ts';
import { doWhereTheDataIs, NoAnswerError } from './ask-owner.ts';
import { doRetention, retentionJob, retentionReport } from './retention-job.ts';

const names: Readonly<Record<RetainedRecord, string>> = {
  person: 'Personakter',
  participant: 'Deltagares akter',
  answers: 'Prov vars svar tas bort',
  links: 'Länkar',
  group: 'Grupper',
  'loose-file': 'Mejl och åtsidolagda filer',
  security: 'Dagar i säkerhetsloggen',
};

try {
  const settings = readSettings();
  const request = { job: retentionJob, run: process.argv.includes('--run') };
  await mkdir(settings.dataDir, { recursive: true, mode: 0o700 });
  const counts = await doWhereTheDataIs(
    settings.dataDir,
    request,
    (reply) => retentionReport.parse(reply),
    () => doHere(settings, request),
  );
  console.log(counts.length === 0 ? 'Inget har stått sin tid.' : counts.map(line).join('\n'));
  if (!request.run && counts.length > 0) console.log('Inget har tagits bort. Gallra med: npm run retention -- --run');
} catch (error) {
  if (!(error instanceof SettingsError) && !(error instanceof NoAnswerError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function line({ record, count }: PurgeCounts[number]): string {
  return `${names[record]}: ${count}`;
}

async function doHere(
  settings: ReturnType<typeof readSettings>,
  request: { readonly job: string; readonly run: boolean },
): Promise<PurgeCounts | undefined> {
  const lock = await acquireDataLock(settings.dataDir, {
    handle: async () => ({ ok: false, reason: 'unknown-job' }),
  });
  if (!lock.ok) return undefined;
  const services = await openServices(settings);
  try {
    return await doRetention(services, request);
  } finally {
    await services.store.close();
    await lock.release();
  }
}
