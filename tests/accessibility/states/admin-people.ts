import type { Page } from 'playwright-core';
import { saying, t } from '../../support/words.ts';
import { listWithRoles } from '../staff-of-every-kind.ts';
import { sendUnchecked } from '../steps.ts';
import type { World } from '../world.ts';
import {
  asAdmin,
  at,
  atStaffed,
  goto,
  gotoStaffed,
  planInvitation,
  type State,
  type States,
  unknownId,
} from './state.ts';

/** Administration of people: staff lists, invitations, roles and each person. */
export const adminPeopleStates: States = {
  '/admin/import': [
    at('/admin/import', t('import.lead'), { name: 'before a file', as: asAdmin }),
    at('/admin/import?klart=kastad', t('import.discarded'), { name: 'a list thrown away', as: asAdmin }),
    {
      name: 'a file that is no list',
      shows: t('form.wrong'),
      status: 422,
      as: asAdmin,
      open: (page, world) => uploadList(page, world, 'hej'),
    },
  ],
  '/admin/import/[id]': [
    at(`/admin/import/${unknownId}`, t('notFound.title'), { name: 'unknown', status: 404, as: asAdmin }),
    {
      name: 'a dry run with a row that is wrong',
      shows: t('import.broken', { count: 1 }),
      as: asAdmin,
      open: (page, world) =>
        uploadList(
          page,
          world,
          'Anställningsnummer;Namn;Kategori;Enhet\r\n0017;Örjan Åkesson;Tillsvidare;finns inte\r\n',
        ),
    },
    ...(
      [
        ['addresses that change', saying('import.mailsOfAddresses')],
        ['an address of somebody with a role', t('import.error.email-of-role')],
        ['a role that ends', saying('import.roleEnds')],
        ['the last administrator', t('import.heldBackText')],
      ] as const
    ).map(
      ([name, shows]): State => ({
        name: `a dry run with ${name}`,
        shows,
        open: async (page, world) => {
          await gotoStaffed(page, world, 'admin', '/admin/import');
          await uploadHere(page, listWithRoles());
        },
      }),
    ),
    {
      name: 'columns chosen wrong',
      shows: t('form.wrong'),
      status: 422,
      open: async (page, world) => {
        await gotoStaffed(page, world, 'admin', '/admin/import');
        await uploadHere(page, listWithRoles());
        await page.getByLabel('Namn', { exact: true }).selectOption('employmentNumber');
        await sendUnchecked(page.getByRole('button', { name: t('import.plan') }));
      },
    },
    {
      name: 'stored',
      shows: t('import.done'),
      open: async (page, world) => {
        await gotoStaffed(page, world, 'admin', '/admin/import');
        await uploadHere(page, 'Anstnr;Namn;Kategori;Enhetskod\r\n5999;Ny Nyström;Tillsvidare;south\r\n');
        await page.getByRole('button', { name: t('import.apply') }).click();
      },
    },
  ],
  '/admin/inbjudningar': [
    atStaffed('admin', '/admin/inbjudningar', t('invite.when'), 'everybody whom one reaches'),
    atStaffed('admin', '/admin/inbjudningar?plats=EMPTY', t('invite.nobody'), 'a place with nobody to invite'),
    {
      name: 'planned for a day',
      shows: t('invite.plannedTitle'),
      open: async (page, world) => {
        await planInvitation(page, world, 'overdue', 8);
        await gotoStaffed(page, world, 'admin', '/admin/inbjudningar');
        await page
          .locator('summary', { hasText: t('invite.change') })
          .first()
          .click();
      },
    },
  ],
  '/admin/roller': [
    at('/admin/roller', t('admin.giveRole'), { name: 'the roles', fresh: true }),
    atStaffed('admin', '/admin/roller', saying('role.state.work'), 'roles that sleep, and that have ended'),
    {
      name: 'a day that cannot be',
      shows: t('refusal.role-dates'),
      status: 422,
      open: async (page, world) => {
        await gotoStaffed(page, world, 'admin', '/admin/roller');
        await page.getByLabel(t('admin.who')).fill('done@lindala.example');
        await page.getByLabel(t('admin.roleTo')).evaluate((field: HTMLInputElement) => {
          field.type = 'text';
          field.value = '2026-02-31';
        });
        await page.getByRole('button', { name: t('admin.giveButton') }).click();
      },
    },
    {
      name: 'the last administrator',
      shows: t('refusal.last-administrator'),
      status: 422,
      fresh: true,
      open: async (page, world) => {
        await goto(page, world, '/admin/roller');
        await page
          .getByRole('button', { name: t('admin.takeBack') })
          .first()
          .click();
      },
    },
    {
      name: 'a role for nobody',
      shows: t('refusal.role-person'),
      status: 422,
      fresh: true,
      open: async (page, world) => {
        await goto(page, world, '/admin/roller');
        await page.getByLabel(t('admin.who')).fill('ingen@lindala.example');
        await page.getByRole('button', { name: t('admin.giveButton') }).click();
      },
    },
  ],
  '/admin/personer': [
    at('/admin/personer', t('admin.byUnit'), { name: 'before a search', as: asAdmin }),
    at('/admin/personer?utan=enhet', t('admin.withoutUnit'), { name: 'without a unit', as: asAdmin }),
    at(`/admin/personer?utan=enhet&efter=${'Z'.repeat(16)}`, t('admin.noPeople'), {
      name: 'past the last person',
      as: asAdmin,
    }),
    at('/admin/personer?enhet=ingen', t('notFound.title'), {
      name: 'a unit that is not there',
      status: 404,
      as: asAdmin,
    }),
    {
      name: 'found by a search',
      shows: 'Klara Färdig',
      as: asAdmin,
      open: async (page, world) => {
        await goto(page, world, '/admin/personer');
        await page.getByLabel(t('admin.search')).fill('klara');
        await page.getByRole('button', { name: t('admin.searchButton') }).click();
      },
    },
  ],
  '/admin/personer/[id]': [
    at(`/admin/personer/${unknownId}`, t('notFound.title'), { name: 'unknown', status: 404, as: asAdmin }),
    atStaffed(
      'small-admin',
      '/admin/personer/reaching',
      t('admin.credentialsOutOfReach'),
      'ways in that others decide about',
    ),
    atStaffed('admin', '/admin/personer/refused', saying('person.mailRefused'), 'an address that takes no mail'),
    atStaffed(
      'admin',
      '/admin/personer/sleeping',
      saying('role.state.work'),
      'roles that sleep, and one that has ended',
    ),
    atStaffed(
      'admin',
      '/admin/personer/on-leave-manager',
      saying('role.state.leave'),
      'a role that sleeps during leave',
    ),
    atStaffed('admin', '/admin/personer/hidden', t('admin.isProtected'), 'protected identity'),
    {
      name: 'another address, with no second factor shown just now',
      shows: t('admin.emailConfirmLink'),
      status: 422,
      open: async (page, world) => {
        await gotoStaffed(page, world, 'slow-admin', '/admin/personer/moves');
        await page.getByLabel(t('field.email')).fill('moa.ny@lindala.example');
        await page
          .getByRole('button', { name: t('place.save') })
          .last()
          .click();
      },
    },
    {
      name: 'with every form open and one filled in wrong',
      shows: t('refusal.last-day-needed'),
      status: 422,
      as: asAdmin,
      open: async (page, world) => {
        await goto(page, world, '/admin/personer');
        await page.getByLabel(t('admin.search')).fill('klara');
        await page.getByRole('button', { name: t('admin.searchButton') }).click();
        await page.getByRole('link', { name: 'Klara Färdig' }).click();
        for (const summary of await page.locator('summary').all()) await summary.click();
        const form = page.locator('form', { has: page.getByRole('button', { name: t('admin.addWorkButton') }) });
        await form.getByLabel(t('field.category')).selectOption('student');
        await form.getByLabel(t('field.from')).fill('2026-11-01');
        await form.getByRole('button', { name: t('admin.addWorkButton') }).click();
      },
    },
  ],
};

async function uploadList(page: Page, world: World, text: string): Promise<void> {
  await goto(page, world, '/admin/import');
  await uploadHere(page, text);
}

async function uploadHere(page: Page, text: string): Promise<void> {
  await page
    .getByLabel(t('import.file'), { exact: true })
    .setInputFiles({ name: 'personal.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByRole('button', { name: t('import.read'), exact: true }).click();
  await page.waitForLoadState('load');
}
