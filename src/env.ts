import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';

const settings = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce
    .number('ska vara ett tal')
    .int('ska vara ett heltal')
    .min(0, 'ska vara 0–65535')
    .max(65_535, 'ska vara 0–65535')
    .default(4321),
  DATA_DIR: z
    .string()
    .min(1, 'ska vara en mapp')
    .default('./data')
    .transform((dir) => resolve(dir)),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'ska vara en adress som börjar med http:// eller https://' })
    .optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'ska vara smtp://… eller smtps://…' }).optional(),
  MAIL_FROM: z.string().min(3, 'ska vara en avsändaradress').optional(),
  HSTS: z
    .string()
    .regex(
      /^(off|max-age=\d{1,10}(; includeSubDomains(; preload)?)?)$/,
      'ska vara off, max-age=31536000 eller max-age=31536000; includeSubDomains',
    )
    .optional(),
  SMTP_TLS: z.enum(['required', 'optional', 'off'], 'ska vara required, optional eller off').default('required'),
  SECURITY_LOG: z.enum(['file', 'stdout'], 'ska vara file eller stdout').default('file'),
  AUDIT_LOG: z.enum(['file', 'stdout'], 'ska vara file eller stdout').default('file'),
  INSTALLATION_KEYS_FILE: z
    .string()
    .transform((file) => resolve(file))
    .optional(),
  TRUST_PROXY: z.enum(['0', '1'], 'ska vara 0 eller 1').default('0'),
});

/** What `smtp://` asks of the mail server: STARTTLS always, where it is offered, never. `smtps://` is TLS from the first byte. */
export type SmtpTls = 'required' | 'optional' | 'off';

export interface Settings {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** The one base for links in mail, QR codes, cookies and the Origin check; no path, no trailing slash. */
  readonly publicUrl: URL;
  readonly smtp: { readonly url: string; readonly from: string; readonly tls: SmtpTls } | undefined;
  readonly mailFrom: string;
  /** Where the operator gives the installation's keys; else they are in the data folder. */
  readonly installationKeysFile: string | undefined;
  /** The audit log's, where the operator gives it. */
  readonly auditSecret: Uint8Array | undefined;
  /** The last address in X-Forwarded-For is the client's: only behind a proxy that sets it. */
  readonly trustProxy: boolean;
  /** Whether each line of the security log is printed as well, for another machine to collect. */
  readonly securityLogOnStdout: boolean;
  /** The same for the audit log. */
  readonly auditLogOnStdout: boolean;
  /** The value of Strict-Transport-Security; undefined to send none. */
  readonly hsts: string | undefined;
}

/** Every wrong setting at once, in Swedish, one a line. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** Reads the environment: the only place that does. @throws SettingsError */
export function readSettings(given: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const environment = withMailServerFromFile(given);
  const parsed = settings.safeParse(withoutEmpty(environment));
  const mistakes = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  if (environment['SMTP_URL'] && !environment['MAIL_FROM']) {
    mistakes.push('MAIL_FROM: behövs när SMTP_URL är satt, till exempel sekretess@kommunen.se');
  }
  if (environment['SMTP_URL'] && weakensTls(environment['SMTP_URL']) && environment['SMTP_TLS'] !== 'optional') {
    mistakes.push('SMTP_URL: ska inte säga något om TLS. Det ställs in med SMTP_TLS: required, optional eller off');
  }
  const publicUrl = environment['PUBLIC_URL'];
  if (publicUrl && URL.canParse(publicUrl) && new URL(publicUrl).pathname !== '/') {
    mistakes.push('PUBLIC_URL: ska vara en adress utan sökväg, till exempel https://sekretess.kommunen.se');
  }
  if (!parsed.success || mistakes.length > 0) throw new SettingsError(mistakes.join('\n'));
  const { HOST, PORT, DATA_DIR, PUBLIC_URL, SMTP_URL, MAIL_FROM, ...rest } = parsed.data;
  const { HSTS, SMTP_TLS, SECURITY_LOG, AUDIT_LOG, TRUST_PROXY, INSTALLATION_KEYS_FILE } = rest;
  const publicAddress = new URL(PUBLIC_URL ?? `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`);
  const mailFrom = MAIL_FROM ?? 'Sekretesskörkortet <ingen-avsandare@localhost>';
  return {
    host: HOST,
    port: PORT,
    dataDir: DATA_DIR,
    publicUrl: publicAddress,
    smtp: SMTP_URL ? { url: SMTP_URL, from: mailFrom, tls: SMTP_TLS } : undefined,
    mailFrom,
    installationKeysFile: INSTALLATION_KEYS_FILE,
    auditSecret: readAuditSecret(given),
    trustProxy: TRUST_PROXY === '1',
    hsts: HSTS === 'off' ? undefined : (HSTS ?? hstsFor(publicAddress)),
    securityLogOnStdout: SECURITY_LOG === 'stdout',
    auditLogOnStdout: AUDIT_LOG === 'stdout',
  };
}

/**
 * A year, for every name below the site's too (ASVS 3.4.1): those are nobody else's where the site has a name of its own, such as
 * `sekretess.kommunen.se`. Below a whole domain, such as `kommunen.se`, others have theirs: there the owner says so with HSTS.
 */
function hstsFor({ hostname }: URL): string {
  const hasOwnName = /^([^.]+\.){2,}[^.]*[a-z][^.]*$/i.test(hostname);
  return hasOwnName ? 'max-age=31536000; includeSubDomains' : 'max-age=31536000';
}

/**
 * The mail server's address, which has a password in it, from a file that the operator gives: a secret of a container, a credential of
 * systemd (ASVS 13.3.1). It is only read. @throws SettingsError
 */
function withMailServerFromFile(environment: Readonly<Record<string, string | undefined>>) {
  const { SMTP_URL_FILE: file, ...rest } = environment;
  if (!file) return environment;
  if (rest['SMTP_URL']) throw new SettingsError('SMTP_URL_FILE: ska inte sättas när SMTP_URL är satt');
  return { ...rest, SMTP_URL: readGivenFile('SMTP_URL_FILE', file).trim() };
}

/**
 * The secret of the audit log from the file of `AUDIT_KEY_FILE` (ASVS 13.3.1); undefined where none is given. Also for the command
 * that checks a copy of the log, and needs no other setting. @throws SettingsError
 */
export function readAuditSecret(
  { AUDIT_KEY_FILE: file }: Readonly<Record<string, string | undefined>> = process.env,
): Uint8Array | undefined {
  if (!file) return undefined;
  const text = readGivenFile('AUDIT_KEY_FILE', file).trim();
  if (!/^[0-9a-f]{64}$/i.test(text)) {
    throw new SettingsError(
      'AUDIT_KEY_FILE: ska innehålla en rad med 64 hexadecimala tecken. Gör en med openssl rand -hex 32',
    );
  }
  return Buffer.from(text, 'hex');
}

function readGivenFile(setting: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    throw new SettingsError(`${setting}: ska vara en fil som går att läsa (${error.code})`);
  }
}

/** nodemailer reads options from the address, and those would win. */
function weakensTls(url: string): boolean {
  return URL.canParse(url) && [...new URL(url).searchParams.keys()].some((name) => /tls|secure/i.test(name));
}

/** Whether what the process prints is collected and kept: then no secret may stand there, in no form (ASVS 16.2.5). */
export function isPrintKept({ securityLogOnStdout, auditLogOnStdout }: Settings): boolean {
  return securityLogOnStdout || auditLogOnStdout;
}

/** The environment for a server of our own making: as it is here, but for these. */
export function environmentWith(changes: Readonly<Record<string, string>>): Record<string, string | undefined> {
  return { ...process.env, ...changes };
}

/** `PORT=` in a file of settings means “not set”. */
function withoutEmpty(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => !!entry[1]));
}
