import type { Page } from 'playwright-core';
import { rightAnswer, wrongAnswer } from '../support/answers.ts';
import { course, goodPassword, type SignedIn } from '../support/people.ts';
import { Visitor } from '../support/visitor.ts';
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
  /** The script of the site is not loaded: what people with an old phone see. */
  readonly scripts?: false;
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

const prefixes = ['', '/latt', '/en'];

function inEveryLanguage(path: string, shows: string | RegExp): State[] {
  return prefixes.map((prefix) => at(`${prefix}${path}` || '/', shows, { name: `${prefix}${path}` || '/' }));
}

const anyText = /\S/;
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
      shows: /Rätt\.|Inte riktigt/,
      open: async (page, world) => {
        await goto(page, world, `/kurser/sekretess/${course.lessons[0]}`);
        const practice = page.locator('.practice').first();
        await practice.getByRole('radio').first().check();
        await practice.getByRole('button', { name: 'Svara', exact: true }).click();
        await page
          .getByText(/Rätt\.|Inte riktigt/)
          .first()
          .waitFor();
        for (const source of await page.getByText('Källa och lagrum').all()) await source.click();
      },
    },
    {
      name: 'the list of languages open',
      shows: 'English',
      open: async (page, world) => {
        await goto(page, world, `/kurser/sekretess/${course.lessons[0]}`);
        await page.locator('summary', { hasText: 'Språk:' }).click();
      },
    },
  ],
  '/[...prefix]/personuppgifter': inEveryLanguage('/personuppgifter', anyText),
  '/[...prefix]/sla-upp': inEveryLanguage('/sla-upp', anyText),
  '/[...prefix]/tillganglighet': inEveryLanguage('/tillganglighet', anyText),

  '/404': [
    at('/finns-inte', 'Sidan finns inte', { name: 'signed out', status: 404 }),
    at('/finns-inte', 'Sidan finns inte', { name: 'signed in', status: 404, as: (world) => world.people.newcomer }),
    at('/admin', 'Sidan finns inte', {
      name: 'administration, for who is no administrator',
      status: 404,
      as: (world) => world.people.newcomer,
    }),
  ],
  '/500': [at('/500', 'Något gick fel hos oss', { name: 'as it is shown', status: 500 })],

  '/admin': [
    {
      name: 'nobody invited yet',
      shows: 'Det finns inga grupper än.',
      as: (world) => world.emptyAdmin,
      open: (page, world) => page.goto(`${world.empty.url}/admin`),
    },
    at('/admin', 'Feriearbetare vecka 25', { name: 'people and groups', as: asAdmin }),
    at('/admin?klart=inbjudan', 'Inbjudan är skickad.', { name: 'an invitation sent', as: asAdmin }),
    at(`/admin?efter=${'Z'.repeat(16)}`, 'Personer', { name: 'past the last person', as: asAdmin }),
    {
      name: 'an invitation filled in wrong',
      shows: 'Något behöver ändras',
      status: 422,
      as: asAdmin,
      open: async (page, world) => {
        await goto(page, world, '/admin');
        const form = page.locator('form', { has: page.getByRole('button', { name: 'Skicka inbjudan', exact: true }) });
        await form.getByLabel('E-postadress').fill('anna@');
        await form.getByLabel('Anställningsform').selectOption('student');
        await sendUnchecked(form.getByRole('button', { name: 'Skicka inbjudan', exact: true }));
      },
    },
    {
      name: 'somebody invited twice',
      shows: 'Det finns redan en person med den e-postadressen.',
      status: 422,
      as: asAdmin,
      open: async (page, world) => {
        await goto(page, world, '/admin');
        await page.getByLabel('Namn', { exact: true }).fill('Klara Färdig');
        await page.getByLabel('E-postadress').fill('certified@lindala.example');
        await sendUnchecked(page.getByRole('button', { name: 'Skicka inbjudan', exact: true }));
      },
    },
    {
      name: 'a group filled in wrong',
      shows: 'Något behöver ändras',
      status: 422,
      as: asAdmin,
      open: async (page, world) => {
        await goto(page, world, '/admin');
        await page.getByLabel('Gruppens sista arbetsdag').fill('2020-01-01');
        await page.getByLabel('Högst så många deltagare').fill('0');
        await sendUnchecked(page.getByRole('button', { name: 'Gör gruppen' }));
      },
    },
    {
      name: 'a new invitation to somebody who has just accepted theirs',
      shows: 'Personen har redan använt sin inbjudan',
      status: 422,
      as: asAdmin,
      open: async (page, world) => {
        await goto(page, world, '/admin');
        const again = page.getByRole('button', { name: 'Skicka ny inbjudan: Ines Inbjuden' });
        const visitor = new Visitor(world.app.url);
        await visitor.post(world.links.invitation, { password: goodPassword, language: 'sv' });
        await again.click();
      },
    },
  ],
  '/admin/grupper/[id]': [
    at((world) => `/admin/grupper/${world.groups.empty.id}`, 'Ingen har gått med än.', {
      name: 'without members',
      as: asAdmin,
    }),
    at((world) => `/admin/grupper/${world.groups.open.id}`, 'Freja Ferie', { name: 'with members', as: asAdmin }),
    {
      name: 'with a new personal code',
      shows: 'Ny kod till Tove Tappat',
      as: asAdmin,
      open: async (page, world) => {
        await goto(page, world, `/admin/grupper/${world.groups.open.id}`);
        await page.getByRole('button', { name: 'Ny kod: Tove Tappat' }).click();
      },
    },
    at((world) => `/admin/grupper/${world.groups.closed.id}`, 'Gruppen är stängd för nya deltagare.', {
      name: 'closed',
      as: asAdmin,
    }),
    at(`/admin/grupper/${unknownId}`, 'Sidan finns inte', { name: 'unknown', status: 404, as: asAdmin }),
  ],

  '/glomt-losenord': [
    at('/glomt-losenord', 'Glömt lösenordet', { name: 'the form' }),
    {
      name: 'sent',
      shows: 'Titta i din e-post',
      open: async (page, world) => {
        await goto(page, world, '/glomt-losenord');
        await page.getByLabel('E-postadress').fill('ingen@lindala.example');
        await page.getByRole('button', { name: 'Skicka länken' }).click();
      },
    },
  ],

  '/grupp': [
    at('/grupp', 'Skriv koden på affischen', { name: 'the form' }),
    at('/grupp?kod=FEL', 'Det finns ingen grupp med den koden.', { name: 'a wrong code', status: 404 }),
    {
      name: 'too many tries',
      shows: 'Det har blivit för många försök.',
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
    at((world) => `/grupp/${world.groups.open.code}`, 'Du går med i', { name: 'open' }),
    {
      name: 'without a name',
      shows: 'Skriv för- och efternamn',
      status: 422,
      open: async (page, world) => {
        await goto(page, world, `/grupp/${world.groups.open.code}`);
        await sendUnchecked(page.getByRole('button', { name: 'Gå med' }));
      },
    },
    {
      name: 'joined',
      shows: 'Det här är din kod',
      open: async (page, world) => {
        await goto(page, world, `/grupp/${world.groups.open.code}`);
        await page.getByLabel('Ditt för- och efternamn').fill('Åsa Öberg');
        await page.getByRole('button', { name: 'Gå med' }).click();
      },
    },
    {
      name: 'joined, in English',
      shows: /\S/,
      open: async (page, world) => {
        await goto(page, world, `/grupp/${world.groups.open.code}`);
        await page.getByLabel('Ditt för- och efternamn').fill('Örjan Äng');
        await page.getByRole('radio', { name: 'English' }).check();
        await page.getByRole('button', { name: 'Gå med' }).click();
        await page.locator('html[lang=en]').waitFor();
      },
    },
    at('/grupp/AAAA-AAAA', 'Det finns ingen grupp med den koden.', { name: 'unknown', status: 404 }),
    at((world) => `/grupp/${world.groups.closed.code}`, 'Gruppen är stängd', { name: 'closed', status: 410 }),
    at((world) => `/grupp/${world.groups.full.code}`, 'Gruppen är full', { name: 'full', status: 410 }),
    at((world) => `/grupp/${world.groups.ended.code}`, 'Gruppens sista dag har varit', { name: 'ended', status: 410 }),
  ],

  '/intyg': [
    at('/intyg', 'Skriv numret på intyget', { name: 'the form' }),
    at('/intyg', 'Skriv numret på intyget', { name: 'the form, signed in', as: (world) => world.people.newcomer }),
    at('/intyg?kod=FEL', 'Det finns inget intyg med det numret.', { name: 'a wrong number', status: 404 }),
  ],
  '/intyg/[code]': [
    at((world) => `/intyg/${world.certificates.certified}`, 'Grattis, du är godkänd', {
      name: 'own',
      as: (world) => world.people.certified,
    }),
    at((world) => `/intyg/${world.certificates.certified}`, 'Intyget är äkta och gäller', { name: "a stranger's" }),
    at((world) => `/intyg/${world.certificates.self}`, 'Namnet har deltagaren själv uppgett', {
      name: 'with a name given by the participant',
    }),
    at((world) => `/intyg/${world.certificates.longName}`, 'Konstantinopolitansdotter', {
      name: 'with a very long name',
    }),
    at((world) => `/intyg/${world.certificates.expired}`, 'har gått ut', { name: 'expired' }),
    at(`/intyg/${'0'.repeat(20)}`, 'Det finns inget sådant intyg', { name: 'unknown', status: 404 }),
  ],

  '/kom-tillbaka': [
    at('/kom-tillbaka', 'Skriv de fem orden', { name: 'the form' }),
    {
      name: 'a wrong code',
      shows: 'Koden stämmer inte.',
      status: 401,
      open: async (page, world) => {
        await goto(page, world, '/kom-tillbaka');
        await page.getByLabel('Din kod').fill('gurka hatt cykel lampa stol');
        await page.getByRole('button', { name: 'Logga in' }).click();
      },
    },
    {
      name: 'too many tries',
      shows: 'Det har blivit för många försök.',
      status: 429,
      open: async (page, world) => {
        const visitor = new Visitor(world.app.url);
        while ((await visitor.post('/kom-tillbaka', { code: 'samma fel kod varje gång' })).status !== 429);
        await goto(page, world, '/kom-tillbaka');
        await page.getByLabel('Din kod').fill('samma fel kod varje gång');
        await page.getByRole('button', { name: 'Logga in' }).click();
      },
    },
  ],
  '/logga-in': [
    at('/logga-in', 'Med e-post', { name: 'the form' }),
    {
      name: 'wrong password',
      shows: 'E-postadressen eller lösenordet stämmer inte.',
      status: 401,
      open: (page, world) => signInWrongly(page, world, 'certified@lindala.example'),
    },
    {
      name: 'too many tries',
      shows: 'Det har blivit för många försök.',
      status: 429,
      open: async (page, world) => {
        const fields = { email: 'ingen@lindala.example', password: 'fel' };
        while ((await new Visitor(world.app.url).post('/logga-in', fields)).status !== 429);
        await signInWrongly(page, world, fields.email);
      },
    },
  ],

  '/min-sida': [
    at('/min-sida', 'Nästa lektion', { name: 'nothing read yet', as: (world) => world.people.newcomer }),
    at('/min-sida', 'Nästa lektion', { name: 'some of it read', as: (world) => world.people.halfway }),
    at('/min-sida', 'Dags för provet', { name: 'ready for the exam', as: (world) => world.people.ready }),
    at('/min-sida', 'Du har ett prov på gång', { name: 'an exam under way', as: (world) => world.people.partly }),
    at('/min-sida', 'Dags för provet', { name: 'failed once', as: (world) => world.people.failed }),
    at('/min-sida', 'Ta en paus', { name: 'paused', as: (world) => world.people.paused }),
    at('/min-sida', 'Du är klar', { name: 'certified', as: (world) => world.people.certified }),
    at('/min-sida', 'Utgånget', { name: 'an expired certificate', as: (world) => world.people.expired }),
    at('/min-sida', 'Konstantinopolitansdotter', { name: 'a very long name', as: (world) => world.people.longName }),
    at('/min-sida', 'Administrera', { name: 'an administrator', as: asAdmin }),
    at('/min-sida', 'Emma English', { name: 'in English', as: (world) => world.people.english }),
  ],

  '/nytt-losenord/[token]': [
    at((world) => world.links.reset, 'Välj ett nytt lösenord', { name: 'a link that holds' }),
    {
      name: 'a password that is too short',
      shows: 'Lösenordet är för kort.',
      status: 422,
      open: async (page, world) => {
        await goto(page, world, world.links.reset);
        await page.getByLabel('Välj ett lösenord').fill('kort');
        await page.getByRole('button', { name: 'Spara lösenordet' }).click();
      },
    },
    at((world) => world.links.resetUsed, 'Länken är redan använd', { name: 'a used link', status: 410 }),
    at((world) => world.links.resetExpired, 'Länken är för gammal', { name: 'an expired link', status: 410 }),
    at(`/nytt-losenord/${unknownToken}`, 'Länken stämmer inte', { name: 'an unknown link', status: 404 }),
  ],

  '/ova/[scenario]': practiceStates(),

  '/prov': [
    startRefused('lessons left', 'Läs lektionerna först', 'newcomer'),
    startRefused('already certified', 'Du är redan klar', 'certified'),
    startRefused('paused', 'Ta en paus', 'paused'),
  ],
  '/prov/[attempt]': [
    at((world) => `/prov/${world.exams.untouched.attempt}`, 'Inget svar än', {
      name: 'untouched',
      as: (world) => world.people.untouched,
    }),
    at((world) => `/prov/${world.exams.untouched.attempt}`, 'Granska dina svar', {
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
      shows: 'Börja om samtalet',
      as: (world) => world.people.partly,
      open: async (page, world) => {
        await goto(page, world, `/prov/${world.exams.partly.attempt}`);
        for (const kind of ['choose-one', 'choose-all', 'order'] as const)
          await answerInExam(page, firstOfKind('exam', kind));
        await sayOnce(examItem(page, firstOfKind('exam', 'conversation')));
        await page.getByText('Sparat', { exact: true }).waitFor();
      },
    },
    at((world) => `/prov/${world.exams.partly.attempt}`, 'Börja om samtalet', {
      name: 'a conversation begun, without scripts',
      scripts: false,
      as: (world) => world.people.partly,
    }),
    at((world) => `/prov/${world.exams.answered.attempt}`, 'Samtalet är slut.', {
      name: 'every question answered',
      as: (world) => world.people.answered,
    }),
    {
      name: 'an answer that could not be saved',
      shows: 'Svaret är inte sparat än.',
      as: (world) => world.people.untouched,
      open: async (page, world) => {
        await goto(page, world, `/prov/${world.exams.untouched.attempt}`);
        await page.route('**/svar', (route) => route.abort());
        await answerInExam(page, firstOfKind('exam', 'choose-one'));
        await page.getByText('Svaret är inte sparat än.').waitFor();
      },
    },
    {
      name: 'signed out in the meantime',
      shows: 'Du har blivit utloggad.',
      as: (world) => world.people.untouched,
      open: async (page, world) => {
        await goto(page, world, `/prov/${world.exams.untouched.attempt}`);
        await page.context().clearCookies();
        await answerInExam(page, firstOfKind('exam', 'choose-one'));
        await page.getByText('Du har blivit utloggad.').waitFor();
      },
    },
    {
      name: 'two steps on the same place, without scripts',
      shows: 'två steg har samma plats',
      status: 422,
      scripts: false,
      as: (world) => world.people.untouched,
      open: async (page, world) => {
        await goto(page, world, `/prov/${world.exams.untouched.attempt}`);
        const item = examItem(page, firstOfKind('exam', 'order'));
        await item.getByRole('combobox').first().selectOption('2');
        await item.getByRole('button', { name: 'Spara svaret' }).click();
      },
    },
    at(`/prov/${unknownId}`, 'Det finns inget sådant prov bland dina.', {
      name: 'unknown',
      status: 404,
      as: (world) => world.people.newcomer,
    }),
  ],
  '/prov/[attempt]/granska': [
    at((world) => `/prov/${world.exams.partly.attempt}/granska`, 'Frågor utan svar', {
      name: 'answers missing',
      as: (world) => world.people.partly,
    }),
    at((world) => `/prov/${world.exams.answered.attempt}/granska`, 'Lämna in', {
      name: 'ready to hand in',
      as: (world) => world.people.answered,
    }),
    at(`/prov/${unknownId}/granska`, 'Det finns inget sådant prov bland dina.', {
      name: 'unknown',
      status: 404,
      as: (world) => world.people.newcomer,
    }),
  ],
  '/prov/[attempt]/resultat': [
    at((world) => `/prov/${world.attempts.failed}/resultat`, 'Inte godkänt den här gången', {
      name: 'failed',
      as: (world) => world.people.failed,
    }),
    at((world) => `/prov/${world.attempts.critical}/resultat`, 'där någon kan komma till skada', {
      name: 'a critical question missed',
      as: (world) => world.people.critical,
    }),
    at((world) => `/prov/${world.attempts.paused}/resultat`, 'Provet öppnar', {
      name: 'paused',
      as: (world) => world.people.paused,
    }),
    at(`/prov/${unknownId}/resultat`, 'Det finns inget sådant prov bland dina.', {
      name: 'unknown',
      status: 404,
      as: (world) => world.people.newcomer,
    }),
  ],

  '/valkommen/[token]': [
    {
      name: 'the first administrator',
      shows: 'Du blir den första administratören.',
      open: (page, world) => page.goto(world.firstStart.firstLink ?? ''),
    },
    {
      name: 'the first administrator, with nothing filled in',
      shows: 'Något behöver ändras',
      status: 422,
      open: async (page, world) => {
        await page.goto(world.firstStart.firstLink ?? '');
        await sendUnchecked(page.getByRole('button', { name: 'Börja' }));
      },
    },
    at((world) => world.links.invitationUsed, 'Länken är redan använd', { name: 'a used link', status: 410 }),
    at((world) => world.links.invitationExpired, 'Länken är för gammal', { name: 'an expired link', status: 410 }),
    at(`/valkommen/${unknownToken}`, 'Länken stämmer inte', { name: 'an unknown link', status: 404 }),
    at((world) => world.links.newInvitation, 'har bjudit in dig', { name: 'an invitation' }),
    {
      name: 'a password that is too short',
      shows: 'Lösenordet är för kort.',
      status: 422,
      open: async (page, world) => {
        await goto(page, world, world.links.newInvitation);
        await page.getByLabel('Välj ett lösenord').fill('kort');
        await page.getByRole('button', { name: 'Börja' }).click();
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
      shows: right ? 'Rätt.' : 'Inte riktigt.',
      open: async (page, world) => {
        await goto(page, world, address);
        await answer(page.locator('.practice'), scenario, right ? rightAnswer(scenario) : wrongAnswer(scenario));
        await page.getByRole('button', { name: 'Svara', exact: true }).click();
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
      shows: right ? 'Rätt.' : 'Inte riktigt.',
      open: async (page, world) => {
        await goto(page, world, address);
        await answer(page.locator('.practice'), scenario, right ? rightAnswer(scenario) : wrongAnswer(scenario));
      },
    });
    return [
      at(address, anyText, { name: `${channel} before the first reply` }),
      {
        name: `${channel} in the middle`,
        shows: 'Källa och lagrum',
        open: async (page: Page, world: World) => {
          await goto(page, world, address);
          await sayOnce(page.locator('.practice'));
          await page.getByText('Källa och lagrum').first().waitFor();
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
    at(`/ova/${one.id}`, anyText, { name: 'signed in', as: (world) => world.people.newcomer }),
    {
      name: 'nothing chosen',
      shows: 'Välj ett svar först.',
      open: async (page, world) => {
        await goto(page, world, `/ova/${one.id}`);
        await page.getByRole('button', { name: 'Svara', exact: true }).click();
      },
    },
    {
      name: 'nothing chosen, without scripts',
      shows: 'Välj ett svar först.',
      status: 422,
      scripts: false,
      open: async (page, world) => {
        await goto(page, world, `/ova/${one.id}`);
        await page.getByRole('button', { name: 'Svara', exact: true }).click();
      },
    },
    {
      name: 'two steps on the same place, without scripts',
      shows: 'Två steg har samma plats.',
      status: 422,
      scripts: false,
      open: async (page, world) => {
        await goto(page, world, `/ova/${order.id}`);
        await page.getByRole('combobox').first().selectOption('2');
        await page.getByRole('button', { name: 'Svara', exact: true }).click();
      },
    },
    {
      name: 'the network gone',
      shows: 'Svaret kom inte fram.',
      open: async (page, world) => {
        await goto(page, world, `/ova/${one.id}`);
        await page.route('**/ova/*', (route) => route.abort());
        await page.getByRole('radio').first().check();
        await page.getByRole('button', { name: 'Svara', exact: true }).click();
      },
    },
    at('/ova/finns-inte', 'Sidan finns inte', { name: 'unknown', status: 404 }),
  ];
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
  await page.getByLabel('E-postadress').fill(email);
  await page.getByLabel('Lösenord').fill('fel lösenord');
  await page.getByRole('button', { name: 'Logga in' }).click();
}
