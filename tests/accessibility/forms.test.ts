import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { t } from '../support/words.ts';
import { openState, phone } from './open-state.ts';
import type { State } from './states/state.ts';
import { states } from './states.ts';
import { endWorld, makeWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
}, 180_000);
afterAll(() => endWorld(world));

describe('fields where one writes a password or a code', () => {
  const fields: Readonly<Record<string, readonly [path: () => string, label: string, autocomplete: string]>> = {
    'the password when signing in': [() => '/logga-in', t('field.password'), 'current-password'],
    'the address when signing in': [() => '/logga-in', t('field.email'), 'username'],
    'the password of an invitation': [() => world.links.newInvitation, t('field.newPassword'), 'new-password'],
    'a new password': [() => world.links.reset, t('field.newPassword'), 'new-password'],
    'the address of a forgotten password': [() => '/glomt-losenord', t('field.email'), 'username'],
    'the personal code': [() => '/kom-tillbaka', t('field.code'), 'off'],
    'the group’s code': [() => '/grupp', t('field.groupCode'), 'off'],
    'the certificate’s number': [() => '/intyg', t('field.certificateCode'), 'off'],
    'one’s own name': [() => `/grupp/${world.groups.open.code}`, t('field.ownName'), 'name'],
  };

  test.each(Object.entries(fields))(
    '%s can be pasted, and filled in by the browser',
    async (_name, [path, label, autocomplete]) => {
      const context = await world.browser.newContext({ viewport: phone, locale: 'sv-SE' });
      const page = await context.newPage();
      await copy(page, 'Gurka-hatt cykel 77');
      await page.goto(new URL(path(), world.app.url).href);
      const field = page.getByLabel(label, { exact: true });
      await field.focus();
      await page.keyboard.press('ControlOrMeta+V');
      expect(await field.inputValue()).toBe('Gurka-hatt cykel 77');
      expect(await field.getAttribute('autocomplete')).toBe(autocomplete);
      await context.close();
    },
  );

  async function copy(page: Page, text: string): Promise<void> {
    await page.setContent('<textarea></textarea>');
    await page.locator('textarea').fill(text);
    await page.locator('textarea').press('ControlOrMeta+A');
    await page.locator('textarea').press('ControlOrMeta+C');
  }
});

describe('a form that came back with errors', () => {
  /** Forms of the site, as it shows them when something is wrong. The ones without scripts cannot move the focus. */
  const wrong = Object.entries(states).flatMap(([pattern, list]) =>
    list
      .filter(({ scripts, shows, name }) => scripts !== false && showsSummary(pattern, name, shows))
      .map((state) => ({ pattern, state })),
  );

  test('there are some', () => expect(wrong.length).toBeGreaterThanOrEqual(14));

  test.each(wrong.map(({ pattern, state }) => [`${pattern}: ${state.name}`, state] as const))(
    '%s: the summary has the focus, and leads to each field',
    async (_name, state) => {
      const { page, context } = await openState(world, state);
      const summary = page.getByRole('alert').filter({ hasText: t('form.wrong') });
      expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true);
      const links = summary.getByRole('link');
      expect(await links.count()).toBeGreaterThan(0);
      for (const link of await links.all()) {
        const error = (await link.textContent())?.trim();
        await link.press('Enter');
        const field = await page.evaluate(() => {
          const at = document.activeElement;
          const described = (at?.getAttribute('aria-describedby') ?? '')
            .split(' ')
            .map((id) => document.getElementById(id)?.textContent?.trim());
          return { tag: at?.tagName, invalid: at?.getAttribute('aria-invalid'), described };
        });
        expect(['INPUT', 'SELECT', 'TEXTAREA', 'BUTTON']).toContain(field.tag);
        expect({ error, invalid: field.invalid, isNamedAtField: field.described.includes(error) }).toEqual({
          error,
          invalid: 'true',
          isNamedAtField: true,
        });
      }
      await context.close();
    },
  );

  function showsSummary(pattern: string, name: string, shows: State['shows']): boolean {
    // Practice answers in its own place, beside the question; a link that leads nowhere has no form.
    if (pattern.startsWith('/ova') || pattern.startsWith('/prov')) return false;
    const isFormError = states[pattern]?.find((state) => state.name === name && state.shows === shows)?.status;
    return (
      isFormError === 401 ||
      isFormError === 422 ||
      isFormError === 429 ||
      ((pattern === '/grupp' || pattern === '/intyg') && isFormError === 404)
    );
  }
});
