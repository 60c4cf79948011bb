import type { Page } from 'playwright-core';
import type { Answer, Scenario } from '#domain/course/scenario.ts';
import { translate } from '#i18n/translate.ts';
import { converse, examQuestions } from './exam-page.ts';

const t = translate('sv');

/**
 * Answers the whole exam where no scripts run: each question has a button of its own that saves, steps are numbered in
 * lists, and the whole page comes back each time.
 */
export async function answerWithoutScripts(page: Page, answerOf: (scenario: Scenario) => Answer): Promise<void> {
  const count = (await examQuestions(page)).length;
  for (let place = 0; place < count; place++) {
    const question = (await examQuestions(page))[place];
    if (!question) throw new Error(`question ${place + 1} is gone`);
    const { item, scenario, text } = question;
    const given = answerOf(scenario);
    const save = item.getByRole('button', { name: t('exam.save') });
    switch (given.kind) {
      case 'choose-one':
        await item.getByRole('radio', { name: text.options?.[given.option]?.text ?? '', exact: true }).check();
        await save.click();
        break;
      case 'choose-all':
        for (const id of given.options)
          await item.getByRole('checkbox', { name: text.options?.[id]?.text ?? '', exact: true }).check();
        await save.click();
        break;
      case 'order':
        for (const [at, id] of given.steps.entries()) {
          const list = item.getByRole('combobox', {
            name: `${t('question.place')}: ${text.steps?.[id]?.text}`,
            exact: true,
          });
          await list.selectOption(String(at + 1));
        }
        await save.click();
        break;
      case 'conversation':
        await converse(question, given.path, async (reply) => {
          await item.getByRole('radio', { name: reply, exact: true }).check();
          await item.getByRole('button', { name: t('conversation.send') }).click();
        });
    }
  }
}
