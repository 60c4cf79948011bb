import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Scenario } from '#domain/course/scenario.ts';
import { translate } from '#i18n/translate.ts';
import { paths } from '#src/paths.ts';
import { rightAnswer, wrongAnswer } from '../support/answers.ts';
import { type RunningApp, removeDataDir, startApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { answer, examQuestions } from '../support/exam-page.ts';
import { examWithKinds } from '../support/exam-with-kinds.ts';
import { answerWithoutScripts } from '../support/exam-without-scripts.ts';
import { fingers, type Hands, keyboardAlone } from '../support/hands.ts';
import { button, certificateOnScreen, leadsOn, newPhone } from '../support/journey-steps.ts';
import { type MadeGroup, makeAdministrator, makeGroup } from '../support/people.ts';

const t = translate('sv');
const kinds: readonly Scenario['kind'][] = ['choose-one', 'choose-all', 'order', 'conversation'];
let app: RunningApp;
let browser: Browser;
let group: MadeGroup;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
  group = await makeGroup(await makeAdministrator(app), { size: 500 });
});

afterAll(async () => {
  await browser.close();
  await app.stop();
  await removeDataDir(app.dataDir);
});

/** First wrong where that can be changed, then right: an answer can be changed until the exam is handed in. */
async function answerTwice(hands: Hands): Promise<void> {
  for (const question of await examQuestions(hands.page)) {
    const { item, scenario } = question;
    if (scenario.kind === 'choose-one') await answer(hands, question, wrongAnswer(scenario));
    if (scenario.kind === 'order') await answer(hands, question, wrongAnswer(scenario));
    if (scenario.kind === 'conversation') {
      await answer(hands, question, wrongAnswer(scenario));
      await hands.press(item.getByRole('button', { name: t('conversation.restart') }));
      await item.getByRole('radio').first().waitFor();
    }
    await answer(hands, question, rightAnswer(scenario));
  }
}

const ways = [
  { way: 'by finger', scripts: true, answerAll: (page: Page) => answerTwice(fingers(page)) },
  { way: 'by keyboard alone', scripts: true, answerAll: (page: Page) => answerTwice(keyboardAlone(page)) },
  {
    way: 'with JavaScript switched off',
    scripts: false,
    answerAll: async (page: Page) => {
      await answerWithoutScripts(page, rightAnswer);
      await leadsOn(page, () => button(page, t('exam.reviewButton')).click());
    },
  },
] as const;

describe('an exam with questions of every kind can be passed', () => {
  test.for(ways)('$way', { timeout: 600_000 }, async ({ scripts, answerAll }) => {
    const { person, exam } = await examWithKinds(app, group, kinds);
    const phone = await newPhone(browser, { javaScriptEnabled: scripts });
    await phone.addCookies(person.visitor.cookies);
    const page = await phone.newPage();
    await page.goto(app.url + paths.attempt(exam.attempt));
    await answerAll(page);
    expect(await page.getByText(t('exam.unanswered'), { exact: true }).count()).toBe(0);
    await leadsOn(page, () => button(page, t('exam.handIn')).click());
    await certificateOnScreen(page, person.name);
    await phone.close();
  });
});

describe('without scripts', () => {
  test('two steps at the same place are named in a summary, and the other answers are kept', async () => {
    const { person, exam } = await examWithKinds(app, group, ['order', 'choose-one']);
    const phone = await newPhone(browser, { javaScriptEnabled: false });
    await phone.addCookies(person.visitor.cookies);
    const page = await phone.newPage();
    await page.goto(app.url + paths.attempt(exam.attempt));
    const questions = await examQuestions(page);
    const one = questions.find(({ scenario }) => scenario.kind === 'choose-one');
    const steps = questions.findIndex(({ scenario }) => scenario.kind === 'order');
    if (!one) throw new Error('nothing to choose');
    await one.item.getByRole('radio').first().check();
    for (const list of (await questions[steps]?.item.getByRole('combobox').all()) ?? []) await list.selectOption('2');
    await button(page, t('exam.reviewButton')).click();
    await page
      .getByRole('alert')
      .getByRole('link', { name: t('refusal.equal-places-in', { place: steps + 1 }) })
      .waitFor();
    expect(await one.item.getByRole('radio').first().isChecked()).toBe(true);
    await phone.close();
  });

  test('the page that shows every answer names what is missing and offers no handing in', async () => {
    const { person, exam } = await examWithKinds(app, group, ['choose-one']);
    const phone = await newPhone(browser, { javaScriptEnabled: false });
    await phone.addCookies(person.visitor.cookies);
    const page = await phone.newPage();
    await page.goto(app.url + paths.attemptReview(exam.attempt));
    await page.getByText(t('exam.missing', { count: exam.scenarios.length })).waitFor();
    expect(await page.getByText(t('exam.unanswered'), { exact: true }).count()).toBe(exam.scenarios.length);
    expect(await button(page, t('exam.handIn')).count()).toBe(0);
    await phone.close();
  });
});
