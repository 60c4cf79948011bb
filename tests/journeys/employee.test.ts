import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { translate } from '#i18n/translate.ts';
import { paths } from '#src/paths.ts';
import { rightAnswer, wrongAnswer } from '../support/answers.ts';
import { type RunningApp, removeDataDir, startApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { answer, examQuestions, untilSaved } from '../support/exam-page.ts';
import { fingers, type Hands, keyboardAlone } from '../support/hands.ts';
import {
  button,
  certificateOnScreen,
  checkAsStranger,
  downloadPaper,
  heading,
  isLessonAddress,
  leadsOn,
  lessonsToReread,
  link,
  newPhone,
  practise,
  readEveryLesson,
  troublesOf,
} from '../support/journey-steps.ts';
import { course, goodPassword, invite, makeAdministrator, type SignedIn } from '../support/people.ts';

const t = translate('sv');
let app: RunningApp;
let browser: Browser;
let admin: SignedIn;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
  admin = await makeAdministrator(app);
});

afterAll(async () => {
  await browser.close();
  await app.stop();
  await removeDataDir(app.dataDir);
});

describe('an invited employee comes from the mail to a certificate that a stranger can check', () => {
  const ways: readonly (readonly [string, (hands: Hands['page']) => Hands, string, string])[] = [
    ['by finger', fingers, 'Anna Andersson', 'anna@lindala.example'],
    ['by keyboard alone', keyboardAlone, 'Göran Öberg', 'goran@lindala.example'],
  ];

  test.for(ways)('%s', { timeout: 600_000 }, async ([, handsOf, name, email]) => {
    const invitation = await invite(app, admin, { name, email });
    const phone = await newPhone(browser);
    const troubles = troublesOf(phone);
    const page = await phone.newPage();
    const hands = handsOf(page);

    await page.goto(invitation);
    await page.getByText(t('welcome.lead', { name, municipality: 'Lindala kommun' })).waitFor();
    await hands.write(page.getByLabel(t('field.newPassword')), goodPassword);
    await leadsOn(page, () => hands.press(button(page, t('welcome.button'))));
    await heading(page, t('myPage.hello', { name })).waitFor();

    const read = await readEveryLesson(hands, () => practise(hands));
    expect(read).toEqual(course.tracks['new-employee'].required);

    await leadsOn(page, () => hands.press(button(page, t('next.start'))));
    for (const question of await examQuestions(page)) await answer(hands, question, wrongAnswer(question.scenario));
    await untilSaved(page);
    await leadsOn(page, () => hands.press(button(page, t('exam.handIn'))));

    const reread = await lessonsToReread(page);
    expect(reread.length).toBeGreaterThan(0);
    expect(reread.filter((address) => !isLessonAddress(address))).toEqual([]);
    await leadsOn(page, () => hands.press(page.getByRole('main').getByRole('link').first()));
    expect(new URL(page.url()).pathname).toBe(reread[0]);
    await leadsOn(page, () => hands.press(link(page, t('nav.myPage'))));

    await leadsOn(page, () => hands.press(button(page, t('next.start'))));
    for (const question of await examQuestions(page)) await answer(hands, question, rightAnswer(question.scenario));
    await untilSaved(page);
    await leadsOn(page, () => hands.press(button(page, t('exam.handIn'))));

    const code = await certificateOnScreen(page, name);
    expect(await page.getByText(t('certificate.nameGivenBySelf')).count()).toBe(0);
    await downloadPaper(hands);

    const words = await checkAsStranger(browser, app.url, code);
    expect(words).toContain(name);
    expect(words).toContain(t('track.new-employee'));
    expect(words).not.toContain(email);
    const json: unknown = await (await fetch(app.url + paths.certificateJson(code))).json();
    expect(json).toMatchObject({ state: 'valid', name, nameGivenBy: 'employer', track: 'new-employee' });
    expect(troubles).toEqual([]);
    await phone.close();
  });
});
