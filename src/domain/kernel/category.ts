/** Employment categories decide the track (docs/words.md). */
export const categories = ['new-employee', 'temporary-staff', 'student', 'summer-worker', 'unit-manager'] as const;
export type Category = (typeof categories)[number];
