import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadCourse } from '#content/load-course.ts';
import { categories } from '#domain/kernel/category.ts';
import { type Block, notPlain, readability } from '#editors/check/readability.ts';
import { launchBrowser } from '../support/browser.ts';

/**
 * What content:check measures in the files, measured here in what was built of them: every lesson in plain Swedish as it
 * is rendered, its practice, its exercise and the interface's own sentences around them counted. Not counted is what is
 * shown on demand and is not plain Swedish's to say: the names of statutes and guidelines.
 */
const folder = resolve('dist/client/latt/kurser/sekretess');
const { lessons } = loadCourse();
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => browser.close());

/** The booklets for paper hold the lessons of a track, without the lessons' buttons. */
const booklets = categories.map((track) => `hafte/${track}`);

test('every lesson, and a booklet for each track, is built in plain Swedish', () => {
  const folders = (inside: string) =>
    readdirSync(resolve(folder, inside), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(
    folders('.')
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...lessons, 'hafte'].sort());
  expect(
    folders('hafte')
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...categories].sort());
});

describe.each([...lessons, ...booklets])('%s', (name) => {
  test('is easy to read as it is rendered', async () => {
    const file = resolve(folder, name, 'index.html');
    expect(existsSync(file)).toBe(true);
    const page = await browser.newPage({ javaScriptEnabled: false });
    await page.goto(pathToFileURL(file).href);
    const blocks = await renderedBlocks(page);
    await page.close();
    const measured = readability(blocks);
    expect(measured.words).toBeGreaterThan(200);
    expect({ ...measured, wrong: notPlain(measured) }).toMatchObject({ wrong: [] });
  });
});

/** The text of each element that holds text of its own, in the order of the page. */
async function renderedBlocks(page: Awaited<ReturnType<Browser['newPage']>>): Promise<Block[]> {
  return page.evaluate(() => {
    const leaf = 'h1, h2, h3, p, li, legend, dt, dd, td, th, figcaption, summary, label, button';
    const skipped = '.source, script, [hidden], .pager, svg';
    const headings = 'h1, h2, h3, dt, th, summary, button, .kicker, .label-tab, .meta, .who, figcaption';
    return [...document.querySelectorAll<HTMLElement>(`article.lesson :is(${leaf})`)]
      .filter((element) => !element.closest(skipped) && !element.querySelector(leaf))
      .map((element) => ({
        text: (element.textContent ?? '').replace(/\s+/g, ' ').trim(),
        isHeading: element.matches(headings) || element.closest('.step__place') !== null,
      }))
      .filter(({ text }) => text !== '');
  });
}
