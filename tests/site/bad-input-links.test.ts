import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { municipality } from '#content/municipality.ts';
import { addDays, dateOf } from '#domain/kernel/calendar.ts';
import { languageTag } from '#domain/kernel/language.ts';
import { longDate, translate } from '#i18n/translate.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import { heading, plain, tagsOf, textOf } from '../support/html.ts';
import { linkMailedTo, linksMailedTo } from '../support/mail.ts';
import { ended, restartAfter, withExpiredLinks } from '../support/past.ts';
import {
  closeGroup,
  goodPassword,
  invite,
  type MadeGroup,
  makeAdministrator,
  makeEmployee,
  makeGroup,
  makeParticipant,
  type WithPassword,
} from '../support/people.ts';
import { expectStatus, Visitor } from '../support/visitor.ts';
import { t } from '../support/words.ts';

const unknownToken = 'A'.repeat(43);

describe('links, codes and addresses that lead nowhere', () => {
  let app: RunningApp;
  let admin: WithPassword;
  let employee: WithPassword;
  let groups: Readonly<Record<'open' | 'closed' | 'full' | 'ended', MadeGroup>>;
  let links: Readonly<
    Record<
      | 'invitation'
      | 'invitationUsed'
      | 'invitationExpired'
      | 'reset'
      | 'resetReplaced'
      | 'resetWithdrawn'
      | 'resetUsed'
      | 'resetExpired',
      string
    >
  >;

  beforeAll(async () => {
    const first = await startApp();
    admin = await makeAdministrator(first);
    employee = await makeEmployee(first, admin, { name: 'Ada Använd', email: 'ada@lindala.example' });
    groups = {
      open: await makeGroup(admin),
      closed: await makeGroup(admin, { name: 'Stängd' }),
      full: await makeGroup(admin, { name: 'Full', size: 1 }),
      ended: await makeGroup(admin, { name: 'Slut' }),
    };
    await closeGroup(admin, groups.closed);
    await makeParticipant(first, groups.full, 'Sven Först');
    const late = await makeEmployee(first, admin, { name: 'Sen Svensson', email: 'sen@lindala.example' });
    const invitationExpired = await invite(first, admin, { name: 'Sen Sensson', email: 'sen.ny@lindala.example' });
    const resetWithdrawn = await askForReset(first, employee.email);
    const resetUsed = await askForReset(first, employee.email);
    expectStatus(await new Visitor(first.url).post(resetUsed, { password: goodPassword }), 303, 'resetting');
    const resetExpired = await askForReset(first, late.email);
    app = await restartAfter(first, {
      people: (person) => (person.email?.startsWith('sen') ? withExpiredLinks(person) : person),
      groups: (group) => (group.id === groups.ended.id ? ended(group) : group),
    });
    const resetReplaced = await askForReset(app, admin.email);
    links = {
      invitation: await invite(app, admin, { name: 'Ny Nyman', email: 'ny@lindala.example' }),
      invitationUsed: employee.invitation,
      invitationExpired,
      reset: await askForReset(app, admin.email),
      resetReplaced,
      resetWithdrawn,
      resetUsed,
      resetExpired,
    };
  });
  afterAll(() => endApp(app));

  /** What is opened, what it answers, what the page says, and where its next step leads. */
  const cases: Readonly<Record<string, readonly [path: () => string, status: number, says: string, next: string]>> = {
    'an unknown invitation': [() => `/valkommen/${unknownToken}`, 404, t('link.unknown'), '/glomt-losenord'],
    'a used invitation': [() => links.invitationUsed, 410, t('link.used'), '/logga-in'],
    'an expired invitation': [() => links.invitationExpired, 410, t('link.expired'), '/glomt-losenord'],
    'an unknown reset': [() => `/nytt-losenord/${unknownToken}`, 404, t('link.unknown'), '/glomt-losenord'],
    'a used reset': [() => links.resetUsed, 410, t('link.used'), '/logga-in'],
    // bugs F20: asked for twice, and the mail that came first is opened.
    'a reset that has been asked for again': [() => links.resetReplaced, 410, t('link.replaced'), '/glomt-losenord'],
    'a reset that another one has been used since': [
      () => links.resetWithdrawn,
      410,
      t('link.withdrawn'),
      '/glomt-losenord',
    ],
    'an expired reset': [() => links.resetExpired, 410, t('link.expired'), '/glomt-losenord'],
    'an invitation used as a reset': [
      () => links.invitation.replace('/valkommen/', '/nytt-losenord/'),
      404,
      t('link.unknown'),
      '/glomt-losenord',
    ],
    'a reset used as an invitation': [
      () => links.reset.replace('/nytt-losenord/', '/valkommen/'),
      404,
      t('link.unknown'),
      '/glomt-losenord',
    ],
    'an unknown group': [() => '/grupp/AAAA-AAAA', 404, t('group.refused'), '/grupp'],
    'a closed group': [() => `/grupp/${groups.closed.code}`, 410, t('group.refused'), '/grupp'],
    'a full group': [() => `/grupp/${groups.full.code}`, 410, t('group.refused'), '/grupp'],
    'a group that has ended': [() => `/grupp/${groups.ended.code}`, 410, t('group.refused'), '/grupp'],
    'an unknown certificate': [() => '/intyg/00000000000000000000', 404, t('check.unknown'), '/intyg'],
    'no certificate at all': [() => '/intyg/%3Cscript%3E', 404, t('check.unknown'), '/intyg'],
    'an unknown practice item': [() => '/ova/finns-inte', 404, t('notFound.title'), '/sla-upp'],
    'an unknown page': [() => '/finns-inte', 404, t('notFound.title'), '/'],
    'an unknown lesson': [() => '/kurser/sekretess/finns-inte', 404, t('notFound.title'), '/'],
    'an unknown page in English': [() => '/en/finns-inte', 404, t('notFound.title'), '/'],
  };

  test.each(Object.entries(cases))('%s: the page says so and what to do', async (_name, [path, status, says, next]) => {
    const reply = await new Visitor(app.url).get(path());
    expect({ status: reply.status, heading: heading(reply.text) }).toEqual({ status, heading: says });
    expect(
      tagsOf(reply.text, 'a')
        .filter((link) => link['class'] === 'button')
        .map((link) => link['href']),
    ).toEqual([next]);
    expect((await new Visitor(app.url).get(next)).status).toBe(200);
  });

  test.each(['an unknown attempt', 'its review', 'its result'])(
    '%s: the page says so and leads to Min sida',
    async (name) => {
      const path = { 'an unknown attempt': '', 'its review': '/granska', 'its result': '/resultat' }[name];
      const reply = await admin.visitor.get(`/prov/0000000000000000${path}`);
      expect({ status: reply.status, heading: heading(reply.text) }).toEqual({
        status: 404,
        heading: t('notFound.title'),
      });
      expect(
        tagsOf(reply.text, 'a')
          .filter((link) => link['class'] === 'button')
          .map((link) => link['href']),
      ).toEqual(['/min-sida']);
    },
  );

  test.each([
    ['invitationUsed', 410],
    ['invitationExpired', 410],
    ['resetReplaced', 410],
    ['resetWithdrawn', 410],
    ['resetUsed', 410],
    ['resetExpired', 410],
  ] as const)('a password sent to the link %s is not taken', async (link, status) => {
    const visitor = new Visitor(app.url);
    expect((await visitor.post(links[link], { password: 'en helt annan ramsa' })).status).toBe(status);
    expect(visitor.cookies).toEqual([]);
    for (const email of [employee.email, 'sen@lindala.example', 'sen.ny@lindala.example']) {
      expect((await visitor.post('/logga-in', { email, password: 'en helt annan ramsa' })).status).toBe(401);
    }
  });

  test.each(['closed', 'full', 'ended'] as const)(
    'nobody joins a group that is %s, even with a form from before',
    async (state) => {
      const open = await new Visitor(app.url).get(`/grupp/${groups.open.code}`);
      const ticket = tagsOf(open.text, 'input').find((input) => input['name'] === 'ticket')?.['value'] ?? '';
      const visitor = new Visitor(app.url);
      const reply = await visitor.post(`/grupp/${groups[state].code}`, { name: 'Sen Ankomst', ticket, language: 'sv' });
      expect(reply.status).toBe(410);
      expect(visitor.cookies.filter(({ name }) => name === 'session')).toEqual([]);
      expect((await admin.visitor.get(`/enhet/grupper/${groups[state].id}`)).text).not.toContain('Sen Ankomst');
    },
  );

  test('a mail scanner that opens a link does not use it up', async () => {
    const link = await invite(app, admin, { name: 'Skannad Svan', email: 'skannad@lindala.example' });
    const scanner = new Visitor(app.url);
    for (const method of ['GET', 'HEAD', 'GET']) expect((await scanner.request(method, link)).status).toBe(200);
    expect((await new Visitor(app.url).post(link, { password: goodPassword, language: 'sv' })).status).toBe(303);
  });

  test.for([
    ['en-GB,en;q=0.9', 'en'],
    ['sv-SE,sv;q=0.9,en;q=0.8', 'sv'],
    ['sv-simple,sv;q=0.5', 'sv-simple'],
    ['ti,so', 'sv'],
  ] as const)(
    'learners M5: an invitation opened by a browser that asks for %s speaks %s, and says who asks, by when and whom to ask',
    async ([accept, language]) => {
      const visitor = new Visitor(app.url);
      const page = await visitor.get(links.invitation, { 'accept-language': accept });
      const words = translate(language);
      expect(page.text).toContain(`<html lang="${languageTag(language)}"`);
      expect(heading(page.text)).toBe(words('welcome.title'));
      const text = plain(page.text);
      for (const part of [
        words('welcome.button'),
        'Lindala kommun',
        municipality.contact.signInHelp,
        longDate(addDays(dateOf(new Date()), 14), language),
      ])
        expect(text).toContain(part);
      // Whoever wants another has it in sight, and it stays.
      const other = language === 'en' ? 'sv' : 'en';
      await visitor.post('/sprak', { language: other, return: new URL(links.invitation).pathname });
      expect(heading((await visitor.get(links.invitation)).text)).toBe(translate(other)('welcome.title'));
    },
  );

  test('bugs F20: an invitation sent again takes the place of the first, which says so', async () => {
    const email = 'tappad@lindala.example';
    const first = await invite(app, admin, { name: 'Tappad Inbjudan', email });
    const { location = '' } = await admin.visitor.post('/admin/personer', { q: 'Tappad Inbjudan' });
    const found = await admin.visitor.get(location);
    const page = /href="(\/admin\/personer\/\w+)"/.exec(found.text)?.[1] ?? '';
    expectStatus(await admin.visitor.post(page, { action: 'again' }), 303, 'inviting again');
    const second = await linkMailedTo(app.dataDir, email, '/valkommen/', 1);
    const visitor = new Visitor(app.url);
    const old = await visitor.get(first);
    expect({ status: old.status, heading: heading(old.text) }).toEqual({ status: 410, heading: t('link.replaced') });
    expect(old.text).not.toContain(email);
    expect((await visitor.get(second)).status).toBe(200);
  });

  test('a participant’s form that is sent twice makes one person, with one code', async () => {
    const visitor = new Visitor(app.url);
    const page = await visitor.get(`/grupp/${groups.open.code}`);
    const ticket = tagsOf(page.text, 'input').find((input) => input['name'] === 'ticket')?.['value'] ?? '';
    const fields = { name: 'Dubbel Dalia', ticket, language: 'sv' };
    const replies = await Promise.all([1, 2, 3].map(() => visitor.post(`/grupp/${groups.open.code}`, fields)));
    for (const { status, location } of replies) expect([status, location]).toEqual([303, '/min-sida/koden']);
    const shown = [await visitor.get('/min-sida/koden'), await visitor.get('/min-sida/koden')];
    expect(new Set(shown.map(({ text }) => textOf(text, { class: 'secret' }))).size).toBe(1);
    const members = plain((await admin.visitor.get(`/enhet/grupper/${groups.open.id}`)).text);
    expect(members.match(/Dubbel Dalia/g)).toHaveLength(1);
  });

  async function askForReset(on: RunningApp, email: string): Promise<string> {
    const before = (await linksMailedTo(on.dataDir, email, '/nytt-losenord/')).length;
    await new Visitor(on.url).post('/glomt-losenord', { email });
    return linkMailedTo(on.dataDir, email, '/nytt-losenord/', before);
  }
});
