import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { systemErrorCode } from '#adapters/lowdb/durable-fs.ts';
import type { AuditEntry, AuditFault } from '#ports/audit-log.ts';
import type { LogFs } from './log-fs.ts';
import { headFile, type LogHead, readLogHead } from './log-head.ts';
import { type LogKeys, readKeyFile, readLogKeys } from './log-keys.ts';
import { beginningOf, type CheckedLine, checkLine, type LogBreak, parseLine } from './log-line.ts';

export const logFolder = (dataDir: string) => join(dataDir, 'audit');
export const firstFile = '0001.jsonl';
const isLogFile = (name: string) => /^\d{4}\.jsonl$/.test(name);

/** A line that the key has made, where it stands. */
export interface FoundLine {
  readonly file: string;
  readonly position: number;
  /** In bytes, with its line break. */
  readonly length: number;
  readonly n: number;
  readonly mac: string;
  readonly entry?: AuditEntry | undefined;
}

/** One file of lines, read to its end. */
export interface ReadFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly lines: number;
  /** Where the last whole line ends; what comes after is a line that was interrupted. */
  readonly end: number;
  readonly mac: string;
  /** The highest number that stands there, whoever wrote it. */
  readonly last: number;
  readonly faults: readonly AuditFault[];
  /** What its first line says about the files before it. */
  readonly startsWith?: LogBreak | undefined;
  /** How it was where the head says that the log had come. */
  readonly atHead?: { readonly position: number; readonly mac: string } | undefined;
}

export interface Inspection {
  /** Nothing has ever been written. */
  readonly isNew: boolean;
  readonly keys: LogKeys | undefined;
  readonly head: LogHead | 'missing' | 'changed';
  /** In order. */
  readonly files: readonly ReadFile[];
  /** Written down when the log went on in a new file. */
  readonly knownFaults: readonly AuditFault[];
  readonly newFaults: readonly AuditFault[];
}

/**
 * Reads a whole log and changes nothing. The head comes first and the lines after it: while a server is writing, the lines
 * are at least as many as the head knows of.
 *
 * @param given as for `readLogKeys`
 */
export async function inspectLog(
  fs: LogFs,
  dataDir: string,
  visit: (line: FoundLine) => void = () => undefined,
  given?: Uint8Array,
): Promise<Inspection> {
  const keys = await readLogKeys(fs, dataDir, given);
  const head = await readLogHead(fs, dataDir, keys);
  const names = await logFiles(fs, logFolder(dataDir));
  const files: ReadFile[] = [];
  for (const name of names) files.push(await readLogFile(fs, dataDir, name, keys, head, visit));
  // The folder's key, or the note that one is given, is written last: before it nothing has been acknowledged.
  const isUnbegun = (await readKeyFile(fs, dataDir)) === undefined;
  const isNew = isUnbegun && files.every(({ file, bytes }) => file === firstFile && bytes === 0);
  const knownFaults = unique(files.flatMap(({ startsWith }) => startsWith?.broken ?? []));
  return { isNew, keys, head, files, knownFaults, newFaults: isNew ? [] : newFaultsIn(keys, head, files) };
}

export async function logFiles(fs: LogFs, folder: string): Promise<readonly string[]> {
  try {
    return (await fs.readdir(folder)).filter(isLogFile).sort();
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Whether anything has ever been written, without reading it. */
export async function hasLines(fs: LogFs, dataDir: string): Promise<boolean> {
  for (const name of await logFiles(fs, logFolder(dataDir))) {
    const file = await fs.openToRead(join(logFolder(dataDir), name));
    try {
      if ((await file.read(0, 1)).length > 0) return true;
    } finally {
      await file.close();
    }
  }
  return false;
}

function newFaultsIn(
  keys: LogKeys | undefined,
  head: LogHead | 'missing' | 'changed',
  files: readonly ReadFile[],
): readonly AuditFault[] {
  if (!keys) return [{ reason: 'key-missing', file: 'audit.key' }];
  if (head === 'missing' || head === 'changed') {
    const newest = files.at(-1);
    const reason = head === 'missing' ? 'head-missing' : 'head-changed';
    return [{ reason, file: headFile }, ...(newest ? [...newest.faults, ...sealFaults(newest, files)] : [])];
  }
  const current = files.find(({ file }) => file === head.file);
  if (!current) return [{ reason: 'file-missing', file: head.file }];
  const unknown = files.filter(({ file }) => file > head.file);
  return [
    ...current.faults,
    ...headFaults(head, current),
    ...sealFaults(current, files),
    ...unknown.map(({ file }): AuditFault => ({ reason: 'file-unknown', file })),
  ];
}

function headFaults(head: LogHead, { file, lines, atHead }: ReadFile): readonly AuditFault[] {
  if (lines < head.lines) return [{ reason: 'tail-cut', file, line: lines + 1 }];
  if (atHead?.mac !== head.mac || atHead.position !== head.bytes) {
    return [{ reason: 'head-disagrees', file, line: head.lines }];
  }
  return [];
}

/** The files before this one are evidence, and are to be as they were when this one was begun. */
function sealFaults({ file: current, startsWith }: ReadFile, files: readonly ReadFile[]): readonly AuditFault[] {
  const sealed = startsWith?.sealed ?? [];
  const gone = sealed.filter((seal) => !files.some(({ file }) => file === seal.file));
  const earlier = files.filter(({ file }) => file < current);
  return [
    ...gone.map(({ file }): AuditFault => ({ reason: 'file-missing', file })),
    ...earlier.flatMap(({ file, bytes, sha256 }): AuditFault[] => {
      const seal = sealed.find((one) => one.file === file);
      if (!seal) return [{ reason: 'file-unknown', file }];
      return seal.bytes === bytes && seal.sha256 === sha256 ? [] : [{ reason: 'file-changed', file }];
    }),
  ];
}

async function readLogFile(
  fs: LogFs,
  dataDir: string,
  file: string,
  keys: LogKeys | undefined,
  head: LogHead | 'missing' | 'changed',
  visit: (line: FoundLine) => void,
): Promise<ReadFile> {
  const hash = createHash('sha256');
  const faults: AuditFault[] = [];
  let mac = beginningOf(file);
  let [lines, end, last, expected, trueLines] = [0, 0, 0, file === firstFile ? 1 : 0, 0];
  let startsWith: LogBreak | undefined;
  const headLines = typeof head === 'object' && head.file === file ? head.lines : undefined;
  let atHead = headLines === 0 ? { position: 0, mac } : undefined;
  const bytes = await eachLine(
    fs,
    join(logFolder(dataDir), file),
    (line, position) => {
      const checked: CheckedLine = keys
        ? checkLine(keys, mac, line)
        : { isTrue: false, mac: '', content: parseLine(line) };
      const n = checked.content?.n;
      const follows = n !== undefined && (expected === 0 || n === expected);
      lines += 1;
      end = position + line.length + 1;
      mac = checked.mac;
      if (checked.isTrue && follows) {
        trueLines += 1;
        const { content } = checked;
        const entry = content?.kind === 'entry' ? content.entry : undefined;
        visit({ file, position, length: line.length + 1, n, mac, entry });
        if (lines === 1 && content?.kind === 'break') startsWith = content.found;
      } else {
        faults.push({ reason: n === undefined || follows ? 'line-changed' : 'line-missing', file, line: lines });
      }
      last = Math.max(last, n ?? 0);
      expected = (n ?? expected) + 1;
      if (lines === headLines) atHead = { position: end, mac };
    },
    (chunk) => hash.update(chunk),
  );
  const isRewritten = keys !== undefined && lines > 1 && trueLines === 0;
  return {
    file,
    bytes,
    sha256: hash.digest('hex'),
    lines,
    end,
    mac,
    last,
    faults: isRewritten ? [{ reason: 'chain-rewritten', file }] : faults,
    startsWith,
    atHead,
  };
}

const chunkSize = 256 * 1024;
const lineBreak = 10;

/** @returns the file's size. What comes after the last line break is no line. */
async function eachLine(
  fs: LogFs,
  path: string,
  visit: (line: string, position: number) => void,
  visitChunk: (bytes: Buffer) => void,
): Promise<number> {
  const file = await fs.openToRead(path);
  try {
    let rest = Buffer.alloc(0);
    let position = 0;
    for (;;) {
      const read = Buffer.from(await file.read(position + rest.length, chunkSize));
      if (read.length === 0) return position + rest.length;
      visitChunk(read);
      const bytes = rest.length > 0 ? Buffer.concat([rest, read]) : read;
      let from = 0;
      for (let to = bytes.indexOf(lineBreak); to >= 0; to = bytes.indexOf(lineBreak, from)) {
        visit(bytes.toString('latin1', from, to), position + from);
        from = to + 1;
      }
      rest = bytes.subarray(from);
      position += from;
    }
  } finally {
    await file.close();
  }
}

function unique(faults: readonly AuditFault[]): readonly AuditFault[] {
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
}
