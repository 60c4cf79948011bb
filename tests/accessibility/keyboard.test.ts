import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { translate } from '#i18n/translate.ts';
import { rightAnswer, wrongAnswer } from '../support/answers.ts';
import { course, type SignedIn } from '../support/people.ts';
import { t } from '../support/words.ts';
import { answer, examItem, firstOfKind } from './steps.ts';
import { endWorld, makeWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
}, 180_000);
afterAll(() => endWorld(world));

/** A phone with its keyboard of letters open, or a small window: where a bar at the bottom takes most. */
const small = { width: 360, height: 560 };

async function open(path: string, as?: SignedIn): Promise<Page> {
  const context = await world.browser.newContext({ viewport: small, locale: 'sv-SE' });
  context.setDefaultTimeout(30_000);
  if (as) await context.addCookies(as.visitor.cookies);
  const page = await context.newPage();
  await page.goto(new URL(path, world.app.url).href);
  return page;
}

describe('what has the focus is seen', () => {
  let joined = 0;
  const pages: Readonly<Record<string, () => Promise<Page>>> = {
    'on a lesson': () => open(`/kurser/sekretess/${course.lessons[0]}`),
    'on the exam, with the line that says that it is saved': async () => {
      const page = await open(`/prov/${world.exams.untouched.attempt}`, world.people.untouched);
      await changeAnAnswer(page);
      await page.getByText(t('exam.saved'), { exact: true }).waitFor();
      return page;
    },
    'on the exam, with the line that says that it is not saved': async () => {
      const page = await open(`/prov/${world.exams.partly.attempt}`, world.people.partly);
      await page.route('**/svar', (route) => route.abort());
      await changeAnAnswer(page);
      await page.getByText(t('exam.notSaved')).waitFor();
      return page;
    },
    'on the page that shows all answers': () =>
      open(`/prov/${world.exams.answered.attempt}/granska`, world.people.answered),
    'on Min sida': () => open('/min-sida', world.people.halfway),
    'on the look-up page': () => open('/sla-upp'),
    'when joining a group': () => open(`/grupp/${world.groups.open.code}`),
    'with a personal code just given': async () => {
      const page = await open(`/grupp/${world.groups.open.code}`);
      // Nobody by a like name has joined: that would be asked about first.
      await page.getByLabel(t('field.ownName')).fill(`Fokus ${['Falk', 'Brandt'][joined++]}`);
      await page.getByRole('button', { name: t('join.button') }).click();
      await page.getByText(t('joined.title')).waitFor();
      return page;
    },
    'in administration': () => open('/admin', world.admin),
    'on the page of a group': () => open(`/enhet/grupper/${world.groups.open.id}`, world.admin),
    'on a certificate': () => open(`/intyg/${world.certificates.certified}`),
  };

  for (const direction of ['Tab', 'Shift+Tab'] as const) {
    test.each(Object.entries(pages))(`%s, with ${direction}`, async (_name, openPage) => {
      const page = await openPage();
      const stops: string[] = [];
      const hidden: unknown[] = [];
      for (;;) {
        await page.keyboard.press(direction);
        const stop = await page.evaluate(focusedPlace);
        // Past the last stop the focus leaves the page; a page whose stops never end would be a trap.
        if (stop === undefined || stops.length > 300) break;
        stops.push(stop.what);
        if (stop.problem) hidden.push(stop);
      }
      expect(hidden).toEqual([]);
      expect(stops.length).toBeGreaterThan(5);
      expect(stops.length).toBeLessThan(300);
      await page.context().close();
    });
  }
});

describe('what the keyboard does', () => {
  for (const use of ['practice', 'exam'] as const) {
    test(`steps are put in order by keyboard alone, in ${use}, and the focus follows the step`, async () => {
      const scenario = firstOfKind(use, 'order');
      if (scenario.kind !== 'order') throw new Error('no order');
      const page =
        use === 'practice'
          ? await open(`/ova/${scenario.id}`)
          : await open(`/prov/${world.exams.untouched.attempt}`, world.people.untouched);
      const item = use === 'practice' ? page.locator('.practice') : examItem(page, scenario);
      const steps = item.locator('.order > li');
      await item
        .getByRole('button', { name: new RegExp(`^${t('question.moveDown')}`) })
        .first()
        .waitFor();
      const first = (await steps.first().locator('> span').first().textContent()) ?? '';
      const count = await steps.count();
      await item.getByRole('button', { name: `${t('question.moveDown')}: ${first}` }).focus();
      for (let place = 1; place < count; place++) {
        await page.keyboard.press('Enter');
        await steps.nth(place).getByText(first, { exact: true }).waitFor();
        // At the end there is nowhere down to go: the focus may be on the other button, but with the step.
        expect({ place, focus: await focusedName(page) }).toEqual({ place, focus: expect.stringContaining(first) });
      }
      await item.getByRole('button', { name: `${t('question.moveUp')}: ${first}` }).focus();
      await page.keyboard.press('Space');
      await steps
        .nth(count - 2)
        .getByText(first, { exact: true })
        .waitFor();
      expect(await focusedName(page)).toContain(first);
      await page.context().close();
    });
  }

  test('one click moves a step: nothing needs to be dragged', async () => {
    const scenario = firstOfKind('practice', 'order');
    const page = await open(`/ova/${scenario.id}`);
    await answer(page.locator('.practice'), scenario, rightAnswer(scenario));
    await page.getByRole('button', { name: t('practice.check'), exact: true }).click();
    await page.getByText(t('practice.right'), { exact: true }).waitFor();
    await page.context().close();
  });

  test('an answer to a practice item takes the reader to what came of it, and back to the question', async () => {
    const scenario = firstOfKind('practice', 'choose-one');
    const page = await open(`/ova/${scenario.id}`);
    await page.getByRole('radio').first().focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    expect(await focusedName(page)).toBe(t('practice.check'));
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: t('practice.again') }).waitFor();
    await page.waitForFunction(() => document.activeElement?.matches('.practice__result'));
    await page.getByRole('button', { name: t('practice.again') }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('radio').first().waitFor();
    await expectFocusKept(page);
    await page.context().close();
  });

  test('a reply in a conversation takes the reader on, and does not lose them', async () => {
    const scenario = firstOfKind('practice', 'conversation');
    const page = await open(`/ova/${scenario.id}`);
    const before = await page.locator('.line').count();
    await page.getByRole('radio').first().focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: t('conversation.send') }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.line').nth(before).waitFor();
    await expectFocusKept(page);
    await page.context().close();
  });

  test('a conversation in the exam that is begun anew, or ends, does not lose the reader', async () => {
    const scenario = firstOfKind('exam', 'conversation');
    const page = await open(`/prov/${world.exams.partly.attempt}`, world.people.partly);
    const item = examItem(page, scenario);
    await answer(item, scenario, wrongAnswer(scenario));
    await item.getByText(t('conversation.ended')).waitFor();
    await expectFocusKept(page);
    await item.getByRole('button', { name: t('conversation.restart') }).focus();
    await page.keyboard.press('Enter');
    await item.getByRole('button', { name: t('conversation.restart') }).waitFor({ state: 'detached' });
    await expectFocusKept(page);
    await page.context().close();
  });

  test('keeping the order as it is does not lose the reader', async () => {
    const page = await open(`/prov/${world.exams.english.attempt}`, world.people.english);
    const keep = examItem(page, firstOfKind('exam', 'order')).getByRole('button', {
      name: translate('en')('exam.keepOrder'),
    });
    await keep.focus();
    await page.keyboard.press('Enter');
    await keep.waitFor({ state: 'detached' });
    await expectFocusKept(page);
    await page.context().close();
  });

  test('the link past the menu is seen when it has the focus, and leads to the content', async () => {
    const page = await open('/kurser/sekretess');
    await page.keyboard.press('Tab');
    expect(await focusedName(page)).toBe(t('page.skip'));
    expect((await page.evaluate(focusedPlace))?.problem).toBeUndefined();
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('innehall');
    await page.context().close();
  });

  test('the list of languages opens and is gone through by keyboard', async () => {
    const page = await open('/kurser/sekretess');
    await page.locator('summary', { hasText: t('language.label') }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/en/kurser/sekretess');
    await page.context().close();
  });
});

/** The focus is somewhere on the page: on the body, a keyboard starts again from the top. */
async function expectFocusKept(page: Page): Promise<void> {
  // Scripts move the focus when the new content is drawn.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
}

function focusedName(page: Page): Promise<string> {
  return page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim() ?? '',
  );
}

/** Runs in the page. What has the focus, and what hides it, if anything does; undefined when nothing has it. */
function focusedPlace(): { readonly what: string; readonly problem: string | undefined } | undefined {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return undefined;
  // A tick is seen by the box around it, which is what is outlined.
  const shown = focused.closest('label') ?? focused;
  const what = focused.outerHTML.slice(0, 100);
  const [first = shown.getBoundingClientRect()] = shown.getClientRects();
  if (first.height > innerHeight) return { what, problem: undefined };
  if (first.top < 0 || first.bottom > innerHeight || first.left < 0 || first.right > innerWidth) {
    return {
      what,
      problem: `outside the window: ${Math.round(first.top)}–${Math.round(first.bottom)} of ${innerHeight}`,
    };
  }
  const middle = { x: first.left + first.width / 2, y: first.top + first.height / 2 };
  const points = [
    middle,
    { x: middle.x, y: first.top + 2 },
    { x: middle.x, y: first.bottom - 2 },
    { x: first.left + 2, y: middle.y },
    { x: first.right - 2, y: middle.y },
  ];
  for (const { x, y } of points) {
    const top = document.elementFromPoint(x, y);
    if (top && !shown.contains(top) && !top.contains(shown))
      return { what, problem: `covered by ${top.outerHTML.slice(0, 80)}` };
  }
  return { what, problem: undefined };
}

/** Another option than the one chosen: the same one again would be no change, and nothing would be saved. */
async function changeAnAnswer(page: Page): Promise<void> {
  await examItem(page, firstOfKind('exam', 'choose-one')).locator('input[type="radio"]:not(:checked)').first().check();
}
