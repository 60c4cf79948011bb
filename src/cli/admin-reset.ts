/**
 * `npm run admin:reset`: a one-time link for an administrator who has lost password and factors; with `-- namn@kommunen.se` for one
 * of several. See docs/how-to/locked-out.md.
 */
import { mkdir } from 'node:fs/promises';
import { acquireDataLock } from '#adapters/lowdb/data-lock.ts';
import { longTime } from '#i18n/translate.ts';
import type { AdministratorReset } from '#usecases/reset-administrator.ts';
import { readSettings, SettingsError } from '../env.ts';
import { openServices } from '../services.ts';
import { adminResetJob, adminResetReport, doAdminReset } from './admin-reset-job.ts';
import { doWhereTheDataIs, NoAnswerError } from './ask-owner.ts';

const refusals = {
  which: 'Det finns flera administratörer. Skriv e-postadressen också: npm run admin:reset -- namn@kommunen.se',
  unknown: 'Ingen administratör har den e-postadressen. Inget har ändrats. Kontrollera stavningen.',
} as const;

try {
  const settings = readSettings();
  const request = { job: adminResetJob, email: process.argv[2] ?? '' };
  await mkdir(settings.dataDir, { recursive: true, mode: 0o700 });
  const done = await doWhereTheDataIs(
    settings.dataDir,
    request,
    (reply) => adminResetReport.parse(reply),
    () => doHere(settings, request),
  );
  if (done.ok) console.log(lines(done).join('\n'));
  else {
    console.error(refusals[done.reason]);
    process.exitCode = 1;
  }
} catch (error) {
  if (!(error instanceof SettingsError) && !(error instanceof NoAnswerError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function lines({ link, until, whose }: Extract<AdministratorReset, { readonly ok: true }>): readonly string[] {
  return [
    whose === 'first'
      ? 'Ingen som kan logga in är administratör för alla nämnder. Den som öppnar länken blir det:'
      : 'Öppna länken och välj ett nytt lösenord. Den säkra inloggningen nollställs när det är gjort:',
    link,
    `Länken går att använda en gång och gäller till den ${longTime(until, 'sv')}. Alla administratörer får ett mejl om att den har skapats.`,
  ];
}

async function doHere(
  settings: ReturnType<typeof readSettings>,
  request: { readonly job: string; readonly email: string },
): Promise<AdministratorReset | undefined> {
  const lock = await acquireDataLock(settings.dataDir, {
    handle: async () => ({ ok: false, reason: 'unknown-job' }),
  });
  if (!lock.ok) return undefined;
  const services = await openServices(settings);
  try {
    return await doAdminReset(services, request);
  } finally {
    await services.store.close();
    await services.audit.close();
    await lock.release();
  }
}
