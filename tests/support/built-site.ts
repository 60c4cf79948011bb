import { buildState } from '#src/build/stamp.ts';

/** Before any test of the site: what is built must be of what is here, or they would test another version. */
export function setup(): void {
  if (buildState() !== 'current') throw new Error('dist is not built of this source and content: npm run build');
}
