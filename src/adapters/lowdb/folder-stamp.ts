import { join } from 'node:path';
import { z } from 'zod';
import type { Instant } from '#domain/kernel/ids.ts';
import { FolderRefusedError } from '#ports/folder-refusal.ts';
import { type DurableFs, nodeDurableFs, systemErrorCode } from './durable-fs.ts';
import { DurableJsonFile } from './durable-json-file.ts';

/**
 * The number of the data folder's format (decision 0034). It is raised when any document's shape changes, and `readableFrom` with
 * it, unless a version of that older number can read and keep everything that this one writes. Folders without a stamp are of format 1.
 */
export const folderFormat = { number: 2, readableFrom: 2 } as const;

const stampFile = 'folder.json';

/** What every version must be able to read of every other version's stamp: never changed. */
const forEverybody = z.looseObject({
  format: z.int().min(1),
  /** The least `folderFormat.number` of a version that may open the folder. */
  readableFrom: z.int().min(1),
  /** The version of the program that wrote it. */
  version: z.string().regex(/^[\w.+ -]{1,60}$/),
});

const stampSchema = forEverybody.extend({
  /** Somebody has been stored in the folder: when nobody is left, something has happened. */
  inUse: z.literal(true).optional(),
  /** A register of issued codes was begun: where there is none, it has been lost or taken away. */
  issued: z.literal(true).optional(),
  /** For each key that has been used here, a value that only it gives (decision 0034). */
  keys: z.record(z.string(), z.string().regex(/^[0-9a-f]{32}$/)).optional(),
  /** When the folder was last in use, by the clock of its server. */
  seenAt: z.iso.datetime().optional(),
});
type Stamp = z.infer<typeof stampSchema>;

/** Values that only these keys give, by their ids; newest first. */
export type KeyChecks = readonly (readonly [id: string, check: string])[];

export interface FolderStamp {
  /** There was no stamp: a new folder, or one from before there were any. */
  readonly isMissing: boolean;
  readonly wasInUse: boolean;
  readonly hadRegister: boolean;
  readonly seenAt: Instant | undefined;
  /** Whether these may be the keys of the folder; undefined where none have been found. */
  fits(keys: KeyChecks | undefined): boolean;
  /** Keeps what is given, durably; nothing is written where nothing is new. @throws WriteFailedError */
  record(news: {
    readonly inUse?: true;
    readonly issued?: true;
    readonly keys?: KeyChecks;
    readonly seenAt?: Instant;
  }): Promise<void>;
}

/**
 * Reads the stamp of a data folder, and writes nothing: that begins with the first `record`.
 *
 * @throws FolderRefusedError where a version wrote the folder that this one is too old for
 */
export async function readFolderStamp(
  { dataDir, version }: { readonly dataDir: string; readonly version: string },
  fs: DurableFs = nodeDurableFs,
): Promise<FolderStamp> {
  const found = await readStamp(fs, dataDir);
  const own: Stamp = { format: folderFormat.number, readableFrom: folderFormat.readableFrom, version };
  // A newer version that lets this one read has the last word about the format.
  let stamp: Stamp = found && found.format > own.format ? found : { ...found, ...own };
  let onDisk = found ? JSON.stringify(found) : undefined;
  let writing: Promise<void> = Promise.resolve();
  const file = new DurableJsonFile<Stamp>({
    fs,
    folder: dataDir,
    name: stampFile,
    encode: (content) => `${JSON.stringify(content)}\n`,
    decode: parsed,
  });
  const write = async () => {
    const text = JSON.stringify(stamp);
    if (text === onDisk) return;
    await file.write(stamp);
    onDisk = text;
  };
  return {
    isMissing: found === undefined,
    wasInUse: found?.inUse ?? false,
    hadRegister: found?.issued ?? false,
    seenAt: found?.seenAt,
    fits: (keys) => {
      const known = Object.entries(found?.keys ?? {});
      if (known.length === 0 || keys === undefined) return known.length === 0;
      const given = new Map(keys);
      const newest = known.reduce((one, other) => (numberOf(other[0]) > numberOf(one[0]) ? other : one));
      const contradicts = ([id, check]: readonly [string, string]) => (given.get(id) ?? check) !== check;
      return given.get(newest[0]) === newest[1] && !known.some(contradicts);
    },
    record: ({ keys, ...news }) => {
      stamp = { ...stamp, ...news, ...(keys && { keys: Object.fromEntries(keys) }) };
      writing = writing.catch(() => undefined).then(write);
      return writing;
    },
  };
}

async function readStamp(fs: DurableFs, dataDir: string): Promise<Stamp | undefined> {
  try {
    return parsed(await fs.readFile(join(dataDir, stampFile)));
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** @throws FolderRefusedError */
function parsed(text: string): Stamp {
  const common = forEverybody.safeParse(jsonOf(text)).data;
  if (common && common.readableFrom > folderFormat.number) {
    throw new FolderRefusedError({ reason: 'newer-version', version: common.version });
  }
  const stamp = stampSchema.safeParse(common).data;
  if (!stamp) throw new FolderRefusedError({ reason: 'stamp-damaged' });
  return stamp;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** @example numberOf('k2') // 2 */
function numberOf(id: string): number {
  return Number(id.slice(1));
}
