import { join } from 'node:path';
import { syncFolder, systemErrorCode } from '#adapters/lowdb/durable-fs.ts';
import { WriteFailedError } from '#adapters/lowdb/durable-json-file.ts';
import { ensureFolder } from '#adapters/lowdb/ensure-folder.ts';
import type { Instant, Pseudonym } from '#domain/kernel/ids.ts';
import type { AuditEntry, AuditFault, AuditLog } from '#ports/audit-log.ts';
import { StoreClosedError } from '#ports/store.ts';
import { EntryIndex, type LinePlace } from './entry-index.ts';
import { type GrowingFile, type LogFs, nodeLogFs } from './log-fs.ts';
import { headFolder, headWriter, type LogHead } from './log-head.ts';
import {
  keysFolder,
  type LogKeys,
  logKeysFrom,
  newLogSecret,
  noteGivenKey,
  readKeyFile,
  writeLogSecret,
} from './log-keys.ts';
import { beginningOf, encodeLine, type LogBreak, parseLine } from './log-line.ts';
import { firstFile, type Inspection, inspectLog, logFolder } from './read-log.ts';

export interface OpenFileAuditLogOptions {
  readonly dataDir: string;
  readonly fs?: LogFs | undefined;
  /** The secret that the operator gives instead of one in the data folder: it is never written. */
  readonly secret?: Uint8Array | undefined;
  /** When a break in the log is found. */
  readonly now?: (() => Date) | undefined;
}

/** The key that is given is another than the folder's, or is not given any more: going on would break the log without need. */
export class AuditKeyError extends Error {
  override readonly name = 'AuditKeyError';
  readonly reason: 'other' | 'missing';

  constructor(reason: 'other' | 'missing') {
    super(`the audit key that is given: ${reason}`);
    this.reason = reason;
  }
}

/**
 * Opens the log of the data folder, and makes it if it is not there. The caller owns the folder: hold its lock first.
 *
 * What an interrupted write has left after the last whole line was never acknowledged, since the head does not know of
 * it, and goes. Whole lines that the head does not know of yet are taken in. Where anything else is wrong, the log goes on
 * in a new file, whose first line says what is wrong and how the earlier files looked; they are never written again.
 *
 * @throws AuditKeyError
 */
export async function openFileAuditLog(options: OpenFileAuditLogOptions): Promise<AuditLog> {
  const { dataDir, secret, fs = nodeLogFs, now = () => new Date() } = options;
  await refuseOtherKey(fs, dataDir, secret);
  for (const folder of [dataDir, keysFolder(dataDir), headFolder(dataDir), logFolder(dataDir)]) {
    await ensureFolder(fs, folder);
    await removeTemporaryFiles(fs, folder);
  }
  const index = new EntryIndex();
  const found = await inspectLog(fs, dataDir, ({ entry, ...place }) => entry && index.add(place, entry), secret);
  const [start, faults] = found.isNew
    ? [await beginLog(fs, dataDir, found, secret), []]
    : found.newFaults.length > 0
      ? [await goOnInNewFile(fs, dataDir, found, now().toISOString()), found.newFaults]
      : [await goOn(fs, dataDir, found), []];
  // A log whose key has been moved out of the folder.
  if (secret && !(await readKeyFile(fs, dataDir))) await noteGivenKey(fs, dataDir, secret);
  return new FileAuditLog(fs, dataDir, start, index, found.isNew, [...found.knownFaults, ...faults]);
}

/** Left by a process that was killed before it could rename them. */
async function removeTemporaryFiles(fs: LogFs, folder: string): Promise<void> {
  for (const name of await fs.readdir(folder)) {
    if (/^\.(head\.json|audit\.key)\..+\.tmp$/.test(name)) await fs.unlink(join(folder, name));
  }
}

interface Start {
  readonly keys: LogKeys;
  readonly head: LogHead;
  readonly file: GrowingFile;
}

async function refuseOtherKey(fs: LogFs, dataDir: string, given: Uint8Array | undefined): Promise<void> {
  const own = await readKeyFile(fs, dataDir);
  if (!given) {
    if (own?.givenPublicKey !== undefined) throw new AuditKeyError('missing');
    return;
  }
  const publicKey = own?.secret ? logKeysFrom(own.secret).publicKey : own?.givenPublicKey;
  if (publicKey !== undefined && publicKey !== logKeysFrom(given).publicKey) throw new AuditKeyError('other');
}

/** The key comes last: as long as there is none, nothing can have been written. Of one that is given only the public half is noted. */
async function beginLog(fs: LogFs, dataDir: string, { files }: Inspection, given?: Uint8Array): Promise<Start> {
  const secret = given ?? newLogSecret();
  const keys = logKeysFrom(secret);
  if (files.length === 0) await createFile(fs, dataDir, firstFile, '');
  await syncFolder(fs, logFolder(dataDir));
  const head: LogHead = { file: firstFile, lines: 0, bytes: 0, last: 0, mac: beginningOf(firstFile) };
  await headWriter(fs, dataDir, keys)(head);
  await (given ? noteGivenKey : writeLogSecret)(fs, dataDir, secret);
  return { keys, head, file: await fs.openToAppend(join(logFolder(dataDir), firstFile)) };
}

async function goOn(fs: LogFs, dataDir: string, { keys, head, files }: Inspection): Promise<Start> {
  const current = files.find(({ file }) => typeof head === 'object' && head.file === file);
  if (!keys || typeof head !== 'object' || !current) throw new Error('a log without faults has its key, head and file');
  const { file: name, lines, end, bytes, mac } = current;
  const file = await fs.openToAppend(join(logFolder(dataDir), name));
  if (bytes > end) await file.truncate(end);
  // Also what a killed process had written and not fsynced: it is shown from now on.
  await file.sync();
  const newest: LogHead = { file: name, lines, bytes: end, last: Math.max(current.last, head.last), mac };
  if (lines > head.lines) await headWriter(fs, dataDir, keys)(newest);
  return { keys, head: newest, file };
}

/** As many faults as a line should hold; when all lines are changed, the first ones say it. */
const namedFaults = 20;

async function goOnInNewFile(fs: LogFs, dataDir: string, found: Inspection, at: string): Promise<Start> {
  const { files, head } = found;
  const keys = found.keys ?? (await replacedKeys(fs, dataDir));
  const numbers = [...files.map(({ file }) => file), typeof head === 'object' ? head.file : ''].map((name) =>
    Number.parseInt(name, 10),
  );
  const newest = Math.max(0, ...numbers.filter((number) => !Number.isNaN(number)));
  const name = `${String(newest + 1).padStart(4, '0')}.jsonl`;
  const last = Math.max(0, typeof head === 'object' ? head.last : 0, ...files.map((file) => file.last)) + 1;
  const content: LogBreak = {
    at,
    broken: found.newFaults.slice(0, namedFaults).map(({ reason, file, line }) => ({ reason, file, line })),
    sealed: files.map(({ file, bytes, sha256 }) => ({ file, bytes, sha256 })),
  };
  const { text, mac } = encodeLine(keys, beginningOf(name), last, content);
  await createFile(fs, dataDir, name, text);
  await syncFolder(fs, logFolder(dataDir));
  const newHead: LogHead = { file: name, lines: 1, bytes: Buffer.byteLength(text), last, mac };
  await headWriter(fs, dataDir, keys)(newHead);
  return { keys, head: newHead, file: await fs.openToAppend(join(logFolder(dataDir), name)) };
}

async function replacedKeys(fs: LogFs, dataDir: string): Promise<LogKeys> {
  const secret = newLogSecret();
  await writeLogSecret(fs, dataDir, secret);
  return logKeysFrom(secret);
}

async function createFile(fs: LogFs, dataDir: string, name: string, text: string): Promise<void> {
  const file = await fs.create(join(logFolder(dataDir), name));
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

interface Waiting {
  readonly entry: AuditEntry;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

class FileAuditLog implements AuditLog {
  readonly isNew: boolean;
  readonly faults: readonly AuditFault[];
  readonly #fs: LogFs;
  readonly #dataDir: string;
  readonly #keys: LogKeys;
  readonly #file: GrowingFile;
  readonly #index: EntryIndex;
  readonly #writeHead: (head: LogHead) => Promise<void>;
  /** How far the lines have come on the disk. The head on the disk may be behind, never before. */
  #head: LogHead;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  /** A write failed: what it may have left after the last line goes before anything else is written. */
  #isTornAtEnd = false;
  #isClosed = false;

  constructor(
    fs: LogFs,
    dataDir: string,
    { keys, head, file }: Start,
    index: EntryIndex,
    isNew: boolean,
    faults: readonly AuditFault[],
  ) {
    this.#fs = fs;
    this.#dataDir = dataDir;
    this.#keys = keys;
    this.#head = head;
    this.#file = file;
    this.#index = index;
    this.#writeHead = headWriter(fs, dataDir, keys);
    this.isNew = isNew;
    this.faults = faults;
  }

  append(entry: AuditEntry): Promise<void> {
    if (this.#isClosed) return Promise.reject(new StoreClosedError('the audit log is closed'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry, resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  async about(
    subject: Pseudonym,
    lists: Parameters<AuditLog['about']>[1],
    newest = Number.POSITIVE_INFINITY,
  ): Promise<readonly AuditEntry[]> {
    return (await this.#read(this.#index.about(subject, lists, newest))).toReversed();
  }

  async since(from: Instant): Promise<readonly AuditEntry[]> {
    return this.#read(this.#index.since(from));
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#writing;
    await this.#file.close();
  }

  /** What came while the last ones were being written is written together. */
  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#write(batch.map(({ entry }) => entry));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(notSaved(error));
      }
    }
    this.#writing = undefined;
  }

  /** Lines first and the head after them. Acknowledged is what the head knows of: whoever cuts that off is found out. */
  async #write(entries: readonly AuditEntry[]): Promise<void> {
    const places: LinePlace[] = [];
    let text = '';
    let { file, lines, bytes, last, mac } = this.#head;
    for (const entry of entries) {
      last += 1;
      lines += 1;
      const line = encodeLine(this.#keys, mac, last, entry);
      const length = Buffer.byteLength(line.text);
      places.push({ file, position: bytes, length });
      text += line.text;
      bytes += length;
      mac = line.mac;
    }
    if (this.#isTornAtEnd) await this.#cutTornEnd();
    this.#isTornAtEnd = true;
    await this.#file.append(text);
    await this.#file.sync();
    this.#isTornAtEnd = false;
    // From here on the lines stand, also if the head cannot be written: the next head knows of them.
    this.#head = { file, lines, bytes, last, mac };
    for (const [number, entry] of entries.entries()) {
      const place = places[number];
      if (place) this.#index.add(place, entry);
    }
    await this.#writeHead(this.#head);
  }

  async #cutTornEnd(): Promise<void> {
    await this.#file.truncate(this.#head.bytes);
    await this.#file.sync();
    this.#isTornAtEnd = false;
  }

  /** In the order that they are asked for, which is that of the lines. */
  async #read(places: readonly LinePlace[]): Promise<AuditEntry[]> {
    const entries: AuditEntry[] = [];
    for (const [name, inFile] of Map.groupBy(places, ({ file }) => file)) {
      const file = await this.#fs.openToRead(join(logFolder(this.#dataDir), name));
      try {
        for (const run of runsOf(inFile)) {
          const [first, last] = [run[0], run.at(-1)];
          if (!first || !last) continue;
          const bytes = Buffer.from(await file.read(first.position, last.position + last.length - first.position));
          for (const { position, length } of run) {
            const from = position - first.position;
            const line = parseLine(bytes.toString('latin1', from, from + length - 1));
            if (line?.kind !== 'entry') throw new Error(`${name} has been changed while the server was running`);
            entries.push(line.entry);
          }
        }
      } finally {
        await file.close();
      }
    }
    return entries;
  }
}

/** Bytes between two lines that are cheaper to read than to step over, and the most to read at a time. */
const gap = 4096;
const most = 1024 * 1024;

function runsOf(places: readonly LinePlace[]): readonly (readonly LinePlace[])[] {
  const runs: LinePlace[][] = [];
  for (const place of places) {
    const run = runs.at(-1);
    const [first, before] = [run?.[0], run?.at(-1)];
    const isNear = before && place.position - (before.position + before.length) <= gap;
    if (run && first && isNear && place.position + place.length - first.position <= most) run.push(place);
    else runs.push([place]);
  }
  return runs;
}

/** What is no error of the disk is a bug, and is passed on as it is. */
function notSaved(error: unknown): unknown {
  return systemErrorCode(error) === undefined ? error : new WriteFailedError(true, error);
}
