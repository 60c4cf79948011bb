import type { Page } from 'playwright-core';
import { fieldOfPart } from '#forms/course/exercise-form.ts';
import { rightAnswer, wrongAnswer } from '../../support/answers.ts';
import { answerTo, type Quality } from '../../support/exercise-answers.ts';
import { course } from '../../support/people.ts';
import { saying, t } from '../../support/words.ts';
import { answer, answerInExam, examItem, firstOfKind, sayOnce } from '../steps.ts';
import type { World } from '../world.ts';
import { anyText, at, goto, type State, type States, unknownId } from './state.ts';

/** Practice and the exam. */
export const courseStates: States = {
  '/ova/[scenario]': practiceStates(),
  '/prov': [
    startRefused('lessons left', t('examRefused.lessons-left'), 'newcomer'),
    startRefused('already certified', t('examRefused.already-certified'), 'certified'),
    startRefused('paused', t('next.paused'), 'paused'),
  ],
  '/prov/[attempt]': [
    at((world) => `/prov/${world.exams.untouched.attempt}`, t('exam.unanswered'), {
      name: 'untouched',
      as: (world) => world.people.untouched,
    }),
    at((world) => `/prov/${world.exams.untouched.attempt}`, t('exam.reviewButton'), {
      name: 'untouched, without scripts',
      scripts: false,
      as: (world) => world.people.untouched,
    }),
    at((world) => `/prov/${world.exams.english.attempt}`, 'Emma English', {
      name: 'in English',
      as: (world) => world.people.english,
    }),
    {
      name: 'a question of each kind begun',
      shows: t('conversation.restart'),
      as: (world) => world.people.partly,
      open: async (page, world) => {
        await goto(page, world, `/prov/${world.exams.partly.attempt}`);
        for (const kind of ['choose-one', 'choose-all', 'order'] as const)
          await answerInExam(page, firstOfKind('exam', kind));
        await sayOnce(examItem(page, firstOfKind('exam', 'conversation')));
        await page.getByText(t('exam.saved'), { exact: true }).waitFor();
      },
    },
    at((world) => `/prov/${world.exams.partly.attempt}`, t('conversation.restart'), {
      name: 'a conversation begun, without scripts',
      scripts: false,
      as: (world) => world.people.partly,
    }),
    at((world) => `/prov/${world.exams.answered.attempt}`, t('conversation.ended'), {
      name: 'every question answered',
      as: (world) => world.people.answered,
    }),
    {
      name: 'an answer that could not be saved',
      shows: t('exam.notSaved'),
      as: (world) => world.people.untouched,
      open: async (page, world) => {
        await goto(page, world, `/prov/${world.exams.untouched.attempt}`);
        await page.route('**/svar', (route) => route.abort());
        await answerInExam(page, firstOfKind('exam', 'choose-one'));
        await page.getByText(t('exam.notSaved')).waitFor();
      },
    },
    {
      name: 'signed out in the meantime',
      shows: t('exam.signedOut'),
      as: (world) => world.people.untouched,
      open: async (page, world) => {
        await goto(page, world, `/prov/${world.exams.untouched.attempt}`);
        await page.context().clearCookies();
        await answerInExam(page, firstOfKind('exam', 'choose-one'));
        await page.getByText(t('exam.signedOut')).waitFor();
      },
    },
    {
      name: 'sent after the session has ended, without scripts',
      instead: '/logga-in',
      shows: t('signIn.held'),
      scripts: false,
      as: (world) => world.people.untouched,
      open: (page, world) => sendSignedOut(page, world),
    },
    {
      name: 'two steps on the same place, without scripts',
      shows: saying('refusal.equal-places-in'),
      status: 422,
      scripts: false,
      as: (world) => world.people.untouched,
      open: async (page, world) => {
        await goto(page, world, `/prov/${world.exams.untouched.attempt}`);
        const item = examItem(page, firstOfKind('exam', 'order'));
        await item.getByRole('combobox').first().selectOption('2');
        await item.getByRole('button', { name: t('exam.save') }).click();
      },
    },
    at(`/prov/${unknownId}`, t('notFound.attempt'), {
      name: 'unknown',
      status: 404,
      as: (world) => world.people.newcomer,
    }),
  ],
  '/prov/[attempt]/granska': [
    at((world) => `/prov/${world.exams.partly.attempt}/granska`, saying('exam.missing'), {
      name: 'answers missing',
      as: (world) => world.people.partly,
    }),
    at((world) => `/prov/${world.exams.answered.attempt}/granska`, t('exam.handIn'), {
      name: 'ready to hand in',
      as: (world) => world.people.answered,
    }),
    at(`/prov/${unknownId}/granska`, t('notFound.attempt'), {
      name: 'unknown',
      status: 404,
      as: (world) => world.people.newcomer,
    }),
  ],
  '/prov/[attempt]/resultat': [
    at((world) => `/prov/${world.attempts.failed}/resultat`, t('result.title'), {
      name: 'failed',
      as: (world) => world.people.failed,
    }),
    at((world) => `/prov/${world.attempts.critical}/resultat`, t('result.critical'), {
      name: 'a critical question missed',
      as: (world) => world.people.critical,
    }),
    at((world) => `/prov/${world.attempts.paused}/resultat`, saying('refusal.exam-paused'), {
      name: 'paused',
      as: (world) => world.people.paused,
    }),
    at(`/prov/${unknownId}/resultat`, t('notFound.attempt'), {
      name: 'unknown',
      status: 404,
      as: (world) => world.people.newcomer,
    }),
  ],
};

function practiceStates(): State[] {
  const kinds = (['choose-one', 'choose-all', 'order'] as const).flatMap((kind) => {
    const scenario = firstOfKind('practice', kind);
    const address = `/ova/${scenario.id}`;
    const answered = (right: boolean, scripts: Partial<State>): State => ({
      name: `${kind} answered ${right ? 'right' : 'wrong'}${scripts.scripts === false ? ', without scripts' : ''}`,
      shows: right ? t('practice.right') : t('practice.notRight'),
      open: async (page, world) => {
        await goto(page, world, address);
        await answer(page.locator('.practice'), scenario, right ? rightAnswer(scenario) : wrongAnswer(scenario));
        await page.getByRole('button', { name: t('practice.check'), exact: true }).click();
      },
      ...scripts,
    });
    return [
      at(address, anyText, { name: `${kind} before the answer` }),
      at(address, anyText, { name: `${kind} before the answer, without scripts`, scripts: false }),
      answered(true, {}),
      answered(false, {}),
      answered(false, { scripts: false }),
    ];
  });
  const conversations = (['text-thread', 'call'] as const).flatMap((channel) => {
    const scenario = firstOfKind('practice', 'conversation', channel);
    const address = `/ova/${scenario.id}`;
    const ended = (right: boolean): State => ({
      name: `${channel} at its end, ${right ? 'right' : 'wrong'}`,
      shows: right ? t('practice.right') : t('practice.notRight'),
      open: async (page, world) => {
        await goto(page, world, address);
        await answer(page.locator('.practice'), scenario, right ? rightAnswer(scenario) : wrongAnswer(scenario));
      },
    });
    return [
      at(address, anyText, { name: `${channel} before the first reply` }),
      {
        name: `${channel} in the middle`,
        shows: t('rule.source'),
        open: async (page: Page, world: World) => {
          await goto(page, world, address);
          await sayOnce(page.locator('.practice'));
          await page.getByText(t('rule.source')).first().waitFor();
        },
      },
      ended(true),
      ended(false),
    ];
  });
  const [one, order] = [firstOfKind('practice', 'choose-one'), firstOfKind('practice', 'order')];
  return [
    ...kinds,
    ...conversations,
    ...exerciseStates(),
    at(`/ova/${one.id}`, anyText, { name: 'signed in', as: (world) => world.people.newcomer }),
    {
      name: 'nothing chosen',
      shows: t('practice.chooseFirst'),
      open: async (page, world) => {
        await goto(page, world, `/ova/${one.id}`);
        await page.getByRole('button', { name: t('practice.check'), exact: true }).click();
      },
    },
    {
      name: 'nothing chosen, without scripts',
      shows: t('practice.chooseFirst'),
      status: 422,
      scripts: false,
      open: async (page, world) => {
        await goto(page, world, `/ova/${one.id}`);
        await page.getByRole('button', { name: t('practice.check'), exact: true }).click();
      },
    },
    {
      name: 'two steps on the same place, without scripts',
      shows: t('refusal.equal-places'),
      status: 422,
      scripts: false,
      open: async (page, world) => {
        await goto(page, world, `/ova/${order.id}`);
        await page.getByRole('combobox').first().selectOption('2');
        await page.getByRole('button', { name: t('practice.check'), exact: true }).click();
      },
    },
    {
      name: 'the network gone',
      shows: t('practice.offline'),
      open: async (page, world) => {
        await goto(page, world, `/ova/${one.id}`);
        await page.route('**/ova/*', (route) => route.abort());
        await page.getByRole('radio').first().check();
        await page.getByRole('button', { name: t('practice.check'), exact: true }).click();
      },
    },
    at('/ova/finns-inte', t('notFound.title'), { name: 'unknown', status: 404 }),
  ];
}

/** Each exercise before it is sent in, judged, and sent in with parts undecided. */
function exerciseStates(): State[] {
  return [...course.exercises.values()].flatMap((exercise): State[] => {
    const { id, kind, parts } = exercise;
    const total = parts.length;
    const judged = (quality: Quality, right: number, scripts: Partial<State> = {}): State => ({
      name: `${id}, ${quality}${scripts.scripts === false ? ', without scripts' : ''}`,
      shows: t('exercise.result', { right, total }),
      open: async (page, world) => {
        await goto(page, world, `/ova/${id}`);
        const given = answerTo(exercise, quality);
        for (const part of parts) {
          for (const choice of given[part.id] ?? []) {
            await page.locator(`[name="${fieldOfPart(part.id)}"][value="${choice}"]`).check();
          }
        }
        await page.locator('form[data-exercise]').getByRole('button').click();
        await page.locator('.practice__result').waitFor();
        // Without scripts it is a new page, which is there before its style is.
        await page.waitForLoadState('load');
      },
      ...scripts,
    });
    const isMark = kind === 'mask' || kind === 'log';
    return [
      at(`/ova/${id}`, anyText, { name: `${id} before it is sent in` }),
      judged('right', total),
      judged('wrong', 0, { scripts: false }),
      ...(isMark
        ? []
        : [
            {
              name: `${id} sent in with nothing decided`,
              shows: t('exercise.undecided', { count: total }),
              open: async (page: Page, world: World) => {
                await goto(page, world, `/ova/${id}`);
                await page.locator('form[data-exercise]').getByRole('button').click();
                await page.locator('.practice__result').waitFor();
              },
            },
          ]),
    ];
  });
}

/** Starting is a button of Min sida; who opens it in an old tab is told why not. */
function startRefused(name: string, shows: string, who: keyof World['people']): State {
  return {
    name,
    shows,
    status: 409,
    as: (world) => world.people[who],
    open: async (page, world) => {
      await goto(page, world, `/min-sida`);
      await page.evaluate(() => {
        const form = document.createElement('form');
        form.method = 'post';
        form.action = '/prov';
        document.body.append(form);
        form.submit();
      });
      await page.waitForURL('**/prov');
    },
  };
}

/** An answer without scripts, sent when the session is over: the sign-in page holds it. */
export async function sendSignedOut(page: Page, world: World): Promise<void> {
  await goto(page, world, `/prov/${world.exams.untouched.attempt}`);
  await page.context().clearCookies();
  await examItem(page, firstOfKind('exam', 'choose-one'))
    .getByRole('button', { name: t('exam.save') })
    .click();
}
