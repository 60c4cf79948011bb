import type { SecurityEvent } from '#domain/account/security-event.ts';
import type { CalendarDate, Instant, Pseudonym } from '#domain/kernel/ids.ts';

export interface SecurityLog {
  /** Written soon, and not waited for: nobody's sign-in is slower, or fails, because of the log. */
  append(event: SecurityEvent): void;
  /**
   * Newest first, of one person or of everybody.
   *
   * @returns what was found, and in how many of the lines that were read the mark of the chain is wrong
   */
  newest(asked: {
    readonly since: Instant;
    readonly most: number;
    readonly of?: Pseudonym | undefined;
  }): Promise<{ readonly events: readonly SecurityEvent[]; readonly changedLines: number }>;
  /** How many days' events there are from before this day. */
  countBefore(day: CalendarDate): Promise<number>;
  /** Removes them. @returns how many days */
  removeBefore(day: CalendarDate): Promise<number>;
  /** Writes what waits. Nothing is written after it. */
  close(): Promise<void>;
}
