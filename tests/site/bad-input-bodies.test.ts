import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import { linkMailedTo } from '../support/mail.ts';
import { printPaper } from '../support/paper.ts';
import {
  goodPassword,
  invite,
  makeAdministrator,
  makeEmployee,
  makeGroup,
  readLessons,
  type StartedExam,
  startExam,
  type WithPassword,
} from '../support/people.ts';
import { formType, jsonType, postBare } from '../support/raw-request.ts';
import { builtRoutes } from '../support/routes.ts';
import { Visitor } from '../support/visitor.ts';

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
    await printPaper(admin, group, 1);
    // The administrator's cookie opens every form; the exam is the person's own.
    cookie = `Cookie: ${admin.visitor.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')}`;
    const invitation = await invite(app, admin, { name: 'Orörd Olsson', email: 'orord@lindala.example' });
    await new Visitor(app.url).post('/glomt-losenord', { email: person.email });
    paths = {
      '/404': '/finns-inte',
      '/500': '/500',
      '/ova/[scenario]': '/ova/blommor-till-kennet',
      '/lektion-klar': '/lektion-klar',
      '/sprak': '/sprak',
      '/logga-in': '/logga-in',
      '/logga-ut': '/logga-ut',
      '/kom-tillbaka': '/kom-tillbaka',
      '/glomt-losenord': '/glomt-losenord',
      '/nytt-losenord/[token]': new URL(await linkMailedTo(app.dataDir, person.email, '/nytt-losenord/')).pathname,
      '/valkommen/[token]': new URL(invitation).pathname,
      '/grupp/[code]': `/grupp/${group.code}`,
      '/prov': '/prov',
      '/prov/[attempt]': `/prov/${exam.attempt}`,
      '/prov/[attempt]/svar': `/prov/${exam.attempt}/svar`,
      '/min-sida/koden': '/min-sida/koden',
      '/min-sida/namn': '/min-sida/namn',
      '/min-sida/sakerhet': '/min-sida/sakerhet',
      '/min-sida/sakerhet/inloggningar': '/min-sida/sakerhet/inloggningar',
      '/min-sida/sakerhet/losenord': '/min-sida/sakerhet/losenord',
      '/bekrafta': '/bekrafta',
      '/admin': '/admin',
      '/enhet/grupper/[id]': `/enhet/grupper/${group.id}`,
      '/enhet/grupper/[id]/papper': `/enhet/grupper/${group.id}/papper`,
      '/enhet/grupper/[id]/papper/[sheet]': `/enhet/grupper/${group.id}/papper/1`,
      '/enhet/[unit]/grupper': '/enhet/ZZZZZZZZZZZZZZZZ/grupper',
      '/enhet/[unit]/stallforetradare': '/enhet/ZZZZZZZZZZZZZZZZ/stallforetradare',
      '/enhet/[unit]/bjud-in': '/enhet/ZZZZZZZZZZZZZZZZ/bjud-in',
      '/admin/paminnelser/[kind]': '/admin/paminnelser/invitation',
    };
  });
  afterAll(() => endApp(app));

  /** Routes that take something in; a test below holds the list against the running site. */
  const taking = [
    '/404',
    '/500',
    '/ova/[scenario]',
    '/lektion-klar',
    '/sprak',
    '/logga-in',
    '/logga-ut',
    '/kom-tillbaka',
    '/glomt-losenord',
    '/nytt-losenord/[token]',
    '/valkommen/[token]',
    '/grupp/[code]',
    '/prov',
    '/prov/[attempt]',
    '/prov/[attempt]/svar',
    '/min-sida/koden',
    '/min-sida/namn',
    '/min-sida/sakerhet',
    '/min-sida/sakerhet/inloggningar',
    '/min-sida/sakerhet/losenord',
    '/bekrafta',
    '/admin',
    '/admin/organisation',
    '/admin/personer',
    '/admin/personer/[id]',
    '/admin/roller',
    '/admin/inforande',
    '/admin/inbjudningar',
    '/admin/paminnelser',
    '/admin/paminnelser/[kind]',
    '/admin/gallring',
    '/enhet/[unit]',
    '/enhet/[unit]/personer/[person]',
    '/enhet/grupper/[id]',
    '/enhet/grupper/[id]/papper',
    '/enhet/grupper/[id]/papper/[sheet]',
    '/enhet/[unit]/grupper',
    '/enhet/[unit]/stallforetradare',
    '/enhet/[unit]/bjud-in',
    '/admin/import',
    '/admin/import/[id]',
  ];
  const cookieFor = (pattern: string) =>
    pattern.startsWith('/prov')
      ? `Cookie: ${person.visitor.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')}`
      : cookie;
  const post = (pattern: string, headers: readonly string[], body: string) =>
    postBare(app.url, paths[pattern] ?? pattern, [`Origin: ${app.url}`, cookieFor(pattern), ...headers], body);
  const everything = async () => {
    const folders = await Promise.all(
      ['people', 'groups'].map(async (folder) => {
        const names = (await readdir(join(app.dataDir, folder))).sort();
        return Promise.all(names.map((name) => readFile(join(app.dataDir, folder, name), 'utf8')));
      }),
    );
    return folders.flat().join('');
  };

  test('the list of routes that take something in is whole', async () => {
    const dynamic = builtRoutes.filter(({ isPrerendered }) => !isPrerendered).map(({ pattern }) => pattern);
    expect(taking.filter((pattern) => !dynamic.includes(pattern))).toEqual([]);
    for (const pattern of dynamic.filter((one) => !taking.includes(one))) {
      const path = pattern.replaceAll(/\[\w+\]/g, 'x');
      expect({
        pattern,
        status: (await postBare(app.url, path, [`Origin: ${app.url}`, cookie, formType, 'Content-Length: 0'])).status,
      }).toEqual({ pattern, status: 405 });
    }
  });

  for (const pattern of taking) {
    const refused: Readonly<
      Record<string, readonly [status: number | 'any 4xx', headers: readonly string[], body: string]>
    > = {
      'a body that is too large': [413, [formType, 'Content-Length: 65537'], `a=${'x'.repeat(65_535)}`],
      'a body that says it is too large': [413, [formType, 'Content-Length: 99999999999'], ''],
      'plain text': [415, ['Content-Type: text/plain', 'Content-Length: 5'], 'a=b&c'],
      'a file': [415, ['Content-Type: multipart/form-data; boundary=x', 'Content-Length: 8'], '--x--\r\n\r'],
      'a body of no type': [415, ['Content-Length: 3'], 'a=b'],
      'a body of no length': [411, [formType], ''],
      'a body in pieces': [411, [formType, 'Transfer-Encoding: chunked'], '3\r\na=b\r\n0\r\n\r\n'],
    };
    // The one form that takes a file: tests/site/import.test.ts.
    const takesFile = pattern === '/admin/import';
    test.each(Object.entries(refused).filter(([what]) => !(takesFile && what === 'a file')))(
      `${pattern} refuses %s, and stores nothing`,
      async (_name, [status, headers, body]) => {
        const before = await everything();
        const reply = await post(pattern, headers, body);
        expect(reply.status).toBe(status);
        expect(reply.headers['content-type']).toBe('text/plain; charset=utf-8');
        expect(reply.body.length).toBeGreaterThan(10);
        expect(reply.body.length).toBeLessThan(200);
        expect(await everything()).toBe(before);
      },
    );
  }

  // Leaving and starting need nothing in the body, and the pages of errors read none.
  const reading = taking.filter(
    (pattern) => !['/logga-ut', '/prov', '/404', '/500', '/prov/[attempt]/svar'].includes(pattern),
  );
  for (const pattern of reading) {
    const wrong: Readonly<Record<string, readonly [headers: readonly string[], body: string]>> = {
      JSON: [[jsonType, 'Content-Length: 9'], '{"a":"b"}'],
      'nothing, of no type': [['Content-Length: 0'], ''],
      'a type that only begins like a form’s': [
        ['Content-Type: application/x-www-form-urlencoded-not', 'Content-Length: 3'],
        'a=b',
      ],
    };
    test.each(Object.entries(wrong))(`${pattern} refuses %s, and stores nothing`, async (_name, [headers, body]) => {
      const before = await everything();
      const reply = await post(pattern, headers, body);
      expect({ status: reply.status, isRefusal: reply.status >= 400 && reply.status < 500 }).toEqual({
        status: reply.status,
        isRefusal: true,
      });
      expect(await everything()).toBe(before);
    });
  }

  test.each([
    'a=%',
    'a=%ff%fe',
    '%00=%00',
    '&&&&',
    'a',
    '=',
    '__proto__=1&constructor=2&q.__proto__=3',
    `name=${'%F0%9F%92%A9'.repeat(4_000)}`,
    'action=%00',
    `action=${'save:'.repeat(9000)}`,
    'a=b&'.repeat(16_000),
  ])('no form fails on fields like %.40s', async (body) => {
    for (const pattern of taking.filter((one) => one !== '/500')) {
      const reply = await post(pattern, [formType, `Content-Length: ${Buffer.byteLength(body)}`], body);
      expect({ pattern, failed: reply.status >= 500 || reply.status === 0 }).toEqual({ pattern, failed: false });
      // Signing out would end the session that the other forms need.
      if (pattern === '/logga-ut') cookie = await signedInAgain();
    }
  });

  test('no form fails on Unicode that cannot be', async () => {
    for (const pattern of taking.filter((one) => !['/500', '/logga-ut'].includes(one))) {
      const reply = await postBare(
        app.url,
        paths[pattern] ?? '',
        [`Origin: ${app.url}`, cookieFor(pattern), formType, 'Content-Length: 12'],
        'name=\u0000\ud800abc',
      );
      expect({ pattern, failed: reply.status >= 500 }).toEqual({ pattern, failed: false });
    }
  });

  async function signedInAgain(): Promise<string> {
    const visitor = new Visitor(app.url);
    await visitor.post('/logga-in', { email: 'maria.ek@lindala.example', password: goodPassword });
    return `Cookie: ${visitor.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')}`;
  }
});
