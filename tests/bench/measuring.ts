import type { Course } from '#domain/course/course.ts';
import type { Figure } from './figure.ts';

/** What every measurement gets. */
export interface Measuring {
  /** As the server has it. */
  readonly course: Course;
  /** Gone afterwards. */
  readonly folder: string;
  /** Servers and browsers are stopped when the measurement has ended, or has failed half-way. The last first. */
  afterwards(stop: () => unknown): void;
}

export type Measure = (measuring: Measuring) => Promise<readonly Figure[]>;

/** So many times everything that varies is measured. */
export const rounds = 5;

/** One round after another: what is compared stands side by side in time. */
export async function inRounds(round: () => Promise<void>): Promise<void> {
  for (let number = 0; number < rounds; number += 1) await round();
}
