import type { BrowserContext, BrowserContextOptions, Page, Response } from 'playwright-core';
import { strengthen } from '../support/second-factor.ts';
import { expectStatus, Visitor } from '../support/visitor.ts';
import { usualText } from './checks.ts';
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
  const context = await newContext(world, {
    ...(state.address && { extraHTTPHeaders: { 'x-forwarded-for': state.address } }),
    ...options,
  });
  const page = await context.newPage();
  await lead(page, world, state);
  return { context, page };
}

/**
 * A window that shows one state after another. A new one costs four times as much as a new page in it. Only for states that are an
 * address and nothing more; of each it forgets who it was, what was stored, and how big the text was.
 */
export class StateWindow {
  readonly #world: World;
  #opened: OpenedState | undefined;

  constructor(world: World) {
    this.#world = world;
  }

  static fits({ isOnlyOpened, scripts, address }: State): boolean {
    return isOnlyOpened === true && scripts !== false && address === undefined;
  }

  async open(state: State): Promise<OpenedState> {
    const { context, page } = await this.#emptied();
    await lead(page, this.#world, state);
    return { context, page };
  }

  async close(): Promise<void> {
    await this.#opened?.context.close();
    this.#opened = undefined;
  }

  async #emptied(): Promise<OpenedState> {
    if (!this.#opened) {
      const context = await newContext(this.#world);
      this.#opened = { context, page: await context.newPage() };
      return this.#opened;
    }
    const { context, page } = this.#opened;
    await page.evaluate(() => {
      if (location.protocol !== 'about:') sessionStorage.clear();
      if (location.protocol !== 'about:') localStorage.clear();
    });
    await page.goto('about:blank');
    await context.clearCookies();
    await page.setViewportSize(phone);
    await page.emulateMedia({ colorScheme: 'light' });
    await usualText(page);
    return this.#opened;
  }
}

async function newContext(world: World, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await world.browser.newContext({
    viewport: phone,
    locale: 'sv-SE',
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(30_000);
  return context;
}

async function lead(page: Page, world: World, state: State): Promise<void> {
  const context = page.context();
  if (state.as) await context.addCookies(state.as(world).visitor.cookies);
  if (state.fresh) await context.addCookies((await strengthened(world)).cookies);
  if (state.scripts === false) await context.route('**/_astro/*.js', (route) => route.abort());
  let status: number | undefined;
  const note = (response: Response) => {
    if (response.request().isNavigationRequest() && response.frame() === page.mainFrame()) status = response.status();
  };
  page.on('response', note);
  await state.open(page, world);
  await page.locator('body', { hasText: state.shows }).waitFor();
  if (state.scripts !== false) await islandsAreAwake(page);
  page.off('response', note);
  if (status !== (state.status ?? 200)) throw new Error(`${page.url()}: ${status} instead of ${state.status ?? 200}`);
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
