import { hash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { type GrowingFile, type LogFs, nodeLogFs } from '#adapters/audit/log-fs.ts';
import { syncFolder, systemErrorCode } from '#adapters/lowdb/durable-fs.ts';
import { ensureFolder } from '#adapters/lowdb/ensure-folder.ts';
import type { Certificate } from '#domain/exam/certificate.ts';
import type { CalendarDate, CertificateCode } from '#domain/kernel/ids.ts';
import type { IssuedCodes } from '#ports/issued-codes.ts';

type Issued = Pick<Certificate, 'code' | 'validUntil'>;

export interface OpenIssuedRegisterOptions {
  readonly dataDir: string;
  /** Of the certificates that are there now. */
  readonly there: readonly Issued[];
  /** Where the register begins with this opening: whether `there` is everything that has ever been issued. */
  readonly beginsComplete: boolean;
  readonly reportError: (error: unknown) => void;
  readonly fs?: LogFs | undefined;
}

const folderOf = (dataDir: string) => join(dataDir, 'issued');
const fileName = '0001.jsonl';

const headLine = z.strictObject({ register: z.literal(1), complete: z.boolean() });
const codeLine = z.strictObject({
  code: z.string().regex(/^[0-9a-f]{64}$/),
  until: z.custom<CalendarDate>((value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)),
});

/**
 * Opens the register of the data folder, and begins it where there is none. Its first line says whether it was begun with everything;
 * each other holds the SHA-256 of a code, which has 100 bits of chance, and the last valid day. It is only ever added to.
 */
export async function openIssuedRegister(options: OpenIssuedRegisterOptions): Promise<IssuedCodes> {
  const { dataDir, there, beginsComplete, reportError, fs = nodeLogFs } = options;
  const folder = folderOf(dataDir);
  const path = join(folder, fileName);
  await ensureFolder(fs, folder);
  const text = await textOf(fs, path);
  if (text === undefined) await begin(fs, folder, beginsComplete);
  const [first, ...lines] = linesOf(text ?? headOf(beginsComplete));
  const until = new Map<string, CalendarDate>();
  let isWhole = true;
  for (const line of lines) {
    const read = codeLine.safeParse(line).data;
    if (read) until.set(read.code, read.until);
    else isWhole = false;
  }
  const file = await fs.openToAppend(path);
  const end = Buffer.byteLength(wholeLinesOf(text ?? headOf(beginsComplete)));
  if (text !== undefined && Buffer.byteLength(text) > end) await file.truncate(end);
  const known = new Set(there.map(({ code }) => hashOf(code)));
  const lost = [...until].flatMap(([code, day]) => (known.has(code) ? [] : [day]));
  const writer = createWriter(file, end, reportError);
  const register: IssuedCodes = {
    isComplete: isWhole && (headLine.safeParse(first).data?.complete ?? false),
    validUntil: (code) => until.get(hashOf(code)),
    add: async (certificates) => {
      const fresh = certificates.flatMap(({ code, validUntil }) => {
        const hashed = hashOf(code);
        if (until.has(hashed)) return [];
        until.set(hashed, validUntil);
        return `${JSON.stringify({ code: hashed, until: validUntil })}\n`;
      });
      if (fresh.length > 0) await writer.write(fresh.join(''));
    },
    countLost: (today) => lost.filter((day) => today <= day).length,
    close: () => writer.close(),
  };
  await register.add(there);
  return register;
}

/** Writes one text after the other; what could not be written goes before the next. @param size of the whole lines there, in bytes */
function createWriter(file: GrowingFile, size: number, reportError: (error: unknown) => void) {
  let end = size;
  let waiting = '';
  let isTorn = false;
  let writing: Promise<void> = Promise.resolve();
  const writeWaiting = async () => {
    const text = waiting;
    if (text === '') return;
    try {
      if (isTorn) await file.truncate(end);
      isTorn = true;
      await file.append(text);
      await file.sync();
      isTorn = false;
      end += Buffer.byteLength(text);
      waiting = waiting.slice(text.length);
    } catch (error) {
      reportError(error);
    }
  };
  const write = (text: string) => {
    waiting += text;
    writing = writing.then(writeWaiting);
    return writing;
  };
  return {
    write,
    close: async () => {
      await write('');
      await file.close();
    },
  };
}

async function begin(fs: LogFs, folder: string, isComplete: boolean): Promise<void> {
  const file = await fs.create(join(folder, fileName));
  try {
    await file.writeFile(headOf(isComplete));
    await file.sync();
  } finally {
    await file.close();
  }
  await syncFolder(fs, folder);
}

function headOf(isComplete: boolean): string {
  return `${JSON.stringify({ register: 1, complete: isComplete })}\n`;
}

async function textOf(fs: LogFs, path: string): Promise<string | undefined> {
  try {
    return await fs.readFile(path);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** What comes after the last line break was being written when its process ended: the documents have it. */
function wholeLinesOf(text: string): string {
  return text.slice(0, text.lastIndexOf('\n') + 1);
}

function linesOf(text: string): readonly unknown[] {
  const lines = wholeLinesOf(text).split('\n').slice(0, -1);
  return lines.map(jsonOf);
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function hashOf(code: CertificateCode): string {
  return hash('sha256', code, 'hex');
}
