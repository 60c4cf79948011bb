import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { translate } from '#i18n/translate.ts';
import { paths } from '#src/paths.ts';
import { rightAnswer } from './answers.ts';
import { answer, practiceItems } from './exam-page.ts';
import type { Hands } from './hands.ts';
import { course } from './people.ts';
import { wordsOn } from './words-on.ts';

const t = translate('sv');

/** A phone of one’s own, 360 pixels wide: nothing on it is known to other phones. */
export function newPhone(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width: 360, height: 740 },
    locale: 'sv-SE',
    acceptDownloads: true,
    ...options,
  });
}

/** What a page of this phone could not do: scripts that failed, things that the security policy kept out. */
export function troublesOf(phone: BrowserContext): string[] {
  const troubles: string[] = [];
  phone.on('weberror', (error) => troubles.push(error.error().message));
  phone.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  return troubles;
}

export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
export const link = (page: Page, name: string): Locator => page.getByRole('link', { name, exact: true });
export const heading = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('heading', { name, exact: typeof name === 'string' });

/** Does something that leads to another page, and waits for that. */
export async function leadsOn(page: Page, act: () => Promise<void>): Promise<void> {
  const before = page.url();
  await act();
  await page.waitForURL((url) => url.href !== before);
}

/** Goes in by the code on the poster. @returns the personal code of five words */
export async function joinByPoster(page: Page, url: string, groupCode: string, name: string): Promise<string> {
  await page.goto(url + paths.joinGroup());
  await page.getByLabel(t('field.groupCode')).fill(groupCode.toLowerCase());
  await leadsOn(page, () => button(page, t('group.button')).click());
  await page.getByLabel(t('field.ownName')).fill(name);
  await leadsOn(page, () => button(page, t('join.button')).click());
  await heading(page, t('joined.title')).waitFor();
  await page.getByText(t('ownName.preview')).waitFor();
  const code = /^\s*(\w+( \w+){4})\s*$/m.exec(await wordsOn(page.getByRole('main')))?.[1] ?? '';
  expect(code.split(' ')).toHaveLength(5);
  await leadsOn(page, () => button(page, t('joined.next')).click());
  await heading(page, t('myPage.hello', { name })).waitFor();
  return code;
}

/** Comes back on another phone with the code of words, typed as people type. */
export async function comeBackWithCode(page: Page, url: string, code: string): Promise<void> {
  await page.goto(url + paths.signIn());
  await leadsOn(page, () => link(page, t('signIn.codeButton')).click());
  await page.getByLabel(t('field.code')).fill(` ${code.toUpperCase().replaceAll(' ', ', ')} `);
  await leadsOn(page, () => button(page, t('signIn.button')).click());
  await page.waitForURL(url + paths.myPage());
}

/** From Min sida through every lesson of the track, as Min sida and “Klar” lead; back at Min sida. */
export async function readEveryLesson(
  hands: Hands,
  inEach: (slug: string) => Promise<void> = async () => undefined,
): Promise<string[]> {
  const { page } = hands;
  const read: string[] = [];
  await leadsOn(page, () => hands.press(link(page, t('next.read'))));
  while (new URL(page.url()).pathname !== paths.myPage()) {
    const slug = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await inEach(slug);
    read.push(slug);
    await leadsOn(page, () => hands.press(button(page, t('lesson.done'))));
  }
  return read;
}

/** Answers the first practice item of a lesson rightly, and is told so. */
export async function practise(hands: Hands): Promise<void> {
  const [question] = await practiceItems(hands.page);
  if (!question) throw new Error(`${hands.page.url()} has nothing to practise`);
  await answer(hands, question, rightAnswer(question.scenario));
  const check = question.item.getByRole('button', { name: t('practice.check'), exact: true });
  if (question.scenario.kind !== 'conversation') await hands.press(check);
  await question.item.getByText(t('practice.right'), { exact: true }).waitFor();
}

/** The page of a failed exam: what it says, and the lessons it leads to. */
export async function lessonsToReread(page: Page): Promise<string[]> {
  await heading(page, t('result.title')).waitFor();
  const main = page.getByRole('main');
  const links = await main
    .getByRole('list')
    .filter({ has: page.getByRole('link') })
    .getByRole('link')
    .all();
  return Promise.all(links.map(async (one) => (await one.getAttribute('href')) ?? ''));
}

export function isLessonAddress(address: string): boolean {
  return course.lessons.some((slug) => paths.lesson(slug) === address);
}

/** The certificate that is on the screen. @returns its code as it stands there */
export async function certificateOnScreen(page: Page, name: string): Promise<string> {
  await heading(page, t('certificate.congratulations')).waitFor();
  const card = page.getByRole('group', { name: t('certificate.title') });
  const words = await wordsOn(card);
  expect(words).toContain(name);
  expect(words.toLowerCase()).toContain(t('certificate.valid').toLowerCase());
  const code = /\b(\w{5}-){3}\w{5}\b/.exec(words)?.[0] ?? '';
  expect(new URL(page.url()).pathname).toBe(paths.certificate(code.replaceAll('-', '')));
  return code;
}

/** Downloads the paper and looks at what came. */
export async function downloadPaper(hands: Hands): Promise<Buffer> {
  const [download] = await Promise.all([
    hands.page.waitForEvent('download'),
    hands.press(link(hands.page, t('certificate.pdf'))),
  ]);
  const paper = await readFile(await download.path());
  expect(download.suggestedFilename()).toMatch(/^intyg-\w{20}\.pdf$/);
  expect(paper.subarray(0, 5).toString()).toBe('%PDF-');
  expect(paper.subarray(-7).toString()).toContain('%%EOF');
  return paper;
}

/** A stranger with a phone of their own types the code from the paper. @returns the words on the page */
export async function checkAsStranger(
  browser: Browser,
  url: string,
  code: string,
  options: BrowserContextOptions = {},
): Promise<string> {
  const phone = await newPhone(browser, options);
  const page = await phone.newPage();
  await page.goto(url + paths.checkCertificate());
  await page.getByLabel(t('field.certificateCode')).fill(code.toLowerCase());
  await leadsOn(page, () => button(page, t('check.button')).click());
  await heading(page, t('check.valid')).waitFor();
  const words = await wordsOn(page.getByRole('main'));
  await phone.close();
  return words;
}
