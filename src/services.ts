import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openFileAuditLog } from '#adapters/audit/file-audit-log.ts';
import { createLooseFiles } from '#adapters/lowdb/loose-files.ts';
import { openLowdbStore } from '#adapters/lowdb/open-store.ts';
import { createFolderMailer } from '#adapters/mail/folder-mailer.ts';
import { createSmtpMailer } from '#adapters/mail/smtp-mailer.ts';
import { createMemoryChallenges } from '#adapters/memory/memory-challenges.ts';
import { createMemoryThrottle } from '#adapters/memory/memory-throttle.ts';
import { silentWatch } from '#adapters/memory/silent-watch.ts';
import { openCertificateRenderer } from '#adapters/pdf/open-renderer.ts';
import { argon2Passwords } from '#adapters/secrets/argon2-passwords.ts';
import { openFileSecrets } from '#adapters/secrets/file-secrets.ts';
import { spreadsheet } from '#adapters/spreadsheet/spreadsheet.ts';
import { createPasskeys } from '#adapters/webauthn/simple-passkeys.ts';
import { markedAuditLog } from '#adapters/whereabouts/marked-audit-log.ts';
import { createWhereabouts } from '#adapters/whereabouts/request-whereabouts.ts';
import { createSessions } from '#auth/sessions.ts';
import { loadAssignmentRules } from '#content/assignment-rules.ts';
import { loadReviewRules } from '#content/audit-review.ts';
import { loadCourse } from '#content/load-course.ts';
import { loadMunicipality } from '#content/municipality.ts';
import { loadReminderRules } from '#content/reminder-rules.ts';
import { loadRetentionRules } from '#content/retention-rules.ts';
import type { RandomBytes } from '#domain/ids.ts';
import { translate } from '#i18n/translate.ts';
import type { Settings } from './env.ts';

/** Joins ports to adapters: the one place that does. `Services` is what it returns. */
export async function openServices(settings: Settings) {
  const store = await openLowdbStore({ dataDir: settings.dataDir });
  const secrets = await openFileSecrets(settings.dataDir);
  const random: RandomBytes = (count) => randomBytes(count);
  const clock = () => new Date();
  const whereabouts = createWhereabouts(secrets, clock);
  return {
    store,
    secrets,
    random,
    passwords: argon2Passwords,
    sessions: createSessions(store, secrets, settings.publicUrl, () => new Date()),
    audit: markedAuditLog(await openFileAuditLog({ dataDir: settings.dataDir }), whereabouts),
    whereabouts,
    watch: silentWatch,
    passkeys: createPasskeys(settings.publicUrl, translate('sv')('site.name')),
    challenges: createMemoryChallenges(),
    throttle: createMemoryThrottle((key) => secrets.hashCode(key)),
    mailer: settings.smtp
      ? createSmtpMailer(settings.smtp.url, settings.smtp.from)
      : createFolderMailer(join(settings.dataDir, 'mail'), settings.mailFrom),
    spreadsheet,
    renderCertificate: openCertificateRenderer(),
    course: loadCourse(),
    assignmentRules: loadAssignmentRules(),
    reviewRules: loadReviewRules(),
    retentionMonths: loadRetentionRules(),
    looseFiles: createLooseFiles(settings.dataDir),
    reminderRules: loadReminderRules(),
    municipality: loadMunicipality(),
    publicUrl: settings.publicUrl,
    clock,
    /** Reports what went wrong after the reply was sent. Never with anything about a person. */
    reportError: (error: unknown) =>
      console.error(error instanceof Error ? `${error.name}: ${error.message}` : 'okänt fel'),
  };
}

export type Services = Awaited<ReturnType<typeof openServices>>;
