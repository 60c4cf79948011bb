import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hashLimits } from '#adapters/secrets/queued-passwords.ts';
import { loadCourse } from '#content/load-course.ts';
import { loadRetentionRules } from '#content/retention-rules.ts';
import { longestPassword, shortestPassword } from '#domain/account/password.ts';
import { freshMinutes, mostPasskeys, newRecoveryCodes, strongMinutes } from '#domain/account/second-factor.ts';
import { mostEvents, securityEventKinds } from '#domain/account/security-event.ts';
import { invitationMinutes, passwordResetMinutes } from '#domain/account/sent-link.ts';
import { sessionRules } from '#domain/account/session.ts';
import { type ThrottleRule, throttleRules } from '#domain/account/throttle.ts';
import { joinMinutes } from '#domain/groups/group.ts';
import { mostSheets } from '#domain/groups/paper-exam.ts';
import { importLifeHours } from '#domain/import/staff-import.ts';
import { personalCodeBytes } from '#domain/people/personal-code.ts';
import { auditActions, isAboutAccess } from '#ports/audit-log.ts';
import { longestQuery } from '#usecases/course/look-up.ts';
import { failuresToTellOf } from '#usecases/oversight/watch.ts';
import { sources } from './source-files.ts';

/** The documents of docs/security say figures; the code has them. Each is compared here, so that neither moves alone. */

const page = (name: string) => readFileSync(`docs/security/${name}.md`, 'utf8');

/** The one line of a table in whose first cell this stands; below this heading, where it stands in more than one table. */
function row(name: string, first: string, heading = ''): string {
  const text = page(name);
  const found = text
    .slice(text.indexOf(heading))
    .split('\n')
    .filter((line) => line.startsWith('| ') && line.slice(2).split(' | ')[0]?.includes(first));
  expect(found, `a row “${first}” in ${name}.md`).toHaveLength(1);
  return found[0] ?? '';
}

const thousands = (number: number) => number.toLocaleString('en');

/** A number that only its own file knows. @example constantIn('src/server/doors.ts', 'pause') // 5 */
function constantIn(path: string, name: string): number {
  const [, written = ''] =
    new RegExp(`\\b${name}\\s*[:=]\\s*([\\d_]+(?: \\* [\\d_]+)*)`).exec(readFileSync(path, 'utf8')) ?? [];
  const factors = written.replaceAll('_', '').split(' * ').map(Number);
  expect(written, `${name} in ${path}`).not.toBe('');
  return factors.reduce((product, factor) => product * factor, 1);
}

describe('limits.md', () => {
  const within: Readonly<Record<number, string>> = { 1: 'a minute', 15: 'in 15 min', 60: 'an hour', 1440: 'a day' };

  test.each(Object.entries<ThrottleRule>(throttleRules))('%s', (name, { tries, minutes, growing }) => {
    const said = row('limits', `\`${name}\``);
    expect(said).toContain(`${thousands(tries)} ${within[minutes]}`);
    if (growing) expect(said).toContain(`${growing.from} to ${growing.atMost} min`);
  });

  test('names no rule that is not there', () => {
    const named = [...page('limits').matchAll(/^\| (`\w+`(?:, `\w+`)*) \|/gm)].flatMap(([, names = '']) =>
      names.split(', '),
    );
    expect(named.map((name) => name.replaceAll('`', '')).sort()).toEqual(Object.keys(throttleRules).sort());
  });

  test('queues', () => {
    const hashing = row('limits', 'hashes at once');
    for (const most of Object.values(hashLimits.waiting)) expect(hashing).toContain(`${most} `);
    const beginning = row('limits', 'beginning');
    const doors = 'src/server/doors.ts';
    expect(beginning).toContain(`${1000 / constantIn(doors, 'pause')} a second`);
    expect(beginning).toContain(`${thousands(constantIn(doors, 'stranger'))} strangers`);
    expect(beginning).toContain(
      `${constantIn(doors, 'known')} from known devices, of each ${constantIn(doors, 'mostOfDevice')}`,
    );
    expect(row('limits', 'letters waiting')).toContain(`${constantIn('src/services.ts', 'mostWaiting')} (`);
  });
});

describe('sessions-and-passwords.md', () => {
  const file = 'sessions-and-passwords';

  test.each([
    ['unused', `${sessionRules.idleDays} days`],
    ['however much it is used', `${sessionRules.learnerDays} days`],
    ['the same, for who holds a role', `${sessionRules.roleDays} days`],
    ['at once, one person', `| ${sessionRules.most} |`],
    ['from when it was shown', `${strongMinutes / 60} hours`],
    ['without anything being done', `${sessionRules.strongIdleMinutes} minutes`],
    ['before what cannot be taken back', `${freshMinutes} minutes`],
    ['password, code or factor', `${sessionRules.provenMinutes} minutes`],
    ['invitation, ', `invitation, ${invitationMinutes / 60 / 24} days`],
    ['link for a new password', `${passwordResetMinutes} minutes`],
    ['characters at least', `${shortestPassword} characters at least, ${longestPassword} at most`],
  ])('%s: %s', (first, figure) => {
    expect(row(file, first)).toContain(figure);
  });
});

describe('keys.md', () => {
  test('algorithm and cost of passwords', () => {
    const thread = 'src/adapters/secrets/hash-thread.mjs';
    const cost = ['memoryCost', 'timeCost', 'parallelism'].map((name) => constantIn(thread, name));
    const [memory = 0, passes, lanes] = cost;
    expect(row('keys', 'passwords')).toContain(`argon2id, ${memory / 1024} MiB, ${passes} passes, ${lanes} lane`);
    expect(row('costly-operations', 'judging a password')).toContain(`${memory / 1024} MiB`);
  });

  test('how many bits a code has', () => {
    const lettersOf = (path: string, call: RegExp) => 5 * Number(call.exec(readFileSync(path, 'utf8'))?.[1]);
    const [recovery = ''] = newRecoveryCodes((count) => new Uint8Array(count));
    expect(row('keys', 'recovery code')).toContain(`| ${recovery.replaceAll('-', '').length * 5} |`);
    expect(row('keys', "certificate's code")).toContain(
      `| ${lettersOf('src/domain/exam/certificate.ts', /code: randomCode\((\d+)/)} |`,
    );
    expect(row('keys', 'group code')).toContain(
      `| ${lettersOf('src/usecases/groups/create-group.ts', /code: randomCode\((\d+)/)} |`,
    );
    expect(row('keys', 'id of a person or group')).toContain(
      `| ${lettersOf('src/usecases/shared/new-person.ts', /id: randomCode\((\d+)/)} |`,
    );
    expect(row('keys', 'personal code, five words')).toContain(`| ${(personalCodeBytes / 2) * 9};`);
    const token = /newToken: \(\) => randomBytes\((\d+)\)/.exec(
      readFileSync('src/adapters/secrets/file-secrets.ts', 'utf8'),
    )?.[1];
    expect(row('keys', 'session, link in mail')).toContain(`| ${Number(token) * 8} |`);
  });

  test('names every purpose that something is derived for, and none that is not', () => {
    const derived = sources.flatMap(({ text }) =>
      [...text.matchAll(/\b(?:derive|derivations)\(\s*'([a-z-]+)'|hkdfSync\('sha256', \w+, '', '([a-z-]+)'/g)].map(
        ([, purpose, own]) => purpose ?? own ?? '',
      ),
    );
    const [, inventory = ''] = page('keys').split('## ');
    const named = [...inventory.matchAll(/^\| – (`[a-z-]+`(?:, `[a-z-]+`)*) \|/gm)].flatMap(([, names = '']) =>
      names.replaceAll('`', '').split(', '),
    );
    // The audit log's own two have a line of their own.
    const ofTheLog = ['audit-chain', 'audit-head'];
    expect([...named, ...ofTheLog].sort()).toEqual([...new Set(derived)].sort());
  });
});

describe('data-classes.md', () => {
  const months = loadRetentionRules();
  test.each([
    [
      'name, e-mail, employment number',
      `${months.person} months after the last day of work; participants of groups ${months.participant}`,
    ],
    ['answers of an exam', `${months.answers} months`],
    ['links that were sent', `${months.links} month after`],
    ['groups: name', `${months.group} months after`],
    ['mails, where no SMTP', `${months['loose-file']} months`],
    ['security log', `${months.security} months`],
  ])('%s: %s', (first, figure) => {
    expect(row('data-classes', first)).toContain(figure);
  });

  test('names every folder of the data folder', () => {
    const store = readFileSync('src/adapters/lowdb/open-store.ts', 'utf8');
    const kept = /const keep = \{([\s\S]*?)\};/.exec(store)?.[1] ?? '';
    const kinds = [...kept.matchAll(/^\s*'?([a-z-]+)'?:/gm)].map(([, kind = '']) => kind);
    expect(kinds.length).toBeGreaterThan(5);
    const folders = [...kinds, 'keys', 'audit', 'audit-head', 'security', 'issued', 'mail', 'set-aside'];
    expect(folders.filter((folder) => !page('data-classes').includes(`\`${folder}/\``))).toEqual([]);
  });
});

describe('logging.md', () => {
  test('names every event of the security log, and none that is not', () => {
    const [, table = ''] = page('logging').split('| event |');
    const named = [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, event]) => event);
    expect(named).toEqual([...securityEventKinds]);
  });

  test('names every action that changes who may sign in or what somebody may do', () => {
    const [, audit = ''] = page('logging').split('## The audit log');
    const [sentence = ''] = audit.split('Those bear');
    const named = [...sentence.matchAll(/`([a-z-]+)`/g)].map(([, action]) => action);
    expect(named.sort()).toEqual(auditActions.filter(isAboutAccess).toSorted());
  });

  test('bounds', () => {
    expect(page('logging')).toContain(
      `Beyond ${mostEvents.outside} different ones of strangers (${thousands(mostEvents.inside)} of signed-in people)`,
    );
    expect(failuresToTellOf).toBe(10);
    expect(page('logging')).toContain('**Ten failed sign-ins in a day**');
  });
});

describe('input-rules.md and costly-operations.md', () => {
  const kib = 1024;
  const body = () => constantIn('src/server/create-server.ts', 'const longestBody') / kib;

  test('bodies', () => {
    expect(row('input-rules', 'a request')).toContain(`${body()} KiB`);
    expect(row('costly-operations', 'a request')).toContain(`${body()} KiB`);
    expect(readFileSync('src/server/create-server.ts', 'utf8')).toContain('longestBody: 8 * 1024 * 1024');
    for (const [name, first] of [
      ['input-rules', 'a request'],
      ['costly-operations', 'reading a staff list'],
    ] as const)
      expect(row(name, first)).toContain('8 MiB');
  });

  test.each([
    ['input-rules', 'a password', `${shortestPassword}–${longestPassword} characters`],
    ['input-rules', 'sheets to print', `1–${mostSheets} at once`],
    [
      'input-rules',
      'a search',
      `${longestQuery} characters and ${constantIn('src/domain/search/read-query.ts', 'mostWords')} words`,
    ],
    ['input-rules', 'passkeys', `| ${mostPasskeys} |`],
    ['input-rules', 'recovery codes', `${newRecoveryCodes((count) => new Uint8Array(count)).length}, each once`],
    [
      'input-rules',
      'a link in mail',
      `invitation ${invitationMinutes / 60 / 24} days, new password ${passwordResetMinutes} minutes`,
    ],
    ['input-rules', "a group's size", '1–500'],
    ['costly-operations', 'printing sheets', `${mostSheets} at once`],
    [
      'costly-operations',
      'search',
      `${longestQuery} characters, ${constantIn('src/domain/search/read-query.ts', 'mostWords')} words, ${constantIn('src/domain/search/read-query.ts', 'mostEndings')} endings`,
    ],
  ])('%s: %s: %s', (name, first, figure) => {
    expect(row(name, first)).toContain(figure);
  });

  test('times', () => {
    expect(joinMinutes).toBe(30);
    expect(row('input-rules', 'a form to join a group')).toContain('half an hour at most');
    expect(importLifeHours).toBe(24);
    expect(row('input-rules', 'an import that is not carried out')).toContain('| a day |');
    const { pauseAfterFailed, pauseMinutes } = loadCourse().pass;
    expect(pauseAfterFailed).toBe(3);
    expect(row('input-rules', 'tries of the exam')).toContain(`${pauseMinutes} minutes after every third failed`);
  });
});
