/** `npm start`, after serve.js: opens the data folder, prints what it serves and where mail goes, and serves until told to stop. */
import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { acquireDataLock } from '#adapters/lowdb/data-lock.ts';
import { offersStartTls } from '#adapters/mail/offers-start-tls.ts';
import { noTlsAt } from '#adapters/mail/smtp-mailer.ts';
import { loadMunicipality } from '#content/municipality.ts';
import { instantOf } from '#domain/kernel/calendar.ts';
import { ensureFirstAdministrator } from '#usecases/account/ensure-first-administrator.ts';
import { finishImports } from '#usecases/people/import/finish-imports.ts';
import { isPrintKept, readSettings, type Settings, SettingsError } from '../env.ts';
import { paths } from '../paths.ts';
import { createAppServer } from '../server/create-server.ts';
import { openServices, type Services } from '../services.ts';
import { adminResetJob, doAdminReset } from './admin-reset-job.ts';
import { faultLines } from './audit-faults.ts';
import { judgeClock, scheduleCleanUp } from './clean-up.ts';
import { setAsideLine } from './folder-lines.ts';
import { doKeys, keysJob } from './keys-job.ts';
import { placeholderLines } from './placeholder-lines.ts';
import { createReminderRuns, type ReminderRuns, remindersJob } from './reminder-runs.ts';
import { doRetention, retentionJob } from './retention-job.ts';
import { createShutdown, faultOf } from './shutdown.ts';
import { troubleLine } from './trouble.ts';

/** How long replies that are under way may take when the server is told to stop, in milliseconds. */
const lastReplies = 5000;
/** How long those who send one request after the other on a connection are told to open a new one, elsewhere. */
const lastWords = 300;

/** `npm run demo`: its people are made up, so its municipality may be. */
const isDemo = process.argv.includes('--demo');

const settings = settingsOrExit();
const reminders = Promise.withResolvers<ReminderRuns>();
const opened = Promise.withResolvers<Services>();
const lock = await acquireLock().catch(stopAtTrouble);
if (!lock.ok) {
  console.error(
    `Mappen ${settings.dataDir} används redan av process ${lock.pid ?? 'okänd'}. Stoppa den först, eller välj en annan DATA_DIR.`,
  );
  process.exit(1);
}

const services = await openServices(settings, {
  reportSetAside: (entry) => console.error(setAsideLine(entry, settings.dataDir)),
}).catch(stopAndRelease);
opened.resolve(services);
// Before anybody is served or reminded: what an import was cut off in the middle of is not to be seen.
await finishImports(services).catch(stopAndRelease);

const sender = createReminderRuns(services);
reminders.resolve(sender);

if (services.audit.isNew) console.log('Granskningslogg: en ny börjar nu.');
for (const line of faultLines(services.audit.faults)) console.error(line);
const clock = await judgeClock(services);
for (const line of clock.lines) console.error(line);

const { handler } = await import('@astrojs/node/server.js');
const server = createAppServer(services, {
  clientDir: resolve('dist/client'),
  handler,
  trustProxy: settings.trustProxy,
  hsts: settings.hsts,
});

const shutDown = createShutdown({
  drain: async () => {
    server.drain();
    if (!server.listening) return;
    await delay(lastWords);
    const closed = new Promise((done) => server.close(done));
    // A connection on which nothing has been asked does not count as idle, and would hold the server for a minute.
    setTimeout(() => server.closeAllConnections(), lastReplies).unref();
    await closed;
  },
  steps: [
    () => sender.stop(),
    () => services.watch.endQuarter(true),
    () => services.securityLog.close(),
    () => services.store.close(),
    () => services.issued.close(),
    () => services.audit.close(),
    () => services.passwords.close(),
    () => lock.release(),
  ],
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void shutDown(0));
// Astro listens too, and is silent about whatever comes from no request. A process in which something has gone wrong that nobody
// has thought of is not to go on as if nothing had.
process.on('unhandledRejection', (error) => {
  console.error(`Oväntat fel: ${faultOf(error)}`);
  if (!services.whereabouts.isWithin()) void shutDown(1);
});
process.on('uncaughtException', (error) => {
  console.error(`Oväntat fel: ${faultOf(error)}`);
  void shutDown(1);
});

server.once('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES' && error.code !== 'EADDRNOTAVAIL') throw error;
  console.error(
    `Kan inte lyssna på ${settings.host}:${settings.port} (${error.code}). Stoppa det som använder porten, eller välj andra HOST och PORT.`,
  );
  void shutDown(1);
});
server.listen(settings.port, settings.host, async () => {
  const { port } = server.address() as AddressInfo;
  console.log(`Sekretesskörkortet: ${settings.publicUrl.origin} (lyssnar på ${settings.host}:${port})`);
  console.log(`Data: ${settings.dataDir}`);
  console.log(`Mejl: ${services.mailer.destination}`);
  void warnOfPlainMail(settings);
  await sayFirstLink();
  scheduleCleanUp(services, clock.isTrusted);
  setInterval(() => services.watch.endQuarter(), 60 * 1000).unref();
  sender.schedule();
});

async function sayFirstLink(): Promise<void> {
  const first = await ensureFirstAdministrator(services);
  if (first === 'waiting') {
    console.log(
      'Ingen har blivit administratör än. Länken visades vid första starten. En ny får du med: npm run admin:reset',
    );
  } else if (first) {
    await services.folder.markInUse();
    const link = new URL(paths.welcome(first.token), services.publicUrl).href;
    console.log(
      isPrintKept(settings)
        ? 'Ingen är administratör än. Det som skrivs här sparas på annat håll, så länken visas inte. Du får den på servern med: npm run admin:reset'
        : `Bli den första administratören (länken visas bara nu och går att använda en gång): ${link}`,
    );
  }
  if (clock.isTrusted) await services.folder.seen(instantOf(services.clock()));
}

async function acquireLock() {
  await mkdir(settings.dataDir, { recursive: true, mode: 0o700 });
  return acquireDataLock(settings.dataDir, {
    handle: async (request) => {
      if (request.job === remindersJob) return (await reminders.promise).run();
      if (request.job === retentionJob) return doRetention(await opened.promise, request);
      if (request.job === adminResetJob) return doAdminReset(await opened.promise, request);
      if (request.job === keysJob) return doKeys(await opened.promise, request);
      return { ok: false, reason: 'unknown-job' };
    },
  });
}

/** At once, and not when somebody waits for a link: does the mail server take what we send? */
async function warnOfPlainMail({ smtp }: Settings): Promise<void> {
  if (!smtp?.url.startsWith('smtp:')) return;
  if (smtp.tls === 'off') console.error('Mejl går okrypterat, länkar till nya lösenord också (SMTP_TLS=off).');
  if (smtp.tls === 'required' && (await offersStartTls(smtp.url)) === false)
    console.error(noTlsAt(new URL(smtp.url).host));
}

function settingsOrExit(): Settings {
  try {
    const read = readSettings();
    const unset = isDemo ? [] : placeholderLines(read, loadMunicipality());
    if (unset.length > 0) throw new SettingsError(unset.join('\n'));
    return read;
  } catch (error) {
    return stopAtSettings(error);
  }
}

function stopAtSettings(error: unknown): never {
  if (!(error instanceof SettingsError)) throw error;
  console.error(`Inställningarna går inte att använda:\n${error.message}`);
  process.exit(1);
}

function stopAtTrouble(error: unknown): never {
  const line = troubleLine(error, settings.dataDir);
  if (line === undefined || error instanceof SettingsError) return stopAtSettings(error);
  console.error(line);
  process.exit(1);
}

async function stopAndRelease(error: unknown): Promise<never> {
  if (lock.ok) await lock.release();
  return stopAtTrouble(error);
}
