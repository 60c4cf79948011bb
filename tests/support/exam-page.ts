import type { Locator, Page } from 'playwright-core';
import { scenarioText } from '#content/load-course.ts';
import { walkConversation } from '#domain/course/grading.ts';
import type { Answer, Scenario, ScenarioText } from '#domain/course/scenario.ts';
import { type Language, languages } from '#domain/kernel/language.ts';
import { translate } from '#i18n/translate.ts';
import type { Hands } from './hands.ts';
import { course } from './people.ts';
import { wordsOn } from './words-on.ts';

/** A question as it stands on a page. Its key comes from the course in the test's own process, never from the page. */
export interface ShownQuestion {
  readonly item: Locator;
  readonly scenario: Scenario;
  readonly text: ScenarioText;
}

/** Every question of the exam, in the order shown. */
export async function examQuestions(page: Page, language: Language = 'sv'): Promise<ShownQuestion[]> {
  const heading = page.getByRole('heading', {
    name: new RegExp(`^${translate(language)('exam.question')} \\d+ / \\d+$`),
  });
  await heading.first().waitFor();
  const items = await page.getByRole('listitem').filter({ has: heading }).all();
  return Promise.all(items.map((item) => recognized(item, 'exam', language)));
}

/** The practice items of a lesson, in order. */
export async function practiceItems(page: Page): Promise<ShownQuestion[]> {
  const items = await page.getByRole('region', { name: new RegExp(`^${translate('sv')('practice.title')}: `) }).all();
  return Promise.all(items.map((item) => recognized(item, 'practice', 'sv')));
}

/** Which scenario is this? The one whose situation is told: a situation may read the same in two languages, its options not. */
async function recognized(item: Locator, use: Scenario['use'], language: Language): Promise<ShownQuestion> {
  const shown = plain(await wordsOn(item));
  for (const scenario of course.scenarios.values()) {
    if (scenario.use !== use) continue;
    for (const one of [language, ...languages]) {
      const { text } = scenarioText(course, scenario.id, one);
      if (shown.includes(plain(text.situation))) return { item, scenario, text };
    }
  }
  throw new Error(`no scenario of the course tells this:\n${shown}`);
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Every answer that was given has reached the server, and the page says so. */
export function untilSaved(page: Page, language: Language = 'sv'): Promise<void> {
  // Exactly that: “not saved yet” has the same word in it.
  const saved = new RegExp(`^\\s*${translate(language)('exam.saved')}\\s*$`);
  return page.getByRole('status').filter({ hasText: saved }).waitFor();
}

/** Answers a question where scripts run: choosing is enough, steps are moved, a conversation goes on by itself. */
export async function answer(
  hands: Hands,
  question: ShownQuestion,
  given: Answer,
  language: Language = 'sv',
): Promise<void> {
  const { item, text } = question;
  const t = translate(language);
  switch (given.kind) {
    case 'choose-one':
      return hands.choose(item.getByRole('radio', { name: text.options?.[given.option]?.text ?? '', exact: true }));
    case 'choose-all':
      for (const id of given.options)
        await hands.tick(item.getByRole('checkbox', { name: text.options?.[id]?.text ?? '', exact: true }));
      return;
    case 'order':
      return arrange(hands, question, given.steps, language);
    case 'conversation':
      return converse(question, given.path, async (reply) => {
        await hands.choose(item.getByRole('radio', { name: reply, exact: true }));
        await hands.press(item.getByRole('button', { name: t('conversation.send') }));
      });
  }
}

/** Moves steps up until they stand as wanted; the list that is there at first is an answer when its button says so. */
async function arrange(
  hands: Hands,
  { item, text }: ShownQuestion,
  wanted: readonly string[],
  language: Language,
): Promise<void> {
  const t = translate(language);
  const stepText = (id: string) => text.steps?.[id]?.text ?? '';
  const keep = item.getByRole('button', { name: t('exam.keepOrder') });
  for (const [place, id] of wanted.entries()) {
    const up = item.getByRole('button', { name: `${t('question.moveUp')}: ${stepText(id)}`, exact: true });
    for (let now = await placeOf(item, stepText(id)); now > place; now--) {
      await hands.press(up);
      await item
        .getByRole('listitem')
        .nth(now - 1)
        .filter({ hasText: stepText(id) })
        .waitFor();
    }
  }
  if (await keep.isVisible()) await hands.press(keep);
}

async function placeOf(item: Locator, stepText: string): Promise<number> {
  const steps = await item.getByRole('listitem').allInnerTexts();
  return steps.findIndex((step) => plain(step).includes(plain(stepText)));
}

/** Goes through a conversation; `say` chooses a reply and sends it. */
export async function converse(
  { item, scenario, text }: ShownQuestion,
  path: readonly string[],
  say: (reply: string) => Promise<void>,
): Promise<void> {
  if (scenario.kind !== 'conversation') throw new Error(`${scenario.id} is no conversation`);
  for (const [turn, reply] of path.entries()) {
    const { node } = walkConversation(scenario, path.slice(0, turn));
    await say(text.nodes?.[node]?.replies[reply]?.text ?? '');
    const next = text.nodes?.[walkConversation(scenario, path.slice(0, turn + 1)).node]?.text ?? '';
    await item.getByRole('listitem').filter({ hasText: next }).last().waitFor();
  }
}
