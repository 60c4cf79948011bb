import type { APIContext, MiddlewareHandler, MiddlewareNext } from 'astro';
import { isJson, type RouteRule, requiredFactor, routeRules } from '#auth/route-rules.ts';
import { hintToSend } from '#auth/signed-in-hint.ts';
import { can } from '#domain/access/access.ts';
import { deviceOf } from '#domain/account/device.ts';
import { hasSecondFactor, needsSecondFactor } from '#domain/account/second-factor.ts';
import { isOpenedByCode, sessionRules } from '#domain/account/session.ts';
import type { Language } from '#domain/kernel/language.ts';
import { askedLanguage } from '#i18n/asked-language.ts';
import { chosenLanguage, languageCookieName, languageCookieOptions } from '#i18n/language-cookie.ts';
import { translate } from '#i18n/translate.ts';
import type { SignedInSession } from '#ports/sessions.ts';
import { NotSavedError } from '#ports/store.ts';
import { paths } from '#src/paths.ts';
import { findInvitation } from '#usecases/account/accept-invitation.ts';
import { languageChosenBy } from '#usecases/mail/letter.ts';

/**
 * Reads the session, holds the table of routes, turns “not saved” into an answer, and keeps the hint of who is signed in true.
 * Built-ahead pages pass by.
 */
export const onRequest: MiddlewareHandler = async (context, next) => {
  if (context.isPrerendered) return next();
  const { locals, cookies } = context;
  const response = await respond(context, next);
  const hint = hintToSend({
    sessionCookie: locals.services.sessions.cookieName,
    sent: response.headers.getSetCookie(),
    signedIn: locals.session !== undefined,
    hinted: (name) => cookies.has(name),
    seconds: sessionRules.idleDays * 24 * 60 * 60,
  });
  if (hint) response.headers.append('set-cookie', hint);
  // Astro says that a page is HTML, and not in which letters (ASVS 4.1.1).
  if (response.headers.get('content-type') === 'text/html')
    response.headers.set('content-type', 'text/html; charset=utf-8');
  return response;
};

async function respond(context: APIContext, next: MiddlewareNext): Promise<Response> {
  const { locals, request, cookies, routePattern } = context;
  const rule = routeRules[routePattern];
  // Astro has routes of its own (images, server islands), which nothing here uses.
  if (!rule) return new Response(null, { status: 404 });

  const token = cookies.get(locals.services.sessions.cookieName)?.value;
  const session = token ? await locals.services.sessions.read(token) : undefined;
  const mark = cookies.get(locals.services.knownDevices.cookieName)?.value;
  locals.browser = { token, device: deviceOf(request.headers.get('user-agent')), mark };
  locals.session = session;
  locals.person = session?.person;
  locals.language =
    session?.person.language ??
    chosenLanguage((name) => cookies.get(name)?.value, locals.services.publicUrl) ??
    (rule.welcomes ? await languageOfGuest(context) : 'sv');
  locals.t = translate(locals.language);

  const method = request.method === 'HEAD' ? 'GET' : request.method;
  if (!rule.methods.some((allowed) => allowed === method)) {
    return new Response(locals.t('error.method'), { status: 405, headers: { allow: rule.methods.join(', ') } });
  }
  if (method === 'POST' && isJson(request.headers.get('content-type')) !== (rule.json ?? false)) {
    return new Response(locals.t('error.contentType'), { status: 415 });
  }
  if (rule.opensSession && !request.headers.has('cookie')) {
    // A browser that was given one with the form, and has none to send, keeps none: it would be led round in a circle.
    if (isOfBrowser(request)) return context.redirect(paths.cookies(locals.language), 303);
    if (method === 'GET') giveCookie(context);
  }
  if (rule.audience !== 'everyone' && !locals.person) {
    if (rule.json) return Response.json({ error: 'signed-out', text: locals.t('error.signedOut') }, { status: 401 });
    if (method === 'POST' && rule.held) return signInHolding(context, next);
    const back = method === 'GET' ? context.url.pathname : paths.myPage();
    return context.redirect(`${paths.signIn()}?till=${encodeURIComponent(back)}`, 303);
  }
  const { audience } = rule;
  // Who is signed in and lacks the role, or came in by a code of words, gets what someone gets who has mistyped an address.
  if (
    audience !== 'everyone' &&
    audience !== 'signed-in' &&
    !(can(locals.person, audience) && session && !isOpenedByCode(session))
  ) {
    locals.services.watch.refusedRoute(routePattern, locals.person);
    return next('/404');
  }

  const first = secondFactorReply(rule, context);
  if (first) return first;

  const response = await answer(context, next);
  // Signing out and showing a second factor end the session that was read.
  if (session?.renewed && !response.headers.has('set-cookie')) response.headers.append('set-cookie', session.renewed);
  const known = method === 'GET' && session && rememberDevice(locals, session);
  if (known) response.headers.append('set-cookie', known);
  return response;
}

/** With a form that opens a session: whether it comes back tells whether the browser takes cookies. */
/** Whoever comes by an invitation has chosen no language here: their own where it is known, else what the browser asks for. */
async function languageOfGuest({ locals, params, request }: APIContext): Promise<Language> {
  const invited = await findInvitation(locals.services, params['token'] ?? '');
  const own = invited && languageChosenBy(invited.person);
  return own ?? askedLanguage(request.headers.get('accept-language')) ?? 'sv';
}

function giveCookie({ locals, cookies }: APIContext): void {
  const { publicUrl } = locals.services;
  cookies.set(languageCookieName(publicUrl), locals.language, languageCookieOptions(publicUrl));
}

/**
 * Who has a role shows a second factor before using it, and once more, just now, before what cannot be taken back. A form that
 * comes too late is not kept: it may be an order to purge, and the page says that nothing was done.
 */
function secondFactorReply(rule: RouteRule, { locals, request, url, redirect }: APIContext): Response | undefined {
  const { session, services, t } = locals;
  const first = session && requiredFactor(rule, session, services.clock());
  if (!first) return undefined;
  if (rule.json) return Response.json({ error: 'second-factor', text: t('strong.json') }, { status: 401 });
  const asked = new URLSearchParams({
    till: rule.methods.includes('GET') ? url.pathname + url.search : paths.myPage(),
  });
  if (request.method === 'POST') asked.set('sparat', 'nej');
  const page = first === 'show' ? paths.confirm() : paths.security();
  return redirect(`${page}?${asked}`, 303);
}

/**
 * Whoever is signed in is known on this device from now on (decision 0023): whichever way they came in, and after a new password or
 * code too. Who has a second factor has to have shown it: a stolen password makes no device known.
 */
function rememberDevice({ services, browser }: App.Locals, { person, strongAt }: SignedInSession): string | undefined {
  if (strongAt === undefined && (needsSecondFactor(person) || hasSecondFactor(person))) return undefined;
  return services.knownDevices.remember(browser.mark, person, services.clock());
}

/** An exam's form sent after the session has ended: the sign-in page carries it, and it is saved on signing in. */
async function signInHolding(context: APIContext, next: MiddlewareNext): Promise<Response> {
  const { locals, request, url } = context;
  if (!request.headers.has('cookie')) giveCookie(context);
  locals.held = await request.text();
  return next(new Request(new URL(`${paths.signIn()}?till=${encodeURIComponent(url.pathname)}`, url)));
}

/** What could not be saved is said on a page with a way back, so that what somebody typed in a form is not lost with it. */
async function answer({ locals, request, url }: APIContext, next: MiddlewareNext): Promise<Response> {
  try {
    return await next();
  } catch (error) {
    if (!(error instanceof NotSavedError)) throw error;
    locals.services.reportError(error);
    locals.isUnsaved = true;
    if (request.headers.get('accept')?.includes('text/html')) {
      const page = await next(new Request(new URL('/500', url)));
      return new Response(page.body, { status: 507, headers: page.headers });
    }
    return new Response(locals.t('error.notSaved'), {
      status: 507,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    });
  }
}

/** A form that a browser has sent as one; what is no browser, or an old one, does not say so. */
function isOfBrowser(request: Request): boolean {
  return request.method === 'POST' && request.headers.get('sec-fetch-mode') === 'navigate';
}
