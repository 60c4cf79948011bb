import type { Page } from 'playwright-core';
import { mostSheets } from '#domain/groups/paper-exam.ts';
import { dateOf } from '#domain/kernel/calendar.ts';
import { somebodyNew } from '#forms/groups/paper/paper-form.ts';
import { translate } from '#i18n/translate.ts';
import { Visitor } from '../../support/visitor.ts';
import { saying, t } from '../../support/words.ts';
import { sendUnchecked } from '../steps.ts';
import type { World } from '../world.ts';
import { asAdmin, at, goto, leading, type State, type States, sendForm, unknownId } from './state.ts';

export async function sendJoinForm(page: Page, world: World, name: string): Promise<void> {
  await goto(page, world, `/grupp/${world.groups.open.code}`);
  await page.getByLabel(t('field.ownName')).fill(name);
  await leading(page, () => page.getByRole('button', { name: t('join.button') }).click());
}

/** Joins the open group by its form; a state is opened several times, so that somebody of the name may be there. */
export async function joinAs(page: Page, world: World, name: string): Promise<void> {
  await sendJoinForm(page, world, name);
  const no = page.getByRole('button', { name: t('joinQuestion.no') });
  if (await no.isVisible()) await leading(page, () => no.click());
}

/** Groups that join by a code, as who joins and who leads them sees them, and exams on paper. */
export const groupStates: States = {
  '/enhet/[unit]/grupper': [
    at(`/enhet/${unknownId}/grupper`, t('notFound.title'), { name: 'unknown unit', status: 404, as: asAdmin }),
  ],
  '/enhet/grupper/[id]/papper': [
    at((world) => `/enhet/grupper/${world.groups.empty.id}/papper`, t('paper.none'), {
      name: 'nothing printed',
      as: asAdmin,
    }),
    at((world) => `/enhet/grupper/${world.groups.open.id}/papper`, t('paper.outdated'), {
      name: 'sheets that wait, and one that cannot be entered any more',
      as: asAdmin,
    }),
    at((world) => `/enhet/grupper/${world.groups.closed.id}/papper`, t('paper.noMore'), {
      name: 'a group that is closed',
      as: asAdmin,
    }),
    {
      name: 'a number that cannot be',
      shows: t('paper.count.error', { most: mostSheets }),
      status: 422,
      as: asAdmin,
      open: async (page, world) => {
        await goto(page, world, `/enhet/grupper/${world.groups.empty.id}/papper`);
        await page.getByLabel(t('paper.count')).fill('99');
        await sendUnchecked(page.getByRole('button', { name: t('paper.printButton'), exact: true }));
      },
    },
    at(`/enhet/grupper/${unknownId}/papper`, t('notFound.title'), { name: 'unknown', status: 404, as: asAdmin }),
  ],
  '/enhet/grupper/[id]/papper/utskrift': [
    ...(['sv', 'sv-simple', 'en'] as const).map((language) =>
      at(
        (world) => `/enhet/grupper/${world.groups.open.id}/papper/utskrift?sprak=${language}`,
        translate(language)('paper.attest'),
        { name: `exams in ${language}`, as: asAdmin },
      ),
    ),
    at((world) => `/enhet/grupper/${world.groups.empty.id}/papper/utskrift`, t('paper.none'), {
      name: 'nothing to print',
      as: asAdmin,
    }),
    at(`/enhet/grupper/${unknownId}/papper/utskrift`, t('notFound.title'), {
      name: 'unknown',
      status: 404,
      as: asAdmin,
    }),
  ],
  '/enhet/grupper/[id]/papper/[sheet]': [
    at(({ groups, sheets }) => `/enhet/grupper/${groups.open.id}/papper/${sheets.open}`, t('paper.enterLead'), {
      name: 'to be entered',
      as: asAdmin,
    }),
    {
      name: 'nothing filled in',
      shows: t('paper.vouched.error'),
      status: 422,
      as: asAdmin,
      open: async (page, { groups, sheets, ...world }) => {
        await goto(page, { groups, sheets, ...world }, `/enhet/grupper/${groups.open.id}/papper/${sheets.open}`);
        await sendUnchecked(page.getByRole('button', { name: t('paper.checkButton'), exact: true }));
      },
    },
    {
      name: 'to be held against the paper',
      shows: t('paper.checkLead'),
      as: asAdmin,
      open: async (page, world) => {
        await goto(page, world, `/enhet/grupper/${world.groups.open.id}/papper/${world.sheets.open}`);
        await page.getByLabel(t('paper.whose')).selectOption(somebodyNew);
        await page.getByLabel(t('paper.name')).fill('Prova Papper');
        await page.getByLabel(t('paper.takenOn')).fill(dateOf(new Date()));
        for (const none of await page.getByLabel(t('paper.noAnswer')).all()) await none.check();
        await page.getByLabel(t('paper.vouched')).check();
        await page.getByRole('button', { name: t('paper.checkButton'), exact: true }).click();
      },
    },
    at(({ groups, sheets }) => `/enhet/grupper/${groups.open.id}/papper/${sheets.passed}`, t('paper.passedNext'), {
      name: 'entered, and passed',
      as: asAdmin,
    }),
    at(({ groups, sheets }) => `/enhet/grupper/${groups.open.id}/papper/${sheets.notPassed}`, t('paper.readAgain'), {
      name: 'entered, and not passed',
      as: asAdmin,
    }),
    at(
      ({ groups, sheets }) => `/enhet/grupper/${groups.open.id}/papper/${sheets.outdated}`,
      t('refusal.sheet-outdated'),
      {
        name: 'a question has changed since',
        as: asAdmin,
      },
    ),
    at(({ groups }) => `/enhet/grupper/${groups.open.id}/papper/99`, t('notFound.title'), {
      name: 'unknown',
      status: 404,
      as: asAdmin,
    }),
  ],
  '/enhet/grupper/[id]': [
    at((world) => `/enhet/grupper/${world.groups.empty.id}`, t('group.noMembers'), {
      name: 'without members',
      as: asAdmin,
    }),
    at((world) => `/enhet/grupper/${world.groups.open.id}`, 'Freja Ferie', { name: 'with members', as: asAdmin }),
    {
      name: 'with a new personal code',
      shows: t('person.newCodeFor', { name: 'Tove Tappat' }),
      as: asAdmin,
      open: async (page, world) => {
        await goto(page, world, `/enhet/grupper/${world.groups.open.id}`);
        await page.getByRole('button', { name: `${t('person.newCode')}: Tove Tappat` }).click();
      },
    },
    ...(['confirmAll', 'removeAll'] as const).map(
      (all): State => ({
        name: `asking before all, ${all}`,
        shows: t('groups.askBack'),
        as: asAdmin,
        open: async (page, world) => {
          await goto(page, world, `/enhet/grupper/${world.groups.open.id}`);
          await page.getByRole('button', { name: t(`groups.${all}`), exact: true }).click();
        },
      }),
    ),
    at((world) => `/enhet/grupper/${world.groups.closed.id}`, t('group.closed'), {
      name: 'closed',
      as: asAdmin,
    }),
    at(`/enhet/grupper/${unknownId}`, t('notFound.title'), { name: 'unknown', status: 404, as: asAdmin }),
  ],
  '/grupp': [
    at('/grupp', t('group.lead'), { name: 'the form' }),
    at('/grupp?kod=FEL', t('refusal.group-unknown'), { name: 'a wrong code', status: 404 }),
    {
      name: 'too many tries',
      shows: saying('refusal.too-many-tries'),
      status: 429,
      address: '203.0.113.1',
      open: async (page, world) => {
        const visitor = new Visitor(world.app.url);
        const guess = () => visitor.get('/grupp/FEL', { 'x-forwarded-for': '203.0.113.1' });
        while ((await guess()).status !== 429);
        await goto(page, world, '/grupp?kod=FEL');
      },
    },
  ],
  '/grupp/[code]': [
    at((world) => `/grupp/${world.groups.open.code}`, saying('join.lead'), { name: 'open' }),
    {
      name: 'without a name',
      shows: t('field.name.error'),
      status: 422,
      open: async (page, world) => {
        await goto(page, world, `/grupp/${world.groups.open.code}`);
        await sendUnchecked(page.getByRole('button', { name: t('join.button') }));
      },
    },
    {
      name: 'a form that is no longer good',
      shows: t('join.again'),
      open: async (page, world) => {
        await goto(page, world, `/grupp/${world.groups.open.code}`);
        await leading(page, () => sendForm(page, { name: 'Åsa Öberg', language: 'sv', ticket: '' }));
      },
    },
    {
      name: 'a name that holds what is not seen',
      shows: t('refusal.name-invisible'),
      status: 422,
      open: (page, world) => sendJoinForm(page, world, 'Samira\u200B Holm'),
    },
    {
      name: 'may have joined before',
      shows: t('joinQuestion.title'),
      status: 409,
      open: (page, world) => sendJoinForm(page, world, 'Freja Feria'),
    },
    at((world) => `/grupp/${world.groups.open.code}`, t('continue.else'), {
      name: 'signed in, and in the group',
      as: (world) => world.participant,
    }),
    at((world) => `/grupp/${world.groups.open.code}`, t('continue.else'), {
      name: 'signed in, and in none',
      as: (world) => world.people.newcomer,
    }),
    {
      name: 'signed in, with another name sent',
      shows: t('continue.rename', { name: 'Signe Bergh' }),
      status: 409,
      open: async (page, world) => {
        await joinAs(page, world, 'Signe Berg');
        await leading(page, () => page.getByRole('button', { name: t('joined.next') }).click());
        await goto(page, world, `/grupp/${world.groups.open.code}`);
        await sendForm(page, { name: 'Signe Bergh', language: 'sv', ticket: '' });
      },
    },
    at('/grupp/AAAA-AAAA', t('refusal.group-unknown'), { name: 'unknown', status: 404 }),
    at((world) => `/grupp/${world.groups.closed.code}`, t('refusal.group-closed'), { name: 'closed', status: 410 }),
    at((world) => `/grupp/${world.groups.full.code}`, t('refusal.group-full'), { name: 'full', status: 410 }),
    at((world) => `/grupp/${world.groups.ended.code}`, t('refusal.group-ended'), { name: 'ended', status: 410 }),
  ],
};
