import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import { makeAdministrator, makeEmployee, type WithPassword } from '../support/people.ts';
import { formType, sendBare } from '../support/raw-request.ts';

describe('a change that comes from somewhere else', () => {
  let app: RunningApp;
  let person: WithPassword;
  let cookie: string;
  beforeAll(async () => {
    app = await startApp();
    person = await makeEmployee(app, await makeAdministrator(app), {
      name: 'Olle Origin',
      email: 'olle@lindala.example',
    });
    cookie = `Cookie: ${person.visitor.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')}`;
  });
  afterAll(() => endApp(app));

  const body = 'language=en&return=%2F';
  const change = (method: string, headers: readonly string[]) =>
    sendBare(
      app.url,
      [
        `${method} /sprak HTTP/1.1`,
        `Host: ${new URL(app.url).host}`,
        cookie,
        formType,
        `Content-Length: ${body.length}`,
        ...headers,
      ],
      body,
    );
  const language = async () =>
    (JSON.parse((await person.visitor.get('/min-sida/uppgifter.json')).text) as { language: string }).language;

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
    test.each(Object.entries(foreign))(
      `${method} from %s is refused, and nothing is stored`,
      async (_name, headers) => {
        const reply = await change(method, headers());
        expect(reply.status).toBe(403);
        expect(reply.body).toContain('annan webbplats');
        expect(reply.headers['access-control-allow-origin']).toBeUndefined();
        expect(await language()).toBe('sv');
      },
    );
  }

  test('from our own pages it is done, also where the browser hides the origin', async () => {
    expect((await change('POST', ['Origin: null', 'Sec-Fetch-Site: same-origin'])).status).toBe(303);
    expect(await language()).toBe('en');
    expect((await person.visitor.post('/sprak', { language: 'sv', return: '/' })).status).toBe(303);
    expect(await language()).toBe('sv');
  });

  test('looking changes nothing', async () => {
    const before = (await person.visitor.get('/min-sida/uppgifter.json')).text;
    for (const path of [
      '/prov',
      '/logga-ut',
      '/sprak?language=en',
      '/lektion-klar?lesson=tystnadsplikt',
      '/min-sida',
      '/kurser/sekretess/tystnadsplikt',
    ]) {
      for (const method of ['GET', 'HEAD'])
        expect((await person.visitor.request(method, path)).status).toBeLessThan(406);
    }
    expect((await person.visitor.get('/min-sida/uppgifter.json')).text).toBe(before);
  });
});
