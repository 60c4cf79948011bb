import { dirname } from 'node:path';
import type { GrowingFile, LogFs, ReadableFile } from '#adapters/audit/log-fs.ts';
import type { OpenFile, OpenFolder } from '#adapters/lowdb/durable-fs.ts';

/** What was done to the disk, so that every beginning of it can be done again. */
export type Operation =
  | { readonly op: 'mkdir' | 'unlink' | 'fsync folder'; readonly path: string }
  | { readonly op: 'create'; readonly path: string; readonly file: number }
  /** The whole contents from then on, also where a file grows or is cut. */
  | { readonly op: 'write'; readonly file: number; readonly text: string }
  | { readonly op: 'fsync' | 'close'; readonly file: number }
  | { readonly op: 'rename'; readonly path: string; readonly to: string };

interface FileNode {
  readonly kind: 'file';
  readonly live: string;
  /** What is on the disk for certain; `undefined` before the first fsync. */
  readonly durable: string | undefined;
}

type Entry = { readonly kind: 'folder' } | { readonly kind: 'file'; readonly file: number };

/** Changes of names that a loss of power keeps or loses as one, until one of their folders is fsynced. */
interface PendingChange {
  readonly folders: readonly string[];
  readonly edits: readonly { readonly path: string; readonly entry: Entry | undefined }[];
}

/**
 * A disk in memory that forgets, when the power is lost, everything it may forget: contents that were not fsynced, and
 * names that were created, renamed or removed since their folder was fsynced. Changes of names that are not fsynced may
 * have reached the disk in any combination, which is more than real file systems do.
 */
export class SimulatedDisk implements LogFs {
  readonly log: Operation[] = [];
  readonly #files = new Map<number, FileNode>();
  readonly #live: Map<string, Entry>;
  readonly #durable: Map<string, Entry>;
  #pending: PendingChange[] = [];
  #lastFile = 0;

  private constructor(entries: ReadonlyMap<string, Entry>, files: ReadonlyMap<number, string>) {
    this.#live = new Map(entries);
    this.#durable = new Map(entries);
    for (const [file, text] of files) {
      this.#files.set(file, { kind: 'file', live: text, durable: text });
      this.#lastFile = Math.max(this.#lastFile, file);
    }
  }

  static empty(): SimulatedDisk {
    return new SimulatedDisk(new Map([['/', { kind: 'folder' }]]), new Map());
  }

  /** An empty disk to which all this has been done: what the next process finds when this one was killed. */
  static after(operations: readonly Operation[]): SimulatedDisk {
    const disk = SimulatedDisk.empty();
    for (const operation of operations) disk.#do(operation);
    return disk;
  }

  /** Every disk that may be found when the power is lost now. */
  *afterPowerLoss(): Generator<SimulatedDisk> {
    for (const kept of subsets(this.#pending)) {
      const entries = this.#entriesWith(kept);
      for (const texts of this.#contentsOf(filesIn(entries))) yield new SimulatedDisk(entries, texts);
    }
  }

  /** One of them by chance, where there are too many for all. @param random numbers from 0 up to 1 */
  afterSomePowerLoss(random: () => number): SimulatedDisk {
    const entries = this.#entriesWith(this.#pending.filter(() => random() < 0.5));
    const texts = filesIn(entries).map((file): [number, string] => {
      const possible = this.#textsOf(file);
      return [file, possible[Math.floor(random() * possible.length)] ?? ''];
    });
    return new SimulatedDisk(entries, new Map(texts));
  }

  /** The names under a folder. */
  names(folder: string): readonly string[] {
    return [...this.#live.keys()].filter((path) => dirname(path) === folder && path !== '/').map(nameOf);
  }

  async mkdir(path: string): Promise<void> {
    this.#requireFolder(dirname(path), 'mkdir');
    if (this.#live.has(path)) throw systemError('EEXIST', 'mkdir');
    this.#do({ op: 'mkdir', path });
  }

  async readdir(path: string): Promise<readonly string[]> {
    this.#requireFolder(path, 'scandir');
    return this.names(path);
  }

  async readFile(path: string): Promise<string> {
    return this.readFileSync(path);
  }

  readFileSync(path: string): string {
    return this.#file(this.#fileAt(path, 'open')).live;
  }

  async create(path: string): Promise<OpenFile> {
    this.#requireFolder(dirname(path), 'open');
    if (this.#live.has(path)) throw systemError('EEXIST', 'open');
    const file = this.#lastFile + 1;
    this.#do({ op: 'create', path, file });
    return {
      writeFile: async (text) => this.#do({ op: 'write', file, text }),
      sync: async () => this.#do({ op: 'fsync', file }),
      close: async () => this.#do({ op: 'close', file }),
    };
  }

  async openToAppend(path: string): Promise<GrowingFile> {
    const file = this.#fileAt(path, 'open');
    return {
      append: async (text) => this.#do({ op: 'write', file, text: this.#file(file).live + text }),
      truncate: async (size) => this.#do({ op: 'write', file, text: this.#file(file).live.slice(0, size) }),
      sync: async () => this.#do({ op: 'fsync', file }),
      close: async () => this.#do({ op: 'close', file }),
    };
  }

  async openToRead(path: string): Promise<ReadableFile> {
    const file = this.#fileAt(path, 'open');
    return {
      read: async (position, length) => Buffer.from(this.#file(file).live).subarray(position, position + length),
      close: async () => undefined,
    };
  }

  async openFolder(path: string): Promise<OpenFolder> {
    this.#requireFolder(path, 'open');
    return { sync: async () => this.#do({ op: 'fsync folder', path }), close: async () => undefined };
  }

  async rename(from: string, to: string): Promise<void> {
    this.#fileAt(from, 'rename');
    this.#requireFolder(dirname(to), 'rename');
    this.#do({ op: 'rename', path: from, to });
  }

  async unlink(path: string): Promise<void> {
    this.#fileAt(path, 'unlink');
    this.#do({ op: 'unlink', path });
  }

  #do(operation: Operation): void {
    this.log.push(operation);
    switch (operation.op) {
      case 'mkdir':
        this.#change([{ path: operation.path, entry: { kind: 'folder' } }]);
        break;
      case 'create':
        this.#lastFile = operation.file;
        this.#files.set(operation.file, { kind: 'file', live: '', durable: undefined });
        this.#change([{ path: operation.path, entry: { kind: 'file', file: operation.file } }]);
        break;
      case 'write':
        this.#files.set(operation.file, { ...this.#file(operation.file), live: operation.text });
        break;
      case 'fsync': {
        const { live } = this.#file(operation.file);
        this.#files.set(operation.file, { kind: 'file', live, durable: live });
        break;
      }
      case 'close':
        break;
      case 'rename':
        this.#change([
          { path: operation.path, entry: undefined },
          { path: operation.to, entry: this.#live.get(operation.path) },
        ]);
        break;
      case 'unlink':
        this.#change([{ path: operation.path, entry: undefined }]);
        break;
      case 'fsync folder':
        this.#syncFolder(operation.path);
        break;
    }
  }

  #syncFolder(path: string): void {
    const synced = this.#pending.filter(({ folders }) => folders.includes(path));
    for (const { edits } of synced) applyEdits(this.#durable, edits);
    this.#pending = this.#pending.filter((change) => !synced.includes(change));
  }

  #change(edits: PendingChange['edits']): void {
    applyEdits(this.#live, edits);
    this.#pending.push({ folders: edits.map(({ path }) => dirname(path)), edits });
  }

  #entriesWith(kept: readonly PendingChange[]): ReadonlyMap<string, Entry> {
    const entries = new Map(this.#durable);
    for (const { edits } of kept) applyEdits(entries, edits);
    for (const path of entries.keys()) if (!isReachable(entries, path)) entries.delete(path);
    return entries;
  }

  *#contentsOf(files: readonly number[]): Generator<ReadonlyMap<number, string>> {
    const [first, ...rest] = files;
    if (first === undefined) {
      yield new Map();
      return;
    }
    for (const others of this.#contentsOf(rest)) {
      for (const text of this.#textsOf(first)) yield new Map([...others, [first, text]]);
    }
  }

  /** Contents that were not fsynced are whole, as they were before, empty, or torn in what is new. */
  #textsOf(file: number): readonly string[] {
    const { live, durable = '' } = this.#file(file);
    if (durable.startsWith(live)) return [...new Set([live, durable])];
    const kept = live.startsWith(durable) ? durable.length : 0;
    return [...new Set([live, durable, live.slice(0, (kept + live.length) / 2)])];
  }

  #file(file: number): FileNode {
    const node = this.#files.get(file);
    if (node === undefined) throw new Error(`no file ${file}`);
    return node;
  }

  #fileAt(path: string, syscall: string): number {
    const entry = this.#live.get(path);
    if (entry === undefined) throw systemError('ENOENT', syscall);
    if (entry.kind === 'folder') throw systemError('EISDIR', syscall);
    return entry.file;
  }

  #requireFolder(path: string, syscall: string): void {
    if (this.#live.get(path)?.kind !== 'folder') throw systemError('ENOENT', syscall);
  }
}

export function systemError(code: string, syscall: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: simulated, ${syscall}`), { code, syscall });
}

function applyEdits(entries: Map<string, Entry>, edits: PendingChange['edits']): void {
  for (const { path, entry } of edits) {
    if (entry === undefined) entries.delete(path);
    else entries.set(path, entry);
  }
}

function filesIn(entries: ReadonlyMap<string, Entry>): readonly number[] {
  const files = [...entries.values()].flatMap((entry) => (entry.kind === 'file' ? [entry.file] : []));
  return [...new Set(files)];
}

/** A folder that was lost takes along what is in it. */
function isReachable(entries: ReadonlyMap<string, Entry>, path: string): boolean {
  return path === '/' || (entries.has(dirname(path)) && isReachable(entries, dirname(path)));
}

function* subsets<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let chosen = 0; chosen < 2 ** items.length; chosen += 1) {
    yield items.filter((_, index) => (chosen >> index) & 1);
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
