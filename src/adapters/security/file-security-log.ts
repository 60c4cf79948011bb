import { appendFile, readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { nodeLogFs } from '#adapters/audit/log-fs.ts';
import { keysFolder, readLogKeys } from '#adapters/audit/log-keys.ts';
import { systemErrorCode } from '#adapters/lowdb/durable-fs.ts';
import { ensureFolder } from '#adapters/lowdb/ensure-folder.ts';
import { type SecurityEvent, securityEventKinds } from '#domain/account/security-event.ts';
import { dateOf } from '#domain/kernel/calendar.ts';
import type { Instant, Pseudonym } from '#domain/kernel/ids.ts';
import type { SecurityLog } from '#ports/security-log.ts';
import { isDocumentId } from '#ports/store.ts';

export interface OpenSecurityLogOptions {
  readonly dataDir: string;
  /** The audit log's, where the operator gives it. */
  readonly secret?: Uint8Array | undefined;
  /** The disk is full, or gone: the server goes on, and this hears of it. */
  readonly reportError: (error: unknown) => void;
  /** For `SECURITY_LOG=stdout`: each line as it is written, without its mark. */
  readonly print?: ((line: string) => void) | undefined;
}

const mark = z.string().regex(/^[\w-]{1,40}$/);
const eventSchema = z.strictObject({
  at: z.custom<Instant>((value) => typeof value === 'string' && !Number.isNaN(Date.parse(value))),
  event: z.enum(securityEventKinds),
  person: z.custom<Pseudonym>((value) => typeof value === 'string' && isDocumentId(value)).optional(),
  what: z.string().max(200).optional(),
  device: mark.optional(),
  network: mark.optional(),
  more: z.int().min(1).optional(),
});

/** How many of the newest days are read for one answer. */
const mostDays = 100;
/** Milliseconds in which events gather before they are written together. */
const pause = 500;

const folderOf = (dataDir: string) => join(dataDir, 'security');
const isDayFile = (name: string) => /^\d{4}-\d\d-\d\d\.jsonl$/.test(name);

/**
 * A file of JSON lines for each day in Stockholm, `DATA_DIR/security/2026-11-30.jsonl` (decision 0028). Each line bears a mark over itself
 * and the one before, under the audit log's key: what is changed or taken out is seen. Written without fsync, which saving answers
 * needs more: a power cut may take the last second.
 */
export async function openSecurityLog({
  dataDir,
  secret,
  reportError,
  print,
}: OpenSecurityLogOptions): Promise<SecurityLog> {
  const folder = folderOf(dataDir);
  await ensureFolder(nodeLogFs, folder);
  const keys = await readLogKeys(nodeLogFs, dataDir, secret);
  if (!keys) throw new Error(`open the audit log first: there is no key in ${keysFolder(dataDir)}`);
  const waiting: SecurityEvent[] = [];
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();
  let end: { readonly file: string; readonly mac: string } | undefined;

  const write = async () => {
    const byFile = Map.groupBy(waiting.splice(0), ({ at }) => `${dateOf(new Date(at))}.jsonl`);
    for (const [file, events] of byFile) {
      let { mac, isTorn } = end?.file === file ? { ...end, isTorn: false } : await endOf(folder, file);
      let text = isTorn ? '\n' : '';
      for (const event of events) {
        const body = JSON.stringify(event).slice(0, -1);
        mac = keys.mac(mac, body);
        text += `${body},"mac":"${mac}"}\n`;
      }
      await appendFile(join(folder, file), text, { mode: 0o600 });
      end = { file, mac };
    }
  };
  const writeSoon = () => {
    timer = undefined;
    writing = writing.then(write).catch((error: unknown) => {
      end = undefined;
      reportError(error);
    });
  };
  const files = async () => (await readdir(folder)).filter(isDayFile).sort();
  const before = async (day: string) => (await files()).filter((file) => file < day);

  return {
    append: (event) => {
      if (isClosed) return;
      print?.(JSON.stringify({ log: 'security', ...event }));
      waiting.push(event);
      timer ??= setTimeout(writeSoon, pause).unref();
    },
    newest: async ({ since, most, of }) => {
      if (timer) {
        clearTimeout(timer);
        writeSoon();
      }
      await writing;
      const from = `${dateOf(new Date(since))}.jsonl`;
      const events: SecurityEvent[] = [];
      let changedLines = 0;
      for (const file of (await files())
        .filter((name) => name >= from)
        .toReversed()
        .slice(0, mostDays)) {
        const lines = await linesOf(folder, file);
        // For one person's few lines, those of everybody else are not even parsed.
        const parsed = lines.map((line) => (of === undefined || line.includes(of) ? eventIn(line) : undefined));
        if (of === undefined) changedLines += changedIn(lines, file, keys.mac);
        for (const event of parsed.toReversed()) {
          if (event && event.at >= since && (of === undefined || event.person === of)) events.push(event);
          if (events.length === most) return { events, changedLines };
        }
      }
      return { events, changedLines };
    },
    countBefore: async (day) => (await before(day)).length,
    removeBefore: async (day) => {
      const old = await before(day);
      for (const file of old) await unlink(join(folder, file));
      return old.length;
    },
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      writeSoon();
      await writing;
    },
  };
}

const beginningOf = (file: string) => `sekretesskorkortet security log, ${file}`;
const macPattern = /,"mac":"([\w-]{43})"\}$/;

async function linesOf(folder: string, file: string): Promise<readonly string[]> {
  try {
    return (await readFile(join(folder, file), 'utf8')).split('\n').filter((line) => line !== '');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** What the next line is chained to, and whether the last one was cut off half-way. */
async function endOf(folder: string, file: string): Promise<{ readonly mac: string; readonly isTorn: boolean }> {
  const lines = await linesOf(folder, file);
  const last = lines.at(-1);
  if (last === undefined) return { mac: beginningOf(file), isTorn: false };
  return { mac: macOf(last), isTorn: macOf(last) === '' };
}

function macOf(line: string): string {
  return macPattern.exec(line)?.[1] ?? '';
}

/** @returns undefined for what is no event, such as half a line that a power cut has left */
function eventIn(line: string): SecurityEvent | undefined {
  try {
    const { mac: _, ...fields } = JSON.parse(line) as { readonly mac?: unknown };
    return eventSchema.safeParse(fields).data;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

function changedIn(lines: readonly string[], file: string, mac: (previous: string, line: string) => string): number {
  let previous = beginningOf(file);
  let changed = 0;
  for (const line of lines) {
    const said = macOf(line);
    if (said === '' || mac(previous, line.replace(macPattern, '')) !== said) changed += 1;
    previous = said;
  }
  return changed;
}
