import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { z } from 'zod';

const routeList = z.array(
  z.object({ pattern: z.string(), type: z.enum(['page', 'endpoint']), isPrerendered: z.boolean() }),
);

export type BuiltRoute = z.infer<typeof routeList>[number];

/** Every route of the built site, as the build listed them. */
export const builtRoutes: readonly BuiltRoute[] = routeList.parse(JSON.parse(readFileSync('dist/routes.json', 'utf8')));

const client = 'dist/client';

/** Every file that is handed to a browser, by its path below dist/client; compressed copies left out. */
export function builtFiles(): { readonly path: string; readonly text: string }[] {
  return readdirSync(client, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(client, file).split(sep).join('/'), text: readFileSync(file, 'utf8') }));
}

/** Addresses of the pages that are built ahead. */
export function builtAddresses(): string[] {
  return builtFiles()
    .filter(({ path }) => path.endsWith('.html'))
    .map(({ path }) => `/${path.replace(/(^|\/)index\.html$/, '')}`);
}
