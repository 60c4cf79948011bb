import type { PlacePermission } from '#domain/access/access.ts';
import { assuranceOf, hasSecondFactor } from '#domain/account/second-factor.ts';
import type { SignedInSession } from '#ports/sessions.ts';

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
  /** A form that signs somebody in: of no use to a browser that keeps no cookies. */
  readonly opensSession?: true;
  /** Comes before anybody has chosen a language here: the page speaks the reader's own, or the browser's. */
  readonly welcomes?: true;
  /** What cannot be taken back, or takes people's names out of here: a second factor must have been shown just now. */
  readonly fresh?: true;
}

/** Whether a body is said to be JSON, by its `Content-Type`. */
export function isJson(contentType: string | null | undefined): boolean {
  return /^application\/json\s*(;|$)/i.test(contentType ?? '');
}

/** Whether a role is what opens the route: then a password is not enough. */
export function asksForRole({ audience }: RouteRule): boolean {
  return audience !== 'everyone' && audience !== 'signed-in';
}

/**
 * What has to come first: the second factor shown (once more, where the rule says `fresh`), or one added by who has none.
 *
 * @returns undefined where nothing has
 */
export function requiredFactor(rule: RouteRule, session: SignedInSession, now: Date): 'show' | 'add' | undefined {
  if (!asksForRole(rule) && !rule.fresh) return undefined;
  const assurance = assuranceOf(session.strongAt, now);
  if (assurance === 'fresh' || (assurance === 'strong' && !rule.fresh)) return undefined;
  return hasSecondFactor(session.person) ? 'show' : 'add';
}

const page = (audience: Audience): RouteRule => ({ audience, methods: ['GET'] });
const form = (audience: Audience): RouteRule => ({ audience, methods: ['GET', 'POST'] });
const wayIn: RouteRule = { ...form('everyone'), opensSession: true };
const action = (audience: Audience): RouteRule => ({ audience, methods: ['POST'] });

/**
 * Every route that is not built ahead, by Astro's pattern. The middleware refuses what is not in here, and a test
 * holds the table against the built list of routes.
 */
export const routeRules: Readonly<Record<string, RouteRule>> = {
  '/404': form('everyone'),
  '/500': form('everyone'),
  '/annan-adress': page('everyone'),
  '/[...prefix]/sla-upp': page('everyone'),
  '/halsa': { ...page('everyone'), json: true },
  '/intyg': page('everyone'),
  '/intyg/[code]': page('everyone'),
  '/intyg/[code].pdf': page('everyone'),
  '/intyg/[code].json': { ...page('everyone'), json: true },
  '/ova/[scenario]': form('everyone'),
  '/lektion-klar': action('everyone'),
  '/sprak': action('everyone'),
  '/logga-in': wayIn,
  '/logga-ut': form('everyone'),
  '/bekrafta': form('signed-in'),
  '/kom-tillbaka': wayIn,
  '/glomt-losenord': form('everyone'),
  '/nytt-losenord/[token]': wayIn,
  '/valkommen/[token]': { ...wayIn, welcomes: true },
  '/grupp': page('everyone'),
  '/grupp/[code]': wayIn,
  '/min-sida': page('signed-in'),
  '/min-sida/koden': form('signed-in'),
  '/min-sida/namn': form('signed-in'),
  '/min-sida/sakerhet': form('signed-in'),
  '/min-sida/sakerhet/inloggningar': form('signed-in'),
  '/min-sida/sakerhet/losenord': form('signed-in'),
  '/min-sida/vem-har-tittat': page('signed-in'),
  '/min-sida/om-mig': page('signed-in'),
  '/min-sida/uppgifter.json': { ...page('signed-in'), json: true },
  '/prov': form('signed-in'),
  '/prov/[attempt]': { ...form('signed-in'), held: true },
  '/prov/[attempt]/svar': { ...action('signed-in'), json: true },
  '/prov/[attempt]/granska': page('signed-in'),
  '/prov/[attempt]/resultat': page('signed-in'),
  '/enhet': page('read:numbers'),
  '/enhet/[unit]': form('list:people'),
  '/enhet/[unit]/stallforetradare': { ...form('appoint:deputy'), fresh: true },
  '/enhet/[unit]/bjud-in': form('list:people'),
  '/enhet/[unit]/apt': page('list:people'),
  '/enhet/[unit]/lista.csv': { ...page('export:people'), fresh: true },
  '/enhet/[unit]/lista.xlsx': { ...page('export:people'), fresh: true },
  '/enhet/[unit]/personer/[person]': form('list:people'),
  '/enhet/omrade/[place]': page('read:numbers'),
  '/admin': form('manage:people'),
  '/admin/logg': page('review:log'),
  '/admin/organisation': form('edit:organisation'),
  '/admin/personer': form('manage:people'),
  '/admin/personer/[id]': form('manage:people'),
  '/admin/gallring': { ...form('run:retention'), fresh: true },
  '/admin/inbjudningar': form('manage:people'),
  '/admin/roller': { ...form('grant:roles'), fresh: true },
  '/admin/inforande': form('choose:settings'),
  '/admin/paminnelser': form('read:reminders'),
  '/admin/paminnelser/[kind]': form('read:reminders'),
  '/enhet/[unit]/grupper': form('manage:groups'),
  '/enhet/grupper/[id]': form('manage:groups'),
  '/enhet/grupper/[id]/papper': form('manage:groups'),
  '/enhet/grupper/[id]/papper/utskrift': page('manage:groups'),
  '/enhet/grupper/[id]/papper/[sheet]': form('manage:groups'),
  '/admin/import': form('import:people'),
  '/admin/import/[id]': form('import:people'),
  '/admin/export.csv': { ...page('export:people'), fresh: true },
  '/admin/export.xlsx': { ...page('export:people'), fresh: true },
};
