import { dateOf } from '#domain/kernel/calendar.ts';
import { saying, t } from '../../support/words.ts';
import { sendUnchecked } from '../steps.ts';
import { atStaffed, daysAgo, gotoStaffed, planInvitation, type States } from './state.ts';

/** What a manager opens about a unit and who works there. */
export const unitStates: States = {
  '/enhet': [
    atStaffed('both', '/enhet', 'Nattpatrullen', 'several units to choose from'),
    atStaffed('admin', '/enhet', 'Utbildningsnämnden', 'units and areas'),
    {
      name: 'a role that reaches no place yet',
      shows: t('unit.none.title'),
      as: (world) => world.emptyAdmin,
      open: (page, world) => page.goto(`${world.empty.url}/enhet`),
    },
  ],
  '/enhet/[unit]': [
    atStaffed('manager', '/enhet/NORTH', 'Gunnar Timme', 'people in every state'),
    atStaffed('group-manager', '/enhet/GROUP', t('unit.mailRefused'), 'an address that takes no mail'),
    {
      name: 'a search that finds nobody',
      shows: t('unit.noRows'),
      open: async (page, world) => {
        await gotoStaffed(page, world, 'manager', '/enhet/NORTH');
        await page.getByLabel(t('unit.search')).fill('finns inte');
        await page.getByRole('button', { name: t('unit.filter.show'), exact: true }).click();
      },
    },
    atStaffed('manager', '/enhet/NORTH?datum=2026-02-31', t('unit.date.error'), 'a date that cannot be'),
    atStaffed('manager', `/enhet/NORTH?datum=${daysAgo(40)}`, t('person.former'), 'a past day'),
    atStaffed(
      'manager',
      '/enhet/NORTH?klart=remind&antal=2&ej=1&skal=no-email',
      t('refusal.no-email'),
      'after an action',
    ),
    atStaffed('empty-manager', '/enhet/EMPTY', t('unit.empty'), 'nobody there'),
    atStaffed('both', '/enhet/NORTH', t('notFound.title'), 'out of reach', 404),
    {
      name: 'an action filled in wrong',
      shows: t('unit.chosen.error'),
      status: 422,
      open: async (page, world) => {
        await gotoStaffed(page, world, 'manager', '/enhet/NORTH');
        await page.locator('summary', { hasText: t('unit.decide.move-due') }).click();
        await sendUnchecked(page.getByRole('button', { name: t('unit.decide.move-due.button'), exact: true }));
      },
    },
    {
      name: 'figures as tables',
      shows: t('unit.plot.atWork'),
      open: async (page, world) => {
        await gotoStaffed(page, world, 'manager', '/enhet/NORTH');
        for (const summary of await page.getByText(t('unit.plot.table')).all()) await summary.click();
      },
    },
  ],
  '/enhet/[unit]/stallforetradare': [
    { ...atStaffed('manager', '/enhet/NORTH/stallforetradare', t('deputy.none'), 'nobody appointed'), fresh: true },
    {
      name: 'nobody who can be appointed',
      shows: t('refusal.deputy-person'),
      status: 422,
      fresh: true,
      open: async (page, world) => {
        await gotoStaffed(page, world, 'manager', '/enhet/NORTH/stallforetradare');
        await page.getByLabel(t('deputy.who')).fill('ingen@lindala.example');
        await page.getByLabel(t('deputy.to')).fill(dateOf(new Date()));
        await page.getByRole('button', { name: t('deputy.button') }).click();
      },
    },
    {
      name: 'somebody appointed',
      shows: t('deputy.done'),
      fresh: true,
      open: async (page, world) => {
        await gotoStaffed(page, world, 'manager', '/enhet/NORTH/stallforetradare');
        await page.getByLabel(t('deputy.who')).fill('done@lindala.example');
        await page.getByLabel(t('deputy.to')).fill(dateOf(new Date()));
        await page.getByRole('button', { name: t('deputy.button') }).click();
      },
    },
  ],
  '/enhet/[unit]/bjud-in': [
    atStaffed('manager', '/enhet/NORTH/bjud-in', t('invite.when'), 'some to invite, and some who are not'),
    atStaffed('empty-manager', '/enhet/EMPTY/bjud-in', t('invite.nobody'), 'nobody to invite'),
    atStaffed('both', '/enhet/NORTH/bjud-in', t('notFound.title'), 'out of reach', 404),
    {
      name: 'a day that is past',
      shows: t('invite.day.error'),
      status: 422,
      open: async (page, world) => {
        await gotoStaffed(page, world, 'manager', '/enhet/NORTH/bjud-in');
        await page.getByLabel(t('invite.onDay')).check();
        await page.getByLabel(t('invite.day'), { exact: true }).fill('2020-01-01');
        await page.getByRole('button', { name: /^Bjud in, antal/ }).click();
      },
    },
    {
      name: 'planned for a day, and put on one that is past',
      shows: t('invite.day.error'),
      status: 422,
      open: async (page, world) => {
        await planInvitation(page, world, 'not-started', 5);
        await page.getByLabel(t('invite.otherDay')).fill('2020-01-01');
        await page.getByRole('button', { name: t('invite.move'), exact: true }).click();
      },
    },
    {
      name: 'put on another day',
      shows: saying('invite.moved'),
      open: async (page, world) => {
        await planInvitation(page, world, 'under-way', 6);
        await page.getByLabel(t('invite.otherDay')).fill(daysAgo(-9));
        await page.getByRole('button', { name: t('invite.move'), exact: true }).click();
      },
    },
    {
      name: 'cancelled',
      shows: saying('invite.cancelled'),
      open: async (page, world) => {
        await planInvitation(page, world, 'expiring', 7);
        await page.getByRole('button', { name: t('invite.cancel') }).click();
      },
    },
  ],
  '/enhet/[unit]/apt': [
    atStaffed('manager', '/enhet/NORTH/apt', t('unit.meeting.rule'), 'two situations'),
    atStaffed('both', '/enhet/NORTH/apt', t('notFound.title'), 'out of reach', 404),
  ],
  '/enhet/[unit]/personer/[person]': [
    atStaffed('manager', '/enhet/NORTH/personer/exempt', 'Cissi Vik', 'somebody with a decision'),
    atStaffed('manager', '/enhet/NORTH/personer/hidden', t('person.protected'), 'somebody with protected identity'),
    atStaffed(
      'group-manager',
      '/enhet/GROUP/personer/refused',
      saying('person.mailRefused'),
      'an address that takes no mail',
    ),
    atStaffed('manager', '/enhet/NORTH/personer/former', t('notFound.title'), 'somebody who has left', 404),
    {
      name: 'a decision taken back without a reason',
      shows: t('unit.reason.error'),
      status: 422,
      open: async (page, world) => {
        await gotoStaffed(page, world, 'manager', '/enhet/NORTH/personer/exempt');
        await page.locator('summary', { hasText: t('person.withdraw') }).click();
        await sendUnchecked(page.getByRole('button', { name: t('person.withdraw.button'), exact: true }));
      },
    },
  ],
  '/enhet/omrade/[place]': [
    atStaffed('head', '/enhet/omrade/ELDERLY', t('unit.rest'), 'small units merged'),
    atStaffed('admin', '/enhet/omrade/CARE', 'LSS', 'departments'),
    atStaffed('admin', '/enhet/omrade/SCHOOL', /färre än 5 personer/, 'too few for figures'),
    atStaffed('head', '/enhet/omrade/CARE', t('notFound.title'), 'out of reach', 404),
  ],
};
