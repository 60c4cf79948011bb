import { buildState } from '#src/build/stamp.ts';
import { prepareBrowser } from './browser.ts';

/** Before any test of the site: what is built must be of what is here, or they would test another version. */
export async function setup(): Promise<void> {
  if (buildState() !== 'current') throw new Error('dist is not built of this source and content: npm run build');
  await prepareBrowser();
}
