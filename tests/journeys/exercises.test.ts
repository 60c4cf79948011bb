import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { languages } from '#domain/kernel/language.ts';
import { fieldOfPart } from '#forms/course/exercise-form.ts';
import { translate } from '#i18n/translate.ts';
import { paths } from '#src/paths.ts';
import { type RunningApp, removeDataDir, startApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { answerTo, type Quality } from '../support/exercise-answers.ts';
import { fingers, type Hands, keyboardAlone } from '../support/hands.ts';
import { newPhone, troublesOf } from '../support/journey-steps.ts';
import { course } from '../support/people.ts';
import { Visitor } from '../support/visitor.ts';
import { wordsOn } from '../support/words-on.ts';

const exercises = [...course.exercises.values()];
const qualities: readonly Quality[] = ['wrong', 'partly right', 'right'];
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

const formOf = (page: Page, id: string): Locator => page.locator(`form[data-exercise="${id}"]`);

/** Answers every part, also those that an earlier try has left in another state. */
async function fillIn(hands: Hands, form: Locator, id: string, quality: Quality): Promise<void> {
  const exercise = course.exercises.get(id);
  if (!exercise) throw new Error(`no exercise ${id}`);
  const answer = answerTo(exercise, quality);
  for (const part of exercise.parts) {
    for (const choice of part.choices) {
      const field = form.locator(`[name="${fieldOfPart(part.id)}"][value="${choice}"]`);
      const wanted = (answer[part.id] ?? []).includes(choice);
      const isRadio = (await field.getAttribute('type')) === 'radio';
      if (isRadio && wanted) await hands.choose(field);
      if (!isRadio && wanted !== (await field.isChecked())) {
        await (wanted ? hands.tick(field) : hands.untick(field));
      }
    }
  }
}

/** What is said of the whole, and how many parts are said to be right and not. */
async function resultOf(form: Locator): Promise<{ said: string; right: number; wrong: number }> {
  const result = form.locator('.practice__result .verdict');
  await result.waitFor();
  return {
    said: (await wordsOn(result)).trim(),
    right: await form.locator('.exercise__part .feedback:not(.feedback--wrong)').count(),
    wrong: await form.locator('.exercise__part .feedback--wrong').count(),
  };
}

function expected(total: number, quality: Quality): { said: string; right: number; wrong: number } {
  const right = quality === 'right' ? total : quality === 'wrong' ? 0 : total - 1;
  return { said: t('exercise.result', { right, total }), right, wrong: total - right };
}

test('there are six, one of each kind', () => {
  expect(exercises.map(({ kind }) => kind).sort()).toEqual(['consent', 'log', 'mask', 'papers', 'path', 'walls']);
});

describe.each(exercises.map(({ id, lesson, parts }) => ({ id, lesson, total: parts.length })))(
  '$id',
  ({ id, lesson, total }) => {
    test.each(qualities)('in its lesson, by mouse: %s', async (quality) => {
      const phone = await newPhone(browser, { viewport: { width: 1280, height: 900 } });
      const troubles = troublesOf(phone);
      const page = await phone.newPage();
      await page.goto(app.url + paths.lesson(lesson));
      await fillIn(fingers(page), formOf(page, id), id, quality);
      await formOf(page, id).getByRole('button').click();
      expect(await resultOf(formOf(page, id))).toEqual(expected(total, quality));
      // The reply took the form's place: the page is still the lesson, and what came of it has the focus.
      expect(new URL(page.url()).pathname).toBe(paths.lesson(lesson));
      expect(await page.evaluate(() => document.activeElement?.className)).toBe('practice__result');
      expect(troubles).toEqual([]);
      await phone.close();
    });

    test.each(qualities)('by keyboard alone, 320 pixels wide: %s', async (quality) => {
      const phone = await newPhone(browser, { viewport: { width: 320, height: 640 } });
      const page = await phone.newPage();
      await page.goto(app.url + paths.practice(id));
      const hands = keyboardAlone(page);
      await fillIn(hands, formOf(page, id), id, quality);
      await hands.press(formOf(page, id).getByRole('button'));
      expect(await resultOf(formOf(page, id))).toEqual(expected(total, quality));
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      await phone.close();
    });

    test.each(qualities)('without scripts: %s', async (quality) => {
      const phone = await newPhone(browser, { javaScriptEnabled: false });
      const page = await phone.newPage();
      await page.goto(app.url + paths.lesson(lesson));
      await fillIn(fingers(page), formOf(page, id), id, quality);
      await formOf(page, id).getByRole('button').click();
      await page.waitForURL(app.url + paths.practice(id));
      expect(await resultOf(formOf(page, id))).toEqual(expected(total, quality));
      await phone.close();
    });

    test('what was chosen stays, and can be changed to right', async () => {
      const phone = await newPhone(browser);
      const page = await phone.newPage();
      await page.goto(app.url + paths.practice(id));
      for (const quality of qualities) {
        await fillIn(fingers(page), formOf(page, id), id, quality);
        await formOf(page, id).getByRole('button').click();
        await page.getByText(expected(total, quality).said, { exact: true }).waitFor();
      }
      await phone.close();
    });

    test('with the network gone, what was chosen stays', async () => {
      const phone = await newPhone(browser);
      const page = await phone.newPage();
      await page.goto(app.url + paths.practice(id));
      await fillIn(fingers(page), formOf(page, id), id, 'right');
      await phone.setOffline(true);
      await formOf(page, id).getByRole('button').click();
      await page.getByText(t('practice.offline')).waitFor();
      await phone.setOffline(false);
      await formOf(page, id).getByRole('button').click();
      expect(await resultOf(formOf(page, id))).toEqual(expected(total, 'right'));
      await phone.close();
    });

    test.each(languages)('is there in %s, without the key', async (language) => {
      const { status, text } = await new Visitor(app.url).get(paths.lesson(lesson, language));
      expect(status).toBe(200);
      const own = course.exerciseTexts.get(id)?.[language];
      expect(text).toContain(own?.title ?? 'no text in this language');
      for (const { feedback } of Object.values(own?.parts ?? {})) expect(text).not.toContain(feedback);
    });

    test('a form that leaves parts undecided comes back with what was chosen, and says which are left', async () => {
      const exercise = course.exercises.get(id);
      const [first, ...rest] = exercise?.parts ?? [];
      if (!exercise || !first || exercise.kind === 'mask' || exercise.kind === 'log') return;
      const reply = await new Visitor(app.url).post(paths.practice(id), {
        [fieldOfPart(first.id)]: first.choices[0] ?? '',
      });
      expect(reply.status).toBe(422);
      expect(reply.text).toContain(t('exercise.undecided', { count: rest.length }));
      expect(reply.text.match(/ checked/g)).toHaveLength(1);
    });
  },
);
