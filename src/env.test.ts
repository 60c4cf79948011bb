import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isPrintKept, readSettings, SettingsError } from './env.ts';

/** What a wrong environment is answered with, one mistake a line. */
function mistakes(environment: Record<string, string>): string[] {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('settings', () => {
  test('are all there when none is given', () => {
    expect(readSettings({})).toEqual({
      host: '127.0.0.1',
      port: 4321,
      dataDir: resolve('data'),
      publicUrl: new URL('http://127.0.0.1:4321'),
      smtp: undefined,
      mailFrom: 'Sekretesskörkortet <ingen-avsandare@localhost>',
      trustProxy: false,
      hsts: 'max-age=31536000',
      securityLogOnStdout: false,
      auditLogOnStdout: false,
    });
  });

  test('are read as they are given', () => {
    const given = readSettings({
      HOST: '0.0.0.0',
      PORT: '8080',
      DATA_DIR: '/srv/data',
      PUBLIC_URL: 'https://sekretess.kommunen.example',
      SMTP_URL: 'smtps://user:password@mail.kommunen.example:465',
      MAIL_FROM: 'sekretess@kommunen.example',
      TRUST_PROXY: '1',
      INSTALLATION_KEYS_FILE: '/run/secrets/keys',
      HSTS: 'max-age=63072000; includeSubDomains; preload',
      SMTP_TLS: 'optional',
      SECURITY_LOG: 'stdout',
      AUDIT_LOG: 'stdout',
    });
    expect(given).toEqual({
      host: '0.0.0.0',
      port: 8080,
      dataDir: '/srv/data',
      publicUrl: new URL('https://sekretess.kommunen.example'),
      smtp: {
        url: 'smtps://user:password@mail.kommunen.example:465',
        from: 'sekretess@kommunen.example',
        tls: 'optional',
      },
      mailFrom: 'sekretess@kommunen.example',
      trustProxy: true,
      installationKeysFile: '/run/secrets/keys',
      hsts: 'max-age=63072000; includeSubDomains; preload',
      securityLogOnStdout: true,
      auditLogOnStdout: true,
    });
  });

  test('that are empty are not given', () => {
    expect(readSettings({ PORT: '', PUBLIC_URL: '', SMTP_URL: '', TRUST_PROXY: '', DATA_DIR: '' })).toEqual(
      readSettings({}),
    );
  });

  test('without a public address are reached where the server listens', () => {
    expect(readSettings({ HOST: '127.0.0.1', PORT: '8080' }).publicUrl.origin).toBe('http://127.0.0.1:8080');
    expect(readSettings({ HOST: '::1', PORT: '8080' }).publicUrl.origin).toBe('http://[::1]:8080');
  });

  test('may have a public address that ends in a slash', () => {
    expect(readSettings({ PUBLIC_URL: 'https://sekretess.kommunen.example/' }).publicUrl.origin).toBe(
      'https://sekretess.kommunen.example',
    );
  });
});

describe('what browsers are told to remember of HTTPS', () => {
  test.each([
    ['https://sekretess.kommunen.example', 'max-age=31536000; includeSubDomains'],
    ['https://sekretess.vard.kommunen.example:8443', 'max-age=31536000; includeSubDomains'],
    ['https://kommunen.example', 'max-age=31536000'],
    ['https://localhost', 'max-age=31536000'],
    ['https://10.0.0.7', 'max-age=31536000'],
    ['https://[fd00::7]', 'max-age=31536000'],
  ])('ASVS 3.4.1: at %s: %s', (PUBLIC_URL, hsts) => {
    expect(readSettings({ PUBLIC_URL }).hsts).toBe(hsts);
    expect(readSettings({ PUBLIC_URL, HSTS: 'max-age=60' }).hsts).toBe('max-age=60');
    expect(readSettings({ PUBLIC_URL, HSTS: 'off' }).hsts).toBeUndefined();
  });
});

test('what is printed is kept where either log is sent on by it', () => {
  expect(isPrintKept(readSettings({}))).toBe(false);
  expect(isPrintKept(readSettings({ SECURITY_LOG: 'stdout' }))).toBe(true);
  expect(isPrintKept(readSettings({ AUDIT_LOG: 'stdout' }))).toBe(true);
});

describe('ASVS 13.3.1: the mail server’s address in a file', () => {
  const inFile = (text: string) => {
    const file = join(mkdtempSync(join(tmpdir(), 'smtp-')), 'smtp-url');
    writeFileSync(file, text);
    return file;
  };
  const MAIL_FROM = 'sekretess@kommunen.example';

  test('is read from there, without its line break', () => {
    const SMTP_URL_FILE = inFile('smtps://user:hemligt@mail.kommunen.example:465\n');
    expect(readSettings({ SMTP_URL_FILE, MAIL_FROM }).smtp?.url).toBe('smtps://user:hemligt@mail.kommunen.example:465');
  });

  test('is judged as it is in the environment, and what was in it is not told', () => {
    const SMTP_URL_FILE = inFile('smpt://user:hemligt@mail.kommunen.example');
    expect(mistakes({ SMTP_URL_FILE, MAIL_FROM }).join()).toMatch(/^SMTP_URL: ska vara/);
    expect(mistakes({ SMTP_URL_FILE, MAIL_FROM }).join()).not.toContain('hemligt');
    expect(mistakes({ SMTP_URL_FILE: inFile('smtp://mail.kommunen.example') })).toEqual([
      expect.stringMatching(/^MAIL_FROM: behövs/),
    ]);
  });

  test('has to be there, and alone', () => {
    expect(mistakes({ SMTP_URL_FILE: '/nowhere/smtp-url', MAIL_FROM })).toEqual([
      'SMTP_URL_FILE: ska vara en fil som går att läsa (ENOENT)',
    ]);
    const SMTP_URL = 'smtp://mail.kommunen.example';
    expect(mistakes({ SMTP_URL, SMTP_URL_FILE: inFile(SMTP_URL), MAIL_FROM })).toEqual([
      'SMTP_URL_FILE: ska inte sättas när SMTP_URL är satt',
    ]);
  });
});

describe('ASVS 13.3.1: the audit log’s key in a file', () => {
  const inFile = (text: string) => {
    const file = join(mkdtempSync(join(tmpdir(), 'audit-key-')), 'audit-key');
    writeFileSync(file, text);
    return file;
  };

  test('is 64 hexadecimal digits', () => {
    const secret = readSettings({ AUDIT_KEY_FILE: inFile(`${'0a'.repeat(32)}\n`) }).auditSecret;
    expect(secret && Buffer.from(secret)).toEqual(Buffer.alloc(32, 10));
    expect(readSettings({}).auditSecret).toBeUndefined();
  });

  test('has to be there, and whole; what was in it is not told', () => {
    expect(mistakes({ AUDIT_KEY_FILE: '/nowhere/audit-key' })).toEqual([
      'AUDIT_KEY_FILE: ska vara en fil som går att läsa (ENOENT)',
    ]);
    for (const text of ['', 'hemligt', '0a'.repeat(31)]) {
      expect(mistakes({ AUDIT_KEY_FILE: inFile(text) })).toEqual([
        'AUDIT_KEY_FILE: ska innehålla en rad med 64 hexadecimala tecken. Gör en med openssl rand -hex 32',
      ]);
    }
  });
});

describe('wrong settings', () => {
  test.for([
    ['PORT', 'fyra'],
    ['PORT', '1.5'],
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PUBLIC_URL', 'sekretess.kommunen.example'],
    ['PUBLIC_URL', 'ftp://kommunen.example'],
    ['PUBLIC_URL', 'https://kommunen.example/sekretess'],
    ['HSTS', '1 year'],
    ['HSTS', 'max-age=31536000; preload'],
    ['HSTS', 'max-age=31536000\r\nX-Evil: 1'],
    ['SMTP_TLS', 'no'],
    ['SECURITY_LOG', 'syslog'],
    ['AUDIT_LOG', 'syslog'],
    ['SMTP_URL', 'mail.kommunen.example'],
    ['SMTP_URL', 'https://mail.kommunen.example'],
    ['TRUST_PROXY', 'ja'],
  ] as const)('%s=%s is refused in one line that names it', ([name, value]) => {
    const lines = mistakes({ MAIL_FROM: 'a@kommunen.example', [name]: value });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${name}: ska `));
  });

  test('a mail server needs a sender', () => {
    expect(mistakes({ SMTP_URL: 'smtp://mail.kommunen.example' })).toEqual([
      expect.stringMatching(/^MAIL_FROM: behövs/),
    ]);
  });

  test('are all named at once', () => {
    const lines = mistakes({
      PORT: 'fyra',
      PUBLIC_URL: 'https://kommunen.example/sekretess',
      SMTP_URL: 'mail',
      MAIL_FROM: 'a',
      TRUST_PROXY: 'ja',
    });
    expect(lines.map((line) => line.split(':')[0]).sort()).toEqual([
      'MAIL_FROM',
      'PORT',
      'PUBLIC_URL',
      'SMTP_URL',
      'TRUST_PROXY',
    ]);
    const more = mistakes({
      PORT: '99999',
      PUBLIC_URL: 'kommunen',
      SMTP_URL: 'smtp://mail.kommunen.example',
      TRUST_PROXY: '2',
    });
    expect(more.map((line) => line.split(':')[0]).sort()).toEqual(['MAIL_FROM', 'PORT', 'PUBLIC_URL', 'TRUST_PROXY']);
  });

  test('are named without what was in them: a mail server’s address has a password in it', () => {
    expect(mistakes({ SMTP_URL: 'smpt://user:hemligt@mail.kommunen.example' }).join()).not.toContain('hemligt');
  });
});
