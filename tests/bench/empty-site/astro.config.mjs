// @ts-check
import node from '@astrojs/node';
import preact from '@astrojs/preact';
import { defineConfig } from 'astro/config';

/** The yardstick for Min sida: what a page of Astro costs before anything of ours is on it. Built by empty-site.ts. */
export default defineConfig({
  output: 'server',
  adapter: node({ mode: 'middleware' }),
  integrations: [preact()],
  cacheDir: './.cache',
  vite: { cacheDir: './.cache/vite' },
});
