import type { Build } from './build/stamp.ts';

/** Which build runs. The source is none: `astro build` puts a module in this one's place that says which it is (src/build/). */
export const thisBuild: Build | undefined = undefined;
