import { systemErrorCode } from '#adapters/lowdb/durable-fs.ts';
import { FolderRefusedError } from '#ports/folder-refusal.ts';
import { NotSavedError } from '#ports/store.ts';
import { SettingsError } from '../env.ts';
import { NoAnswerError } from './ask-owner.ts';
import { diskLine, refusalLine } from './folder-lines.ts';

/**
 * The one line that says what stands in the way of a start or a command, and what to do. Undefined for everything that nobody has
 * thought of: a bug, which its stack should tell.
 */
export function troubleLine(error: unknown, dataDir: string): string | undefined {
  if (error instanceof SettingsError || error instanceof NoAnswerError) return error.message;
  if (error instanceof FolderRefusedError) return refusalLine(error.refusal, dataDir);
  const cause = error instanceof NotSavedError ? error.cause : error;
  return isOfFolder(cause, dataDir) ? diskLine(systemErrorCode(cause), dataDir) : undefined;
}

/** Says in one line what stood in a command's way, which ends with 1. @throws what nobody has thought of */
export function endInTrouble(error: unknown, dataDir: string): void {
  const line = troubleLine(error, dataDir);
  if (line === undefined) throw error;
  console.error(line);
  process.exitCode = 1;
}

/** An error that names no file is one of writing to a file that is open: of those we have in the data folder only. */
function isOfFolder(error: unknown, dataDir: string): boolean {
  if (!(error instanceof Error)) return false;
  const places = ['path', 'dest', 'address'].flatMap((name) => (name in error ? [Reflect.get(error, name)] : []));
  return places.length === 0 || places.some((place) => typeof place === 'string' && place.startsWith(dataDir));
}
