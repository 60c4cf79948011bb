import type { PersonId, Pseudonym } from '#domain/kernel/ids.ts';

/** Ways in. `factor`: a second factor shown in a session that is open already. */
export const signInWays = ['password', 'code', 'factor', 'invitation', 'reset', 'group'] as const;
export type SignInWay = (typeof signInWays)[number];

/** What no page of ours sends: another method, no length, too much, another type. */
export const refusedRequests = ['method', 'length', 'tooLarge', 'type'] as const;
export type RefusedRequest = (typeof refusedRequests)[number];

/** Whom it concerns, as far as it is known: an account that is there, never what somebody has typed. */
export type Watched = { readonly id: PersonId; readonly pseudonym: Pseudonym };

/**
 * Notes what happens at the doors, for the security log (decision 0028). Where it comes from is known already (whereabouts). Nothing
 * here is waited for, fails, or takes longer for an account that is there than for one that is not.
 */
export interface Watch {
  signedIn(person: Watched, way: SignInWay): void;
  /** @param person whose account it was; undefined where there is none. Many failures are told to that person by mail. */
  signInFailed(way: SignInWay, person?: Watched): void;
  signedOut(person: Watched): void;
  /** @param limit the name of the rule: `account`, `address`, `mail` … */
  limitReached(limit: string, person?: Watched): void;
  /** @param route Astro's pattern, in which no id stands */
  refusedRoute(route: string, person?: Watched): void;
  /** A form that came from another site's page. */
  refusedOrigin(): void;
  /** What somebody has made by hand, to see whether it passes (ASVS 16.3.3). */
  refusedRequest(what: RefusedRequest): void;
}
