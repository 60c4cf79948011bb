import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** How many files run beside each other: Vitest would leave a core idle, which is half of what two have. */
const maxWorkers = Math.min(4, availableParallelism());

/** Files that judge how long something takes, kill and load a server, or judge what others have seen: nothing else runs beside them. */
const alone = [
  'tests/crash/**/*.test.ts',
  'tests/accessibility/last-look.test.ts',
  'tests/site/{attacks,disk,import-load,shutdown}.test.ts',
];

/**
 * `unit` is what one runs while coding: it starts nothing, and its files share what they import, which is most of what they cost.
 * `process` starts commands, or fills disks and folders; `site` starts the real server on the built site, most of it with a browser,
 * each file with servers, folders and ports of its own; `crash` is what must have the machine to itself, and comes last.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'tests/{architecture,contract}/**/*.test.ts'],
          isolate: false,
          maxWorkers,
          // Machines are shared: no test fails because another one was running.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'process',
          include: ['tests/{content,durability,simulation}/**/*.test.ts'],
          maxWorkers,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'site',
          include: ['tests/{site,journeys,accessibility}/**/*.test.ts'],
          exclude: alone,
          globalSetup: ['tests/support/built-site.ts'],
          maxWorkers,
          sequence: { groupOrder: 1 },
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'crash',
          include: alone,
          globalSetup: ['tests/support/built-site.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
