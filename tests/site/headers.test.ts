import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import { makeAdministrator, makeEmployee, passExam, readLessons, type WithPassword } from '../support/people.ts';
import { type BareReply, formType, getBare, postBare, sendBare } from '../support/raw-request.ts';
import { builtAddresses, builtFiles } from '../support/routes.ts';
import { Visitor } from '../support/visitor.ts';

/** What every reply carries, whoever made it: our server, the built files, Astro, or a refusal before any of them. */
const always: Readonly<Record<string, string | RegExp>> = {
  'content-security-policy': /^default-src 'none'; script-src 'self'; style-src 'self'; /,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': /camera=\(\)/,
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

describe('every kind of reply', () => {
  let app: RunningApp;
  let person: WithPassword;
  let certificate: string;
  let cookie: string;
  beforeAll(async () => {
    app = await startApp();
    const admin = await makeAdministrator(app);
    person = await makeEmployee(app, admin, { name: 'Hedda Huvud', email: 'hedda@lindala.example' });
    await readLessons(person);
    certificate = await passExam(person);
    cookie = `Cookie: ${person.visitor.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')}`;
  });
  afterAll(() => endApp(app));

  const script = `/${builtFiles().find(({ path }) => path.endsWith('.js'))?.path}`;
  const own = () => `Origin: ${app.url}`;

  /** Built files and what is said of them: for everybody, and to be found. */
  const publicReplies: Readonly<Record<string, readonly [status: number, ask: () => Promise<BareReply>]>> = {
    'a page that is built ahead': [200, () => getBare(app.url, '/kurser/sekretess')],
    'the same with a slash at its end': [200, () => getBare(app.url, '/kurser/sekretess/')],
    'the same in Brotli': [200, () => getBare(app.url, '/', ['Accept-Encoding: br'])],
    'the same in gzip': [200, () => getBare(app.url, '/', ['Accept-Encoding: gzip'])],
    'the same, its head only': [200, () => sendBare(app.url, ['HEAD / HTTP/1.1', 'Host: x'])],
    'a page that has not changed': [
      304,
      async () => getBare(app.url, '/', [`If-None-Match: ${(await getBare(app.url, '/')).headers['etag']}`]),
    ],
    'a built page, asked to change': [405, () => postBare(app.url, '/', [own(), formType, 'Content-Length: 0'])],
    'the script': [200, () => getBare(app.url, script)],
    'the picture of the tab': [200, () => getBare(app.url, '/favicon.svg')],
  };

  /** Everything else, where a person may show: kept nowhere, and not to be found. */
  const personalReplies: Readonly<Record<string, readonly [status: number, ask: () => Promise<BareReply>]>> = {
    'a form': [200, () => getBare(app.url, '/logga-in')],
    'a page of a person': [200, () => getBare(app.url, '/min-sida', [cookie])],
    'its head only': [200, () => sendBare(app.url, ['HEAD /min-sida HTTP/1.1', 'Host: x', cookie])],
    'a redirect to signing in': [303, () => getBare(app.url, '/min-sida')],
    'a redirect after a form': [303, () => postBare(app.url, '/lektion-klar', [own(), formType, 'Content-Length: 0'])],
    'a form with an error': [
      422,
      () => postBare(app.url, '/ova/blommor-till-kennet', [own(), formType, 'Content-Length: 3'], 'a=b'),
    ],
    'a page that is not there': [404, () => getBare(app.url, '/finns-inte')],
    'something sent to a page that is not there': [
      404,
      () => postBare(app.url, '/finns-inte', [own(), formType, 'Content-Length: 3'], 'a=b'),
    ],
    'a file that is not there': [404, () => getBare(app.url, '/_astro/finns-inte.js')],
    'administration, for who may not': [404, () => getBare(app.url, '/admin', [cookie])],
    'a method that is not for this page': [
      405,
      () => sendBare(app.url, ['DELETE /min-sida HTTP/1.1', 'Host: x', own(), 'Content-Length: 0']),
    ],
    health: [200, () => getBare(app.url, '/halsa')],
    'a record in JSON': [200, () => getBare(app.url, '/min-sida/uppgifter.json', [cookie])],
    'a refusal in JSON': [401, () => getBare(app.url, '/min-sida/uppgifter.json')],
    'a certificate': [200, () => getBare(app.url, `/intyg/${certificate}`)],
    'a certificate as PDF': [200, () => getBare(app.url, `/intyg/${certificate}.pdf`)],
    'a certificate in JSON': [200, () => getBare(app.url, `/intyg/${certificate}.json`)],
    'a certificate that is not there, as PDF': [404, () => getBare(app.url, '/intyg/00000000000000000000.pdf')],
    'the page of an error': [500, () => getBare(app.url, '/500')],
    'an address that cannot be read': [400, () => getBare(app.url, '/%ff')],
    'another origin': [
      403,
      () => postBare(app.url, '/logga-in', ['Origin: https://evil.example', formType, 'Content-Length: 0']),
    ],
    'no length': [411, () => postBare(app.url, '/logga-in', [own(), formType])],
    'too long': [413, () => postBare(app.url, '/logga-in', [own(), formType, 'Content-Length: 70000'])],
    'not a form': [
      415,
      () => postBare(app.url, '/logga-in', [own(), 'Content-Type: text/xml', 'Content-Length: 4'], '<a/>'),
    ],
  };

  describe.each([
    ['public', publicReplies],
    ['personal', personalReplies],
  ] as const)('%s', (kind, replies) => {
    test.each(Object.entries(replies))('%s', async (_name, [status, ask]) => {
      const reply = await ask();
      expect(reply.status).toBe(status);
      for (const [name, value] of Object.entries(always))
        expect({ name, value: reply.headers[name] ?? '' }).toEqual({ name, value: expect.stringMatching(value) });
      expect(reply.headers['strict-transport-security']).toBeUndefined();
      expect(reply.headers['x-powered-by']).toBeUndefined();
      expect(reply.headers['server']).toBeUndefined();
      if (kind === 'personal') {
        expect(reply.headers['cache-control']).toBe('no-store');
        expect(reply.headers['x-robots-tag']).toBe('noindex');
      } else {
        expect(reply.headers['cache-control']).toMatch(/^public, max-age=/);
        expect(reply.headers['x-robots-tag']).toBeUndefined();
        expect(reply.headers['set-cookie']).toBeUndefined();
      }
    });
  });

  test('the policy lets nothing in that was not asked for, and nobody frame the site', async () => {
    const policy = (await getBare(app.url, '/')).headers['content-security-policy'] ?? '';
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    for (const directive of ["base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"])
      expect(policy.split('; ')).toContain(directive);
  });

  test('a page keeps to the policy: no inline scripts, handlers or styles', async () => {
    const addresses = [
      ...builtAddresses(),
      '/logga-in',
      '/min-sida',
      '/ova/blommor-till-kennet',
      `/intyg/${certificate}`,
      '/finns-inte',
      '/500',
    ];
    for (const address of addresses) {
      const { text } = await person.visitor.get(address);
      const tags = text.match(/<[a-z][^>]*>/gi) ?? [];
      const against = tags.filter(
        (tag) =>
          /^<style|\sstyle=|\son[a-z]+=|javascript:/i.test(tag) ||
          (/^<script/.test(tag) && !/ src="\/_astro\/|type="application\/json"/.test(tag)),
      );
      expect({ address, against }).toEqual({ address, against: [] });
    }
  });

  test('what is prerendered is the same signed in and signed out', async () => {
    const [signedIn, signedOut] = await Promise.all(
      [person.visitor, new Visitor(app.url)].map((visitor) => visitor.get('/kurser/sekretess')),
    );
    expect(signedIn?.text).toBe(signedOut?.text);
  });

  test('what cannot be read as HTTP is refused by Node itself, and says nothing', async () => {
    const refusals = await Promise.all([
      sendBare(app.url, ['NOT HTTP']),
      sendBare(app.url, ['GET / HTTP/1.1', `X-Long: ${'x'.repeat(20_000)}`]),
      sendBare(app.url, ['POST /logga-in HTTP/1.1', 'Host: x', 'Content-Length: 1', 'Content-Length: 2', own()], 'ab'),
    ]);
    expect(refusals.map(({ status, body }) => ({ status, body }))).toEqual([
      { status: 400, body: '' },
      { status: 431, body: '' },
      { status: 400, body: '' },
    ]);
  });

  test('a session’s cookie is out of reach of scripts and other sites', async () => {
    const visitor = new Visitor(app.url);
    const reply = await visitor.post('/logga-in', { email: person.email, password: person.password });
    expect(reply.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=1209600$/),
    ]);
  });
});

describe('behind a proxy that speaks HTTPS', () => {
  const publicUrl = 'https://sekretess.lindala.example';
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp({ env: { PUBLIC_URL: publicUrl, TRUST_PROXY: '1' } });
  });
  afterAll(() => endApp(app));

  test('every reply asks for HTTPS for a year', async () => {
    for (const path of ['/', '/logga-in', '/finns-inte', '/%ff', '/min-sida']) {
      expect((await getBare(app.url, path)).headers['strict-transport-security']).toBe('max-age=31536000');
    }
  });

  test('links lead to the public address, and the cookie is of that host and HTTPS only', async () => {
    expect(app.firstLink).toMatch(/^https:\/\/sekretess\.lindala\.example\/valkommen\/[\w-]{43}$/);
    const path = new URL(app.firstLink ?? '').pathname;
    const body = new URLSearchParams({
      name: 'Maria Ek',
      email: 'maria@lindala.example',
      password: 'gurka hatt cykel',
    });
    const wrongOrigin = await new Visitor(app.url).request('POST', path, { body });
    expect(wrongOrigin.status).toBe(403);
    const reply = await new Visitor(app.url).request('POST', path, { body, headers: { origin: publicUrl } });
    expect(reply.status).toBe(303);
    expect(reply.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$/),
    ]);
  });
});
