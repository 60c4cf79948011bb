import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { loadDecisionPath } from '#content/decision-path.ts';
import { addDays, dateOf } from '#domain/calendar.ts';
import { mostSheets } from '#domain/paper-exam.ts';
import { categories } from '#domain/person.ts';
import { translate } from '#i18n/translate.ts';
import { fieldOfPart } from '#src/forms/exercise-form.ts';
import { somebodyNew } from '#src/forms/paper-form.ts';
import { longestQuery } from '#usecases/look-up.ts';
import { rightAnswer, wrongAnswer } from '../support/answers.ts';
import { startApp } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import { answerTo, type Quality } from '../support/exercise-answers.ts';
import { course, makeAdministrator, type SignedIn } from '../support/people.ts';
import { Visitor } from '../support/visitor.ts';
import { saying, t } from '../support/words.ts';
import { answer, answerInExam, examItem, firstOfKind, sayOnce, sendUnchecked } from './steps.ts';
import type { World } from './world.ts';

/** One thing that a route can show. */
export interface State {
  readonly name: string;
  /** Leads there. What is looked at is the page as it stands then. */
  readonly open: (page: Page, world: World) => Promise<unknown>;
  /** Something that only this state shows: without it the state was not reached. */
  readonly shows: string | RegExp;
  /** Status of the page last loaded. */
  readonly status?: number;
  readonly as?: (world: World) => SignedIn;
  /** As the administrator, who has shown a second factor just now: for routes whose rule says `fresh`. */
  readonly fresh?: true;
  /** The script of the site is not loaded: what people with an old phone see. */
  readonly scripts?: false;
  /** The page that this address shows instead of its own. */
  readonly instead?: string;
  /** A network address of its own, for states that use up its tries. */
  readonly address?: string;
}

const goto = (page: Page, world: World, path: string) => page.goto(new URL(path, world.app.url).href);

/** A state that is there as soon as the address is opened. */
function at(
  path: string | ((world: World) => string),
  shows: string | RegExp,
  more: Partial<State> & { readonly name: string },
): State {
  return { shows, open: (page, world) => goto(page, world, typeof path === 'string' ? path : path(world)), ...more };
}

/** As somebody of the sample of staff. */
async function gotoStaffed(page: Page, { staffed, staffCookies }: World, who: string, path: string): Promise<void> {
  const [name = '', value = ''] = staffCookies.get(who)?.split('=') ?? [];
  await page.context().addCookies([{ name, value, url: staffed.url }]);
  await page.goto(staffed.url + path);
}

function atStaffed(who: string, path: string, shows: string | RegExp, name: string, status = 200): State {
  return { name, shows, status, open: (page, world) => gotoStaffed(page, world, who, path) };
}

async function sendJoinForm(page: Page, world: World, name: string): Promise<void> {
  await goto(page, world, `/grupp/${world.groups.open.code}`);
  await page.getByLabel(t('field.ownName')).fill(name);
  await leading(page, () => page.getByRole('button', { name: t('join.button') }).click());
}

/** Joins the open group by its form; a state is opened several times, so that somebody of the name may be there. */
async function joinAs(page: Page, world: World, name: string): Promise<void> {
  await sendJoinForm(page, world, name);
  const no = page.getByRole('button', { name: t('joinQuestion.no') });
  if (await no.isVisible()) await leading(page, () => no.click());
}

/** Does what leads to another page, and waits for that. */
async function leading(page: Page, act: () => Promise<void>): Promise<void> {
  const loaded = page.waitForEvent('load');
  await act();
  await loaded;
}

/** Sends a form that the page no longer shows, to its own address: what Back and “send again” do. */
async function sendForm(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  await page.evaluate((sent) => {
    const form = document.createElement('form');
    form.method = 'post';
    for (const [name, value] of Object.entries(sent)) {
      const input = document.createElement('input');
      input.type = 'hidden';
      Object.assign(input, { name, value });
      form.append(input);
    }
    document.body.append(form);
    form.submit();
  }, fields);
}

function daysAgo(days: number): string {
  return addDays(dateOf(new Date()), -days);
}

const prefixes = ['', '/latt', '/en'];

function inEveryLanguage(path: string, shows: string | RegExp): State[] {
  return prefixes.map((prefix) => at(`${prefix}${path}` || '/', shows, { name: `${prefix}${path}` || '/' }));
}

const anyText = /\S/;
const eitherVerdict = new RegExp(`${t('practice.right')}|${t('practice.notRight')}`);
const asAdmin = (world: World) => world.admin;
const unknownToken = 'A'.repeat(43);
const unknownId = '0'.repeat(16);

/** The states of every route that is a page. A test holds this table against the built list of routes. */
export const states: Readonly<Record<string, readonly State[]>> = {
  '/[...prefix]': inEveryLanguage('', anyText),
  '/[...prefix]/kurser/sekretess': inEveryLanguage('/kurser/sekretess', anyText),
  '/[...prefix]/kurser/sekretess/[lesson]': [
    ...course.lessons.flatMap((lesson) => inEveryLanguage(`/kurser/sekretess/${lesson}`, anyText)),
    {
      name: 'a practice item answered, and every source open',
      shows: eitherVerdict,
      open: async (page, world) => {
        await goto(page, world, `/kurser/sekretess/${course.lessons[0]}`);
        const practice = page.locator('.practice').first();
        await practice.getByRole('radio').first().check();
        await practice.getByRole('button', { name: t('practice.check'), exact: true }).click();
        await practice.getByRole('button', { name: t('practice.again') }).waitFor();
        for (const source of await page.getByText(t('rule.source')).all()) await source.click();
      },
    },
    {
      name: 'the list of languages open',
      shows: 'English',
      open: async (page, world) => {
        await goto(page, world, `/kurser/sekretess/${course.lessons[0]}`);
        await page.locator('summary', { hasText: t('language.label') }).click();
      },
    },
  ],
  '/[...prefix]/kurser/sekretess/hafte/[track]': categories.flatMap((track) =>
    inEveryLanguage(`/kurser/sekretess/hafte/${track}`, anyText),
  ),
  '/[...prefix]/personuppgifter': inEveryLanguage('/personuppgifter', anyText),
  '/[...prefix]/sla-upp': [
    ...inEveryLanguage('/sla-upp', anyText),
    ...prefixes.map((prefix) =>
      at(`${prefix}/sla-upp?q=${encodeURIComponent('sekretess journal')}`, /\S/, { name: `${prefix}: results` }),
    ),
    at('/sla-upp?q=xyzzy', t('lookUp.none'), { name: 'no results' }),
    at(`/sla-upp?q=${'sekretess '.repeat(30)}`, t('lookUp.cut', { count: longestQuery }), {
      name: 'a question too long',
    }),
    at('/sla-upp?q=', t('lookUp.empty'), { name: 'an empty question' }),
    {
      name: 'results as one types',
      shows: t('lookUp.hits'),
      open: async (page, world) => {
        await goto(page, world, '/sla-upp');
        await page.getByRole('searchbox').pressSequentially('får jag berätta för dottern');
        await page.getByRole('heading', { name: t('lookUp.hits') }).waitFor();
      },
    },
  ],
  '/[...prefix]/sla-upp/far-jag': [
    ...inEveryLanguage('/sla-upp/far-jag', anyText),
    ...Object.entries(loadDecisionPath().ends).map(([id, { sv }]) =>
      at(`/sla-upp/far-jag#${id}`, sv.title, { name: `the advice ${id}` }),
    ),
  ],
  '/[...prefix]/tillganglighet': inEveryLanguage('/tillganglighet', anyText),
  '/[...prefix]/kakor': inEveryLanguage('/kakor', anyText),

  '/404': [
    at('/finns-inte', t('notFound.title'), { name: 'signed out', status: 404 }),
    at('/finns-inte', t('notFound.title'), { name: 'signed in', status: 404, as: (world) => world.people.newcomer }),
    at('/admin', t('notFound.title'), {
      name: 'administration, for who is no administrator',
      status: 404,
      as: (world) => world.people.newcomer,
    }),
  ],
  '/500': [
    at('/500', t('notFound.title'), { name: 'asked for by its address', status: 404 }),
    {
      name: 'something cannot be read',
      shows: t('failed.title'),
      status: 500,
      // On a server of its own: nothing else is to fail.
      open: async (page) => {
        const app = await startApp();
        page.context().once('close', () => void endApp(app));
        const { visitor } = await makeAdministrator(app);
        const log = join(app.dataDir, 'audit', '0001.jsonl');
        await rm(log);
        await mkdir(log);
        await page.context().addCookies(visitor.cookies);
        await page.goto(`${app.url}/min-sida/vem-har-tittat`);
      },
    },
  ],
  '/annan-adress': [
    {
      name: 'a form sent to another name of ours',
      shows: t('otherAddress.title'),
      status: 403,
      // Styles come from every name; pages do not, so the form is made by hand.
      open: async (page, world) => {
        const other = world.app.url.replace(/127\.0\.0\.1|localhost/, (name) =>
          name === 'localhost' ? '127.0.0.1' : 'localhost',
        );
        await page.setExtraHTTPHeaders({ 'x-forwarded-host': new URL(other).host });
        await page.route(`${other}/`, (route) =>
          route.fulfill({
            contentType: 'text/html',
            body: '<form method="post" action="/logga-in"><button>x</button></form>',
          }),
        );
        await page.goto(`${other}/`);
        await page.getByRole('button').click();
      },
    },
  ],

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
  ],
  '/enhet/[unit]/apt': [
    atStaffed('manager', '/enhet/NORTH/apt', t('unit.meeting.rule'), 'two situations'),
    atStaffed('both', '/enhet/NORTH/apt', t('notFound.title'), 'out of reach', 404),
  ],
  '/enhet/[unit]/personer/[person]': [
    atStaffed('manager', '/enhet/NORTH/personer/exempt', 'Cissi Vik', 'somebody with a decision'),
    atStaffed('manager', '/enhet/NORTH/personer/hidden', t('person.protected'), 'somebody with protected identity'),
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
  '/min-sida/om-mig': [at('/min-sida/om-mig', t('stored.you'), { name: 'an administrator', as: asAdmin })],
  '/admin/inbjudningar': [
    atStaffed('admin', '/admin/inbjudningar', t('invite.when'), 'everybody whom one reaches'),
    atStaffed('admin', '/admin/inbjudningar?plats=EMPTY', t('invite.nobody'), 'a place with nobody to invite'),
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

  '/intyg': [
    at('/intyg', t('check.lead'), { name: 'the form' }),
    at('/intyg', t('check.lead'), { name: 'the form, signed in', as: (world) => world.people.newcomer }),
    at('/intyg?kod=FEL', t('refusal.certificate-unknown'), { name: 'a wrong number', status: 404 }),
  ],
  '/intyg/[code]': [
    at((world) => `/intyg/${world.certificates.certified}`, t('certificate.congratulations'), {
      name: 'own',
      as: (world) => world.people.certified,
    }),
    at((world) => `/intyg/${world.certificates.certified}`, t('check.valid'), { name: "a stranger's" }),
    at((world) => `/intyg/${world.certificates.self}`, t('certificate.nameGivenBySelf'), {
      name: 'with a name given by the participant',
    }),
    at((world) => `/intyg/${world.certificates.onPaper}`, /på papper/, { name: 'taken on paper' }),
    at((world) => `/intyg/${world.certificates.longName}`, 'Konstantinopolitansdotter', {
      name: 'with a very long name',
    }),
    at((world) => `/intyg/${world.certificates.expired}`, t('check.expired'), { name: 'expired' }),
    at((world) => `/intyg/${world.certificates.shielded}`, t('certificate.nameHidden'), {
      name: 'a name that is protected',
    }),
    at((world) => `/intyg/${world.certificates.shielded}`, t('certificate.nameHiddenFromOthers'), {
      name: 'one’s own name that is protected',
      as: (world) => world.people.shielded,
    }),
    at(`/intyg/${'0'.repeat(20)}`, t('check.unknown'), { name: 'unknown', status: 404 }),
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
    at(`/nytt-losenord/${unknownToken}`, t('link.unknown'), { name: 'an unknown link', status: 404 }),
  ],

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

async function signInWrongly(page: Page, world: World, email: string): Promise<void> {
  await goto(page, world, '/logga-in');
  await page.getByLabel(t('field.email')).fill(email);
  await page.getByLabel(t('field.password')).fill('fel lösenord');
  await page.getByRole('button', { name: t('signIn.button') }).click();
}

/** An answer without scripts, sent when the session is over: the sign-in page holds it. */
async function sendSignedOut(page: Page, world: World): Promise<void> {
  await goto(page, world, `/prov/${world.exams.untouched.attempt}`);
  await page.context().clearCookies();
  await examItem(page, firstOfKind('exam', 'choose-one'))
    .getByRole('button', { name: t('exam.save') })
    .click();
}

async function uploadList(page: Page, world: World, text: string): Promise<void> {
  await goto(page, world, '/admin/import');
  await page
    .getByLabel(t('import.file'), { exact: true })
    .setInputFiles({ name: 'personal.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByRole('button', { name: t('import.read'), exact: true }).click();
  await page.waitForLoadState('load');
}
