import { readdir, readFile, stat, unlink } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { CalendarDate } from '#domain/kernel/ids.ts';
import type { LooseFiles } from '#ports/loose-files.ts';
import { systemErrorCode } from './durable-fs.ts';
import { isTemporaryName } from './durable-json-file.ts';
import { readingsOf } from './mail-text.ts';

/** The folder whose files nobody misses when their time is up. */
const passing = 'mail';

/** What lies there is for somebody to deal with: time takes nothing of it, and a purge only what is the person's own. */
const setAside = 'set-aside';

/** The logs speak of people by pseudonyms only; no line of the one may go, and the other goes by the day. */
const untouched = ['audit', 'security', 'issued'];

/** @param dataDir everything below it is looked through but documents, the two logs, sockets and keys */
export function createLooseFiles(dataDir: string): LooseFiles {
  const writtenBefore = async (day: CalendarDate) => {
    const found: string[] = [];
    for (const path of await looseFiles(dataDir)) {
      const [folder] = relative(dataDir, path).split(sep);
      if (folder !== passing) continue;
      const written = (await ifThere(stat(path)))?.mtime.toISOString().slice(0, 10);
      if (written !== undefined && written < day) found.push(path);
    }
    return found;
  };
  return {
    removeMentioning: async (texts) => {
      const wanted = texts.filter((text) => text.trim() !== '').map(wholeWords);
      let removed = 0;
      for (const path of await looseFiles(dataDir)) {
        const bytes = await ifThere(readFile(path));
        if (!bytes) continue;
        const readings = [relative(dataDir, path), ...readingsOf(bytes)].map(folded);
        if (!wanted.some((words) => readings.some((reading) => words.test(reading)))) continue;
        if (isRecordOfAnother(relative(dataDir, path), readings, texts)) continue;
        await ifThere(unlink(path));
        removed += 1;
      }
      return removed;
    },
    countBefore: async (day) => (await writtenBefore(day)).length,
    removeBefore: async (day) => {
      const paths = await writtenBefore(day);
      for (const path of paths) await ifThere(unlink(path));
      return paths.length;
    },
  };
}

async function looseFiles(dataDir: string): Promise<readonly string[]> {
  const entries = await ifThere(readdir(dataDir, { recursive: true, withFileTypes: true }));
  return (entries ?? []).flatMap((entry) => {
    if (!entry.isFile()) return [];
    const path = join(entry.parentPath, entry.name);
    const [folder = '', ...rest] = relative(dataDir, path).split(sep);
    if (rest.length === 0) return isTemporaryName(entry.name) ? [path] : [];
    if (untouched.includes(folder)) return [];
    const isDocument =
      folder !== passing && folder !== setAside && rest.length === 1 && /^[^.].*\.json$/.test(entry.name);
    return isDocument ? [] : [path];
  });
}

/**
 * Whether it is somebody else's record, which could not be read and has only a name in common with who is purged. Nobody knows what
 * else stands there.
 */
function isRecordOfAnother(path: string, readings: readonly string[], texts: readonly string[]): boolean {
  const whose = /^set-aside\/people\.([\w-]+)\.json\./.exec(path.split(sep).join('/'))?.[1];
  if (whose === undefined || texts.includes(whose)) return false;
  const exact = texts.filter((text) => /@|\d/.test(text) || /^[A-Z0-9]{10,}$/.test(text)).map(folded);
  return !exact.some((text) => readings.slice(1).some((reading) => reading.includes(text)));
}

/** Mails are sent, and files renamed, while we look. */
async function ifThere<T>(wanted: Promise<T>): Promise<T | undefined> {
  try {
    return await wanted;
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
    return undefined;
  }
}

/** Somebody is called Bo, and a number can be short: they are not found inside of other words. */
function wholeWords(text: string): RegExp {
  const literally = folded(text.trim()).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${literally}(?![\\p{L}\\p{N}])`, 'u');
}

function folded(text: string): string {
  return text.normalize('NFC').toLocaleLowerCase('sv').replace(/\s+/g, ' ');
}
