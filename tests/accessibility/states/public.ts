import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { loadDecisionPath } from '#content/decision-path.ts';
import { categories } from '#domain/kernel/category.ts';
import { longestQuery } from '#usecases/course/look-up.ts';
import { startApp } from '../../support/app.ts';
import { endApp } from '../../support/end-app.ts';
import { course, makeAdministrator } from '../../support/people.ts';
import { t } from '../../support/words.ts';
import { anyText, at, goto, type State, type States } from './state.ts';

const prefixes = ['', '/latt', '/en'];

function inEveryLanguage(path: string, shows: string | RegExp): State[] {
  return prefixes.map((prefix) => at(`${prefix}${path}` || '/', shows, { name: `${prefix}${path}` || '/' }));
}
const eitherVerdict = new RegExp(`${t('practice.right')}|${t('practice.notRight')}`);

/** Pages that everybody may open, certificates and what is not there. */
export const publicStates: States = {
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
    at(`/sla-upp?q=${'sekretess '.repeat(60)}`, t('lookUp.cut', { count: longestQuery }), {
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
};
