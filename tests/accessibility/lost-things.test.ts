import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { endApp } from '../support/end-app.ts';
import { makeAdministrator, type WithRole } from '../support/people.ts';
import { runAxe } from './axe.ts';
import { sidewaysScrolling } from './checks.ts';

let app: RunningApp;
let admin: WithRole;
let browser: Browser;

/** A folder in which something is to be dealt with: not the world of the other tests, which is whole. */
beforeAll(async () => {
  app = await startApp();
  admin = await makeAdministrator(app);
  await writeFile(join(app.dataDir, 'set-aside', 'people.x.json.20261201T081500123Z'), '{');
  await writeFile(join(app.dataDir, 'set-aside', 'people.y.json.gone'), '{}');
  await app.stop();
  await writeFile(join(app.dataDir, 'issued', '0001.jsonl'), '{"register":1,"complete":false}\n');
  app = await startApp({ dataDir: app.dataDir, port: Number(new URL(app.url).port) });
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await endApp(app);
});

const pages = [
  {
    name: 'the administrator’s page with what is to be dealt with',
    path: '/admin',
    shows: 'Något i datamappen behöver tas om hand',
  },
  {
    name: 'a certificate that cannot be checked just now',
    path: '/intyg/00000000000000000000',
    shows: 'Det går inte att kontrollera just nu',
  },
] as const;

describe.each(pages)('reliability F4, F8: $name', ({ path, shows }) => {
  test.each(['light', 'dark'] as const)('has nothing for axe to find, and fits 320 px (%s)', async (colorScheme) => {
    for (const width of [320, 1280]) {
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, locale: 'sv-SE' });
      await context.addCookies(admin.visitor.cookies);
      const page = await context.newPage();
      await page.goto(`${app.url}${path}`);
      await page.locator('body', { hasText: shows }).waitFor();
      expect(await sidewaysScrolling(page)).toEqual([]);
      const { violations, unjudged } = await runAxe(page);
      expect([...violations, ...unjudged]).toEqual([]);
      if (process.env['PICTURES'])
        await page.screenshot({
          path: join(process.env['PICTURES'], `${path.split('/')[1]}-${width}-${colorScheme}.png`),
        });
      await context.close();
    }
  });
});
