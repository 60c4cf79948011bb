import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { AuditKeyError, openFileAuditLog } from '#adapters/audit/file-audit-log.ts';
import { printedAuditLog } from '#adapters/audit/printed-audit-log.ts';
import { openData } from '#adapters/folder/open-data.ts';
import { createLooseFiles } from '#adapters/lowdb/loose-files.ts';
import { createFolderMailer } from '#adapters/mail/folder-mailer.ts';
import { createSmtpMailer } from '#adapters/mail/smtp-mailer.ts';
import { createLaterQueue } from '#adapters/memory/later-queue.ts';
import { createMemoryChallenges } from '#adapters/memory/memory-challenges.ts';
import { createMemoryThrottle } from '#adapters/memory/memory-throttle.ts';
import { openCertificateRenderer } from '#adapters/pdf/open-renderer.ts';
import { guessablePasswords } from '#adapters/secrets/guessable-passwords.ts';
import { createHashThreads } from '#adapters/secrets/hash-threads.ts';
import { KeyRingError } from '#adapters/secrets/key-ring.ts';
import { createPasswords, hashLimits } from '#adapters/secrets/queued-passwords.ts';
import { openSecurityLog } from '#adapters/security/file-security-log.ts';
import { spreadsheet } from '#adapters/spreadsheet/spreadsheet.ts';
import { createListReader } from '#adapters/staff-lists/list-reader.ts';
import { createPasskeys } from '#adapters/webauthn/simple-passkeys.ts';
import { markedAuditLog } from '#adapters/whereabouts/marked-audit-log.ts';
import { createWhereabouts } from '#adapters/whereabouts/request-whereabouts.ts';
import { createKnownDevices } from '#auth/known-devices.ts';
import { createSessions } from '#auth/sessions.ts';
import { watchedSessions } from '#auth/watched-sessions.ts';
import { watchedThrottle } from '#auth/watched-throttle.ts';
import { loadAssignmentRules } from '#content/assignment-rules.ts';
import { loadReviewRules } from '#content/audit-review.ts';
import { loadCourse } from '#content/load-course.ts';
import { loadMunicipality } from '#content/municipality.ts';
import { loadReminderRules } from '#content/reminder-rules.ts';
import { loadRetentionRules } from '#content/retention-rules.ts';
import type { RandomBytes } from '#domain/kernel/ids.ts';
import type { Person } from '#domain/people/person.ts';
import { translate } from '#i18n/translate.ts';
import type { Mailer } from '#ports/mailer.ts';
import type { SetAside } from '#ports/store.ts';
import { tellOfChange } from '#usecases/account/tell-of-change.ts';
import { markingMailer } from '#usecases/mail/marking-mailer.ts';
import { createWatch } from '#usecases/oversight/watch.ts';
import { type Settings, SettingsError } from './env.ts';

/** Requests for a new password that wait for their letter: each takes a look in the store, and some a mail. */
const mostWaiting = 200;

/** Reports what went wrong after the reply was sent. Never with anything about a person. */
const reportError = (error: unknown) =>
  console.error(error instanceof Error ? `${error.name}: ${error.message}` : 'okänt fel');

export interface OpenServicesOptions {
  /** For the command that makes a new administrator. */
  readonly mayLackAdministrator?: boolean | undefined;
  /** Hears of each document that is set aside, in conflict or gone, also later. */
  readonly reportSetAside?: ((entry: SetAside) => void) | undefined;
}

/**
 * Joins ports to adapters: the one place that does. `Services` is what it returns.
 *
 * @throws SettingsError, FolderRefusedError, system errors of the disk
 */
export async function openServices(settings: Settings, options: OpenServicesOptions = {}) {
  const random: RandomBytes = (count) => randomBytes(count);
  const clock = () => new Date();
  const { store, secrets, folder, issued } = await openDataOf(settings, clock, options);
  const whereabouts = createWhereabouts(secrets, clock);
  const print = (line: string) => console.log(line);
  const logOnDisk = await openLogOf(settings);
  const audit = markedAuditLog(settings.auditLogOnStdout ? printedAuditLog(logOnDisk, print) : logOnDisk, whereabouts);
  const carrier = settings.smtp
    ? createSmtpMailer(settings.smtp.url, settings.smtp.from, settings.smtp.tls)
    : createFolderMailer(join(settings.dataDir, 'mail'), settings.mailFrom);
  const mailer: Mailer = markingMailer(carrier, store.people, clock);
  const municipality = loadMunicipality();
  const securityLog = await openSecurityLog({
    dataDir: settings.dataDir,
    secret: settings.auditSecret,
    reportError,
    print: settings.securityLogOnStdout ? print : undefined,
  });
  const watch = createWatch({
    log: securityLog,
    whereabouts,
    people: store.people,
    clock,
    reportError,
    tellOfFailures: (person: Person) => {
      tellOfChange({ mailer, municipality, clock, reportError }, person, 'many-failures');
    },
  });
  return {
    store,
    secrets,
    folder,
    issued,
    random,
    passwordQuality: guessablePasswords,
    passwords: createPasswords(createHashThreads(), hashLimits),
    sessions: watchedSessions(createSessions(store, secrets, settings.publicUrl, clock), watch, store.people),
    audit,
    whereabouts,
    watch,
    securityLog,
    passkeys: createPasskeys(settings.publicUrl, translate('sv')('site.name')),
    challenges: createMemoryChallenges(),
    throttle: watchedThrottle(createMemoryThrottle(), watch),
    knownDevices: createKnownDevices(secrets, settings.publicUrl),
    later: createLaterQueue(mostWaiting, reportError),
    mailer,
    spreadsheet,
    readStaffList: createListReader(),
    renderCertificate: openCertificateRenderer(),
    course: loadCourse(),
    assignmentRules: loadAssignmentRules(),
    reviewRules: loadReviewRules(),
    retentionMonths: loadRetentionRules(),
    looseFiles: createLooseFiles(settings.dataDir),
    reminderRules: loadReminderRules(),
    municipality,
    publicUrl: settings.publicUrl,
    clock,
    reportError,
  };
}

const newAuditKey = 'Ska loggen gå vidare med en ny nyckel: flytta undan keys/audit.key i DATA_DIR.';
const wrongAuditKey = {
  other: `AUDIT_KEY_FILE: är en annan nyckel än den som loggen har i DATA_DIR. Ange den nyckeln. ${newAuditKey}`,
  missing: `AUDIT_KEY_FILE: saknas. Loggen i DATA_DIR har en nyckel som ligger utanför mappen. Ange filen. ${newAuditKey}`,
} as const;

async function openLogOf({ dataDir, auditSecret }: Settings) {
  try {
    return await openFileAuditLog({ dataDir, secret: auditSecret });
  } catch (error) {
    throw error instanceof AuditKeyError ? new SettingsError(wrongAuditKey[error.reason]) : error;
  }
}

async function openDataOf(
  { dataDir, installationKeysFile }: Settings,
  clock: () => Date,
  { mayLackAdministrator, reportSetAside = () => undefined }: OpenServicesOptions,
) {
  try {
    return await openData({
      dataDir,
      keysFile: installationKeysFile,
      clock,
      mayLackAdministrator,
      report: reportSetAside,
      reportError,
    });
  } catch (error) {
    throw error instanceof KeyRingError ? new SettingsError(error.message) : error;
  }
}

export type Services = Awaited<ReturnType<typeof openServices>>;
