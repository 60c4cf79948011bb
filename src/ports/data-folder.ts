import type { Instant } from '#domain/kernel/ids.ts';

/** Whether what is sent in can be saved: `full` and `read-only` disks, and one that refuses for another reason. */
export type DiskState = 'ok' | 'full' | 'read-only' | 'refuses';

/** The data folder as a whole. */
export interface DataFolder {
  /** When somebody last said that it was in use. */
  lastSeenAt(): Instant | undefined;
  /** It is in use now. @throws NotSavedError */
  seen(now: Instant): Promise<void>;
  /** People have been stored in it: if there is nobody the next time, something has happened. @throws NotSavedError */
  markInUse(): Promise<void>;
  /** Tries to write. The answer may be some seconds old. */
  disk(): Promise<DiskState>;
}
