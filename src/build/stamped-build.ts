import { cpSync, readFileSync } from 'node:fs';
import type { AstroIntegration } from 'astro';
import { z } from 'zod';
import { dateOf } from '#domain/kernel/calendar.ts';
import { compressTexts } from './compress.ts';
import { filesBeside, knownToItself } from './one-program.ts';
import { type Build, removeBuildFile, stampOfSources, writeBuildFile } from './stamp.ts';

/** Where the built program reads its texts and rules: those it was built of, whatever has become of `content/` since. */
const contentFolder = 'dist/content';

/** Makes of `astro build` one whole: everything that runs is in dist, and a file there says of what it was made (decision 0036). */
export function stampedBuild(): AstroIntegration {
  let made: Build | undefined;
  return {
    name: 'stamped-build',
    hooks: {
      'astro:config:setup': ({ command, updateConfig }) => {
        if (command !== 'build') return;
        removeBuildFile();
        made = { version: ownVersion(), stamp: stampOfSources(), builtOn: dateOf(new Date()) };
        updateConfig({ vite: { plugins: [filesBeside(), knownToItself(contentFolder, made)] } });
      },
      'astro:build:done': ({ logger }) => {
        if (!made) return;
        cpSync('content', contentFolder, { recursive: true });
        compressTexts('dist/client');
        if (!writeBuildFile(made)) logger.error('Något ändrades medan det byggdes. Bygg en gång till: npm run build');
      },
    },
  };
}

function ownVersion(): string {
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync('package.json', 'utf8'))).version;
}
