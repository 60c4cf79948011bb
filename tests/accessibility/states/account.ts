import type { Page } from 'playwright-core';
import { Visitor } from '../../support/visitor.ts';
import { saying, t } from '../../support/words.ts';
import { sendUnchecked } from '../steps.ts';
import type { World } from '../world.ts';
import { sendSignedOut } from './course.ts';
import { joinAs } from './groups.ts';
import { asAdmin, at, goto, gotoStaffed, type States, unknownToken } from './state.ts';

/** Ways in, and what belongs to who is signed in. */
export const accountStates: States = {
  '/min-sida/om-mig': [at('/min-sida/om-mig', t('stored.you'), { name: 'an administrator', as: asAdmin })],
  '/bekrafta': [
    at('/bekrafta', t('strong.withApp'), { name: 'the ways there are', as: asAdmin }),
    at('/bekrafta', t('strong.again'), { name: 'the password', as: (world) => world.people.certified }),
    at('/bekrafta', t('field.code.hint'), { name: 'the personal code', as: (world) => world.participant }),
    {
      name: 'a wrong password',
      shows: t('refusal.wrong-password'),
      status: 422,
      as: (world) => world.people.certified,
      open: async (page, world) => {
        await goto(page, world, '/bekrafta');
        await page.getByLabel(t('field.password')).fill('fel lösenord');
        await page.getByRole('button', { name: t('strong.button') }).click();
      },
    },
    at('/bekrafta?sparat=nej&till=/admin', t('strong.nothingSaved'), { name: 'instead of saving', as: asAdmin }),
    {
      name: 'a wrong code of the app',
      shows: t('refusal.wrong-app-code'),
      status: 422,
      as: asAdmin,
      open: async (page, world) => {
        await goto(page, world, '/bekrafta');
        await page.getByLabel(t('strong.code')).fill('123');
        await page
          .getByRole('button', { name: t('strong.button'), exact: true })
          .first()
          .click();
      },
    },
  ],
  '/glomt-losenord': [
    at('/glomt-losenord', t('forgot.title'), { name: 'the form' }),
    {
      name: 'sent',
      shows: t('forgot.sent'),
      open: async (page, world) => {
        await goto(page, world, '/glomt-losenord');
        await page.getByLabel(t('field.email')).fill('ingen@lindala.example');
        await page.getByRole('button', { name: t('forgot.button') }).click();
      },
    },
    {
      name: 'too many letters',
      shows: saying('refusal.too-many-letters'),
      status: 429,
      address: '203.0.113.3',
      open: async (page, world) => {
        const visitor = new Visitor(world.app.url);
        const body = new URLSearchParams({ email: 'ofta@lindala.example' });
        const ask = () =>
          visitor.request('POST', '/glomt-losenord', { body, headers: { 'x-forwarded-for': '203.0.113.3' } });
        while ((await ask()).status !== 429);
        await goto(page, world, '/glomt-losenord');
        await page.getByLabel(t('field.email')).fill('ofta@lindala.example');
        await page.getByRole('button', { name: t('forgot.button') }).click();
      },
    },
  ],
  '/kom-tillbaka': [
    at('/kom-tillbaka', t('code.lead'), { name: 'the form' }),
    {
      name: 'a wrong code, with answers that are held',
      shows: t('refusal.wrong-code'),
      status: 401,
      scripts: false,
      as: (world) => world.people.untouched,
      open: async (page, world) => {
        await sendSignedOut(page, world);
        await page.getByLabel(t('field.code')).fill('fel kod');
        await page
          .getByRole('button', { name: t('signIn.button') })
          .last()
          .click();
      },
    },
    {
      name: 'a wrong code',
      shows: t('refusal.wrong-code'),
      status: 401,
      open: async (page, world) => {
        await goto(page, world, '/kom-tillbaka');
        await page.getByLabel(t('field.code')).fill('gurka hatt cykel lampa stol');
        await page.getByRole('button', { name: t('signIn.button') }).click();
      },
    },
    {
      name: 'too many tries',
      shows: saying('refusal.too-many-tries'),
      status: 429,
      address: '203.0.113.2',
      open: async (page, world) => {
        const visitor = new Visitor(world.app.url);
        const body = new URLSearchParams({ code: 'fel kod varje gång' });
        const guess = () =>
          visitor.request('POST', '/kom-tillbaka', { body, headers: { 'x-forwarded-for': '203.0.113.2' } });
        while ((await guess()).status !== 429);
        await goto(page, world, '/kom-tillbaka');
        await page.getByLabel(t('field.code')).fill('samma fel kod varje gång');
        await page.getByRole('button', { name: t('signIn.button') }).click();
      },
    },
  ],
  '/logga-in': [
    at('/logga-in', t('signIn.withEmail'), { name: 'the form' }),
    {
      name: 'wrong password, with answers that are held',
      shows: t('signIn.held'),
      status: 401,
      scripts: false,
      as: (world) => world.people.untouched,
      open: async (page, world) => {
        await sendSignedOut(page, world);
        await page.getByLabel(t('field.email')).fill('certified@lindala.example');
        await page.getByLabel(t('field.password')).fill('fel lösenord');
        await page
          .getByRole('button', { name: t('signIn.button') })
          .first()
          .click();
      },
    },
    {
      name: 'wrong password',
      shows: t('refusal.wrong-credentials'),
      status: 401,
      open: (page, world) => signInWrongly(page, world, 'certified@lindala.example'),
    },
    {
      name: 'too many tries',
      shows: saying('refusal.too-many-tries'),
      status: 429,
      open: async (page, world) => {
        const fields = { email: 'ingen@lindala.example', password: 'fel' };
        while ((await new Visitor(world.app.url).post('/logga-in', fields)).status !== 429);
        await signInWrongly(page, world, fields.email);
      },
    },
  ],
  '/min-sida': [
    at('/min-sida', t('next.reading'), { name: 'nothing read yet', as: (world) => world.people.newcomer }),
    at('/min-sida', t('next.reading'), { name: 'some of it read', as: (world) => world.people.halfway }),
    at('/min-sida', t('next.ready'), { name: 'ready for the exam', as: (world) => world.people.ready }),
    at('/min-sida', t('next.underWay'), { name: 'an exam under way', as: (world) => world.people.partly }),
    at('/min-sida', t('next.ready'), { name: 'failed once', as: (world) => world.people.failed }),
    at('/min-sida', t('next.paused'), { name: 'paused', as: (world) => world.people.paused }),
    at('/min-sida', t('next.certified'), { name: 'certified', as: (world) => world.people.certified }),
    at('/min-sida', t('task.overdue'), {
      name: 'late, with an extra course and one that need not be taken',
      as: (world) => world.people.tasked,
    }),
    at('/min-sida', t('task.renewNow'), { name: 'a certificate to renew', as: (world) => world.people.renewing }),
    at('/min-sida', t('certificate.expired'), { name: 'an expired certificate', as: (world) => world.people.expired }),
    at('/min-sida', 'Konstantinopolitansdotter', { name: 'a very long name', as: (world) => world.people.longName }),
    at('/min-sida', t('myPage.admin'), { name: 'an administrator', as: asAdmin }),
    at('/min-sida', 'Emma English', { name: 'in English', as: (world) => world.people.english }),
  ],
  '/min-sida/koden': [
    { name: 'joined', shows: t('joined.title'), open: (page, world) => joinAs(page, world, 'Åsa Öberg') },
    {
      name: 'joined, in English',
      shows: /\S/,
      open: async (page, world) => {
        await goto(page, world, `/grupp/${world.groups.open.code}`);
        await page.getByRole('radio', { name: 'English' }).check();
        await page.getByLabel(t('field.ownName')).fill('Örjan Äng');
        await page.getByRole('button', { name: t('join.button') }).click();
        await page.locator('html[lang=en]').waitFor();
      },
    },
    {
      name: 'letters that the paper cannot show',
      shows: t('ownName.letters'),
      open: (page, world) => joinAs(page, world, 'محمد العلي'),
    },
  ],
  '/min-sida/namn': [
    {
      name: 'may be mended',
      shows: t('ownName.save'),
      open: async (page, world) => {
        await joinAs(page, world, 'Ola Lund');
        await page.getByRole('link', { name: t('ownName.change') }).click();
      },
    },
    {
      name: 'a name that is none',
      shows: t('refusal.name-number'),
      status: 422,
      open: async (page, world) => {
        await joinAs(page, world, 'Bo Strand');
        await goto(page, world, '/min-sida/namn');
        await page.getByLabel(t('field.ownName')).fill('20080101-1234');
        await page.getByRole('button', { name: t('ownName.save') }).click();
      },
    },
    at('/min-sida/namn', t('refusal.name-fixed'), { name: 'is fixed', as: (world) => world.participant }),
  ],
  '/min-sida/vem-har-tittat': [
    {
      name: 'nobody has looked',
      shows: t('audit.emptyTitle'),
      open: async (page, world) => {
        await joinAs(page, world, 'Ingrid Osedd');
        await goto(page, world, '/min-sida/vem-har-tittat');
      },
    },
    {
      name: 'the manager has looked',
      shows: t('audit.did.open-person'),
      open: async (page, world) => {
        await gotoStaffed(page, world, 'manager', '/enhet/NORTH/personer/exempt');
        await gotoStaffed(page, world, 'exempt', '/min-sida/vem-har-tittat');
      },
    },
  ],
  '/logga-ut': [
    at('/logga-ut', t('signOut.lead'), { name: 'signed in', as: (world) => world.people.newcomer }),
    at('/logga-ut', t('signOut.done'), { name: 'signed out' }),
  ],
  '/min-sida/sakerhet/inloggningar': [
    at('/min-sida/sakerhet/inloggningar', t('sessions.endOthers'), { name: 'signed in elsewhere too', fresh: true }),
    at('/min-sida/sakerhet/inloggningar?klart=ja', t('sessions.ended'), { name: 'one ended', fresh: true }),
    at('/min-sida/sakerhet/inloggningar', t('sessions.confirm'), {
      name: 'signed in long ago',
      as: (world) => world.people.halfway,
    }),
  ],
  '/min-sida/sakerhet/losenord': [
    at('/min-sida/sakerhet/losenord', t('password.present'), {
      name: 'the form',
      as: (world) => world.people.certified,
    }),
    at('/min-sida/sakerhet/losenord?klart=ja', t('password.done'), { name: 'changed', fresh: true }),
    {
      name: 'not the present password',
      shows: t('refusal.wrong-password'),
      status: 422,
      as: (world) => world.people.certified,
      open: async (page, world) => {
        await goto(page, world, '/min-sida/sakerhet/losenord');
        await page.getByLabel(t('password.present')).fill('fel lösenord');
        await page.getByLabel(t('password.new')).fill('trappa mossa flygel');
        await page.getByRole('button', { name: t('password.button') }).click();
      },
    },
  ],
  '/min-sida/sakerhet': [
    at('/min-sida/sakerhet', t('strong.secret'), { name: 'none yet', as: (world) => world.people.longName }),
    at('/min-sida/sakerhet', t('strong.recoveryCodes'), { name: 'an app', fresh: true }),
    at('/min-sida/sakerhet?byt=app', t('strong.secret'), { name: 'another app', fresh: true }),
    at('/min-sida/sakerhet', t('strong.closed'), {
      name: 'signed in with a personal code',
      as: (world) => world.participant,
    }),
    {
      name: 'new recovery codes',
      shows: t('strong.codesTitle'),
      fresh: true,
      open: async (page, world) => {
        await goto(page, world, '/min-sida/sakerhet');
        await page.getByRole('button', { name: t('strong.newRecovery') }).click();
        const codes =
          (await page.getByRole('main').innerText()).match(/\b[0-9A-Z]{5}(-[0-9A-Z]{5}){3}-[0-9A-Z]{6}\b/g) ?? [];
        world.admin.factor.recoveryCodes.splice(0, Number.POSITIVE_INFINITY, ...codes);
      },
    },
  ],
  '/nytt-losenord/[token]': [
    at((world) => world.links.reset, t('reset.title'), { name: 'a link that holds' }),
    {
      name: 'a password that is too short',
      shows: saying('refusal.password-too-short'),
      status: 422,
      open: async (page, world) => {
        await goto(page, world, world.links.reset);
        await page.getByLabel(t('field.newPassword')).fill('kort');
        await page.getByRole('button', { name: t('reset.button') }).click();
      },
    },
    at((world) => world.links.resetUsed, t('link.used'), { name: 'a used link', status: 410 }),
    at((world) => world.links.resetExpired, t('link.expired'), { name: 'an expired link', status: 410 }),
    at((world) => world.links.resetReplaced, t('link.replaced'), {
      name: 'a replaced link',
      status: 410,
    }),
    at((world) => world.links.resetWithdrawn, t('link.withdrawn'), { name: 'a link to another address', status: 410 }),
    at((world) => world.links.resetOfAdministrator, t('reset.title'), { name: 'made by the command of the server' }),
    at(`/nytt-losenord/${unknownToken}`, t('link.unknown'), { name: 'an unknown link', status: 404 }),
  ],
  '/valkommen/[token]': [
    {
      name: 'the first administrator',
      shows: t('welcome.firstAdministrator'),
      open: (page, world) => page.goto(world.firstStart.firstLink ?? ''),
    },
    {
      name: 'the first administrator, with nothing filled in',
      shows: t('form.wrong'),
      status: 422,
      open: async (page, world) => {
        await page.goto(world.firstStart.firstLink ?? '');
        await sendUnchecked(page.getByRole('button', { name: t('welcome.button') }));
      },
    },
    at((world) => world.links.invitationUsed, t('link.used'), { name: 'a used link', status: 410 }),
    at((world) => world.links.invitationExpired, t('link.expired'), { name: 'an expired link', status: 410 }),
    at((world) => world.links.invitationReplaced, t('link.replaced'), { name: 'a replaced link', status: 410 }),
    at((world) => world.links.invitationWithdrawn, t('link.withdrawn'), {
      name: 'a link to another address',
      status: 410,
    }),
    at((world) => world.links.invitationToNewAddress, saying('welcome.lead'), {
      name: 'an invitation to the new address',
    }),
    at((world) => world.links.newInvitation, saying('welcome.lead'), {
      name: 'an invitation of somebody else, signed in',
      as: (world) => world.people.newcomer,
    }),
    at(`/valkommen/${unknownToken}`, t('link.unknown'), { name: 'an unknown link', status: 404 }),
    at((world) => world.links.newInvitation, saying('welcome.lead'), { name: 'an invitation' }),
    {
      name: 'a password that is too short',
      shows: saying('refusal.password-too-short'),
      status: 422,
      open: async (page, world) => {
        await goto(page, world, world.links.newInvitation);
        await page.getByLabel(t('field.newPassword')).fill('kort');
        await page.getByRole('button', { name: t('welcome.button') }).click();
      },
    },
  ],
};

async function signInWrongly(page: Page, world: World, email: string): Promise<void> {
  await goto(page, world, '/logga-in');
  await page.getByLabel(t('field.email')).fill(email);
  await page.getByLabel(t('field.password')).fill('fel lösenord');
  await page.getByRole('button', { name: t('signIn.button') }).click();
}
