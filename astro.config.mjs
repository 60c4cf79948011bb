// @ts-check
import { writeFile } from 'node:fs/promises';
import mdx from '@astrojs/mdx';
import preact from '@astrojs/preact';
import { defineConfig } from 'astro/config';
import { oneProgram } from './src/build/one-program.ts';
import { stampedBuild } from './src/build/stamped-build.ts';

/** Longest body of a request, in bytes; the server in src/server/ refuses longer ones before Astro sees them. */
const bodySizeLimit = 8 * 1024 * 1024;

/** Writes the built list of routes, which the tests of access and accessibility walk. */
const routeList = {
  name: 'route-list',
  hooks: {
    /** @param {{ routes: import('astro').IntegrationResolvedRoute[] }} options */
    'astro:routes:resolved': ({ routes }) => {
      routeList.routes = routes
        .filter((route) => route.origin === 'project')
        .map(({ pattern, type, isPrerendered }) => ({ pattern, type, isPrerendered }))
        .sort((a, b) => a.pattern.localeCompare(b.pattern));
    },
    'astro:build:done': async () => {
      await writeFile(new URL('./dist/routes.json', import.meta.url), JSON.stringify(routeList.routes, null, 2));
    },
  },
  /** @type {{ pattern: string, type: string, isPrerendered: boolean }[]} */
  routes: [],
};

/**
 * Preact on the server only. Our islands are woken by one script of our own (src/islands/app.ts); the integration's client
 * renderer would be built beside it and split the script into several files.
 */
function preactOnServer() {
  const integration = preact();
  const setup = integration.hooks['astro:config:setup'];
  /** @type {typeof setup} */
  const serverOnly = (options) =>
    setup?.({
      ...options,
      addRenderer: ({ clientEntrypoint: _unused, ...renderer }) => options.addRenderer(renderer),
    });
  return { ...integration, hooks: { ...integration.hooks, 'astro:config:setup': serverOnly } };
}

export default defineConfig({
  output: 'server',
  adapter: oneProgram(
    { mode: 'middleware', bodySizeLimit, experimentalDisableStreaming: true },
    new URL('./src/cli/program.ts', import.meta.url),
  ),
  // The last one writes that all is built.
  integrations: [mdx(), preactOnServer(), routeList, stampedBuild()],
  // Ours covers every method and knows PUBLIC_URL: src/server/origin-check.ts.
  security: { checkOrigin: false },
  devToolbar: { enabled: false },
  markdown: { smartypants: false, syntaxHighlight: false },
  // Scripts and styles are files, never inline: the Content-Security-Policy has no 'unsafe-inline'.
  build: { inlineStylesheets: 'never' },
  vite: {
    build: {
      assetsInlineLimit: 0,
      cssCodeSplit: false,
      // Astro marks each lesson by a directive that only Astro reads; the bundler warned of each that it does not know it.
      rolldownOptions: { checks: { moduleLevelDirective: false } },
    },
  },
});
