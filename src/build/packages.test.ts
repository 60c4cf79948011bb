import { expect, test } from 'vitest';
import { differing } from './packages.ts';

const lock = (packages: Readonly<Record<string, { version?: string; dev?: boolean; optional?: boolean }>>) => ({
  packages: { '': { version: '0.1.0' }, ...packages },
});

test('managers S8: packages that run and are missing, or of another version, are named; others are not asked for', () => {
  const wanted = lock({
    'node_modules/astro': { version: '7.3.4' },
    'node_modules/astro/node_modules/zod': { version: '4.0.0' },
    'node_modules/@astrojs/node': { version: '11.1.6' },
    'node_modules/vitest': { version: '5.1.1', dev: true },
    'node_modules/fsevents': { version: '2.0.0', optional: true },
    'node_modules/yaml': { version: '2.9.1' },
  });
  const installed = lock({
    'node_modules/astro': { version: '7.3.4' },
    'node_modules/astro/node_modules/zod': { version: '4.0.1' },
    'node_modules/yaml': { version: '2.9.1' },
    'node_modules/something-else': { version: '1.0.0' },
  });
  expect(differing(wanted, installed)).toEqual(['zod', '@astrojs/node']);
  expect(differing(wanted, wanted)).toEqual([]);
});
