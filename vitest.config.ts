import { defineConfig } from 'vitest/config';

/** `unit` needs nothing but Node; `site` starts the real server on the built site, most of it with a browser. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'tests/{architecture,content,contract,durability,simulation}/**/*.test.ts'],
          // Machines are shared: no test fails because another one was running.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'site',
          include: ['tests/{site,journeys,accessibility,crash}/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 60_000,
          // Two cores: servers, browsers and disks beside each other would only wait for one another.
          fileParallelism: false,
        },
      },
    ],
  },
});
