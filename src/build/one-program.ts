import { readFile } from 'node:fs/promises';
import { join } from 'node:path/posix';
import { fileURLToPath, pathToFileURL } from 'node:url';
import node from '@astrojs/node';
import type { AstroIntegration, ViteUserConfig } from 'astro';
import type { Build } from './stamp.ts';

type VitePlugin = Extract<NonNullable<ViteUserConfig['plugins']>[number], { readonly name: string }>;

/**
 * The Node adapter, with the whole server as its entry: pages, server and use cases become one program, in which each
 * module is there once (decision 0036).
 */
export function oneProgram(options: Parameters<typeof node>[0], entry: URL): AstroIntegration {
  const integration = node(options);
  const done = integration.hooks['astro:config:done'];
  return {
    ...integration,
    hooks: {
      ...integration.hooks,
      'astro:config:done': (context) =>
        done?.({
          ...context,
          setAdapter: (adapter) =>
            context.setAdapter({ ...adapter, entrypointResolution: 'auto', serverEntrypoint: entry }),
        }),
    },
  };
}

/** Only what the server runs is changed; pages that are built ahead are drawn by the source as it stands. */
const inServer = { apply: 'build', applyToEnvironment: ({ name }: { name: string }) => name === 'ssr' } as const;

/** A file that a module names by `new URL('./x', import.meta.url)`: the program of a thread, a font. */
const besideIt = /new URL\((['"])(\.\/[^'"]+\.\w+)\1, import\.meta\.url\)/g;

/** Takes such files along, to where the same words find them: a thread's program is built as the rest is, others are copied. */
export function filesBeside(): VitePlugin {
  return {
    name: 'files-beside',
    ...inServer,
    async transform(code, id) {
      if (!id.includes('/src/') || !code.includes('import.meta.url')) return undefined;
      for (const [, , path = ''] of code.matchAll(besideIt)) {
        const file = fileURLToPath(new URL(path, pathToFileURL(id)));
        // Astro puts every module of the server in this folder.
        const fileName = join('chunks', path).replace(/\.ts$/, '.mjs');
        if (/\.m?[jt]s$/.test(path)) this.emitFile({ type: 'chunk', id: file, fileName });
        else this.emitFile({ type: 'asset', fileName, source: await readFile(file) });
      }
      return { code: code.replaceAll(besideIt, (whole) => whole.replace(/\.ts(?=['"])/, '.mjs')), map: null };
    },
  };
}

/** In the built program these modules say where the content is that was built with it, and which version and build it is. */
export function knownToItself(contentFolder: string, build: Build): VitePlugin {
  const said: Readonly<Record<string, string>> = {
    '/src/content/content-folder.ts': `export const contentFolder = ${JSON.stringify(contentFolder)};`,
    '/src/adapters/folder/program-version.ts': `export const programVersion = () => ${JSON.stringify(build.version)};`,
    '/src/this-build.ts': `export const thisBuild = ${JSON.stringify(build)};`,
  };
  return {
    name: 'known-to-itself',
    ...inServer,
    load: (id) => Object.entries(said).find(([module]) => id.endsWith(module))?.[1],
  };
}
