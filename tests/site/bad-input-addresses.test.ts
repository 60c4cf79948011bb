import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import { tagsOf, withoutValues } from '../support/html.ts';
import { linkMailedTo } from '../support/mail.ts';
import {
  makeAdministrator,
  makeEmployee,
  makeGroup,
  makeParticipant,
  type Participant,
  type WithPassword,
} from '../support/people.ts';
import { type BareReply, formType, getBare, sendBare } from '../support/raw-request.ts';
import { type Reply, Visitor } from '../support/visitor.ts';

describe('absurd requests', () => {
  let app: RunningApp;
  let person: WithPassword;
  let participant: Participant;
  beforeAll(async () => {
    app = await startApp();
    const admin = await makeAdministrator(app);
    participant = await makeParticipant(app, await makeGroup(admin), 'Kodula Kod');
    person = await makeEmployee(app, admin, {
      name: 'Absalon Ab',
      email: 'absalon@lindala.example',
    });
  });
  afterAll(() => endApp(app));

  const targets = [
    '/%ff',
    '/%',
    '/%c0%af',
    '/%00',
    '/a%00b',
    '//',
    '///',
    '//evil.example',
    '//evil.example/kurser/sekretess',
    '///evil.example',
    '//evil.example//',
    '/kurser//sekretess',
    '/kurser/sekretess//',
    '/..%2f..%2fpackage.json',
    '/../../package.json',
    '/%2e%2e/%2e%2e/package.json',
    '/..\\..\\package.json',
    '/..%5c..%5cpackage.json',
    '/%252e%252e/',
    '/_astro/../../package.json',
    '/_astro/%2e%2e/%2e%2e/routes.json',
    '/_astro',
    '/_astro/',
    '/index.html',
    '/kurser/sekretess/index.html',
    '/index.html.br',
    '/server/entry.mjs',
    '/routes.json',
    '/.env',
    '/.git/config',
    '/data/people',
    '/people',
    '/favicon.ico',
    '/sla-upp.html',
    '/404.html',
    '/_image?href=%2Ffavicon.svg&w=1&h=1&f=png',
    '/_image',
    '/_image?href=http://evil.example/x.png',
    '/_server-islands/x',
    '/_server-islands/x?p=1',
    '/_actions/x',
    '/@vite/client',
    '/src/paths.ts',
    '/admin/',
    '/admin//',
    '/ADMIN',
    '/min-sida/',
    '/min-sida/uppgifter.json/',
    '/min-sida/uppgifter',
    '/prov/',
    '/prov/..',
    '/prov/%2e%2e/svar',
    '/prov/__proto__',
    '/prov/constructor',
    '/ova/__proto__',
    '/ova/constructor',
    '/ova/toString',
    '/intyg/',
    '/intyg/.pdf',
    '/intyg/.json',
    '/intyg/x.pdf',
    '/intyg/x.json',
    '/intyg/%E2%80%AE',
    '/grupp/',
    '/grupp/%20',
    '/grupp/__proto__',
    '/grupp/%F0%9F%92%A9',
    '/valkommen/',
    '/valkommen/x',
    '/valkommen/%2e%2e%2fx',
    '/nytt-losenord/..%2f..',
    '/enhet/grupper/..%2f..%2fx',
    '/enhet/grupper/__proto__',
    '/admin/personer?utan=enhet&efter=%00',
    '/admin/personer?utan=enhet&efter=..%2f..%2fx',
    '/admin/personer?enhet=..%2f..%2fx',
    '/admin/organisation?plats=__proto__',
    '/grupp?kod=%00',
    '/grupp?kod=%ff',
    '/intyg?kod=__proto__',
    '/intyg?kod=%3Cscript%3Ealert(1)%3C/script%3E',
    '/logga-in?till=%ff',
    '/?%ff',
    '/?a=%',
    '/#x',
    '/%23',
    '/%3F',
    `/${'a'.repeat(8_000)}`,
    `/${'a/'.repeat(4_000)}`,
    `/${'../'.repeat(2_000)}`,
    `/grupp/${'A'.repeat(8_000)}`,
    `/intyg/${'A'.repeat(8_000)}`,
    `/prov/${'A'.repeat(8_000)}`,
    `/?${'a=b&'.repeat(3_000)}`,
    `/ova/${'%2e%2e%2f'.repeat(500)}`,
    'http://evil.example/',
    'http://evil.example/admin',
    'https://evil.example/min-sida',
    '*',
    '?',
    'x',
    '/kurser/sekretess;x=1',
    '/kurser/sekretess?x=<script>',
    '/en/en',
    '/latt/en/kurser/sekretess',
    '/en/min-sida',
    '/en/admin',
    '/latt/',
    '/latt//',
    '/%6Catt',
    '/kurser%2Fsekretess',
    '/kurser/sekretess%2Ftystnadsplikt',
    '/logga-in%0d%0aSet-Cookie:x=1',
    '/logga-in?till=%0d%0aSet-Cookie:x=1',
    '/min-sida%0d%0aX:y',
  ];

  test.each(targets)('GET %.60s is answered, and leads to no other site', async (target) => {
    for (const headers of [
      [],
      [`Cookie: ${person.visitor.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')}`],
    ]) {
      const reply = await getBare(app.url, target, headers);
      expect({ status: reply.status, known: [200, 303, 400, 401, 404, 405, 414, 431].includes(reply.status) }).toEqual({
        status: reply.status,
        known: true,
      });
      expectOwnLocation(reply);
      // A device that is signed in gets its mark (decision 0022), and a sign-in page sees whether cookies are taken (the language);
      // nothing that was asked for is set.
      expect(reply.headers['set-cookie'] ?? 'device=').toMatch(
        /^(device=[\w.-]*($|; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$)|sprak=sv; Path=\/; HttpOnly; SameSite=Lax$)/,
      );
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
    const headers = [
      `Origin: ${app.url}`,
      formType,
      `Content-Length: ${body.length}`,
      'X-Forwarded-Host: evil.example',
    ];
    const reply = await sendBare(app.url, ['POST /glomt-losenord HTTP/1.1', 'Host: evil.example', ...headers], body);
    expect(reply.status).toBe(200);
    expect(await linkMailedTo(app.dataDir, person.email, '/nytt-losenord/')).toMatch(
      new RegExp(`^${app.url}/nytt-losenord/`),
    );
  });

  const elsewhere = [
    'https://evil.example',
    'http://evil.example/',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    ' //evil.example',
    '\u0000//evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    '/%09/evil.example',
    '/..//evil.example',
    '/.//evil.example',
    '/./\\evil.example',
    '/%2f%2fevil.example',
    '/%5cevil.example',
    '/;@evil.example',
    '@evil.example',
    'evil.example',
    '/min-sida\r\nSet-Cookie: x=1',
    '/å',
    '/　/evil.example',
    `/${'x'.repeat(9_000)}`,
    '',
  ];
  test.each(elsewhere)('coming back to %j after signing in leads to no other site', async (till) => {
    const visitor = new Visitor(app.url);
    const { email, password } = person;
    expectOwnPlace(await visitor.post('/logga-in', { email, password, till }));
    // Signed in already: one is led on at once.
    expectOwnPlace(await visitor.get(`/logga-in?till=${encodeURIComponent(till)}`));
    expectOwnPlace(await new Visitor(app.url).post('/kom-tillbaka', { code: participant.code, till }));
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
