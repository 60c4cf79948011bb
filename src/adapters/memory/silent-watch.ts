import type { Watch } from '#ports/watch.ts';

/** Notes nothing: for tests of what is not watched. */
export const silentWatch: Watch = {
  signedIn: () => undefined,
  signInFailed: () => undefined,
  signedOut: () => undefined,
  limitReached: () => undefined,
  refusedRoute: () => undefined,
  refusedOrigin: () => undefined,
};
