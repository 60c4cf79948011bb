import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, startApp, waitFor } from '../support/app.ts';
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
    'the same, its head only': [200, () => sendBare(app.url, ['HEAD / HTTP/1.1', `Host: ${new URL(app.url).host}`])],
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
    'its head only': [
      200,
      () => sendBare(app.url, ['HEAD /min-sida HTTP/1.1', `Host: ${new URL(app.url).host}`, cookie]),
    ],
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
      () =>
        sendBare(app.url, ['DELETE /min-sida HTTP/1.1', `Host: ${new URL(app.url).host}`, own(), 'Content-Length: 0']),
    ],
    health: [200, () => getBare(app.url, '/halsa')],
    'a record in JSON': [200, () => getBare(app.url, '/min-sida/uppgifter.json', [cookie])],
    'a refusal in JSON': [401, () => getBare(app.url, '/min-sida/uppgifter.json')],
    'a certificate': [200, () => getBare(app.url, `/intyg/${certificate}`)],
    'a certificate as PDF': [200, () => getBare(app.url, `/intyg/${certificate}.pdf`)],
    'a certificate in JSON': [200, () => getBare(app.url, `/intyg/${certificate}.json`)],
    'a certificate that is not there, as PDF': [404, () => getBare(app.url, '/intyg/00000000000000000000.pdf')],
    'the page of an error, asked for by its address': [404, () => getBare(app.url, '/500')],
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
      expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
      expect(reply.headers['server']).toBeUndefined();
      // security F16: whatever is text says in which letters.
      const type = reply.headers['content-type'] ?? '';
      if (/^text\/|xml/.test(type)) expect(type).toMatch(/; ?charset=utf-8$/i);
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
    for (const directive of ["object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"])
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
    // security F16: with our headers too.
    for (const { headers } of refusals) {
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        'content-security-policy': expect.stringMatching(always['content-security-policy'] as RegExp),
      });
    }
  });

  const odd = ['a@b', 'a b', '', '<b>', 'å.example', 'a:b', 'a/b', '%41'];
  test.each(odd)('security F16: Host “%s” is refused, and leaves nothing in the log', async (host) => {
    const before = app.output();
    for (const [method, path] of [
      ['GET', '/'],
      ['GET', '/min-sida'],
      ['GET', '/halsa'],
      ['POST', '/logga-in'],
    ] as const) {
      const reply = await sendBare(app.url, [
        `${method} ${path} HTTP/1.1`,
        `Host: ${host}`,
        own(),
        formType,
        'Content-Length: 0',
      ]);
      expect({ path, status: reply.status }).toEqual({ path, status: 400 });
      expect(reply.headers['x-frame-options']).toBe('DENY');
    }
    expect(app.output()).toBe(before);
  });

  test('security F16: no Host and two of them are refused', async () => {
    const host = `Host: ${new URL(app.url).host}`;
    expect((await sendBare(app.url, ['GET / HTTP/1.1'])).status).toBe(400);
    expect((await sendBare(app.url, ['GET / HTTP/1.1', host, host])).status).toBe(400);
    expect((await sendBare(app.url, ['GET / HTTP/1.1', host, 'Host: evil.example'])).status).toBe(400);
    expect((await sendBare(app.url, ['GET /halsa HTTP/1.0'])).status).toBe(200);
  });

  describe('another name for the same server', () => {
    const other = () => `localhost:${new URL(app.url).port}`;
    const ask = (line: string, headers: readonly string[] = [], body = '') =>
      sendBare(app.url, [`${line} HTTP/1.1`, `Host: ${other()}`, ...headers], body);

    test('bugs F13: what is read is to be had at the right address', async () => {
      for (const path of ['/', '/kurser/sekretess', '/grupp?kod=abcd', '/min-sida', '/finns-inte', '/intyg/0.pdf']) {
        for (const method of ['GET', 'HEAD']) {
          const { status, headers, body } = await ask(`${method} ${path}`);
          expect({ path, status, location: headers['location'], body }).toEqual({
            path,
            status: 302,
            location: app.url + path,
            body: '',
          });
          expect(headers['cache-control']).toBe('no-store');
        }
      }
    });

    test('bugs F13: a form gets a page that says so in words, and a link to the page that it was on', async () => {
      const origin = `http://${other()}`;
      const form = [`Origin: ${origin}`, `Referer: ${origin}/grupp/ABCD2345?x=1`, formType, 'Content-Length: 8'];
      const { status, body, headers } = await ask('POST /grupp/ABCD2345', form, 'name=Bo+');
      expect(status).toBe(403);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(body).toContain('Fel adress till sidan');
      expect(body).toContain(`href="${app.url}/grupp/ABCD2345"`);
      const withoutReferer = await ask('POST /logga-in', [`Origin: ${origin}`, formType, 'Content-Length: 0']);
      expect(withoutReferer.body).toContain(`href="${app.url}/"`);
      const withoutOrigin = await ask('POST /logga-in', ['Sec-Fetch-Site: same-origin', formType, 'Content-Length: 0']);
      expect(withoutOrigin.status).toBe(403);
    });

    test('a form of another site is refused as ever', async () => {
      const reply = await ask('POST /logga-in', ['Origin: https://evil.example', formType, 'Content-Length: 0']);
      expect({ status: reply.status, type: reply.headers['content-type'] }).toEqual({
        status: 403,
        type: 'text/plain; charset=utf-8',
      });
    });

    test('is no hindrance to a health check, nor to the files of the page that says so', async () => {
      expect((await ask('GET /halsa')).status).toBe(200);
      expect((await ask(`GET ${script}`)).status).toBe(200);
    });
  });

  test('security F16: half-sent bodies are bounded for each network, and hold up nobody else', async () => {
    const { port } = new URL(app.url);
    const head = [
      'POST /logga-in HTTP/1.1',
      `Host: 127.0.0.1:${port}`,
      own(),
      formType,
      'Content-Length: 900',
      '',
      'email=',
    ];
    const replies: string[] = [];
    const sockets = await Promise.all(
      Array.from({ length: 140 }, async () => {
        const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined);
        socket.setEncoding('utf8').on('data', (chunk: string) => void replies.push(chunk));
        await once(socket, 'connect');
        socket.write(head.join('\r\n'));
        return socket;
      }),
    );
    await waitFor(() => replies.length >= 30);
    expect(replies.filter((reply) => reply.startsWith('HTTP/1.1 503 ')).length).toBeGreaterThanOrEqual(30);
    expect(replies.filter((reply) => reply.startsWith('HTTP/1.1 503 ')).length).toBeLessThanOrEqual(40);
    expect(replies[0]?.toLowerCase()).toContain('retry-after: 5');
    expect((await getBare(app.url, '/logga-in')).status).toBe(200);
    expect((await person.visitor.post('/sprak', { language: 'sv', return: '/' })).status).toBe(303);
    for (const socket of sockets) socket.destroy();
  });

  test('the language’s cookie is out of reach of scripts', async () => {
    const reply = await new Visitor(app.url).post('/sprak', { language: 'en', return: '/logga-in' });
    expect(reply.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^sprak=en; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
  });

  test('a session’s cookie is out of reach of scripts and other sites', async () => {
    const visitor = new Visitor(app.url);
    const reply = await visitor.post('/logga-in', { email: person.email, password: person.password });
    expect(reply.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=1209600$/),
      // What tells pages built ahead that somebody is signed in (decision 0025): a script reads it, and it opens nothing.
      'inloggad=1; Path=/; SameSite=Lax; Max-Age=1209600',
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
      expect((await getBare(app.url, path)).headers['strict-transport-security']).toBe(
        'max-age=31536000; includeSubDomains',
      );
    }
  });

  test('security F16: every cookie is tied to this host and to HTTPS, and a language chosen before still holds', async () => {
    const headers = { origin: publicUrl };
    const body = new URLSearchParams({ language: 'en', return: '/logga-in' });
    const visitor = new Visitor(app.url);
    const reply = await visitor.request('POST', '/sprak', { body, headers });
    expect(reply.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-sprak=en; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    ]);
    expect((await visitor.get('/logga-in')).text).toContain('lang="en"');
    expect((await new Visitor(app.url).get('/logga-in', { cookie: 'sprak=en' })).text).toContain('lang="en"');
    const both = 'sprak=en; __Host-sprak=sv';
    expect((await new Visitor(app.url).get('/logga-in', { cookie: both })).text).toContain('lang="sv"');
  });

  test('another name that the proxy passes on leads to the public address', async () => {
    const asked = await getBare(app.url, '/kurser/sekretess', ['X-Forwarded-Host: www.lindala.example']);
    expect([asked.status, asked.headers['location']]).toEqual([302, `${publicUrl}/kurser/sekretess`]);
    expect((await getBare(app.url, '/', ['X-Forwarded-Host: sekretess.lindala.example'])).status).toBe(200);
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
      expect.stringMatching(/^__Host-inloggad=1; Path=\/; SameSite=Lax; Max-Age=\d+; Secure$/),
    ]);
  });
});

describe('HSTS as the owner sets it', () => {
  test.each([
    ['max-age=63072000; includeSubDomains; preload', 'max-age=63072000; includeSubDomains; preload'],
    ['max-age=31536000', 'max-age=31536000'],
    ['off', undefined],
  ])('%s', async (HSTS, sent) => {
    const app = await startApp({ env: { PUBLIC_URL: 'https://sekretess.lindala.example', TRUST_PROXY: '1', HSTS } });
    try {
      for (const path of ['/', '/logga-in', '/%ff']) {
        expect((await getBare(app.url, path)).headers['strict-transport-security']).toBe(sent);
      }
    } finally {
      await endApp(app);
    }
  });
});
