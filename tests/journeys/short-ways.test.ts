import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { translate } from '#i18n/translate.ts';
import { paths } from '#src/paths.ts';
import { rightAnswer } from '../support/answers.ts';
import { type RunningApp, removeDataDir, startApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { answer, examQuestions, untilSaved } from '../support/exam-page.ts';
import { fingers } from '../support/hands.ts';
import { button, certificateOnScreen, leadsOn, newPhone } from '../support/journey-steps.ts';
import { makeAdministrator, makeEmployee, readLessons } from '../support/people.ts';

const t = translate('sv');
let app: RunningApp;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await app.stop();
  await removeDataDir(app.dataDir);
});

/** How often a finger has touched the page: counted by the browser, on every page of the phone. */
async function countTouches(page: Page): Promise<() => number> {
  let touches = 0;
  await page.exposeFunction('countTouch', () => {
    touches++;
  });
  await page.addInitScript("addEventListener('pointerdown', () => countTouch(), { capture: true })");
  return () => touches;
}

test('from Min sida to the certificate: open, one touch for each answer, hand in', async () => {
  const admin = await makeAdministrator(app);
  const anna = await makeEmployee(app, admin, { name: 'Anna Andersson', email: 'anna@lindala.example' });
  await readLessons(anna);
  const phone = await newPhone(browser);
  await phone.addCookies(anna.visitor.cookies);
  const page = await phone.newPage();
  const touches = await countTouches(page);
  await page.goto(app.url + paths.myPage());

  await leadsOn(page, () => button(page, t('next.start')).click());
  const questions = await examQuestions(page);
  expect(touches()).toBe(1);

  const chooseOne = questions.filter(({ scenario }) => scenario.kind === 'choose-one');
  for (const question of chooseOne) await answer(fingers(page), question, rightAnswer(question.scenario));
  expect(chooseOne.length).toBeGreaterThan(5);
  expect(touches()).toBe(1 + chooseOne.length);
  // That is all it takes: each is saved without being asked to, and nothing was handed in.
  await untilSaved(page);
  const record: { attempts: { answers: object; handedInAt?: string }[] } = JSON.parse(
    (await anna.visitor.get(paths.myRecord())).text,
  );
  expect(Object.keys(record.attempts[0]?.answers ?? {}).sort()).toEqual(
    chooseOne.map(({ scenario }) => scenario.id).sort(),
  );
  expect(record.attempts[0]?.handedInAt).toBeUndefined();

  // Other kinds may take more.
  const others = questions.filter(({ scenario }) => scenario.kind !== 'choose-one');
  for (const question of others) await answer(fingers(page), question, rightAnswer(question.scenario));
  const before = touches();
  await leadsOn(page, () => button(page, t('exam.handIn')).click());
  await certificateOnScreen(page, 'Anna Andersson');
  expect(touches()).toBe(before + 1);
  await phone.close();
});
