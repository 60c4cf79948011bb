import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { strengthen } from '../support/second-factor.ts';
import { expectStatus, Visitor } from '../support/visitor.ts';
import type { State } from './states/state.ts';
import type { World } from './world.ts';

/** The phone that the site is made for. */
export const phone = { width: 360, height: 740 };

export interface OpenedState {
  readonly context: BrowserContext;
  readonly page: Page;
}

/** Leads a browser of its own to the state, and makes sure that it got there. */
export async function openState(world: World, state: State, options: BrowserContextOptions = {}): Promise<OpenedState> {
  const context = await world.browser.newContext({
    viewport: phone,
    locale: 'sv-SE',
    reducedMotion: 'reduce',
    ...(state.address && { extraHTTPHeaders: { 'x-forwarded-for': state.address } }),
    ...options,
  });
  context.setDefaultTimeout(10_000);
  if (state.as) await context.addCookies(state.as(world).visitor.cookies);
  if (state.fresh) await context.addCookies((await strengthened(world)).cookies);
  if (state.scripts === false) await context.route('**/_astro/*.js', (route) => route.abort());
  const page = await context.newPage();
  let status: number | undefined;
  page.on('response', (response) => {
    if (response.request().isNavigationRequest() && response.frame() === page.mainFrame()) status = response.status();
  });
  await state.open(page, world);
  await page.locator('body', { hasText: state.shows }).waitFor();
  if (state.scripts !== false) await islandsAreAwake(page);
  if (status !== (state.status ?? 200)) throw new Error(`${page.url()}: ${status} instead of ${state.status ?? 200}`);
  return { context, page };
}

/** In a browser of its own: a session that is strengthened goes on under another cookie. */
async function strengthened({ admin, app }: World): Promise<Visitor> {
  const visitor = new Visitor(app.url);
  const { email, password } = admin;
  expectStatus(await visitor.post('/logga-in', { email, password }), 303, 'signing in');
  await strengthen(visitor, admin);
  return visitor;
}

/** Scripts have made of the plain forms what they make of them. */
async function islandsAreAwake(page: Page): Promise<void> {
  await page.waitForFunction(() => !document.querySelector('.order select, #prov:not(:has(.review))'));
}
