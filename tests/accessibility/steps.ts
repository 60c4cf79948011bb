import type { Locator, Page } from 'playwright-core';
import type { Answer, Scenario } from '#domain/course/scenario.ts';
import { rightAnswer } from '../support/answers.ts';
import { course } from '../support/people.ts';
import { t } from '../support/words.ts';
import { examOfEveryKind } from './world.ts';

/** The first scenario of a kind; of those in the exam, one that the exam under test holds. */
export function firstOfKind(use: Scenario['use'], kind: Scenario['kind'], channel?: 'text-thread' | 'call'): Scenario {
  const among = use === 'exam' ? examOfEveryKind : [...course.scenarios.values()];
  const found = among.find(
    (scenario) =>
      scenario.use === use &&
      scenario.kind === kind &&
      (channel === undefined || (scenario.kind === 'conversation' && scenario.channel === channel)),
  );
  if (!found) throw new Error(`no ${use} scenario of kind ${kind} ${channel ?? ''}`);
  return found;
}

/** The text of an option, a step or a reply, as the person reads it. */
function textOf(scenario: Scenario, id: string, node?: string): string {
  const text = course.texts.get(scenario.id)?.sv;
  const prose = node === undefined ? (text?.options ?? text?.steps) : text?.nodes?.[node]?.replies;
  return prose?.[id]?.text ?? '';
}

/** Fills in an answer by what is written beside each choice, with scripts or without. */
export async function answer(item: Locator, scenario: Scenario, given: Answer): Promise<void> {
  switch (given.kind) {
    case 'choose-one':
      return item.getByRole('radio', { name: textOf(scenario, given.option), exact: true }).check();
    case 'choose-all':
      for (const option of given.options)
        await item.getByRole('checkbox', { name: textOf(scenario, option), exact: true }).check();
      return;
    case 'order':
      return putInOrder(
        item,
        given.steps.map((step) => textOf(scenario, step)),
      );
    case 'conversation': {
      if (scenario.kind !== 'conversation') return;
      let node = scenario.start;
      for (const reply of given.path) {
        await item.getByRole('radio', { name: textOf(scenario, reply, node), exact: true }).check();
        await item.getByRole('button', { name: t('conversation.send') }).click();
        const next = scenario.nodes[node]?.replies.find(({ id }) => id === reply)?.to ?? '';
        await item
          .locator('.line', { hasText: course.texts.get(scenario.id)?.sv?.nodes?.[next]?.text ?? '' })
          .last()
          .waitFor();
        node = next;
      }
    }
  }
}

/** With scripts each step has a button that moves it up; without, a list of places. */
async function putInOrder(item: Locator, texts: readonly string[]): Promise<void> {
  const places = item.getByRole('combobox');
  if ((await places.count()) > 0) {
    for (const [place, text] of texts.entries())
      await item.getByLabel(`${t('question.place')}: ${text}`).selectOption(String(place + 1));
    return;
  }
  for (const [place, text] of texts.entries()) {
    const steps = item.getByRole('listitem');
    for (;;) {
      const shown = await steps.locator('> span:first-child').allTextContents();
      const now = shown.indexOf(text);
      if (now === place) break;
      await item.getByRole('button', { name: `${t('question.moveUp')}: ${text}` }).click();
      await steps
        .nth(now - 1)
        .getByText(text, { exact: true })
        .waitFor();
    }
  }
}

/** The first reply on offer. */
export async function sayOnce(item: Locator): Promise<void> {
  const before = await item.locator('.line').count();
  await item.getByRole('radio').first().check();
  await item.getByRole('button', { name: t('conversation.send') }).click();
  await item.locator('.line').nth(before).waitFor();
}

export function examItem(page: Page, scenario: Scenario): Locator {
  return page.locator(`#fraga-${examOfEveryKind.indexOf(scenario) + 1}`);
}

/** Answers one question of the exam as one would. */
export function answerInExam(page: Page, scenario: Scenario): Promise<void> {
  return answer(examItem(page, scenario), scenario, rightAnswer(scenario));
}

/** Sends a form past the browser's own checks: old browsers have none, and the server must not rely on them. */
export async function sendUnchecked(button: Locator): Promise<void> {
  await button.evaluate((element) => {
    element.closest('form')?.setAttribute('novalidate', '');
  });
  await button.click();
}
