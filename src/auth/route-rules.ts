import type { PlacePermission } from '#domain/access.ts';

/**
 * Who may use a route, before any question of whose record it is. A permission means whoever has it somewhere; the page
 * asks about the very place or person.
 */
export type Audience = 'everyone' | 'signed-in' | PlacePermission;

export interface RouteRule {
  readonly audience: Audience;
  readonly methods: readonly ('GET' | 'POST')[];
  /** Answers in JSON: refusals are JSON too, never a redirect to the sign-in page. */
  readonly json?: true;
  /** A form that is sent after the session has ended is carried by the sign-in page instead of being lost. */
  readonly held?: true;
}

const page = (audience: Audience): RouteRule => ({ audience, methods: ['GET'] });
const form = (audience: Audience): RouteRule => ({ audience, methods: ['GET', 'POST'] });
const action = (audience: Audience): RouteRule => ({ audience, methods: ['POST'] });

/**
 * Every route that is not built ahead, by Astro's pattern. The middleware refuses what is not in here, and a test
 * holds the table against the built list of routes.
 */
export const routeRules: Readonly<Record<string, RouteRule>> = {
  '/404': form('everyone'),
  '/500': form('everyone'),
  '/[...prefix]/sla-upp': page('everyone'),
  '/halsa': { ...page('everyone'), json: true },
  '/intyg': page('everyone'),
  '/intyg/[code]': page('everyone'),
  '/intyg/[code].pdf': page('everyone'),
  '/intyg/[code].json': { ...page('everyone'), json: true },
  '/ova/[scenario]': form('everyone'),
  '/lektion-klar': action('everyone'),
  '/sprak': action('everyone'),
  '/logga-in': form('everyone'),
  '/logga-ut': action('everyone'),
  '/kom-tillbaka': form('everyone'),
  '/glomt-losenord': form('everyone'),
  '/nytt-losenord/[token]': form('everyone'),
  '/valkommen/[token]': form('everyone'),
  '/grupp': page('everyone'),
  '/grupp/[code]': form('everyone'),
  '/min-sida': page('signed-in'),
  '/min-sida/uppgifter.json': { ...page('signed-in'), json: true },
  '/prov': form('signed-in'),
  '/prov/[attempt]': { ...form('signed-in'), held: true },
  '/prov/[attempt]/svar': { ...action('signed-in'), json: true },
  '/prov/[attempt]/granska': page('signed-in'),
  '/prov/[attempt]/resultat': page('signed-in'),
  '/admin': form('manage:people'),
  '/admin/organisation': form('edit:organisation'),
  '/admin/personer': form('manage:people'),
  '/admin/personer/[id]': form('manage:people'),
  '/admin/grupper/[id]': form('manage:people'),
};
