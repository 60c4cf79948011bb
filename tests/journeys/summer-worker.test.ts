import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, Scenario } from '#domain/course/scenario.ts';
import { translate } from '#i18n/translate.ts';
import { paths } from '#src/paths.ts';
import { rightAnswer, wrongAnswer } from '../support/answers.ts';
import { type RunningApp, removeDataDir, startApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { answer, examQuestions, untilSaved } from '../support/exam-page.ts';
import { answerWithoutScripts } from '../support/exam-without-scripts.ts';
import { fingers } from '../support/hands.ts';
import {
  button,
  certificateOnScreen,
  checkAsStranger,
  comeBackWithCode,
  downloadPaper,
  heading,
  isLessonAddress,
  joinByPoster,
  leadsOn,
  lessonsToReread,
  link,
  newPhone,
  practise,
  readEveryLesson,
  troublesOf,
} from '../support/journey-steps.ts';
import { course, type MadeGroup, makeAdministrator, makeGroup } from '../support/people.ts';

const t = translate('sv');
let app: RunningApp;
let browser: Browser;
let group: MadeGroup;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
  group = await makeGroup(await makeAdministrator(app));
});

afterAll(async () => {
  await browser.close();
  await app.stop();
  await removeDataDir(app.dataDir);
});

interface Way {
  readonly way: string;
  readonly scripts: boolean;
  readonly name: string;
  practise(page: Page): Promise<void>;
  answerAll(page: Page, answerOf: (scenario: Scenario) => Answer): Promise<void>;
  /** From the answered questions to the button that hands in. */
  review(page: Page): Promise<void>;
}

const ways: readonly Way[] = [
  {
    way: 'with scripts',
    scripts: true,
    name: 'Åsa Öberg',
    practise: (page) => practise(fingers(page)),
    answerAll: async (page, answerOf) => {
      for (const question of await examQuestions(page))
        await answer(fingers(page), question, answerOf(question.scenario));
    },
    review: (page) => untilSaved(page),
  },
  {
    way: 'with JavaScript switched off',
    scripts: false,
    name: 'Amina Hassan Ali',
    practise: practiseWithoutScripts,
    answerAll: answerWithoutScripts,
    review: (page) => leadsOn(page, () => button(page, t('exam.reviewButton')).click()),
  },
];

describe('a summer worker comes from the poster’s code to a certificate that a stranger can check', () => {
  test.for(ways)('$way', { timeout: 600_000 }, async ({ scripts, name, ...way }) => {
    const phone = await newPhone(browser, { javaScriptEnabled: scripts });
    const troubles = troublesOf(phone);
    const page = await phone.newPage();
    const code = await joinByPoster(page, app.url, group.code, name);

    const read = await readEveryLesson(fingers(page), () => way.practise(page));
    expect(read).toEqual(course.tracks['summer-worker'].required);

    await leadsOn(page, () => button(page, t('next.start')).click());
    await way.answerAll(page, wrongAnswer);
    await way.review(page);
    await leadsOn(page, () => button(page, t('exam.handIn')).click());
    const reread = await lessonsToReread(page);
    expect(reread.length).toBeGreaterThan(0);
    expect(reread.filter((address) => !isLessonAddress(address))).toEqual([]);
    await leadsOn(page, () => button(page, t('result.again')).click());
    const { pathname } = new URL(page.url());

    // The phone is left at home; the code opens the same exam on another.
    const otherPhone = await newPhone(browser, { javaScriptEnabled: scripts });
    const other = await otherPhone.newPage();
    await comeBackWithCode(other, app.url, code);
    await leadsOn(other, () => link(other, t('next.continue')).click());
    expect(new URL(other.url()).pathname).toBe(pathname);
    await way.answerAll(other, rightAnswer);
    await way.review(other);
    await leadsOn(other, () => button(other, t('exam.handIn')).click());

    const number = await certificateOnScreen(other, name);
    await other.getByText(t('certificate.nameGivenBySelf')).waitFor();
    await downloadPaper(fingers(other));

    // The first phone shows it too.
    await page.goto(app.url + paths.myPage());
    await leadsOn(page, () => link(page, t('next.show')).click());
    expect(await certificateOnScreen(page, name)).toBe(number);

    const words = await checkAsStranger(browser, app.url, number, { javaScriptEnabled: scripts });
    expect(words).toContain(name);
    expect(words).toContain(t('track.summer-worker'));
    expect(words).toContain(t('certificate.nameGivenBySelf'));
    const json: unknown = await (await fetch(app.url + paths.certificateJson(number))).json();
    expect(json).toMatchObject({ state: 'valid', name, nameGivenBy: 'self', track: 'summer-worker' });
    expect(JSON.stringify(json)).not.toContain(code);
    expect(troubles).toEqual([]);
    await phone.close();
    await otherPhone.close();
  });
});

/** Without scripts an item is answered on a page of its own, and “Till lektionen” leads back. */
async function practiseWithoutScripts(page: Page): Promise<void> {
  const { pathname } = new URL(page.url());
  const item = page.getByRole('region', { name: new RegExp(`^${t('practice.title')}: `) }).first();
  await item.getByRole('radio').or(item.getByRole('checkbox')).first().check();
  await leadsOn(page, () => item.getByRole('button').first().click());
  await page.getByText(t('rule.source')).first().waitFor();
  await leadsOn(page, () => link(page, t('practice.toLesson')).click());
  expect(new URL(page.url()).pathname).toBe(pathname);
  await heading(page, new RegExp(`^${t('practice.title')}: `))
    .first()
    .waitFor();
}
