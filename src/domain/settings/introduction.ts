import { addDays } from '#domain/kernel/calendar.ts';
import type { CalendarDate } from '#domain/kernel/ids.ts';

/** From which day the municipality asks for the course at all, and how long those have who worked before it (decision 0033). */
export interface Introduction {
  readonly on: CalendarDate;
  /** From that day to the last day for the course, for who had begun to work before it. */
  readonly days: number;
}

/** How many days a form offers to those who already work; between these. */
export const introductionDays = { least: 0, most: 365 } as const;

/**
 * As it stands on a day. Until somebody has chosen, nobody has to have the course yet: as if it were introduced tomorrow.
 *
 * @param proposedDays how long those who already work have until somebody has chosen
 */
export function introductionAsOf(
  chosen: Introduction | undefined,
  proposedDays: number,
  date: CalendarDate,
): Introduction {
  return chosen ?? { on: addDays(date, 1), days: proposedDays };
}
