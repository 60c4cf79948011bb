import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '#domain/course/scenario.ts';
import { translate } from '#i18n/translate.ts';
import { paths } from '#src/paths.ts';
import { rightAnswer, wrongAnswer } from '../support/answers.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { endApp } from '../support/end-app.ts';
import { answer, examQuestions, untilSaved } from '../support/exam-page.ts';
import { examWithKinds } from '../support/exam-with-kinds.ts';
import { fingers } from '../support/hands.ts';
import { button, certificateOnScreen, comeBackWithCode, heading, leadsOn, newPhone } from '../support/journey-steps.ts';
import {
  course,
  goodPassword,
  type MadeGroup,
  makeAdministrator,
  makeGroup,
  makeParticipant,
  readLessons,
  startExam,
  type WithRole,
} from '../support/people.ts';
import { formType, postBare } from '../support/raw-request.ts';
import { translatedByBrowser } from '../support/translator.ts';
import { Visitor } from '../support/visitor.ts';

const t = translate('sv');
let app: RunningApp;
let browser: Browser;
let admin: WithRole;
let group: MadeGroup;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), launchBrowser()]);
  admin = await makeAdministrator(app);
  group = await makeGroup(admin, { size: 500 });
});
afterAll(async () => {
  await browser.close();
  await endApp(app);
});

/** All that is to be read, and what is chosen; but for the word on saving, which only the page itself knows. */
function shownOn(page: Page): Promise<{ words: string; chosen: string[] }> {
  return page.evaluate(() => {
    const said = [...document.querySelectorAll<HTMLElement>('main [role="status"]')];
    for (const one of said) one.style.setProperty('display', 'none');
    const words = (document.querySelector('main')?.innerText ?? '').replace(/\s+/g, ' ').trim();
    for (const one of said) one.style.removeProperty('display');
    const chosen = [...document.querySelectorAll<HTMLInputElement>('main input:checked')].map(({ value }) => value);
    return { words, chosen };
  });
}

/** What is chosen; of steps nothing, which are moved. */
function valuesOf(given: Answer): readonly string[] {
  if (given.kind === 'choose-one') return [given.option];
  return given.kind === 'choose-all' ? given.options : [];
}

describe('bugs F4: a page that the browser translates shows the truth', () => {
  test('through a whole exam, each answer given twice: as a page shows it that is opened anew', async () => {
    const { person, exam } = await examWithKinds(app, group, ['choose-one', 'choose-all', 'order', 'conversation']);
    const phone = await newPhone(browser);
    await phone.addCookies(person.visitor.cookies);
    const page = await translatedByBrowser(await phone.newPage());
    const fresh = await phone.newPage();
    const address = app.url + paths.attempt(exam.attempt);
    await page.goto(address);
    const hands = fingers(page);
    const isTrue = async () => {
      await untilSaved(page);
      await fresh.goto(address);
      await fresh.locator('.review').waitFor();
      expect(await shownOn(page)).toEqual(await shownOn(fresh));
    };
    for (const question of await examQuestions(page)) {
      const { item, scenario } = question;
      if (scenario.kind !== 'choose-all') {
        await answer(hands, question, wrongAnswer(scenario));
        await isTrue();
      }
      if (scenario.kind === 'conversation') {
        await item.getByRole('button', { name: t('conversation.restart') }).click();
        await item.getByRole('radio').first().waitFor();
        await isTrue();
      }
      await answer(hands, question, rightAnswer(scenario));
      await isTrue();
    }
    await leadsOn(page, () => button(page, t('exam.handIn')).click());
    await certificateOnScreen(page, person.name);
    await phone.close();
  }, 600_000);

  const practices = (['choose-one', 'choose-all', 'order', 'conversation'] as const).map((kind) => {
    const found = [...course.scenarios.values()].find((one) => one.use === 'practice' && one.kind === kind);
    if (!found) throw new Error(`nothing to practise of ${kind}`);
    return found;
  });
  test.for(practices)(
    '$kind to practise: as an untranslated page shows it after the same steps',
    { timeout: 300_000 },
    async (scenario) => {
      const { id, kind } = scenario;
      const phone = await newPhone(browser);
      const pages = [await translatedByBrowser(await phone.newPage()), await phone.newPage()];
      const both = async (act: (page: Page) => Promise<void>) => {
        for (const page of pages) await act(page);
        const [translated, plain] = await Promise.all(pages.map(shownOn));
        expect(translated).toEqual(plain);
      };
      await both(async (page) => {
        await page.goto(app.url + paths.practice(id));
        await page.locator('.js main').waitFor();
      });
      for (const given of [wrongAnswer(scenario), rightAnswer(scenario)]) {
        const turns = given.kind === 'conversation' ? given.path.map((reply) => [reply]) : [valuesOf(given)];
        for (const values of turns) {
          await both(async (page) => {
            if (kind === 'order')
              await page
                .getByRole('button', { name: t('question.moveDown') })
                .first()
                .click();
            for (const value of values) await page.locator(`main input:not([type="hidden"])[value="${value}"]`).check();
            const judged = page.waitForResponse((response) => response.request().method() === 'POST');
            await button(page, t(kind === 'conversation' ? 'conversation.send' : 'practice.check')).click();
            await judged;
            await page.locator('.practice__result').waitFor();
            await page.evaluate(
              () => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))),
            );
          });
        }
        await both(async (page) => {
          await button(page, t('practice.again')).click();
          await button(page, t('practice.again')).waitFor({ state: 'detached' });
        });
      }
      await phone.close();
    },
  );

  test('exercises and the look-up: the same', async () => {
    const phone = await newPhone(browser);
    const pages = [await translatedByBrowser(await phone.newPage()), await phone.newPage()];
    for (const id of course.exercises.keys()) {
      for (const page of pages) {
        await page.goto(app.url + paths.practice(id));
        const judged = page.waitForResponse((response) => response.request().method() === 'POST');
        await page.locator('[data-exercise] button').last().click();
        await judged;
        await page.evaluate(() => new Promise((painted) => setTimeout(painted, 100)));
      }
      const [translated, plain] = await Promise.all(pages.map(shownOn));
      expect({ id, ...translated }).toEqual({ id, ...plain });
    }
    for (const asked of ['dottern ringer', 'bild']) {
      for (const page of pages) {
        if (asked === 'dottern ringer') await page.goto(app.url + paths.lookUp());
        await page.getByRole('searchbox').fill('');
        const hits = page.waitForResponse((response) => response.url().includes(encodeURIComponent(asked)));
        await page.getByRole('searchbox').pressSequentially(asked);
        await hits;
        await page.evaluate(() => new Promise((painted) => setTimeout(painted, 100)));
      }
      const [translated, plain] = await Promise.all(pages.map(shownOn));
      expect({ asked, ...translated }).toEqual({ asked, ...plain });
    }
    await phone.close();
  }, 300_000);
});

const refusals = [
  {
    how: 'has no room (QuotaExceededError)',
    refuse: () => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    },
  },
  {
    how: 'may not be touched (SecurityError)',
    refuse: () => {
      for (const name of ['sessionStorage', 'localStorage']) {
        Object.defineProperty(window, name, {
          get: () => {
            throw new DOMException('refused', 'SecurityError');
          },
        });
      }
    },
  },
  {
    how: 'is not there',
    refuse: () => {
      for (const name of ['sessionStorage', 'localStorage']) Object.defineProperty(window, name, { value: null });
    },
  },
  {
    how: 'holds what nobody can read',
    refuse: () => {
      Storage.prototype.getItem = () => '[[';
    },
  },
];

describe('bugs F11: a browser whose storage', () => {
  test.for(refusals)('$how: every answer is sent, and tried again when the network is back', async ({ refuse }) => {
    const person = await makeParticipant(app, group, 'Åsa Öberg');
    await readLessons(person);
    const exam = await startExam(person);
    const phone = await newPhone(browser);
    await phone.addCookies(person.visitor.cookies);
    await phone.addInitScript(refuse);
    const errors: string[] = [];
    phone.on('weberror', (error) => errors.push(error.error().message));
    const page = await phone.newPage();
    await page.goto(app.url + paths.attempt(exam.attempt));
    const questions = (await examQuestions(page)).filter(({ scenario }) => scenario.kind === 'choose-one');
    const [first, second] = questions;
    if (!first || !second) throw new Error('nothing to choose');
    await answer(fingers(page), first, rightAnswer(first.scenario));
    await untilSaved(page);
    await phone.setOffline(true);
    await answer(fingers(page), second, rightAnswer(second.scenario));
    await page
      .getByRole('status')
      .filter({ hasText: t('exam.notSaved') })
      .waitFor();
    await phone.setOffline(false);
    await untilSaved(page);
    await page.reload();
    expect(await page.locator('main input:checked').count()).toBe(2);
    expect(errors).toEqual([]);
    await phone.close();
  });
});

describe('bugs F11: a browser that keeps no cookies', () => {
  test('is told so when it signs in, and nothing else', async () => {
    const phone = await newPhone(browser);
    const page = await phone.newPage();
    await page.goto(app.url + paths.signIn());
    await page.getByLabel(t('field.email')).fill(admin.email);
    await page.getByLabel(t('field.password')).fill(goodPassword);
    await phone.clearCookies();
    await leadsOn(page, () =>
      page
        .getByRole('button', { name: t('signIn.button') })
        .first()
        .click(),
    );
    expect(new URL(page.url()).pathname).toBe(paths.cookies());
    await heading(page, 'Webbläsaren tar inte emot kakor').waitFor();
    await phone.close();
  });

  test('is told so at every door before anything is done; one that keeps them is let in', async () => {
    const navigates = ['Sec-Fetch-Mode: navigate', `Origin: ${app.url}`, formType];
    const send = (door: string, fields: string, headers: readonly string[] = []) =>
      postBare(app.url, door, [...navigates, ...headers, `Content-Length: ${fields.length}`], fields);
    for (const door of [paths.signIn(), paths.returnWithCode(), paths.joinGroup(group.code), paths.welcome('x')]) {
      const { status, headers } = await send(door, 'name=Bo');
      expect([door, status, headers['location']]).toEqual([door, 303, paths.cookies()]);
    }
    const keeper = new Visitor(app.url);
    await keeper.get(paths.signIn());
    const cookies = keeper.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const fields = new URLSearchParams({ email: admin.email, password: goodPassword }).toString();
    const signedIn = await send(paths.signIn(), fields, [`Cookie: ${cookies}`]);
    expect([signedIn.status, signedIn.headers['location']]).toEqual([303, paths.myPage()]);
  });
});

describe('bugs F2: after signing out in another tab', () => {
  async function twoTabs() {
    const person = await makeParticipant(app, group, 'Freja Ferie');
    await readLessons(person);
    const exam = await startExam(person);
    const phone = await newPhone(browser);
    await phone.addCookies(person.visitor.cookies);
    const [page, other] = [await phone.newPage(), await phone.newPage()];
    return { person, exam, phone, page, other };
  }
  async function signOut(page: Page) {
    await page.goto(app.url + paths.myPage());
    await leadsOn(page, () => button(page, t('nav.signOut')).last().click());
  }

  test('Back shows nothing of the person, however the browser kept the page', async () => {
    const { exam, phone, page, other, person } = await twoTabs();
    for (const address of [paths.myPage(), paths.attempt(exam.attempt)]) {
      await page.goto(app.url + address);
      await page.getByText(person.name).first().waitFor({ state: 'attached' });
      await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
      expect(await page.locator('body').isVisible()).toBe(false);
      await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
      await page.getByText(person.name).first().waitFor({ state: 'attached' });
    }
    await signOut(other);
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
    await leadsOn(page, () =>
      page.evaluate(() => void dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))),
    );
    await heading(page, t('signIn.title')).waitFor();
    expect(await page.content()).not.toContain(person.name);
    await page.goto(app.url + paths.home());
    await page.goBack();
    await heading(page, t('signIn.title')).waitFor();
    await phone.close();
  });

  test('an answer in the old tab is told so, and saved when one has signed in again', async () => {
    const { exam, phone, page, other, person } = await twoTabs();
    await page.goto(app.url + paths.attempt(exam.attempt));
    const [question] = (await examQuestions(page)).filter(({ scenario }) => scenario.kind === 'choose-one');
    if (!question) throw new Error('nothing to choose');
    await signOut(other);
    await answer(fingers(page), question, rightAnswer(question.scenario));
    await page
      .getByRole('status')
      .filter({ hasText: t('exam.signedOut') })
      .waitFor();
    await comeBackWithCode(other, app.url, person.code);
    await button(page, t('exam.retry')).click();
    await untilSaved(page);
    await page.reload();
    expect(await page.locator('main input:checked').count()).toBe(1);
    await phone.close();
  });
});
