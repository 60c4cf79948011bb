import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadStatutes } from '#content/statutes.ts';
import { languages } from '#domain/kernel/language.ts';
import { translate } from '#i18n/translate.ts';
import { paths } from '#src/paths.ts';
import { longestQuery } from '#usecases/course/look-up.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { endApp } from '../support/end-app.ts';
import { heading, plain, tagsOf, withoutValues } from '../support/html.ts';
import { builtFiles } from '../support/routes.ts';
import { Visitor } from '../support/visitor.ts';
import { t } from '../support/words.ts';

let app: RunningApp;
let browser: Browser;
let visitor: Visitor;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
  visitor = new Visitor(app.url);
});
afterAll(async () => {
  await browser?.close();
  await endApp(app);
});

const search = (query: string, path: string = paths.lookUp()) => visitor.get(`${path}?q=${encodeURIComponent(query)}`);

/** Where the results lead, in order. */
function results(html: string): string[] {
  const list = /<ol class="rows hits">(.*?)<\/ol>/s.exec(html)?.[1] ?? '';
  return tagsOf(list, 'a').map(({ href = '' }) => href);
}

describe('the page', () => {
  test.each(languages)('in %s has the form, the situations, the words and every law in brief', async (language) => {
    const { status, text, headers } = await visitor.get(paths.lookUp(language));
    const say = translate(language);
    expect(status).toBe(200);
    expect(heading(text)).toBe(say('lookUp.title'));
    for (const id of ['situationer', 'ordlista', 'lagar', 'men', ...loadStatutes().map(({ id }) => `lag-${id}`)])
      expect(text).toContain(`id="${id}"`);
    expect(tagsOf(text, 'form')).toContainEqual(
      expect.objectContaining({ role: 'search', action: paths.lookUp(language) }),
    );
    expect(headers.get('cache-control')).toBe('private, no-cache');
    expect(headers.get('x-robots-tag')).toBe('all');
    expect(text).not.toContain('noindex');
  });

  test.each(['/nagot/sla-upp', '/sv/sla-upp', '/en/latt/sla-upp', '/nagot/sla-upp?q=sekretess'])(
    'is not at %s',
    async (path) => {
      expect((await visitor.get(path)).status).toBe(404);
    },
  );
});

describe('a search without scripts', () => {
  test.each([
    ['sv', 'sekretess', '/kurser/'],
    ['sv-simple', 'får jag berätta för dottern', '/latt/kurser/'],
    ['en', 'may I tell her daughter', '/en/kurser/'],
  ] as const)('in %s says how many there are, and leads there', async (language, query, first) => {
    const { status, text, headers } = await search(query, paths.lookUp(language));
    const found = results(text);
    expect(status).toBe(200);
    expect(found[0]).toContain(first);
    expect(plain(text)).toContain(translate(language)('lookUp.count', { count: found.length }));
    expect(text).toContain('<mark>');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-robots-tag')).toBe('noindex');
    expect(text).toContain('<meta name="robots" content="noindex">');
    for (const href of found) {
      const reply = await visitor.get(href);
      const target = decodeURIComponent(new URL(href, app.url).hash.slice(1));
      expect({ href, status: reply.status, isThere: !target || reply.text.includes(`id="${target}"`) }).toEqual({
        href,
        status: 200,
        isThere: true,
      });
    }
  });

  test('leads to headings that are on the pages of the lessons, whichever is found', async () => {
    for (const query of [
      'brukare',
      'chef',
      'journal',
      'samtycke',
      'polis',
      'bild',
      'papper',
      'barn',
      'handling',
      'nämnd',
    ]) {
      for (const href of results((await search(query)).text).filter((one) => one.startsWith('/kurser'))) {
        const target = decodeURIComponent(new URL(href, app.url).hash.slice(1));
        const { text } = await visitor.get(href);
        expect({ href, isThere: !target || text.includes(`id="${target}"`) }).toEqual({ href, isThere: true });
      }
    }
  });

  test('takes a slash at the end, and the first of two questions', async () => {
    expect((await visitor.get('/sla-upp/?q=sekretess')).text).toContain('<mark>');
    expect((await visitor.get('/sla-upp?q=sekretess&q=xyzzy')).text).toContain('<mark>');
  });

  test('that finds nothing says so, and what to do', async () => {
    const { status, text } = await search('xyzzy');
    expect(status).toBe(200);
    for (const key of ['lookUp.none', 'lookUp.noneSpelling', 'lookUp.noneList', 'lookUp.noneManager'] as const)
      expect(plain(text)).toContain(t(key));
    expect(results(text)).toEqual([]);
  });

  test.each(['', '   ', '\u0000', '\n', '\u200b'])('for %j asks for a question', async (query) => {
    const { status, text } = await search(query);
    expect(status).toBe(200);
    expect(plain(text)).toContain(t('lookUp.empty'));
    expect(text).toContain('id="ordlista"');
  });

  test('that is very long is cut, and says so', async () => {
    const { status, text } = await search(`sekretess ${'lång '.repeat(1000)}`);
    expect(status).toBe(200);
    expect(plain(text)).toContain(t('lookUp.cut', { count: longestQuery }));
    expect(results(text).length).toBeGreaterThan(0);
    const shown = tagsOf(text, 'input').find(({ name }) => name === 'q')?.['value'] ?? '';
    expect(shown.length).toBeLessThanOrEqual(longestQuery);
  });

  test.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' OR 1=1 --",
    '{{7*7}}',
    '%',
    '&amp;',
    '\u202Efel',
  ])('for %j shows it as text and nothing else', async (query) => {
    const { status, text } = await search(query);
    expect(status).toBe(200);
    expect(withoutValues(text)).not.toMatch(/<script>|<img|onerror|alert/);
    const shown = tagsOf(text, 'input').find(({ name }) => name === 'q')?.['value'];
    expect(shown).toBe(query.replace('\u202E', ''));
  });

  test.each(['/sla-upp?q=%ff', '/sla-upp?q=%', '/sla-upp?q', '/sla-upp?q[]=x', '/sla-upp?Q=x', '/sla-upp?'])(
    '%s is answered',
    async (path) => {
      expect((await visitor.get(path)).status).toBe(200);
    },
  );

  test('can only be read, not sent', async () => {
    expect((await visitor.post('/sla-upp', { q: 'sekretess' })).status).toBe(405);
  });
});

describe('what is asked', () => {
  test('is written nowhere: not in the server’s output, not in its data, in no cookie', async () => {
    const secret = 'hemligfråga';
    for (const path of languages.map((language) => paths.lookUp(language))) {
      const { headers } = await search(`${secret} journal`, path);
      expect(headers.getSetCookie()).toEqual([]);
    }
    await visitor.post(`/sla-upp?q=${secret}`, {});
    await visitor.get(`/nagot/sla-upp?q=${secret}`);
    expect(app.output()).not.toContain(secret);
    expect(app.output()).not.toContain(encodeURIComponent(secret));
    const files = readdirSync(app.dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const file of files) expect(readFileSync(join(file.parentPath, file.name), 'utf8')).not.toContain(secret);
  });
});

describe('with scripts', () => {
  async function open(path: string): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(new URL(path, app.url).href);
    return page;
  }

  test.each(languages)('in %s results come as one types, and are announced', async (language) => {
    const say = translate(language);
    const page = await open(paths.lookUp(language));
    await page.getByLabel(say('lookUp.field')).pressSequentially(language === 'en' ? 'police' : 'journalist ringer');
    await page.getByRole('heading', { name: say('lookUp.hits') }).waitFor();
    await page.waitForFunction(() => document.querySelectorAll('.hits li').length > 1);
    const count = await page.locator('.hits li').count();
    expect(await page.getByRole('status').textContent()).toBe(say('lookUp.count', { count }));
    expect(await page.locator('.hits mark').count()).toBeGreaterThan(0);
    // The field keeps the focus and what was written, and the lists stay below.
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('q');
    expect(await page.locator('#ordlista').count()).toBe(1);
    await page.close();
  });

  test('the last question wins, and an emptied field shows no results', async () => {
    const page = await open('/sla-upp');
    const field = page.getByLabel(t('lookUp.field'));
    await field.fill('xyzzy');
    await page.getByText(t('lookUp.none')).waitFor();
    await field.fill('samtycke');
    await page.locator('.hits').waitFor();
    expect(await page.getByText(t('lookUp.none')).count()).toBe(0);
    await field.fill('');
    await page.waitForFunction(() => !document.querySelector('.hits'));
    expect(await page.getByRole('status').textContent()).toBe('');
    await page.close();
  });

  test('from a result one comes back to the results', async () => {
    const page = await open('/sla-upp');
    await page.getByLabel(t('lookUp.field')).fill('samtycke');
    await page.locator('.hits').waitFor();
    await page.locator('.hits a').first().click();
    await page.waitForURL(/\/kurser\//);
    await page.goBack();
    await page.locator('.hits').waitFor();
    expect(await page.getByLabel(t('lookUp.field')).inputValue()).toBe('samtycke');
    await page.close();
  });

  test('Enter sends the form as without them', async () => {
    const page = await open('/sla-upp');
    await page.getByLabel(t('lookUp.field')).fill('sekretess');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/sla-upp?q=sekretess');
    expect(await page.locator('.hits li').count()).toBeGreaterThan(1);
    await page.close();
  });
});

describe('reading aloud', () => {
  const lesson = builtFiles().find(({ path }) => /^kurser\/sekretess\/[^/]+\/index\.html$/.test(path));
  const address = `/${lesson?.path.replace('/index.html', '')}`;

  async function openWith(voices: readonly { readonly lang: string; readonly localService: boolean }[]): Promise<Page> {
    const page = await browser.newPage();
    await page.addInitScript((list) => {
      const said: SpeechSynthesisUtterance[] = [];
      const synthesis = Object.assign(new EventTarget(), {
        getVoices: () => list,
        speak: (one: SpeechSynthesisUtterance) => said.push(one),
        cancel: () => said.at(-1)?.onerror?.(new Event('error') as never),
      });
      Object.defineProperty(window, 'speechSynthesis', { value: synthesis });
      class Utterance {
        readonly text: string;
        constructor(text: string) {
          this.text = text;
        }
      }
      Object.assign(window, { SpeechSynthesisUtterance: Utterance, said });
    }, voices);
    await page.goto(new URL(address, app.url).href);
    return page;
  }
  const saidOn = (page: Page) =>
    page.evaluate(() => (window as unknown as { said: { text: string; lang: string }[] }).said.map(({ text }) => text));
  const endOne = (page: Page) =>
    page.evaluate(() => (window as unknown as { said: { onend: () => void }[] }).said.at(-1)?.onend());
  const group = (page: Page) => page.getByRole('group', { name: t('readAloud.label') });

  test.each([
    ['no voice', []],
    ['a voice of another language', [{ lang: 'en-GB', localService: true }]],
    ['a voice from the network', [{ lang: 'sv-SE', localService: false }]],
  ] as const)('is not offered with %s', async (_name, voices) => {
    const page = await openWith(voices);
    expect(await group(page).count()).toBe(0);
    await page.close();
  });

  test('is read, paused, gone on with and stopped, by keyboard', async () => {
    const page = await openWith([
      { lang: 'sv-SE', localService: false },
      { lang: 'sv_SE', localService: true },
    ]);
    const listen = group(page).getByRole('button', { name: t('readAloud.listen'), exact: true });
    await listen.press('Enter');
    expect(await saidOn(page)).toEqual([await page.locator('h1').textContent()]);
    expect(await page.locator('h1.is-read').count()).toBe(1);
    await endOne(page);
    expect((await saidOn(page)).length).toBe(2);

    await group(page)
      .getByRole('button', { name: t('readAloud.pause') })
      .press('Enter');
    await endOne(page);
    expect((await saidOn(page)).length).toBe(2);
    await group(page)
      .getByRole('button', { name: t('readAloud.resume') })
      .press('Enter');
    const [, second, third] = await saidOn(page);
    expect(third).toBe(second);

    await group(page)
      .getByRole('button', { name: t('readAloud.stop') })
      .press('Enter');
    expect(await page.locator('.is-read').count()).toBe(0);
    expect(await listen.evaluate((button) => button === document.activeElement)).toBe(true);
    expect(
      await group(page)
        .getByRole('button', { name: t('readAloud.stop') })
        .count(),
    ).toBe(0);
    await page.close();
  });

  test('reads the lesson to its end, without questions and sources', async () => {
    const page = await openWith([{ lang: 'sv-SE', localService: true }]);
    await group(page)
      .getByRole('button', { name: t('readAloud.listen'), exact: true })
      .click();
    for (let part = 0; part < 300 && (await page.locator('.is-read').count()) > 0; part++) await endOne(page);
    const said = (await saidOn(page)).join('\n');
    expect(said.length).toBeGreaterThan(500);
    expect(said).not.toContain(t('rule.source'));
    expect(said).not.toContain(t('practice.check'));
    await page.close();
  });

  test('is hidden without scripts', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(new URL(address, app.url).href);
    expect(await group(page).count()).toBe(0);
    await context.close();
  });
});
