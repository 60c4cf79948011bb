import type { AuditFault } from '#ports/audit-log.ts';
import { type LogFs, nodeLogFs } from './log-fs.ts';
import type { LogHead } from './log-head.ts';
import { type FoundLine, inspectLog } from './read-log.ts';

/** A head as it was printed once, to be kept where nobody who can change the log can change it. */
export interface KeptHead {
  readonly length: number;
  readonly mac: string;
  readonly publicKey?: string | undefined;
}

export type VerifiedLog =
  | { readonly outcome: 'none' }
  | {
      readonly outcome: 'read';
      readonly faults: readonly AuditFault[];
      /** The number of the last line, its mark and the key that the head is signed with. */
      readonly head: Required<KeptHead> | undefined;
      /** Lines that the head does not know of: they were being written, or their writing was interrupted. */
      readonly beyondHead: number;
      /** Compared with the head that was kept. */
      readonly since: 'same' | 'shorter' | 'other-line' | 'other-key' | undefined;
    };

/**
 * Reads the log of a data folder and changes nothing; a server may be running on it.
 *
 * @param secret the one that the operator gives (`AUDIT_KEY_FILE`), where the folder has none
 */
export async function verifyLog(
  dataDir: string,
  kept?: KeptHead,
  fs: LogFs = nodeLogFs,
  secret?: Uint8Array,
): Promise<VerifiedLog> {
  let keptLine: string | undefined;
  const visit = ({ n, mac }: FoundLine) => {
    if (n === kept?.length) keptLine = mac;
  };
  const found = await inspectLog(fs, dataDir, visit, secret);
  const { keys, head, files, knownFaults, newFaults } = found;
  if (found.isNew) return { outcome: 'none' };
  const current = files.find(({ file }) => typeof head === 'object' && head.file === file);
  return {
    outcome: 'read',
    faults: [...knownFaults, ...newFaults],
    head:
      keys && typeof head === 'object' ? { length: head.last, mac: head.mac, publicKey: keys.publicKey } : undefined,
    beyondHead: typeof head === 'object' && current ? Math.max(current.lines - head.lines, 0) : 0,
    since: kept && compared(kept, keptLine, head, keys?.publicKey),
  };
}

function compared(
  kept: KeptHead,
  line: string | undefined,
  head: LogHead | 'missing' | 'changed',
  publicKey: string | undefined,
): 'same' | 'shorter' | 'other-line' | 'other-key' {
  if (kept.publicKey !== undefined && kept.publicKey !== publicKey) return 'other-key';
  if (line === kept.mac) return 'same';
  return typeof head === 'object' && head.last < kept.length ? 'shorter' : 'other-line';
}
