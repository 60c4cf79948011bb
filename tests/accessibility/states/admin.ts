import { t } from '../../support/words.ts';
import { sendUnchecked } from '../steps.ts';
import { asAdmin, at, atStaffed, goto, type States } from './state.ts';

/** Administration, but for people. */
export const adminStates: States = {
  '/admin': [
    {
      name: 'nobody invited yet',
      shows: t('admin.noGroups'),
      as: (world) => world.emptyAdmin,
      open: (page, world) => page.goto(`${world.empty.url}/admin`),
    },
    {
      name: 'no day of introduction chosen',
      shows: t('introduction.noticeLink'),
      as: (world) => world.emptyAdmin,
      open: (page, world) => page.goto(`${world.empty.url}/admin`),
    },
    at('/admin', 'Feriearbetare vecka 25', { name: 'people and groups', as: asAdmin }),
    at('/admin?klart=inbjudan', t('admin.invited'), { name: 'an invitation sent', as: asAdmin }),
    {
      name: 'an invitation filled in wrong',
      shows: t('form.wrong'),
      status: 422,
      as: asAdmin,
      open: async (page, world) => {
        await goto(page, world, '/admin');
        const form = page.locator('form', {
          has: page.getByRole('button', { name: t('admin.inviteButton'), exact: true }),
        });
        await form.getByLabel(t('field.email')).fill('anna@');
        await form.getByLabel(t('field.category')).selectOption('student');
        await sendUnchecked(form.getByRole('button', { name: t('admin.inviteButton'), exact: true }));
      },
    },
    {
      name: 'somebody invited twice',
      shows: t('refusal.email-taken'),
      status: 422,
      as: asAdmin,
      open: async (page, world) => {
        await goto(page, world, '/admin');
        await page.getByLabel(t('field.name'), { exact: true }).fill('Klara Färdig');
        await page.getByLabel(t('field.email')).fill('certified@lindala.example');
        await sendUnchecked(page.getByRole('button', { name: t('admin.inviteButton'), exact: true }));
      },
    },
    {
      name: 'a group filled in wrong',
      shows: t('form.wrong'),
      status: 422,
      as: asAdmin,
      open: async (page, world) => {
        await goto(page, world, '/admin');
        await page.getByLabel(t('field.lastDay')).fill('2020-01-01');
        await page.getByLabel(t('field.size')).fill('0');
        await sendUnchecked(page.getByRole('button', { name: t('admin.groupButton') }));
      },
    },
  ],
  '/admin/organisation': [
    {
      name: 'no places yet',
      shows: t('place.none'),
      as: (world) => world.emptyAdmin,
      open: (page, world) => page.goto(`${world.empty.url}/admin/organisation`),
    },
    {
      name: 'a place added, and its form',
      shows: t('place.removeText'),
      as: asAdmin,
      open: async (page, world) => {
        await goto(page, world, '/admin/organisation');
        await page.getByLabel(t('place.kind')).selectOption('committee');
        await page.getByLabel(t('place.name')).fill('Socialnämnden');
        await page.getByRole('button', { name: t('place.addButton') }).click();
        await page.getByRole('link', { name: 'Socialnämnden' }).click();
      },
    },
    {
      name: 'a place that cannot be',
      shows: t('refusal.place-kind'),
      status: 422,
      as: asAdmin,
      open: async (page, world) => {
        await goto(page, world, '/admin/organisation');
        await page.getByLabel(t('place.name')).fill('Enhet utan nämnd');
        await sendUnchecked(page.getByRole('button', { name: t('place.addButton') }));
      },
    },
  ],
  '/admin/logg': [
    {
      name: 'nothing unusual',
      shows: t('audit.log.lead'),
      as: (world) => world.emptyAdmin,
      open: (page, world) => page.goto(`${world.empty.url}/admin/logg`),
    },
    {
      name: 'a refused attempt',
      shows: t('audit.found.refused'),
      as: asAdmin,
      open: async (page, world) => {
        await goto(page, world, '/admin/personer/ingen');
        await goto(page, world, '/admin/logg?dagar=90');
      },
    },
  ],
  '/admin/gallring': [at('/admin/gallring', t('retention.rules'), { name: 'nothing to purge', fresh: true })],
  '/admin/inforande': [
    at('/admin/inforande', t('introduction.alone'), { name: 'chosen', as: asAdmin }),
    {
      name: 'not chosen',
      shows: t('introduction.notChosen'),
      as: (world) => world.emptyAdmin,
      open: (page, world) => page.goto(`${world.empty.url}/admin/inforande`),
    },
    at('/admin/inforande?klart=ja', t('introduction.saved'), { name: 'saved', as: asAdmin }),
    {
      name: 'with nothing filled in',
      shows: t('field.days.error'),
      status: 422,
      as: asAdmin,
      open: async (page, world) => {
        await goto(page, world, '/admin/inforande');
        await page.getByLabel(t('introduction.days')).fill('');
        await sendUnchecked(page.getByRole('button', { name: t('introduction.save') }));
      },
    },
  ],
  '/admin/paminnelser': [
    at('/admin/paminnelser', t('reminder.coming'), { name: 'the reminders', as: asAdmin }),
    atStaffed('admin', '/admin/paminnelser', 'Rolf Retur', 'an address that takes no mail'),
    {
      name: 'everything paused',
      shows: t('mail.switched'),
      as: (world) => world.emptyAdmin,
      open: async (page, world) => {
        await page.goto(`${world.empty.url}/admin/paminnelser`);
        await page.getByRole('button', { name: `${t('mail.pause')}: ${t('mail.everything')}` }).click();
        await page.getByRole('button', { name: `${t('mail.resume')}: ${t('mail.everything')}` }).click();
      },
    },
  ],
  '/admin/paminnelser/[kind]': [
    at('/admin/paminnelser/overdue', t('mail.textLead'), { name: 'the text of a mail', as: asAdmin }),
    at('/admin/paminnelser/ingen', t('notFound.title'), { name: 'no such kind', status: 404, as: asAdmin }),
    {
      name: 'a trial sent',
      shows: t('mail.trialSent'),
      as: asAdmin,
      open: async (page, world) => {
        await goto(page, world, '/admin/paminnelser/invitation');
        await page.getByRole('button', { name: t('mail.trial') }).click();
      },
    },
  ],
};
