import type { CalendarDate } from '#domain/kernel/ids.ts';

/**
 * Files under the data folder that are no documents: mails in the mail folder, what was set aside, what an interrupted write left
 * behind. Nobody reads them here; what they hold of a person has to go with the person.
 */
export interface LooseFiles {
  /**
   * Removes every file in which one of these texts stands, also as mails write them (quoted-printable, base64, encoded words).
   * Capital letters and blanks do not count.
   *
   * @returns how many
   */
  removeMentioning(texts: readonly string[]): Promise<number>;
  /** How many were written before this day, in UTC. */
  countBefore(day: CalendarDate): Promise<number>;
  /** Removes those that were written before this day. @returns how many */
  removeBefore(day: CalendarDate): Promise<number>;
}
