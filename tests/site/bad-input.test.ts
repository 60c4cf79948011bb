import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { throttleRules } from '#domain/throttle.ts';
import { rightAnswer } from '../support/answers.ts';
import { freePort, makeDataDir, type RunningApp, removeDataDir, startApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { heading, plain, tagsOf, textOf } from '../support/html.ts';
import { linkMailedTo, linksMailedTo } from '../support/mail.ts';
import { ended, restartAfter, withExpiredLinks } from '../support/past.ts';
import {
  closeGroup, course, goodPassword, handIn, invite, makeAdministrator, makeEmployee, makeGroup, type MadeGroup, makeParticipant, passExam,
  readLessons, startExam, type StartedExam, type WithPassword,
} from '../support/people.ts';
import { type BareReply, getBare, postBare, sendBare } from '../support/raw-request.ts';
import { builtRoutes } from '../support/routes.ts';
import { expectStatus, type Reply, Visitor } from '../support/visitor.ts';
import { saying, t } from '../support/words.ts';

const unknownToken = 'A'.repeat(43);
const form = 'Content-Type: application/x-www-form-urlencoded';
/** “Try again …” with a time of day in it. */
const saysUntilWhen = new RegExp(t('refusal.too-many-tries', { until: '.*\\d\\d:\\d\\d' }).replaceAll(/[()?]/g, '.'));
const json = 'Content-Type: application/json';

/** Between its quotation marks a value may hold anything but one of them. */
function withoutValues(html: string): string {
  return html.replace(/="[^"]*"/g, '=""');
}

async function end(app: RunningApp | undefined): Promise<void> {
  if (!app) return;
  await app.stop();
  await removeDataDir(app.dataDir);
}

describe('links, codes and addresses that lead nowhere', () => {
  let app: RunningApp;
  let admin: WithPassword;
  let employee: WithPassword;
  let groups: Readonly<Record<'open' | 'closed' | 'full' | 'ended', MadeGroup>>;
  let links: Readonly<Record<'invitation' | 'invitationUsed' | 'invitationExpired' | 'reset' | 'resetUsed' | 'resetExpired', string>>;

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
    const resetUsed = await askForReset(first, employee.email);
    expectStatus(await new Visitor(first.url).post(resetUsed, { password: goodPassword }), 303, 'resetting');
    const resetExpired = await askForReset(first, late.email);
    app = await restartAfter(first, {
      people: (person) => (person.email?.startsWith('sen') ? withExpiredLinks(person) : person),
      groups: (group) => (group.id === groups.ended.id ? ended(group) : group),
    });
    links = {
      invitation: await invite(app, admin, { name: 'Ny Nyman', email: 'ny@lindala.example' }),
      invitationUsed: employee.invitation,
      invitationExpired,
      reset: await askForReset(app, admin.email),
      resetUsed,
      resetExpired,
    };
  });
  afterAll(() => end(app));

  /** What is opened, what it answers, what the page says, and where its next step leads. */
  const cases: Readonly<Record<string, readonly [path: () => string, status: number, says: string, next: string]>> = {
    'an unknown invitation': [() => `/valkommen/${unknownToken}`, 404, t('link.unknown'), '/logga-in'],
    'a used invitation': [() => links.invitationUsed, 410, t('link.used'), '/logga-in'],
    'an expired invitation': [() => links.invitationExpired, 410, t('link.expired'), '/logga-in'],
    'an unknown reset': [() => `/nytt-losenord/${unknownToken}`, 404, t('link.unknown'), '/glomt-losenord'],
    'a used reset': [() => links.resetUsed, 410, t('link.used'), '/glomt-losenord'],
    'an expired reset': [() => links.resetExpired, 410, t('link.expired'), '/glomt-losenord'],
    'an invitation used as a reset': [() => links.invitation.replace('/valkommen/', '/nytt-losenord/'), 404, t('link.unknown'), '/glomt-losenord'],
    'a reset used as an invitation': [() => links.reset.replace('/nytt-losenord/', '/valkommen/'), 404, t('link.unknown'), '/logga-in'],
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
    expect(tagsOf(reply.text, 'a').filter((link) => link['class'] === 'button').map((link) => link['href'])).toEqual([next]);
    expect((await new Visitor(app.url).get(next)).status).toBe(200);
  });

  test.each(['an unknown attempt', 'its review', 'its result'])('%s: the page says so and leads to Min sida', async (name) => {
    const path = { 'an unknown attempt': '', 'its review': '/granska', 'its result': '/resultat' }[name];
    const reply = await admin.visitor.get(`/prov/0000000000000000${path}`);
    expect({ status: reply.status, heading: heading(reply.text) }).toEqual({ status: 404, heading: t('notFound.title') });
    expect(tagsOf(reply.text, 'a').filter((link) => link['class'] === 'button').map((link) => link['href'])).toEqual(['/min-sida']);
  });

  test.each([['invitationUsed', 410], ['invitationExpired', 410], ['resetUsed', 410], ['resetExpired', 410]] as const)(
    'a password sent to the link %s is not taken', async (link, status) => {
      const visitor = new Visitor(app.url);
      expect((await visitor.post(links[link], { password: 'en helt annan ramsa' })).status).toBe(status);
      expect(visitor.cookies).toEqual([]);
      for (const email of [employee.email, 'sen@lindala.example', 'sen.ny@lindala.example']) {
        expect((await visitor.post('/logga-in', { email, password: 'en helt annan ramsa' })).status).toBe(401);
      }
    },
  );

  test.each(['closed', 'full', 'ended'] as const)('nobody joins a group that is %s, even with a form from before', async (state) => {
    const open = await new Visitor(app.url).get(`/grupp/${groups.open.code}`);
    const ticket = tagsOf(open.text, 'input').find((input) => input['name'] === 'ticket')?.['value'] ?? '';
    const visitor = new Visitor(app.url);
    const reply = await visitor.post(`/grupp/${groups[state].code}`, { name: 'Sen Ankomst', ticket, language: 'sv' });
    expect(reply.status).toBe(410);
    expect(visitor.cookies).toEqual([]);
    expect((await admin.visitor.get(`/admin/grupper/${groups[state].id}`)).text).not.toContain('Sen Ankomst');
  });

  test('a mail scanner that opens a link does not use it up', async () => {
    const link = await invite(app, admin, { name: 'Skannad Svan', email: 'skannad@lindala.example' });
    const scanner = new Visitor(app.url);
    for (const method of ['GET', 'HEAD', 'GET']) expect((await scanner.request(method, link)).status).toBe(200);
    expect((await new Visitor(app.url).post(link, { password: goodPassword, language: 'sv' })).status).toBe(303);
  });

  test('an invitation sent again takes the place of the first', async () => {
    const email = 'tappad@lindala.example';
    const first = await invite(app, admin, { name: 'Tappad Inbjudan', email });
    const list = (await admin.visitor.get('/admin')).text;
    const button = `aria-label="${t('person.inviteAgain')}: Tappad Inbjudan"`;
    const person = new RegExp(`name="person" value="(\\w+)"[^>]*>\\s*<button[^>]*${button}`).exec(list)?.[1] ?? '';
    expectStatus(await admin.visitor.post('/admin', { action: 'again', person }), 303, 'inviting again');
    const second = await linkMailedTo(app.dataDir, email, '/valkommen/', 1);
    const visitor = new Visitor(app.url);
    expect((await visitor.get(first)).status).toBe(404);
    expect((await visitor.get(second)).status).toBe(200);
  });

  test('a participant’s form that is sent twice makes one person, with one code', async () => {
    const visitor = new Visitor(app.url);
    const page = await visitor.get(`/grupp/${groups.open.code}`);
    const ticket = tagsOf(page.text, 'input').find((input) => input['name'] === 'ticket')?.['value'] ?? '';
    const fields = { name: 'Dubbel Dalia', ticket, language: 'sv' };
    const replies = await Promise.all([1, 2, 3].map(() => visitor.post(`/grupp/${groups.open.code}`, fields)));
    expect(new Set(replies.map(({ text }) => textOf(text, { class: 'secret' }))).size).toBe(1);
    const members = plain((await admin.visitor.get(`/admin/grupper/${groups.open.id}`)).text);
    expect(members.match(/Dubbel Dalia/g)).toHaveLength(1);
  });

  async function askForReset(on: RunningApp, email: string): Promise<string> {
    const before = (await linksMailedTo(on.dataDir, email, '/nytt-losenord/')).length;
    await new Visitor(on.url).post('/glomt-losenord', { email });
    return linkMailedTo(on.dataDir, email, '/nytt-losenord/', before);
  }
});

describe('a form that is filled in wrong', () => {
  let app: RunningApp;
  let firstStart: RunningApp;
  let admin: WithPassword;
  let group: MadeGroup;
  let invitation: string;
  let sent = 0;
  beforeAll(async () => {
    [app, firstStart] = await Promise.all([startApp(), startApp()]);
    admin = await makeAdministrator(app);
    group = await makeGroup(admin);
    invitation = await invite(app, admin, { name: 'Nora Ny', email: 'nora@lindala.example' });
  });
  afterAll(() => Promise.all([end(app), end(firstStart)]));

  interface FormCase {
    readonly send: () => Promise<Reply>;
    readonly status: number;
    /** Fields that are wrong, by their ids. */
    readonly wrong: readonly string[];
    /** What was typed and must be there still. */
    readonly kept?: Readonly<Record<string, string>>;
  }

  const cases: Readonly<Record<string, FormCase>> = {
    'the first administrator, with nothing': {
      send: () => new Visitor(firstStart.url).post(firstStart.firstLink ?? '', {}), status: 422, wrong: ['name', 'email'],
    },
    'the first administrator, with a short password': {
      send: () => new Visitor(firstStart.url).post(firstStart.firstLink ?? '', { name: 'Eva Ek', email: 'eva@lindala.example', password: 'kort' }),
      status: 422, wrong: ['password'], kept: { name: 'Eva Ek', email: 'eva@lindala.example' },
    },
    'an invitation with a short password': {
      send: () => new Visitor(app.url).post(invitation, { password: 'kort', language: 'en' }), status: 422, wrong: ['password'], kept: { en: 'checked' },
    },
    'an invitation with a password of one letter': { send: () => new Visitor(app.url).post(invitation, { password: 'a'.repeat(20) }), status: 422, wrong: ['password'] },
    'an invitation with one’s own address as password': {
      send: () => new Visitor(app.url).post(invitation, { password: 'nora@lindala.example' }), status: 422, wrong: ['password'],
    },
    'an invitation with a password without end': { send: () => new Visitor(app.url).post(invitation, { password: 'abcde '.repeat(100) }), status: 422, wrong: ['password'] },
    'signing in with a wrong password': {
      send: () => new Visitor(app.url).post('/logga-in', { email: 'maria.ek@lindala.example', password: 'fel' }),
      status: 401, wrong: ['email'], kept: { email: 'maria.ek@lindala.example' },
    },
    'coming back with a wrong code': {
      send: () => new Visitor(app.url).post('/kom-tillbaka', { code: 'fem "fel" ord & mer' }), status: 401, wrong: ['code'], kept: { code: 'fem "fel" ord & mer' },
    },
    'a group code that is wrong': { send: () => new Visitor(app.url).get('/grupp?kod=ABCD-1'), status: 404, wrong: ['kod'], kept: { kod: 'ABCD-1' } },
    'joining without a name': {
      send: () => new Visitor(app.url).post(`/grupp/${group.code}`, { name: 'X', ticket: 'T'.repeat(26), language: 'en' }),
      status: 422, wrong: ['name'], kept: { name: 'X', ticket: 'T'.repeat(26), en: 'checked' },
    },
    'a certificate’s number that is wrong': { send: () => new Visitor(app.url).get('/intyg?kod=ABC'), status: 404, wrong: ['kod'], kept: { kod: 'ABC' } },
    'inviting with nothing right': {
      send: () => admin.visitor.post('/admin', { action: 'invite', name: '<b>', email: 'inte en adress', category: 'student', to: '2020-01-01' }),
      status: 422, wrong: ['name', 'email', 'to'], kept: { name: '<b>', email: 'inte en adress', to: '2020-01-01', student: 'selected' },
    },
    'inviting somebody who leaves, without a last day': {
      send: () => admin.visitor.post('/admin', { action: 'invite', name: 'Vera Vik', email: 'vera@lindala.example', category: 'temporary-staff' }),
      status: 422, wrong: ['to'], kept: { name: 'Vera Vik', email: 'vera@lindala.example', 'temporary-staff': 'selected' },
    },
    'inviting somebody who is there': {
      send: () => admin.visitor.post('/admin', { action: 'invite', name: 'Nora Två', email: 'NORA@lindala.example', category: 'new-employee' }),
      status: 422, wrong: ['email'], kept: { name: 'Nora Två', email: 'NORA@lindala.example' },
    },
    'making a group with nothing right': {
      send: () => admin.visitor.post('/admin', { action: 'group', group: '', category: 'student', lastDay: '2026-02-30', size: '501' }),
      status: 422, wrong: ['group', 'lastDay', 'size'], kept: { lastDay: '2026-02-30', size: '501', student: 'selected' },
    },
    'inviting again who has come in': {
      send: async () => {
        const one = await makeEmployee(app, admin, { name: 'Inne Inger', email: `inger${++sent}@lindala.example` });
        const { id } = JSON.parse((await one.visitor.get('/min-sida/uppgifter.json')).text) as { id: string };
        return admin.visitor.post('/admin', { action: 'again', person: id });
      },
      status: 422, wrong: ['again'],
    },
  };

  test.each(Object.entries(cases))('%s: errors are named in a summary and at the fields', async (_name, { send, status, wrong }) => {
    const { status: got, text } = await send();
    expect(got).toBe(status);
    const summary = /<div class="error-summary"[^>]*>.*?<\/div>/s.exec(text)?.[0] ?? '';
    const linked = tagsOf(summary, 'a').map((link) => link['href']?.slice(1));
    expect(linked).toEqual(wrong);
    expect(tagsOf(text, 'div').filter((tag) => tag['class'] === 'error-summary')).toEqual([expect.objectContaining({ role: 'alert', tabindex: '-1' })]);
    for (const id of linked) {
      const field = tagsOf(text, 'input', 'select', 'button', 'textarea').find((tag) => tag['id'] === id);
      expect({ id, invalid: field?.['aria-invalid'] }).toEqual({ id, invalid: 'true' });
      const described = (field?.['aria-describedby'] ?? '').split(' ').map((key) => textOf(text, { id: key }));
      expect(plain(summary)).toContain(described.at(-1));
    }
  });

  test.each(Object.entries(cases).filter(([, { kept }]) => kept))('%s: what was typed is kept', async (_name, { send, kept = {} }) => {
    const { text } = await send();
    const controls = tagsOf(text, 'input', 'option');
    for (const [name, value] of Object.entries(kept)) {
      const found =
        value === 'checked' || value === 'selected'
          ? controls.some((tag) => tag['value'] === name && value in tag)
          : controls.some((tag) => tag['name'] === name && tag['value'] === value);
      expect({ name, value, found }).toEqual({ name, value, found: true });
    }
  });

  test('a password is never sent back', async () => {
    for (const { send } of Object.values(cases)) {
      for (const input of tagsOf((await send()).text, 'input').filter((tag) => tag['type'] === 'password')) expect(input['value']).toBeUndefined();
    }
  });

  test('steps of practice given the same place are kept as they were given', async () => {
    const scenario = [...course.scenarios.values()].find(({ use, kind }) => use === 'practice' && kind === 'order');
    if (scenario?.kind !== 'order') throw new Error('no order to practise');
    const fields = Object.fromEntries(scenario.steps.map(({ id }) => [`q.${scenario.id}.${id}`, '2']));
    const reply = await new Visitor(app.url).post(`/ova/${scenario.id}`, fields);
    expect(reply.status).toBe(422);
    expect(plain(reply.text)).toContain(t('refusal.equal-places'));
    expect(tagsOf(reply.text, 'option').filter((option) => 'selected' in option).map((option) => option['value'])).toEqual(scenario.steps.map(() => '2'));
  });
});

describe('a body that is not what was asked for', () => {
  let app: RunningApp;
  let person: WithPassword;
  let exam: StartedExam;
  let cookie: string;
  let paths: Readonly<Record<string, string>>;
  beforeAll(async () => {
    app = await startApp();
    const admin = await makeAdministrator(app);
    person = await makeEmployee(app, admin, { name: 'Berta Brev', email: 'berta@lindala.example' });
    await readLessons(person);
    exam = await startExam(person);
    const group = await makeGroup(admin);
    // The administrator's cookie opens every form; the exam is the person's own.
    cookie = `Cookie: ${admin.visitor.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')}`;
    const invitation = await invite(app, admin, { name: 'Orörd Olsson', email: 'orord@lindala.example' });
    await new Visitor(app.url).post('/glomt-losenord', { email: person.email });
    paths = {
      '/404': '/finns-inte', '/500': '/500', '/ova/[scenario]': '/ova/blommor-till-kennet', '/lektion-klar': '/lektion-klar', '/sprak': '/sprak',
      '/logga-in': '/logga-in', '/logga-ut': '/logga-ut', '/kom-tillbaka': '/kom-tillbaka', '/glomt-losenord': '/glomt-losenord',
      '/nytt-losenord/[token]': new URL(await linkMailedTo(app.dataDir, person.email, '/nytt-losenord/')).pathname,
      '/valkommen/[token]': new URL(invitation).pathname, '/grupp/[code]': `/grupp/${group.code}`, '/prov': '/prov',
      '/prov/[attempt]': `/prov/${exam.attempt}`, '/prov/[attempt]/svar': `/prov/${exam.attempt}/svar`, '/admin': '/admin',
      '/admin/grupper/[id]': `/admin/grupper/${group.id}`,
    };
  });
  afterAll(() => end(app));

  /** Routes that take something in; a test below holds the list against the running site. */
  const taking = [
    '/404', '/500', '/ova/[scenario]', '/lektion-klar', '/sprak', '/logga-in', '/logga-ut', '/kom-tillbaka', '/glomt-losenord', '/nytt-losenord/[token]',
    '/valkommen/[token]', '/grupp/[code]', '/prov', '/prov/[attempt]', '/prov/[attempt]/svar', '/admin', '/admin/grupper/[id]',
  ];
  const cookieFor = (pattern: string) =>
    pattern.startsWith('/prov') ? `Cookie: ${person.visitor.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')}` : cookie;
  const post = (pattern: string, headers: readonly string[], body: string) =>
    postBare(app.url, paths[pattern] ?? pattern, [`Origin: ${app.url}`, cookieFor(pattern), ...headers], body);
  const everything = async () => {
    const folders = await Promise.all(['people', 'groups'].map(async (folder) => {
      const names = (await readdir(join(app.dataDir, folder))).sort();
      return Promise.all(names.map((name) => readFile(join(app.dataDir, folder, name), 'utf8')));
    }));
    return folders.flat().join('');
  };

  test('the list of routes that take something in is whole', async () => {
    const dynamic = builtRoutes.filter(({ isPrerendered }) => !isPrerendered).map(({ pattern }) => pattern);
    expect(taking.filter((pattern) => !dynamic.includes(pattern))).toEqual([]);
    for (const pattern of dynamic.filter((one) => !taking.includes(one))) {
      const path = pattern.replaceAll(/\[\w+\]/g, 'x');
      expect({ pattern, status: (await postBare(app.url, path, [`Origin: ${app.url}`, cookie, form, 'Content-Length: 0'])).status }).toEqual({ pattern, status: 405 });
    }
  });

  for (const pattern of taking) {
    const refused: Readonly<Record<string, readonly [status: number | 'any 4xx', headers: readonly string[], body: string]>> = {
      'a body that is too large': [413, [form, 'Content-Length: 65537'], `a=${'x'.repeat(65_535)}`],
      'a body that says it is too large': [413, [form, 'Content-Length: 99999999999'], ''],
      'plain text': [415, ['Content-Type: text/plain', 'Content-Length: 5'], 'a=b&c'],
      'a file': [415, ['Content-Type: multipart/form-data; boundary=x', 'Content-Length: 8'], '--x--\r\n\r'],
      'a body of no type': [415, ['Content-Length: 3'], 'a=b'],
      'a body of no length': [411, [form], ''],
      'a body in pieces': [411, [form, 'Transfer-Encoding: chunked'], '3\r\na=b\r\n0\r\n\r\n'],
    };
    test.each(Object.entries(refused))(`${pattern} refuses %s, and stores nothing`, async (_name, [status, headers, body]) => {
      const before = await everything();
      const reply = await post(pattern, headers, body);
      expect(reply.status).toBe(status);
      expect(reply.headers['content-type']).toBe('text/plain; charset=utf-8');
      expect(reply.body.length).toBeGreaterThan(10);
      expect(reply.body.length).toBeLessThan(200);
      expect(await everything()).toBe(before);
    });
  }

  // Leaving and starting need nothing in the body, and the pages of errors read none.
  const reading = taking.filter((pattern) => !['/logga-ut', '/prov', '/404', '/500', '/prov/[attempt]/svar'].includes(pattern));
  for (const pattern of reading) {
    const wrong: Readonly<Record<string, readonly [headers: readonly string[], body: string]>> = {
      'JSON': [[json, 'Content-Length: 9'], '{"a":"b"}'],
      'nothing, of no type': [['Content-Length: 0'], ''],
      'a type that only begins like a form’s': [['Content-Type: application/x-www-form-urlencoded-not', 'Content-Length: 3'], 'a=b'],
    };
    test.each(Object.entries(wrong))(`${pattern} refuses %s, and stores nothing`, async (_name, [headers, body]) => {
      const before = await everything();
      const reply = await post(pattern, headers, body);
      expect({ status: reply.status, isRefusal: reply.status >= 400 && reply.status < 500 }).toEqual({ status: reply.status, isRefusal: true });
      expect(await everything()).toBe(before);
    });
  }

  test.each(['a=%', 'a=%ff%fe', '%00=%00', '&&&&', 'a', '=', '__proto__=1&constructor=2&q.__proto__=3', `name=${'%F0%9F%92%A9'.repeat(4_000)}`, 'action=%00', `action=${'save:'.repeat(9000)}`, 'a=b&'.repeat(16_000)])(
    'no form fails on fields like %.40s', async (body) => {
      for (const pattern of taking.filter((one) => one !== '/500')) {
        const reply = await post(pattern, [form, `Content-Length: ${Buffer.byteLength(body)}`], body);
        expect({ pattern, failed: reply.status >= 500 || reply.status === 0 }).toEqual({ pattern, failed: false });
        // Signing out would end the session that the other forms need.
        if (pattern === '/logga-ut') cookie = await signedInAgain();
      }
    },
  );

  test('no form fails on Unicode that cannot be', async () => {
    for (const pattern of taking.filter((one) => !['/500', '/logga-ut'].includes(one))) {
      const reply = await postBare(app.url, paths[pattern] ?? '', [`Origin: ${app.url}`, cookieFor(pattern), form, 'Content-Length: 12'], 'name=\u0000\ud800abc');
      expect({ pattern, failed: reply.status >= 500 }).toEqual({ pattern, failed: false });
    }
  });

  async function signedInAgain(): Promise<string> {
    const visitor = new Visitor(app.url);
    await visitor.post('/logga-in', { email: 'maria.ek@lindala.example', password: goodPassword });
    return `Cookie: ${visitor.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')}`;
  }
});

describe('a change that comes from somewhere else', () => {
  let app: RunningApp;
  let person: WithPassword;
  let cookie: string;
  beforeAll(async () => {
    app = await startApp();
    person = await makeEmployee(app, await makeAdministrator(app), { name: 'Olle Origin', email: 'olle@lindala.example' });
    cookie = `Cookie: ${person.visitor.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')}`;
  });
  afterAll(() => end(app));

  const body = 'language=en&return=%2F';
  const change = (method: string, headers: readonly string[]) =>
    sendBare(app.url, [`${method} /sprak HTTP/1.1`, `Host: ${new URL(app.url).host}`, cookie, form, `Content-Length: ${body.length}`, ...headers], body);
  const language = async () => (JSON.parse((await person.visitor.get('/min-sida/uppgifter.json')).text) as { language: string }).language;

  const foreign: Readonly<Record<string, () => readonly string[]>> = {
    'another site': () => ['Origin: https://evil.example'],
    'no origin': () => [],
    'a null origin': () => ['Origin: null'],
    'an empty origin': () => ['Origin:'],
    'another port': () => ['Origin: http://127.0.0.1:1'],
    'the same host over HTTPS': () => [`Origin: ${app.url.replace('http:', 'https:')}`],
    'a name that begins like ours': () => [`Origin: ${app.url}.evil.example`],
    'ours with a slash': () => [`Origin: ${app.url}/`],
    'a site beside ours': () => ['Sec-Fetch-Site: same-site'],
    'another site that claims the same origin': () => ['Origin: https://evil.example', 'Sec-Fetch-Site: same-origin'],
    'a host name of its own': () => ['Origin: https://evil.example', 'X-Forwarded-Host: evil.example'],
  };

  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
    test.each(Object.entries(foreign))(`${method} from %s is refused, and nothing is stored`, async (_name, headers) => {
      const reply = await change(method, headers());
      expect(reply.status).toBe(403);
      expect(reply.body).toContain('annan webbplats');
      expect(reply.headers['access-control-allow-origin']).toBeUndefined();
      expect(await language()).toBe('sv');
    });
  }

  test('from our own pages it is done, also where the browser hides the origin', async () => {
    expect((await change('POST', ['Origin: null', 'Sec-Fetch-Site: same-origin'])).status).toBe(303);
    expect(await language()).toBe('en');
    expect((await person.visitor.post('/sprak', { language: 'sv', return: '/' })).status).toBe(303);
    expect(await language()).toBe('sv');
  });

  test('looking changes nothing', async () => {
    const before = (await person.visitor.get('/min-sida/uppgifter.json')).text;
    for (const path of ['/prov', '/logga-ut', '/sprak?language=en', '/lektion-klar?lesson=tystnadsplikt', '/min-sida', '/kurser/sekretess/tystnadsplikt']) {
      for (const method of ['GET', 'HEAD']) expect((await person.visitor.request(method, path)).status).toBeLessThan(406);
    }
    expect((await person.visitor.get('/min-sida/uppgifter.json')).text).toBe(before);
  });
});

describe('absurd requests', () => {
  let app: RunningApp;
  let person: WithPassword;
  beforeAll(async () => {
    app = await startApp();
    person = await makeEmployee(app, await makeAdministrator(app), { name: 'Absalon Ab', email: 'absalon@lindala.example' });
  });
  afterAll(() => end(app));

  const targets = [
    '/%ff', '/%', '/%c0%af', '/%00', '/a%00b', '//', '///', '//evil.example', '//evil.example/kurser/sekretess', '///evil.example', '//evil.example//', '/kurser//sekretess',
    '/kurser/sekretess//', '/..%2f..%2fpackage.json', '/../../package.json', '/%2e%2e/%2e%2e/package.json', '/..\\..\\package.json', '/..%5c..%5cpackage.json', '/%252e%252e/',
    '/_astro/../../package.json', '/_astro/%2e%2e/%2e%2e/routes.json', '/_astro', '/_astro/', '/index.html', '/kurser/sekretess/index.html', '/index.html.br', '/server/entry.mjs',
    '/routes.json', '/.env', '/.git/config', '/data/people', '/people', '/favicon.ico', '/sla-upp.html', '/404.html', '/_image?href=%2Ffavicon.svg&w=1&h=1&f=png', '/_image',
    '/_image?href=http://evil.example/x.png', '/_server-islands/x', '/_server-islands/x?p=1', '/_actions/x', '/@vite/client', '/src/paths.ts', '/admin/', '/admin//', '/ADMIN', '/min-sida/',
    '/min-sida/uppgifter.json/', '/min-sida/uppgifter', '/prov/', '/prov/..', '/prov/%2e%2e/svar', '/prov/__proto__', '/prov/constructor', '/ova/__proto__', '/ova/constructor', '/ova/toString',
    '/intyg/', '/intyg/.pdf', '/intyg/.json', '/intyg/x.pdf', '/intyg/x.json', '/intyg/%E2%80%AE', '/grupp/', '/grupp/%20', '/grupp/__proto__', '/grupp/%F0%9F%92%A9', '/valkommen/',
    '/valkommen/x', '/valkommen/%2e%2e%2fx', '/nytt-losenord/..%2f..', '/admin/grupper/..%2f..%2fx', '/admin/grupper/__proto__', '/admin?efter=%00', '/admin?efter=..%2f..%2fx',
    '/grupp?kod=%00', '/grupp?kod=%ff', '/intyg?kod=__proto__', '/intyg?kod=%3Cscript%3Ealert(1)%3C/script%3E', '/logga-in?till=%ff', '/?%ff', '/?a=%', '/#x', '/%23', '/%3F',
    `/${'a'.repeat(8_000)}`, `/${'a/'.repeat(4_000)}`, `/${'../'.repeat(2_000)}`, `/grupp/${'A'.repeat(8_000)}`, `/intyg/${'A'.repeat(8_000)}`, `/prov/${'A'.repeat(8_000)}`, `/?${'a=b&'.repeat(3_000)}`,
    `/ova/${'%2e%2e%2f'.repeat(500)}`, 'http://evil.example/', 'http://evil.example/admin', 'https://evil.example/min-sida', '*', '?', 'x', '/kurser/sekretess;x=1', '/kurser/sekretess?x=<script>',
    '/en/en', '/latt/en/kurser/sekretess', '/en/min-sida', '/en/admin', '/latt/', '/latt//', '/%6Catt', '/kurser%2Fsekretess', '/kurser/sekretess%2Ftystnadsplikt', '/logga-in%0d%0aSet-Cookie:x=1',
    '/logga-in?till=%0d%0aSet-Cookie:x=1', '/min-sida%0d%0aX:y',
  ];

  test.each(targets)('GET %.60s is answered, and leads to no other site', async (target) => {
    for (const headers of [[], [`Cookie: ${person.visitor.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')}`]]) {
      const reply = await getBare(app.url, target, headers);
      expect({ status: reply.status, known: [200, 303, 400, 401, 404, 405, 414, 431].includes(reply.status) }).toEqual({ status: reply.status, known: true });
      expectOwnLocation(reply);
      expect(reply.headers['set-cookie']).toBeUndefined();
      expect(withoutValues(reply.body)).not.toContain('<script>alert');
      // Nothing from outside what is served: source, settings, other people's documents.
      expect(reply.body).not.toMatch(/"devDependencies"|"isPrerendered"|\[core\]|argon2id/);
      expect(reply.body).not.toMatch(/node_modules|\/work\/|at .*\.m?js:\d+/);
    }
  });

  const oddHeaders: Readonly<Record<string, readonly string[]>> = {
    'a cookie that is none': ['Cookie: session'],
    'cookies that are broken': ['Cookie: ;;;=;session==;sprak=%ff; =x; session="a'],
    'a session that is very long': [`Cookie: session=${'x'.repeat(10_000)}`],
    'a session that is a path': ['Cookie: session=../../people/x'],
    'a language that is none': ['Cookie: sprak=__proto__'],
    'encodings that are none': ['Accept-Encoding: ;q=, br;q=x, *;q=0, gzip;q=0.0'],
    'an etag that is none': ['If-None-Match: *, W/"x", "'],
    'a range': ['Range: bytes=0-1,5-,-9999999999'],
    'another host': ['X-Forwarded-Host: evil.example', 'X-Forwarded-Proto: https', 'Forwarded: host=evil.example'],
    'another method': ['X-HTTP-Method-Override: DELETE'],
    'another address': ['X-Original-URL: /admin', 'X-Rewrite-URL: /admin'],
    'a prerender key': ['X-Astro-Path: /admin', 'X-Astro-Locals: {"person":{"roles":["administrator"]}}'],
    'a wish to go on': ['Expect: 100-continue'],
    'a wish for another protocol': ['Upgrade: websocket', 'Connection: Upgrade'],
    'a language of the browser that is none': ['Accept-Language: *;q=x,åäö'],
  };
  test.each(Object.entries(oddHeaders))('%s among the headers changes nothing', async (_name, headers) => {
    for (const path of ['/', '/logga-in', '/min-sida', '/admin', '/halsa']) {
      const plainly = await getBare(app.url, path);
      const oddly = await getBare(app.url, path, headers);
      expect({ path, status: oddly.status }).toEqual({ path, status: plainly.status });
      expect(oddly.headers['location']).toBe(plainly.headers['location']);
      expect(oddly.body).not.toContain('evil.example');
    }
  });

  test('a Host of somebody else’s comes into no mail', async () => {
    const body = `email=${encodeURIComponent(person.email)}`;
    const headers = [`Origin: ${app.url}`, form, `Content-Length: ${body.length}`, 'X-Forwarded-Host: evil.example'];
    const reply = await sendBare(app.url, ['POST /glomt-losenord HTTP/1.1', 'Host: evil.example', ...headers], body);
    expect(reply.status).toBe(200);
    expect(await linkMailedTo(app.dataDir, person.email, '/nytt-losenord/')).toMatch(new RegExp(`^${app.url}/nytt-losenord/`));
  });

  const elsewhere = [
    'https://evil.example', 'http://evil.example/', '//evil.example', '///evil.example', '/\\evil.example', '\\\\evil.example', '\\/evil.example', '/\t/evil.example', '/\n/evil.example',
    ' //evil.example', '\u0000//evil.example', 'javascript:alert(1)', 'data:text/html,x', '/%09/evil.example', '/..//evil.example', '/.//evil.example', '/./\\evil.example', '/%2f%2fevil.example',
    '/%5cevil.example', '/;@evil.example', '@evil.example', 'evil.example', '/min-sida\r\nSet-Cookie: x=1', '/å', '/　/evil.example', `/${'x'.repeat(9_000)}`, '',
  ];
  test.each(elsewhere)('coming back to %j after signing in leads to no other site', async (till) => {
    const signedIn = await person.visitor.get(`/logga-in?till=${encodeURIComponent(till)}`);
    expectOwnPlace(signedIn);
    const newly = await new Visitor(app.url).post('/logga-in', { email: person.email, password: person.password, till });
    expectOwnPlace(newly);
    const page = await new Visitor(app.url).get(`/logga-in?till=${encodeURIComponent(till)}`);
    const field = tagsOf(page.text, 'input').find((input) => input['name'] === 'till')?.['value'] ?? '';
    expect(new URL(field, app.url).origin).toBe(app.url);
  });
  test.each(elsewhere)('coming back to %j after choosing a language leads to no other site', async (back) => {
    expectOwnPlace(await new Visitor(app.url).post('/sprak', { language: 'sv', return: back }));
  });

  function expectOwnPlace(reply: Reply): void {
    expect(reply.status).toBe(303);
    expect(reply.location).toMatch(/^\/(?![/\\])/);
    expect(new URL(reply.location ?? '', app.url).origin).toBe(app.url);
    expect(reply.headers.getSetCookie().filter((cookie) => cookie.startsWith('x='))).toEqual([]);
  }

  function expectOwnLocation(reply: BareReply): void {
    const { location } = reply.headers;
    if (location === undefined) return;
    expect(new URL(location, app.url).origin).toBe(app.url);
    expect(location).not.toMatch(/^[/\\]{2}/);
  }
});

describe('an answer that is none', () => {
  let app: RunningApp;
  let person: WithPassword;
  let exam: StartedExam;
  beforeAll(async () => {
    app = await startApp();
    person = await makeEmployee(app, await makeAdministrator(app), { name: 'Sanna Svar', email: 'sanna@lindala.example' });
    await readLessons(person);
    exam = await startExam(person);
  });
  afterAll(() => end(app));

  const drawn = (kind: string) => exam.scenarios.find((scenario) => scenario.kind === kind) ?? exam.scenarios[0];
  const one = () => {
    const scenario = drawn('choose-one');
    return { scenario: scenario?.id ?? '', answer: scenario && rightAnswer(scenario) };
  };
  const notDrawn = () => [...course.scenarios.values()].find(({ use, id }) => use === 'exam' && !exam.scenarios.some((scenario) => scenario.id === id));
  const ofPractice = () => [...course.scenarios.values()].find(({ use }) => use === 'practice');

  const refused: Readonly<Record<string, readonly [status: number, body: () => string]>> = {
    'nothing': [400, () => ''],
    'half of it': [400, () => JSON.stringify(one()).slice(0, -3)],
    'a form': [400, () => 'scenario=x&answer=y'],
    'null': [400, () => 'null'],
    'a list': [400, () => '[]'],
    'a number': [400, () => '1e999'],
    'a text': [400, () => '"x"'],
    'brackets without end': [400, () => '['.repeat(30_000)],
    'no scenario': [400, () => JSON.stringify({ answer: one().answer })],
    'no answer': [400, () => JSON.stringify({ scenario: one().scenario })],
    'a kind that is none': [400, () => JSON.stringify({ scenario: one().scenario, answer: { kind: 'guess', option: 'a' } })],
    'an option that is a number': [400, () => JSON.stringify({ scenario: one().scenario, answer: { kind: 'choose-one', option: 1 } })],
    'a list without end': [400, () => JSON.stringify({ scenario: one().scenario, answer: { kind: 'choose-all', options: Array.from({ length: 5_000 }, () => 'a') } })],
    'a very long option': [400, () => JSON.stringify({ scenario: one().scenario, answer: { kind: 'choose-one', option: 'a'.repeat(5_000) } })],
    'an option that is not there': [422, () => JSON.stringify({ scenario: one().scenario, answer: { kind: 'choose-one', option: 'finns-inte' } })],
    'an answer of another kind': [422, () => JSON.stringify({ scenario: one().scenario, answer: { kind: 'order', steps: ['a', 'b'] } })],
    'an exam question that was not drawn': [422, () => JSON.stringify({ scenario: notDrawn()?.id, answer: rightAnswer(notDrawn() ?? exam.scenarios[0]!) })],
    'a practice item': [422, () => JSON.stringify({ scenario: ofPractice()?.id, answer: rightAnswer(ofPractice() ?? exam.scenarios[0]!) })],
    'a scenario that is not there': [422, () => JSON.stringify({ scenario: 'finns-inte', answer: one().answer })],
    'a prototype': [422, () => JSON.stringify({ scenario: '__proto__', answer: one().answer })],
  };

  test.each(Object.entries(refused))('%s is refused with a reason, and nothing is stored', async (_name, [status, body]) => {
    const before = (await person.visitor.get('/min-sida/uppgifter.json')).text;
    const reply = await person.visitor.request('POST', `/prov/${exam.attempt}/svar`, { body: body(), headers: { 'content-type': 'application/json' } });
    expect(reply.status).toBe(status);
    expect(JSON.parse(reply.text)).toEqual({ error: expect.stringMatching(/^[a-z-]+$/), text: expect.stringMatching(/\.$/) });
    expect((await person.visitor.get('/min-sida/uppgifter.json')).text).toBe(before);
  });

  test('fields beside the answer are not stored', async () => {
    const { scenario, answer } = one();
    const sent = { scenario, answer: { ...answer, right: true, extra: 'x' }, person: 'someone', handedInAt: 'now' };
    expect((await person.visitor.postJson(`/prov/${exam.attempt}/svar`, sent)).status).toBe(200);
    expect((await person.visitor.get('/min-sida/uppgifter.json')).text).not.toMatch(/"extra"|"someone"|handedInAt/);
  });

  test('a form with answers to other questions, or to none, stores none of them', async () => {
    const before = (await person.visitor.get('/min-sida/uppgifter.json')).text;
    const other = notDrawn();
    await person.visitor.post(`/prov/${exam.attempt}`, { [`q.${other?.id}`]: 'a', [`q.${one().scenario}`]: 'finns-inte', 'q.__proto__': 'a', action: 'save:999' });
    expect((await person.visitor.get('/min-sida/uppgifter.json')).text).toBe(before);
  });

  test('an exam that is not answered is not handed in, and the page says what is missing', async () => {
    expect(await handIn(person, exam)).toBe(`/prov/${exam.attempt}/granska`);
    const review = await person.visitor.get(`/prov/${exam.attempt}/granska`);
    expect(plain(review.text)).toMatch(saying('exam.missing'));
  });
});

describe('names that look like code', () => {
  let app: RunningApp;
  let admin: WithPassword;
  let group: MadeGroup;
  let browser: Browser;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(), launchBrowser()]);
    admin = await makeAdministrator(app);
    group = await makeGroup(admin, { name: 'Grupp "&lt;b&gt;" & \'co\'', size: 100 });
  });
  afterAll(async () => {
    await browser?.close();
    await end(app);
  });

  const allowed = [
    '" onmouseover="alert(1)" x="', "' onfocus='alert(1)' autofocus='", '&lt;script&gt;alert(1)&lt;/script&gt;', '&quot;&#39;&amp;', '${alert(1)} {{7*7}} {alert(1)}', 'javascript:alert(1)',
    "Robert'); DROP TABLE people;--", '&#60;img src=x&#62;', '\\u003cscript\\u003e', '\u202Etxet desreveR', 'Zero\u200Bwidth\u2060name', 'محمد علي حسن', '王小明', '👩🏽‍⚕️ Sköterska', 'A\u0301ke O\u0308berg',
    '=HYPERLINK("http://evil")', `Å${'ö'.repeat(99)}`, '../../etc/passwd', '%3Cscript%3E', '(\\) Tj ET endstream endobj', 'Name\\r\\nBcc: evil',
  ];

  test.each(allowed)('%j is shown as it was written, everywhere', async (name) => {
    const person = await makeParticipant(app, group, name);
    await readLessons(person);
    const code = await passExam(person);
    const context = await browser.newContext();
    const page = await context.newPage();
    const alerts: string[] = [];
    page.on('dialog', (dialog) => void dialog.dismiss().then(() => alerts.push(dialog.message())));
    await context.addCookies(person.visitor.cookies);
    const shown = async (path: string, where: string) => {
      await page.goto(app.url + path);
      const texts = await page.locator(where).allTextContents();
      const strange = await page.evaluate(() => document.querySelectorAll('[onmouseover], [onfocus], [onerror], [autofocus], img, iframe, script:not([src]):not([type="application/json"])').length);
      expect({ path, found: texts.some((text) => text.includes(name)), strange }).toEqual({ path, found: true, strange: 0 });
    };
    await shown('/min-sida', 'h1');
    await shown(`/intyg/${code}`, '.licence dd');
    await context.clearCookies();
    await context.addCookies(admin.visitor.cookies);
    await shown(`/admin/grupper/${group.id}`, 'tbody th');
    await shown('/admin', 'tbody th');
    expect(alerts).toEqual([]);
    await context.close();

    expect(JSON.parse((await person.visitor.get(`/intyg/${code}.json`)).text)).toMatchObject({ name, state: 'valid' });
    const pdf = await person.visitor.get(`/intyg/${code}.pdf`);
    expect(pdf.status).toBe(200);
    expect(pdf.text).toMatch(/^%PDF-1\.[4-7]/);
    expect(pdf.text).toMatch(/%%EOF\s*$/);
    expect(pdf.headers.get('content-disposition')).toBe(`attachment; filename="intyg-${code}.pdf"`);
  });

  test.each(['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '</title><svg onload=alert(1)>', 'Å', 'x'.repeat(101), '   ', 'Ny\u0000rad', 'Bell\u0007'])(
    '%j is no name: it is asked for again, and shown as it was typed', async (name) => {
      const visitor = new Visitor(app.url);
      const ticket = tagsOf((await visitor.get(`/grupp/${group.code}`)).text, 'input').find((input) => input['name'] === 'ticket')?.['value'] ?? '';
      const reply = await visitor.post(`/grupp/${group.code}`, { name, ticket, language: 'sv' });
      expect(reply.status).toBe(422);
      expect(visitor.cookies).toEqual([]);
      expect(withoutValues(reply.text)).not.toMatch(/<script>|<img|<svg onload/);
      expect(tagsOf(reply.text, 'input').find((input) => input['name'] === 'name')?.['value']).toBe(name);
    },
  );

  test('line breaks in a name become blanks, and get into no header of a mail', async () => {
    const email = 'radbruten@lindala.example';
    const link = await invite(app, admin, { name: 'Rad\r\nBcc: evil@evil.example\r\n\r\nBruten', email });
    expect(plain((await new Visitor(app.url).get(link)).text)).toContain('Rad Bcc: evil@evil.example Bruten');
    const folder = join(app.dataDir, 'mail');
    const mails = await Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file), 'utf8')));
    for (const mail of mails) expect(mail.split('\r\n\r\n')[0]).not.toMatch(/evil/i);
  });

  test('what is typed into an address is shown as text', async () => {
    for (const path of ['/grupp?kod=', '/intyg?kod=', '/logga-in?till=', '/admin?efter=', '/grupp/', '/intyg/', '/ova/', '/', '/prov/', '/valkommen/']) {
      const reply = await admin.visitor.get(`${path}${encodeURIComponent('"><script>alert(1)</script><img src=x onerror=alert(1)>')}`);
      expect({ path, raw: /<script>alert|<img src=x/.test(withoutValues(reply.text)) }).toEqual({ path, raw: false });
    }
  });
});

describe('who tries to find out who has an account', () => {
  let app: RunningApp;
  let known: WithPassword;
  beforeAll(async () => {
    app = await startApp();
    const admin = await makeAdministrator(app);
    known = await makeEmployee(app, admin, { name: 'Karin Känd', email: 'kand@lindala.example' });
    await invite(app, admin, { name: 'Inte Svarat', email: 'inbjuden@lindala.example' });
  });
  afterAll(() => end(app));

  const addresses = ['kand@lindala.example', 'inbjuden@lindala.example', 'okand@lindala.example', 'inte en adress', ''];
  const withoutAddress = (reply: Reply, email: string) => ({
    status: reply.status,
    text: email ? reply.text.replaceAll(email, '…') : reply.text.replace(/(name="email"[^>]*) value(="")?/, '$1 value="…"'),
    headers: [...reply.headers].filter(([name]) => name !== 'date' && name !== 'content-length'),
  });

  test('a forgotten password gets the same answer, whoever asks', async () => {
    const replies = await Promise.all(addresses.map(async (email) => withoutAddress(await new Visitor(app.url).post('/glomt-losenord', { email }), email)));
    expect(replies[0]?.status).toBe(200);
    for (const reply of replies) expect(reply).toEqual(replies[0]);
  });

  test('and mail goes only to who has an account and has a password', async () => {
    await linkMailedTo(app.dataDir, known.email, '/nytt-losenord/');
    for (const email of addresses.slice(1, 4)) expect(await linksMailedTo(app.dataDir, email, '/nytt-losenord/')).toEqual([]);
  });

  test('signing in wrongly gets the same answer with an account and without', async () => {
    const [first, ...others] = await Promise.all(
      addresses.slice(0, 3).map(async (email) => withoutAddress(await new Visitor(app.url).post('/logga-in', { email, password: 'fel lösenord' }), email)),
    );
    expect(first?.status).toBe(401);
    for (const reply of others) expect(reply).toEqual(first);
  });

  test('and after too many tries the same again', async () => {
    const exhausted = await Promise.all(
      addresses.slice(0, 3).map(async (email) => {
        const visitor = new Visitor(app.url);
        const statuses: number[] = [];
        let reply = await visitor.post('/logga-in', { email, password: 'fel lösenord' });
        for (; reply.status === 401; reply = await visitor.post('/logga-in', { email, password: 'fel lösenord' })) statuses.push(reply.status);
        return { tries: statuses.length, status: reply.status, text: reply.text.replaceAll(email, '…').replace(/kl\. \d\d:\d\d/, 'kl. …') };
      }),
    );
    for (const one of exhausted) expect(one).toEqual(exhausted[0]);
  });

  // A time is printed, never judged: other work on the machine would decide.
  test('and about the same time, which is printed', async () => {
    const fresh = await startApp();
    const admin = await makeAdministrator(fresh);
    const there = await Promise.all(Array.from({ length: 12 }, (_, n) => makeEmployee(fresh, admin, { name: `Tid Tidsson ${n}`, email: `tid${n}@lindala.example` })));
    const median = async (path: string, emails: readonly string[]) => {
      const times: number[] = [];
      for (const email of emails) {
        const start = performance.now();
        expect([200, 401]).toContain((await new Visitor(fresh.url).post(path, { email, password: 'fel lösenord' })).status);
        times.push(performance.now() - start);
      }
      return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]?.toFixed(1);
    };
    for (const path of ['/logga-in', '/glomt-losenord']) {
      const withAccount = await median(path, there.map(({ email }) => email));
      const without = await median(path, there.map(({ email }) => `ingen.${email}`));
      console.log(`${path}: median ${withAccount} ms with an account, ${without} ms without`);
    }
    await end(fresh);
  });
});

describe('who tries too often', () => {
  let app: RunningApp;
  let admin: WithPassword;
  let group: MadeGroup;
  const school = { 'x-forwarded-for': '198.51.100.7' };
  beforeAll(async () => {
    app = await startApp({ env: { TRUST_PROXY: '1' } });
    admin = await makeAdministrator(app);
    group = await makeGroup(admin, { size: 500 });
  });
  afterAll(() => end(app));

  const send = (path: string, fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>>) =>
    new Visitor(app.url).request('POST', path, { body: new URLSearchParams(fields), headers });

  test('an account is closed for a while, also to the right password, and says until when', async () => {
    const person = await makeEmployee(app, admin, { name: 'Låst Larsson', email: 'last@lindala.example' });
    const other = await makeEmployee(app, admin, { name: 'Öppen Olsson', email: 'oppen@lindala.example' });
    for (let tried = 0; tried < throttleRules.account.failures; tried++) {
      // From many addresses: it is the account that is counted.
      const reply = await send('/logga-in', { email: person.email, password: 'fel' }, { 'x-forwarded-for': `203.0.113.${tried}` });
      expect(reply.status).toBe(401);
    }
    const closed = await send('/logga-in', { email: ` ${person.email.toUpperCase()} `, password: person.password }, school);
    expect(closed.status).toBe(429);
    expect(closed.headers.getSetCookie()).toEqual([]);
    expect(plain(closed.text)).toMatch(saysUntilWhen);
    expect((await send('/logga-in', { email: other.email, password: other.password }, school)).status).toBe(303);
  });

  test('a right password forgets the wrong ones before it', async () => {
    const person = await makeEmployee(app, admin, { name: 'Glömsk Glad', email: 'glomsk@lindala.example' });
    for (let round = 0; round < 2; round++) {
      for (let tried = 0; tried < throttleRules.account.failures - 1; tried++) await send('/logga-in', { email: person.email, password: 'fel' }, school);
      expect((await send('/logga-in', { email: person.email, password: person.password }, school)).status).toBe(303);
    }
  });

  test('many tries at the same moment do not slip by together', async () => {
    const person = await makeEmployee(app, admin, { name: 'Samtidig Sund', email: 'samtidig@lindala.example' });
    const replies = await Promise.all(Array.from({ length: 40 }, () => send('/logga-in', { email: person.email, password: 'fel' }, school)));
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(throttleRules.account.failures);
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(40 - throttleRules.account.failures);
  });

  test('a whole school behind one address comes in, though half of it mistypes', async () => {
    const address = { 'x-forwarded-for': '198.51.100.20' };
    const pupil = await makeParticipant(app, group, 'Elev Ett');
    for (let tried = 0; tried < 150; tried++) {
      expect((await send('/kom-tillbaka', { code: `fel kod nummer ${tried}` }, address)).status).toBe(401);
      expect((await new Visitor(app.url).get(`/grupp?kod=FEL${tried}`, address)).status).toBe(404);
    }
    expect((await send('/kom-tillbaka', { code: pupil.code }, address)).status).toBe(303);
    expect((await new Visitor(app.url).get(`/grupp?kod=${group.code}`, address)).status).toBe(303);
    expect((await new Visitor(app.url).get(`/grupp/${group.code}`, address)).status).toBe(200);
  });

  test('an address that guesses on and on is stopped, and others are not', async () => {
    const address = { 'x-forwarded-for': '198.51.100.30' };
    const pupil = await makeParticipant(app, group, 'Elev Två');
    let tried = 0;
    while ((await send('/kom-tillbaka', { code: `gissning ${tried}` }, address)).status === 401) tried++;
    expect(tried).toBe(throttleRules.address.failures);
    expect((await send('/kom-tillbaka', { code: pupil.code }, address)).status).toBe(429);
    // What the client itself writes first in the header does not count.
    expect((await send('/kom-tillbaka', { code: pupil.code }, { 'x-forwarded-for': '1.2.3.4, 198.51.100.30' })).status).toBe(429);
    expect((await send('/kom-tillbaka', { code: pupil.code }, school)).status).toBe(303);
  });

  test('group codes cannot be guessed on and on, and the page says until when', async () => {
    const address = { 'x-forwarded-for': '198.51.100.40' };
    const guess = (code: string) => new Visitor(app.url).get(`/grupp/${code}`, address);
    let reply = await guess('FEL0');
    for (let tried = 1; reply.status === 404; tried++) reply = await guess(`FEL${tried}`);
    expect(reply.status).toBe(429);
    expect(plain(reply.text)).toMatch(saysUntilWhen);
    expect((await guess(group.code)).status).toBe(429);
  });

  test('a certificate is never called unknown because others at the address have guessed', async () => {
    const address = { 'x-forwarded-for': '198.51.100.50' };
    const holder = await makeParticipant(app, group, 'Innehavare Ett');
    await readLessons(holder);
    const code = await passExam(holder);
    for (let tried = 0; tried <= throttleRules.address.failures; tried++) await new Visitor(app.url).get(`/intyg/gissning-${tried}.json`, address);
    for (const path of [`/intyg/${code}`, `/intyg/${code}.json`, `/intyg/${code}.pdf`, `/intyg?kod=${code}`]) {
      const reply = await new Visitor(app.url).get(path, address);
      expect({ path, status: reply.status, right: [200, 303, 429].includes(reply.status) }).toEqual({ path, status: reply.status, right: true });
    }
  });

  test('one address gets so many letters about its password, and no more', async () => {
    const person = await makeEmployee(app, admin, { name: 'Brev Brevsson', email: 'brev@lindala.example' });
    for (let asked = 0; asked < throttleRules.mail.failures + 3; asked++) {
      expect((await send('/glomt-losenord', { email: person.email }, school)).status).toBe(200);
    }
    // A letter to somebody else, asked for later, comes after all of these.
    const last = await makeEmployee(app, admin, { name: 'Sista Brevet', email: 'sista@lindala.example' });
    await send('/glomt-losenord', { email: last.email }, school);
    await linkMailedTo(app.dataDir, last.email, '/nytt-losenord/');
    expect(await linksMailedTo(app.dataDir, person.email, '/nytt-losenord/')).toHaveLength(throttleRules.mail.failures);
  });

  test('without a proxy that is trusted, what a client says of its address does not count', async () => {
    const direct = await startApp();
    let tried = 0;
    const guess = () => new Visitor(direct.url).request('POST', '/kom-tillbaka', { body: new URLSearchParams({ code: `g ${tried}` }), headers: { 'x-forwarded-for': `10.0.0.${tried % 250}` } });
    for (; tried < throttleRules.address.failures; tried++) expect((await guess()).status).toBe(401);
    expect((await guess()).status).toBe(429);
    await end(direct);
  });
});

describe('a start that cannot be', () => {
  test('names every wrong setting at once, and stops', async () => {
    const wrong = { PORT: 'abc', PUBLIC_URL: 'ftp://x.example', SMTP_URL: 'http://mail', TRUST_PROXY: 'kanske', MAIL_FROM: 'x' };
    const { code, output } = await start(wrong);
    expect(code).toBe(1);
    for (const name of Object.keys(wrong)) expect(output).toMatch(new RegExp(`^${name}: ska vara .+`, 'm'));
    expect(output).not.toMatch(/\n\s+at /);
  });

  test.each([
    [{ PORT: '70000' }, /^PORT: /m],
    [{ PORT: '12.5' }, /^PORT: /m],
    [{ SMTP_URL: 'smtp://mail.example' }, /^MAIL_FROM: behövs/m],
    [{ PUBLIC_URL: 'https://kommun.example/sekretess' }, /^PUBLIC_URL: .*utan sökväg/m],
    [{ PUBLIC_URL: 'kommun.example' }, /^PUBLIC_URL: /m],
  ] as const)('%j is refused with what to write instead', async (env, says) => {
    const { code, output } = await start(env);
    expect(code).toBe(1);
    expect(output).toMatch(says);
  });

  test('a setting that is wrong is found before anything is written', async () => {
    const dataDir = await makeDataDir();
    expect((await start({ PORT: 'abc', DATA_DIR: dataDir })).code).toBe(1);
    expect(await readdir(dataDir)).toEqual([]);
    await removeDataDir(dataDir);
  });

  test('a second process on the same folder is refused and told who holds it; the first serves on', async () => {
    const app = await startApp();
    const { code, output } = await start({ DATA_DIR: app.dataDir });
    expect(code).toBe(1);
    expect(output).toContain(String(app.process.pid));
    expect(output).toContain(app.dataDir);
    expect(output).not.toMatch(/\n\s+at /);
    expect((await new Visitor(app.url).get('/halsa')).status).toBe(200);
    await end(app);
  });

  test('a port that is taken is said so, in one line', async () => {
    const app = await startApp();
    const { code, output } = await start({ PORT: new URL(app.url).port });
    expect(code).toBe(1);
    expect(output).toContain(new URL(app.url).port);
    expect(output).not.toMatch(/\n\s+at /);
    await end(app);
  });

  async function start(env: Readonly<Record<string, string>>): Promise<{ code: number | null; output: string }> {
    const dataDir = env['DATA_DIR'] ?? (await makeDataDir());
    const child = spawn(process.execPath, ['src/cli/start.ts'], {
      env: { ...process.env, DATA_DIR: dataDir, PORT: String(await freePort()), ...env }, stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    if (!env['DATA_DIR']) await removeDataDir(dataDir);
    return { code, output };
  }
});

describe('a data file that is damaged', () => {
  const damage: Readonly<Record<string, (text: string) => string>> = {
    'cut off': (text) => text.slice(0, text.length / 2),
    'empty': () => '',
    'not JSON': () => 'not JSON at all',
    'of a schema to come': (text) => text.replace('"schema":1', '"schema":999'),
    'of another person': (text) => text.replace(/"id":"\w+"/, '"id":"0000000000000000"'),
  };

  test.each(Object.entries(damage))('%s: the start names it, sets it aside and goes on with the rest', async (_name, harm) => {
    const first = await startApp();
    const admin = await makeAdministrator(first);
    const broken = await makeEmployee(first, admin, { name: 'Trasig Tora', email: 'trasig@lindala.example' });
    const { id } = JSON.parse((await broken.visitor.get('/min-sida/uppgifter.json')).text) as { id: string };
    await first.stop();
    const file = join(first.dataDir, 'people', `${id}.json`);
    const harmed = harm(await readFile(file, 'utf8'));
    await writeFile(file, harmed);

    const app = await startApp({ dataDir: first.dataDir, port: Number(new URL(first.url).port) });
    expect(app.output()).toContain(`people/${id}.json`);
    expect(app.output()).not.toContain('Trasig');
    const aside = (await readdir(join(app.dataDir, 'set-aside'))).filter((name) => name.includes(id));
    expect(aside).toHaveLength(1);
    expect(await readFile(join(app.dataDir, 'set-aside', aside[0] ?? ''), 'utf8')).toBe(harmed);
    expect((await admin.visitor.get('/admin')).status).toBe(200);
    expect((await broken.visitor.get('/min-sida')).location).toMatch(/^\/logga-in/);
    expect(JSON.parse((await new Visitor(app.url).get('/halsa')).text)).toMatchObject({ status: 'ok', setAside: 1 });
    await end(app);
  });
});
