/** Where the built program begins: `astro build` bundles it with the pages, so that each module is there once (decision 0036). */
export async function run(): Promise<void> {
  await import('./start.ts');
}
