import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openFileAuditLog } from '#adapters/audit/file-audit-log.ts';
import { createMemorySecurityLog } from '#adapters/memory/memory-security-log.ts';
import { openSecurityLog } from '#adapters/security/file-security-log.ts';
import type { SecurityEvent } from '#domain/account/security-event.ts';
import type { CalendarDate } from '#domain/kernel/ids.ts';
import type { SecurityLog } from '#ports/security-log.ts';
import { pseudonymOf } from './sample-documents.ts';

const [anna, bo] = [pseudonymOf('anna'), pseudonymOf('bo')];
const event = (at: string, fields: Partial<SecurityEvent> = {}): SecurityEvent => ({
  at,
  event: 'sign-in',
  what: 'password',
  person: anna,
  device: 'windows-7f3k2q9d',
  network: '2q9d7f3k',
  ...fields,
});
const everything = { since: '2026-01-01T00:00:00.000Z', most: 100 };

describe.for<readonly [string, () => Promise<SecurityLog>]>([
  ['memory', async () => createMemorySecurityLog()],
  ['file', async () => (await openInNewFolder()).log],
])('the security log: %s', ([, open]) => {
  test('has what was appended, newest first, of one person or of everybody', async () => {
    const log = await open();
    const events = [
      event('2026-11-28T10:00:00.000Z'),
      event('2026-11-30T10:00:00.000Z', { person: bo, more: 3 }),
      event('2026-11-30T10:00:01.000Z', { event: 'refused-origin', person: undefined, what: undefined }),
    ];
    for (const one of events) log.append(one);
    expect(await log.newest(everything)).toEqual({ events: events.toReversed(), changedLines: 0 });
    expect((await log.newest({ ...everything, most: 1 })).events).toEqual([events[2]]);
    expect((await log.newest({ ...everything, since: '2026-11-29T00:00:00.000Z' })).events).toHaveLength(2);
    expect((await log.newest({ ...everything, of: anna })).events).toEqual([events[0]]);
  });

  test('removes what is from before a day, in Stockholm', async () => {
    const log = await open();
    log.append(event('2026-11-28T22:59:59.000Z'));
    log.append(event('2026-11-28T23:00:00.000Z'));
    await log.newest(everything);
    const day = '2026-11-29' as CalendarDate;
    expect(await log.countBefore(day)).toBe(1);
    expect(await log.removeBefore(day)).toBe(1);
    expect((await log.newest(everything)).events).toEqual([event('2026-11-28T23:00:00.000Z')]);
  });
});

describe('on disk', () => {
  test('a later start goes on where the one before ended, and nobody else can read it', async () => {
    const { log, dataDir, openAgain } = await openInNewFolder();
    log.append(event('2026-11-30T10:00:00.000Z'));
    await log.close();
    const again = await openAgain();
    again.append(event('2026-11-30T11:00:00.000Z', { person: bo }));
    expect(await again.newest(everything)).toMatchObject({
      events: [{ person: bo }, { person: anna }],
      changedLines: 0,
    });
    const [file = ''] = await readdir(join(dataDir, 'security'));
    expect(file).toBe('2026-11-30.jsonl');
    expect((await stat(join(dataDir, 'security', file))).mode & 0o077).toBe(0);
  });

  test('a line that is changed, taken out or put in is seen', async () => {
    const { log, dataDir } = await openInNewFolder();
    for (let minute = 10; minute < 15; minute += 1) log.append(event(`2026-11-30T10:${minute}:00.000Z`));
    await log.newest(everything);
    const file = join(dataDir, 'security', '2026-11-30.jsonl');
    const text = await readFile(file, 'utf8');
    const lines = text.trimEnd().split('\n');
    const changed = async (next: string) => {
      await writeFile(file, next);
      return (await log.newest(everything)).changedLines;
    };
    expect(await changed(text)).toBe(0);
    expect(await changed(text.replace('10:12', '10:13'))).toBe(1);
    expect(await changed(`${lines.filter((_, number) => number !== 2).join('\n')}\n`)).toBe(1);
    expect(await changed(`${lines[0]}\n${lines[0]}\n${lines.slice(1).join('\n')}\n`)).toBe(1);
  });

  test('half a line of a power cut is passed over, and says that something is missing', async () => {
    const { log, dataDir, openAgain } = await openInNewFolder();
    const events = [event('2026-11-30T11:00:00.000Z'), event('2026-11-30T10:00:00.000Z')];
    log.append(event('2026-11-30T10:00:00.000Z'));
    await log.close();
    await appendFile(join(dataDir, 'security', '2026-11-30.jsonl'), '{"at":"2026-11-30T10:00');
    const again = await openAgain();
    again.append(event('2026-11-30T11:00:00.000Z'));
    expect(await again.newest(everything)).toEqual({ events, changedLines: 1 });
  });

  test('with SECURITY_LOG=stdout each line is printed, for another machine to keep', async () => {
    const printed: string[] = [];
    const { log } = await openInNewFolder((line) => void printed.push(line));
    log.append(event('2026-11-30T10:00:00.000Z'));
    expect(printed.map((line) => JSON.parse(line))).toEqual([
      { log: 'security', ...event('2026-11-30T10:00:00.000Z') },
    ]);
  });

  test('a disk that refuses is told of, and nobody waits for it or fails', async () => {
    const reported: unknown[] = [];
    const { log, dataDir } = await openInNewFolder(undefined, (error) => void reported.push(error));
    await rm(join(dataDir, 'security'), { recursive: true });
    log.append(event('2026-11-30T10:00:00.000Z'));
    await log.close();
    expect(reported).toHaveLength(1);
  });
});

async function openInNewFolder(print?: (line: string) => void, reportError: (error: unknown) => void = fail) {
  const dataDir = await mkdtemp(join(tmpdir(), 'security-contract-'));
  // The key is the audit log's.
  await (await openFileAuditLog({ dataDir })).close();
  const openAgain = () => openSecurityLog({ dataDir, reportError, print });
  const log = await openAgain();
  onTestFinished(async () => {
    await log.close().catch(() => undefined);
    await rm(dataDir, { recursive: true });
  });
  return { log, dataDir, openAgain };
}

function fail(error: unknown): never {
  throw error;
}
