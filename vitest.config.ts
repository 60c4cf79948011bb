import { defineConfig } from 'vitest/config';

/**
 * `unit` is what one runs while coding: it starts nothing, and its files share what they import, which is most of what they cost.
 * `process` starts commands, or fills disks and folders; `site` starts the real server on the built site, most of it with a browser.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'tests/{architecture,contract}/**/*.test.ts'],
          isolate: false,
          // Machines are shared: no test fails because another one was running.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'process',
          include: ['tests/{content,durability,simulation}/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'site',
          include: ['tests/{site,journeys,accessibility,crash}/**/*.test.ts'],
          globalSetup: ['tests/support/built-site.ts'],
          testTimeout: 180_000,
          hookTimeout: 60_000,
          // Two cores: servers, browsers and disks beside each other would only wait for one another.
          fileParallelism: false,
        },
      },
    ],
  },
});
