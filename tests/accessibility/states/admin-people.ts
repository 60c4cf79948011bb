import type { Page } from 'playwright-core';
import { t } from '../../support/words.ts';
import type { World } from '../world.ts';
import { asAdmin, at, atStaffed, goto, gotoStaffed, planInvitation, type States, unknownId } from './state.ts';

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
  await page
    .getByLabel(t('import.file'), { exact: true })
    .setInputFiles({ name: 'personal.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByRole('button', { name: t('import.read'), exact: true }).click();
  await page.waitForLoadState('load');
}
