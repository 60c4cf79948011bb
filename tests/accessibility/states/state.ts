import type { Page } from 'playwright-core';
import { addDays, dateOf } from '#domain/kernel/calendar.ts';
import type { SignedIn } from '../../support/people.ts';
import { t } from '../../support/words.ts';
import type { World } from '../world.ts';

/** What routes can show, by the pattern of the route. */
export type States = Readonly<Record<string, readonly State[]>>;

/** One thing that a route can show. */
export interface State {
  readonly name: string;
  /** Leads there. What is looked at is the page as it stands then. */
  readonly open: (page: Page, world: World) => Promise<unknown>;
  /** Something that only this state shows: without it the state was not reached. */
  readonly shows: string | RegExp;
  /** Status of the page last loaded. */
  readonly status?: number;
  readonly as?: (world: World) => SignedIn;
  /** As the administrator, who has shown a second factor just now: for routes whose rule says `fresh`. */
  readonly fresh?: true;
  /** The script of the site is not loaded: what people with an old phone see. */
  readonly scripts?: false;
  /** The page that this address shows instead of its own. */
  readonly instead?: string;
  /** A network address of its own, for states that use up its tries. */
  readonly address?: string;
  /** An address is opened, and nothing is done there: whatever window it is opened in, it is the same page. */
  readonly isOnlyOpened?: true;
}

/** To an address of the server that most states are on. */
export const goto = (page: Page, world: World, path: string) => page.goto(new URL(path, world.app.url).href);

/** A state that is there as soon as the address is opened. */
export function at(
  path: string | ((world: World) => string),
  shows: string | RegExp,
  more: Partial<State> & { readonly name: string },
): State {
  return {
    shows,
    open: (page, world) => goto(page, world, typeof path === 'string' ? path : path(world)),
    isOnlyOpened: true,
    ...more,
  };
}

/** As somebody of the sample of staff. */
export async function gotoStaffed(
  page: Page,
  { staffed, staffCookie }: World,
  who: string,
  path: string,
): Promise<void> {
  const [name = '', value = ''] = (await staffCookie(who)).split('=');
  await page.context().addCookies([{ name, value, url: staffed.url }]);
  await page.goto(staffed.url + path);
}

export function atStaffed(who: string, path: string, shows: string | RegExp, name: string, status = 200): State {
  return { name, shows, status, open: (page, world) => gotoStaffed(page, world, who, path), isOnlyOpened: true };
}

/** Leads to the page on which one person’s invitation waits for a day; a state is opened several times, so it may wait already. */
export async function planInvitation(page: Page, world: World, person: string, days: number): Promise<void> {
  const path = `/enhet/NORTH/bjud-in?person=${person}`;
  await gotoStaffed(page, world, 'manager', path);
  const waiting = page.locator('summary', { hasText: t('invite.change') });
  if (!(await waiting.isVisible())) {
    await page.getByLabel(t('invite.onDay')).check();
    await page.getByLabel(t('invite.day'), { exact: true }).fill(daysAgo(-days));
    await leading(page, () => page.getByRole('button', { name: /^Bjud in, antal/ }).click());
    await gotoStaffed(page, world, 'manager', path);
  }
  await waiting.click();
}

/** Does what leads to another page, and waits for that. */
export async function leading(page: Page, act: () => Promise<void>): Promise<void> {
  const loaded = page.waitForEvent('load');
  await act();
  await loaded;
}

/** Sends a form that the page no longer shows, to its own address: what Back and “send again” do. */
export async function sendForm(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  await page.evaluate((sent) => {
    const form = document.createElement('form');
    form.method = 'post';
    for (const [name, value] of Object.entries(sent)) {
      const input = document.createElement('input');
      input.type = 'hidden';
      Object.assign(input, { name, value });
      form.append(input);
    }
    document.body.append(form);
    form.submit();
  }, fields);
}

export function daysAgo(days: number): string {
  return addDays(dateOf(new Date()), -days);
}

export const anyText = /\S/;
export const asAdmin = (world: World) => world.admin;
export const unknownToken = 'A'.repeat(43);
export const unknownId = '0'.repeat(16);
