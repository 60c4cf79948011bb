import { DamagedDocumentError } from './document-format.ts';
import { systemErrorCode } from './durable-fs.ts';

/**
 * What is wrong with one file and not with the disk: a bad sector, a folder in its place, rights that somebody has taken away, a
 * link that leads nowhere or round in a circle.
 */
const codes = ['EIO', 'EISDIR', 'EACCES', 'EPERM', 'ENOENT', 'ELOOP', 'ENOTDIR', 'ENXIO'];

/** @returns undefined for what concerns more than one file, or is a bug */
export function faultOfOne(error: unknown): DamagedDocumentError | undefined {
  const code = systemErrorCode(error);
  return code !== undefined && codes.includes(code) ? new DamagedDocumentError(`unreadable (${code})`) : undefined;
}
