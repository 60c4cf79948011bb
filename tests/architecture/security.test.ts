import { describe, expect, test } from 'vitest';
import { describeImports, imports, sources } from './source-files.ts';

/**
 * What the rows of docs/security/asvs.md say of the whole of `src`: that something is nowhere, or in these places only. Each is
 * read from the source, so that a new place is seen.
 */

/** Files in which something stands, comments left out. */
function filesWith(pattern: RegExp): string[] {
  const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  return sources.filter(({ text }) => pattern.test(code(text))).map(({ path }) => path);
}

const importersOf = (...packages: string[]) => [
  ...new Set(
    imports.filter(({ target, typeOnly }) => packages.includes(target) && !typeOnly).map(({ from }) => from.path),
  ),
];

describe('nothing that is typed is run', () => {
  test('ASVS 1.3.2: no text becomes code', () => {
    expect(filesWith(/\beval\s*\(|\bnew Function\b|\bFunction\s*\(\s*['"`]|from ['"](?:node:)?vm['"]/)).toEqual([]);
    expect(filesWith(/\bset(?:Timeout|Interval)\s*\(\s*['"`]/)).toEqual([]);
  });

  test('ASVS 1.2.5: the server starts no other program', () => {
    const starting = imports.filter(({ target }) => /^(node:)?(child_process|cluster)$/.test(target));
    const may = /^src\/(cli|editors\/tools)\//;
    expect(describeImports(starting.filter(({ from }) => !may.test(from.path)))).toEqual([]);
    expect(
      filesWith(/\bshell\s*:\s*true\b|\bexecSync\s*\(|\bexec\s*\(\s*[`'"]/).filter((path) => may.test(path)),
    ).toEqual([]);
  });

  test('ASVS 1.2.9: a pattern is made of fixed text, or of text whose signs are escaped', () => {
    expect(filesWith(/\bnew RegExp\(|[^.\w]RegExp\(/)).toEqual([
      'src/adapters/lowdb/loose-files.ts',
      'src/domain/people/name.ts',
      'src/editors/check/prose-rules.ts',
    ]);
  });
});

describe('text stays text', () => {
  test('ASVS 3.2.2: markup is written as it stands in these places, and none of them holds what somebody has typed', () => {
    // Drawings of ours, props of islands with `<` escaped, and QR codes, which are shapes.
    expect(filesWith(/\bset:html\b|\bdangerouslySetInnerHTML\b/)).toEqual([
      'src/components/Drawing.astro',
      'src/components/Island.astro',
      'src/pages/enhet/grupper/[id]/index.astro',
      'src/pages/intyg/[code].astro',
      'src/pages/min-sida/sakerhet/index.astro',
    ]);
    expect(filesWith(/\.(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write\b/)).toEqual([]);
  });

  test('ASVS 3.5.5: no window listens to another; threads of the server speak with one another', () => {
    expect(filesWith(/addEventListener\(\s*['"]message['"]|\bonmessage\b/)).toEqual([]);
    expect(filesWith(/\bpostMessage\b/).filter((path) => !path.startsWith('src/adapters/'))).toEqual([]);
  });

  test('ASVS 14.3.3: one file knows the browser’s storage, and keeps it for the tab alone', () => {
    expect(filesWith(/\blocalStorage\b|\bindexedDB\b|\bcaches\.open\b|\bdocument\.cookie\s*=[^=]/)).toEqual([]);
    expect(filesWith(/\bsessionStorage\b/)).toEqual(['src/islands/spare-copy.ts']);
  });
});

describe('cryptography', () => {
  test('ASVS 11.5.1, 6.5.3: chance comes from the system’s generator', () => {
    expect(filesWith(/\bMath\.random\b|\bpseudoRandomBytes\b/)).toEqual([]);
    // Names of files that nothing else has, which open nothing.
    expect(filesWith(/\brandomUUID\b/)).toEqual([
      'src/adapters/folder/disk-state.ts',
      'src/adapters/lowdb/durable-json-file.ts',
      'src/adapters/mail/folder-mailer.ts',
    ]);
  });

  test('ASVS 11.4.1: SHA-2 everywhere; SHA-1 in one place, as RFC 6238 has it for codes of apps', () => {
    expect(filesWith(/['"`](?:md5|md4|ripemd\w*|rmd160)['"`]/i)).toEqual([]);
    expect(filesWith(/['"`]sha-?1['"`]/i)).toEqual(['src/adapters/secrets/file-secrets.ts']);
  });

  test('ASVS 11.3.1, 11.3.2: one cipher, AES-256-GCM, in one place', () => {
    expect(filesWith(/\bcreate(?:Cipher|Decipher)(?:iv)?\(/)).toEqual(['src/adapters/secrets/file-secrets.ts']);
    const named = sources.flatMap(({ text }) => text.match(/['"`](?:aes|des|camellia|chacha20)-[-\w]+['"`]/gi) ?? []);
    expect([...new Set(named)]).toEqual(["'aes-256-gcm'"]);
  });
});

describe('ways out', () => {
  test('ASVS 1.3.6, 13.2.4, 13.2.5, 15.3.2: the server opens connections to the mail server and to its own commands, and to nothing else', () => {
    const ways = /^(node:)?(https?|http2|net|tls|dgram|dns)(\/promises)?$/;
    const users = imports.filter(({ target, typeOnly }) => ways.test(target) && !typeOnly).map(({ from }) => from.path);
    expect([...new Set(users)].sort()).toEqual([
      'src/adapters/lowdb/control-line.ts', // commands, by a socket in the data folder
      'src/adapters/lowdb/lock-socket.ts',
      'src/adapters/mail/offers-start-tls.ts', // the mail server, asked whether it takes TLS
      'src/adapters/webauthn/simple-passkeys.ts', // is a name that of a host
      'src/server/client-errors.ts', // the server itself
      'src/server/create-server.ts',
    ]);
    // The one writes letters as files, the other sends them.
    expect(importersOf('nodemailer')).toEqual([
      'src/adapters/mail/folder-mailer.ts',
      'src/adapters/mail/smtp-mailer.ts',
    ]);
    expect(filesWith(/\bfetch\s*\(/).filter((path) => !path.startsWith('src/islands/'))).toEqual([]);
  });
});
