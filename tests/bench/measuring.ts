import type { Course } from '#domain/course.ts';
import type { Figure } from './figure.ts';

/** What every measurement gets: the course as the server has it, and a folder that is gone afterwards. */
export interface Measuring {
  readonly course: Course;
  readonly folder: string;
}

export type Measure = (measuring: Measuring) => Promise<readonly Figure[]>;

/** So many times everything that varies is measured. */
export const rounds = 5;

/** One round after another: what is compared stands side by side in time. */
export async function inRounds(round: () => Promise<void>): Promise<void> {
  for (let number = 0; number < rounds; number += 1) await round();
}
