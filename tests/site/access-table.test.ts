import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asksForRole, routeRules } from '#auth/route-rules.ts';
import type { Scenario } from '#domain/course/scenario.ts';
import { answerFields, rightAnswer } from '../support/answers.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import { heading } from '../support/html.ts';
import { linkMailedTo } from '../support/mail.ts';
import { printPaper } from '../support/paper.ts';
import {
  answerExam,
  course,
  failExam,
  invite,
  type MadeGroup,
  makeAdministrator,
  makeEmployee,
  makeGroup,
  passExam,
  readLessons,
  type StartedExam,
  startExam,
  type WithPassword,
} from '../support/people.ts';
import { builtRoutes } from '../support/routes.ts';
import { type Reply, Visitor } from '../support/visitor.ts';
import { t } from '../support/words.ts';

/**
 * Who gets what: every route of the built site and every method, as somebody signed out, as another learner, as the
 * person whom it is about, and as an administrator. The table is written out, so that a change of it is seen.
 */

/** In this order everywhere below. */
const actors = ['signedOut', 'another', 'person', 'administrator'] as const;
type Actor = (typeof actors)[number];

/**
 * A status; `→ path` is a redirect there; `→ sign-in` is one to signing in, and back; the sign-in page itself, where it
 * holds what was sent.
 */
type Expected = number | `→ ${string}` | 'sign-in page';
type Row = readonly [signedOut: Expected, another: Expected, person: Expected, administrator: Expected];

interface Access {
  /** An address of this route that is about the person. */
  readonly path: (scene: Scene) => string;
  readonly GET: Row;
  readonly POST: Row;
  /** A form that does as little as it can; JSON where a string. */
  readonly form?: (scene: Scene) => Readonly<Record<string, string>> | URLSearchParams | string;
  /** The address itself is what gives the right to see this name: a certificate's, an invitation's. */
  readonly names?: readonly Actor[];
}

interface Scene {
  readonly app: RunningApp;
  readonly administrator: WithPassword;
  readonly person: WithPassword;
  readonly personId: string;
  readonly another: WithPassword;
  readonly exam: StartedExam;
  readonly failed: string;
  readonly certificate: string;
  readonly group: MadeGroup;
  readonly committee: string;
  readonly unit: string;
  readonly invitation: string;
  readonly reset: string;
}

const everyone = (expected: Expected): Row => [expected, expected, expected, expected];
const noPost = everyone(405);
const noGet = everyone(405);
const signIn: Expected = '→ sign-in';
const fixed = (path: string) => () => path;
const prerendered = (path: string): Access => ({ path: fixed(path), GET: everyone(200), POST: noPost });

const table: Readonly<Record<string, Access>> = {
  '/[...prefix]': prerendered('/latt'),
  '/[...prefix]/kakor': prerendered('/kakor'),
  '/[...prefix]/kurser/sekretess': prerendered('/kurser/sekretess'),
  '/[...prefix]/kurser/sekretess/[lesson]': prerendered(`/en/kurser/sekretess/${course.lessons[0]}`),
  '/[...prefix]/kurser/sekretess/hafte/[track]': prerendered('/latt/kurser/sekretess/hafte/summer-worker'),
  '/[...prefix]/personuppgifter': prerendered('/personuppgifter'),
  '/[...prefix]/sla-upp': { path: fixed('/sla-upp?q=sekretess'), GET: everyone(200), POST: noPost },
  '/[...prefix]/sla-upp/far-jag': prerendered('/sla-upp/far-jag'),
  '/[...prefix]/tillganglighet': prerendered('/tillganglighet'),

  '/404': { path: fixed('/404'), GET: everyone(404), POST: everyone(404) },
  '/500': { path: fixed('/500'), GET: everyone(404), POST: everyone(404) },
  '/annan-adress': { path: fixed('/annan-adress'), GET: everyone(404), POST: noPost },
  '/halsa': { path: fixed('/halsa'), GET: everyone(200), POST: noPost },

  '/intyg': { path: fixed('/intyg'), GET: everyone(200), POST: noPost },
  '/intyg/[code]': {
    path: ({ certificate }) => `/intyg/${certificate}`,
    GET: everyone(200),
    POST: noPost,
    names: actors,
  },
  '/intyg/[code].pdf': {
    path: ({ certificate }) => `/intyg/${certificate}.pdf`,
    GET: everyone(200),
    POST: noPost,
    names: actors,
  },
  '/intyg/[code].json': {
    path: ({ certificate }) => `/intyg/${certificate}.json`,
    GET: everyone(200),
    POST: noPost,
    names: actors,
  },

  '/ova/[scenario]': { path: fixed(`/ova/${firstPractice()}`), GET: everyone(200), POST: everyone(422) },
  '/lektion-klar': {
    path: fixed('/lektion-klar'),
    GET: noGet,
    POST: everyone('→ /kurser/sekretess'),
    form: () => ({ lesson: 'ingen' }),
  },
  '/sprak': {
    path: fixed('/sprak'),
    GET: noGet,
    POST: everyone('→ /intyg'),
    form: () => ({ language: 'sv', return: '/intyg' }),
  },
  '/logga-in': {
    path: fixed('/logga-in'),
    GET: [200, '→ /min-sida', '→ /min-sida', '→ /min-sida'],
    POST: everyone(401),
    form: () => ({ email: 'ingen@lindala.example', password: 'fel' }),
  },
  '/logga-ut': { path: fixed('/logga-ut'), GET: everyone(200), POST: everyone('→ /logga-ut') },
  '/kom-tillbaka': {
    path: fixed('/kom-tillbaka'),
    GET: everyone(200),
    POST: everyone(401),
    form: () => ({ code: 'fel kod' }),
  },
  '/glomt-losenord': {
    path: fixed('/glomt-losenord'),
    GET: everyone(200),
    POST: everyone(200),
    form: () => ({ email: 'ingen@lindala.example' }),
  },
  '/nytt-losenord/[token]': {
    path: ({ reset }) => reset,
    GET: everyone(200),
    POST: everyone(422),
    form: () => ({ password: 'kort' }),
    names: actors,
  },
  '/valkommen/[token]': {
    path: ({ invitation }) => invitation,
    GET: everyone(200),
    POST: everyone(422),
    form: () => ({ password: 'kort' }),
    names: actors,
  },
  '/grupp': { path: fixed('/grupp'), GET: everyone(200), POST: noPost },
  '/grupp/[code]': { path: ({ group }) => `/grupp/${group.code}`, GET: everyone(200), POST: [422, 409, 409, 409] },

  // One sees who has looked at oneself.
  '/min-sida': {
    path: fixed('/min-sida'),
    GET: [signIn, 200, 200, 200],
    POST: noPost,
    names: ['another', 'person'],
  },
  '/min-sida/vem-har-tittat': {
    path: fixed('/min-sida/vem-har-tittat'),
    GET: [signIn, 200, 200, 200],
    POST: noPost,
    names: ['another', 'person'],
  },
  // The words that joining gave, on the device that joined: nobody here has just joined.
  '/min-sida/koden': {
    path: fixed('/min-sida/koden'),
    GET: [signIn, '→ /min-sida', '→ /min-sida', '→ /min-sida'],
    POST: [signIn, '→ /min-sida', '→ /min-sida', '→ /min-sida'],
  },
  // Whose name came from the employer does not change it.
  '/min-sida/namn': {
    path: fixed('/min-sida/namn'),
    GET: [signIn, 200, 200, 200],
    POST: [signIn, 409, 409, 409],
  },
  '/min-sida/om-mig': { path: fixed('/min-sida/om-mig'), GET: [signIn, 200, 200, 200], POST: noPost },
  '/min-sida/uppgifter.json': { path: fixed('/min-sida/uppgifter.json'), GET: [401, 200, 200, 200], POST: noPost },

  '/min-sida/sakerhet': {
    path: fixed('/min-sida/sakerhet'),
    GET: [signIn, 200, 200, 200],
    POST: [signIn, 422, 422, 422],
    form: () => ({ action: 'app', code: '000000' }),
  },
  '/min-sida/sakerhet/inloggningar': {
    path: fixed('/min-sida/sakerhet/inloggningar'),
    GET: [signIn, 200, 200, 200],
    POST: [
      signIn,
      '→ /min-sida/sakerhet/inloggningar',
      '→ /min-sida/sakerhet/inloggningar',
      '→ /min-sida/sakerhet/inloggningar',
    ],
  },
  '/min-sida/sakerhet/losenord': {
    path: fixed('/min-sida/sakerhet/losenord'),
    GET: [signIn, 200, 200, 200],
    POST: [signIn, 422, 422, 422],
    form: () => ({ present: 'fel', password: 'kort' }),
  },
  // Who has no second factor shows the password again.
  '/bekrafta': {
    path: fixed('/bekrafta'),
    GET: [signIn, 200, 200, 200],
    POST: [signIn, 422, 422, 422],
    form: () => ({ way: 'app', code: '000000' }),
  },

  // Who has not read the lessons may not start; who has an attempt goes on with it.
  '/prov': {
    path: fixed('/prov'),
    GET: [signIn, '→ /min-sida', '→ /min-sida', '→ /min-sida'],
    POST: [signIn, 409, '→ attempt', 409],
  },
  '/prov/[attempt]': {
    path: ({ exam }) => `/prov/${exam.attempt}`,
    GET: [signIn, 404, 200, 404],
    // An answer that is sent after the session has ended is held until one has signed in.
    POST: ['sign-in page', 404, '→ attempt', 404],
    form: ({ exam: { scenarios } }) => wholeForm(scenarios),
  },
  '/prov/[attempt]/svar': {
    path: ({ exam }) => `/prov/${exam.attempt}/svar`,
    GET: noGet,
    POST: [401, 404, 200, 404],
    form: ({
      exam: {
        scenarios: [scenario],
      },
    }) => JSON.stringify(scenario && { scenario: scenario.id, answer: rightAnswer(scenario) }),
  },
  '/prov/[attempt]/granska': {
    path: ({ exam }) => `/prov/${exam.attempt}/granska`,
    GET: [signIn, 404, 200, 404],
    POST: noPost,
  },
  '/prov/[attempt]/resultat': {
    path: ({ failed }) => `/prov/${failed}/resultat`,
    GET: [signIn, 404, 200, 404],
    POST: noPost,
  },

  // A manager's own places are in roles-table.test.ts; here is who has no place at all.
  '/enhet': { path: fixed('/enhet'), GET: [signIn, 404, 404, 200], POST: noPost },
  '/enhet/[unit]': {
    path: ({ unit }) => `/enhet/${unit}`,
    GET: [signIn, 404, 404, 200],
    POST: [signIn, 404, 404, 422],
  },
  '/enhet/[unit]/stallforetradare': {
    path: ({ unit }) => `/enhet/${unit}/stallforetradare`,
    GET: [signIn, 404, 404, 200],
    POST: [signIn, 404, 404, 422],
  },
  '/enhet/[unit]/bjud-in': {
    path: ({ unit }) => `/enhet/${unit}/bjud-in`,
    GET: [signIn, 404, 404, 200],
    POST: [signIn, 404, 404, 422],
    form: () => ({ action: 'invite', when: 'day', day: '2020-01-01' }),
  },
  '/enhet/[unit]/apt': { path: ({ unit }) => `/enhet/${unit}/apt`, GET: [signIn, 404, 404, 200], POST: noPost },
  '/enhet/[unit]/lista.csv': {
    path: ({ unit }) => `/enhet/${unit}/lista.csv`,
    GET: [signIn, 404, 404, 200],
    POST: noPost,
  },
  '/enhet/[unit]/lista.xlsx': {
    path: ({ unit }) => `/enhet/${unit}/lista.xlsx`,
    GET: [signIn, 404, 404, 200],
    POST: noPost,
  },
  // The person does not work in the unit.
  '/enhet/[unit]/personer/[person]': {
    path: ({ unit, personId }) => `/enhet/${unit}/personer/${personId}`,
    GET: [signIn, 404, 404, 404],
    POST: [signIn, 404, 404, 404],
  },
  '/enhet/omrade/[place]': {
    path: ({ committee }) => `/enhet/omrade/${committee}`,
    GET: [signIn, 404, 404, 200],
    POST: noPost,
  },

  '/admin': {
    path: fixed('/admin'),
    GET: [signIn, 404, 404, 200],
    POST: [signIn, 404, 404, 422],
    form: () => ({ action: 'invite' }),
    names: ['administrator'],
  },
  '/admin/logg': {
    path: fixed('/admin/logg'),
    GET: [signIn, 404, 404, 200],
    POST: noPost,
    names: ['administrator'],
  },
  '/admin/organisation': {
    path: fixed('/admin/organisation'),
    GET: [signIn, 404, 404, 200],
    POST: [signIn, 404, 404, 422],
    form: () => ({ action: 'add' }),
  },
  '/admin/personer': {
    path: fixed('/admin/personer?utan=enhet'),
    GET: [signIn, 404, 404, 200],
    // What was searched for stands sealed in the address.
    POST: [signIn, 404, 404, '→ /admin/personer?sok=…'],
    form: () => ({ q: 'a' }),
    names: ['administrator'],
  },
  '/admin/personer/[id]': {
    path: ({ personId }) => `/admin/personer/${personId}`,
    GET: [signIn, 404, 404, 200],
    POST: [signIn, 404, 404, 422],
    form: () => ({ action: 'add' }),
    names: ['administrator'],
  },
  '/admin/gallring': {
    path: fixed('/admin/gallring'),
    GET: [signIn, 404, 404, 200],
    POST: [signIn, 404, 404, 422],
    form: () => ({ action: 'run' }),
  },
  '/admin/roller': {
    path: fixed('/admin/roller'),
    GET: [signIn, 404, 404, 200],
    POST: [signIn, 404, 404, 422],
    form: () => ({ action: 'give' }),
  },
  '/admin/import': {
    path: fixed('/admin/import'),
    GET: [signIn, 404, 404, 200],
    POST: [signIn, 404, 404, 422],
  },
  '/admin/import/[id]': {
    path: fixed('/admin/import/0000000000000000'),
    GET: [signIn, 404, 404, 404],
    POST: [signIn, 404, 404, 404],
    form: () => ({ action: 'apply' }),
  },
  '/admin/export.csv': {
    path: fixed('/admin/export.csv'),
    GET: [signIn, 404, 404, 200],
    POST: noPost,
    names: ['administrator'],
  },
  '/admin/export.xlsx': {
    path: fixed('/admin/export.xlsx'),
    GET: [signIn, 404, 404, 200],
    POST: noPost,
  },
  '/admin/inforande': {
    path: fixed('/admin/inforande'),
    GET: [signIn, 404, 404, 200],
    POST: [signIn, 404, 404, 422],
  },
  '/admin/inbjudningar': {
    path: fixed('/admin/inbjudningar'),
    GET: [signIn, 404, 404, 200],
    POST: [signIn, 404, 404, 422],
    form: () => ({ action: 'invite', when: 'day', day: '2020-01-01' }),
  },
  '/admin/paminnelser': {
    path: fixed('/admin/paminnelser'),
    GET: [signIn, 404, 404, 200],
    POST: [signIn, 404, 404, 422],
    names: ['administrator'],
  },
  '/admin/paminnelser/[kind]': {
    path: fixed('/admin/paminnelser/overdue'),
    GET: [signIn, 404, 404, 200],
    POST: [signIn, 404, 404, '→ /admin/paminnelser/overdue?prov=ja'],
    names: ['administrator'],
  },
  '/enhet/grupper/[id]': {
    path: ({ group }) => `/enhet/grupper/${group.id}`,
    GET: [signIn, 404, 404, 200],
    POST: [signIn, 404, 404, 422],
    form: () => ({ action: 'new-code', person: 'ingen' }),
    names: ['administrator'],
  },
  '/enhet/grupper/[id]/papper': {
    path: ({ group }) => `/enhet/grupper/${group.id}/papper`,
    GET: [signIn, 404, 404, 200],
    POST: [signIn, 404, 404, 422],
    form: () => ({ count: '0' }),
    names: ['administrator'],
  },
  '/enhet/grupper/[id]/papper/utskrift': {
    path: ({ group }) => `/enhet/grupper/${group.id}/papper/utskrift`,
    GET: [signIn, 404, 404, 200],
    POST: noPost,
    names: ['administrator'],
  },
  '/enhet/grupper/[id]/papper/[sheet]': {
    path: ({ group }) => `/enhet/grupper/${group.id}/papper/1`,
    GET: [signIn, 404, 404, 200],
    POST: [signIn, 404, 404, 422],
    form: () => ({ action: 'hand-in' }),
    names: ['administrator'],
  },
  '/enhet/[unit]/grupper': {
    path: fixed('/enhet/ZZZZZZZZZZZZZZZZ/grupper'),
    GET: [signIn, 404, 404, 404],
    POST: [signIn, 404, 404, 404],
  },
};

describe('the table of access', () => {
  test('has every route that is built, and no other', () => {
    expect(Object.keys(table).sort()).toEqual(builtRoutes.map(({ pattern }) => pattern).sort());
  });

  test('and the rules that the server goes by have the routes that are not built ahead, and no other', () => {
    const dynamic = builtRoutes.filter(({ isPrerendered }) => !isPrerendered).map(({ pattern }) => pattern);
    expect(Object.keys(routeRules).sort()).toEqual(dynamic.sort());
  });

  test.each(Object.entries(routeRules))('agrees with the rule of %s', (pattern, rule) => {
    const { GET, POST } = table[pattern] ?? {};
    expect({
      GET: GET?.every((expected) => expected === 405),
      POST: POST?.every((expected) => expected === 405),
    }).toEqual({
      GET: !rule.methods.includes('GET'),
      POST: !rule.methods.includes('POST'),
    });
    const refused: readonly Expected[] = rule.json
      ? [401, 405]
      : [signIn, 405, ...(rule.held ? (['sign-in page'] as const) : [])];
    if (rule.audience !== 'everyone') for (const row of [GET, POST]) expect(refused).toContain(row?.[0]);
    if (rule.audience !== 'everyone' && rule.audience !== 'signed-in')
      for (const row of [GET, POST]) if (!row?.includes(405)) expect(row?.slice(1, 3)).toEqual([404, 404]);
  });
});

describe('the running site', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await makeScene();
  });
  afterAll(() => endApp(scene?.app));

  for (const [pattern, access] of Object.entries(table)) {
    describe(pattern, () => {
      for (const [place, actor] of actors.entries()) {
        for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH'] as const) {
          const row =
            method === 'HEAD' ? access.GET : method === 'GET' || method === 'POST' ? access[method] : everyone(405);
          const expected = row[place];

          test(`${method} as ${actor}: ${expected}`, async () => {
            const reply = await send(scene, actor, method, access);
            expect(kindOf(reply, scene)).toBe(expected);
            if (method === 'HEAD') expect(reply.text).toBe('');
            for (const word of access.names?.includes(actor) ? [] : wordsOfOthers(scene, actor))
              expect(reply.text).not.toContain(word);
          });
        }
      }
    });
  }

  test('ASVS 3.5.3: reading changes nothing that is stored, whoever reads what', async () => {
    const before = await storedIn(scene.app.dataDir);
    for (const access of Object.values(table)) for (const actor of actors) await send(scene, actor, 'GET', access);
    expect(Object.keys(before).length).toBeGreaterThan(5);
    expect(await storedIn(scene.app.dataDir)).toEqual(before);
  });

  describe('an administrator with the password alone is led to where one confirms', () => {
    let weak: Visitor;
    beforeAll(async () => {
      weak = await signedInAnew(scene, 'administrator');
    });
    const rules = Object.entries(routeRules).filter(([, rule]) => asksForRole(rule) || rule.fresh);
    for (const [pattern, rule] of rules) {
      test.each(rule.methods)(`%s ${pattern}`, async (method) => {
        const path = table[pattern]?.path(scene) ?? '';
        const reply = await weak.request(
          method,
          path,
          method === 'POST' ? { body: new URLSearchParams({ a: 'b' }) } : {},
        );
        const back = rule.methods.includes('GET') ? path : '/min-sida';
        if (rule.json) expect(reply.status).toBe(401);
        else
          expect(reply.location).toBe(
            `/bekrafta?${new URLSearchParams({ till: back, ...(method === 'POST' && { sparat: 'nej' }) })}`,
          );
      });
    }
  });

  describe('what is somebody else’s is answered as what does not exist', () => {
    const nowhere = 'ZZZZZZZZZZZZZZZZ';
    const cases: readonly (readonly [
      method: 'GET' | 'POST',
      path: (id: string) => string,
      real: (scene: Scene) => string,
    ])[] = [
      ['GET', (id) => `/prov/${id}`, ({ exam }) => exam.attempt],
      ['POST', (id) => `/prov/${id}`, ({ exam }) => exam.attempt],
      ['POST', (id) => `/prov/${id}/svar`, ({ exam }) => exam.attempt],
      ['GET', (id) => `/prov/${id}/granska`, ({ exam }) => exam.attempt],
      ['GET', (id) => `/prov/${id}/resultat`, ({ failed }) => failed],
      ['GET', (id) => `/prov/${id}`, ({ failed }) => failed],
      ['POST', (id) => `/prov/${id}/svar`, ({ failed }) => failed],
      ['GET', (id) => `/enhet/grupper/${id}`, ({ group }) => group.id],
      ['POST', (id) => `/enhet/grupper/${id}`, ({ group }) => group.id],
      ['GET', (id) => `/enhet/grupper/${id}/papper/1`, ({ group }) => group.id],
      ['POST', (id) => `/enhet/grupper/${id}/papper/1`, ({ group }) => group.id],
    ];
    for (const [method, path, real] of cases) {
      for (const actor of ['signedOut', 'another'] as const) {
        test(`${method} ${path('…')} as ${actor}`, async () => {
          const ask = async (id: string) => {
            const body = path('').endsWith('/svar') ? jsonAnswer(scene) : new URLSearchParams({ action: 'hand-in' });
            const reply = await visitorOf(scene, actor).request(
              method,
              path(id),
              method === 'POST' ? { body, headers: typeOf(body) } : {},
            );
            return shapeOf(reply, id);
          };
          expect(await ask(real(scene))).toEqual(await ask(nowhere));
        });
      }
    }

    test('and an administrator does not see a learner’s exam either', async () => {
      const ask = async (id: string) => shapeOf(await scene.administrator.visitor.get(`/prov/${id}`), id);
      expect(await ask(scene.exam.attempt)).toEqual(await ask(nowhere));
    });
  });

  test('the person’s record is the person’s own, whole, and holds nothing that opens the account', async () => {
    const own = await scene.person.visitor.get('/min-sida/uppgifter.json');
    const others = await scene.another.visitor.get('/min-sida/uppgifter.json');
    expect(JSON.parse(own.text)).toMatchObject({
      name: scene.person.name,
      email: scene.person.email,
      passwordSet: true,
    });
    expect(JSON.parse(others.text)).toMatchObject({ name: scene.another.name, email: scene.another.email });
    expect(own.text).not.toMatch(/argon2|tokenHash|passwordHash|codeHash/);
  });

  test('saving to somebody else’s exam stores nothing', async () => {
    const before = (await scene.person.visitor.get('/min-sida/uppgifter.json')).text;
    for (const body of [jsonAnswer(scene), new URLSearchParams({ action: 'hand-in' })]) {
      const path = `/prov/${scene.exam.attempt}${typeof body === 'string' ? '/svar' : ''}`;
      const reply = await scene.another.visitor.request('POST', path, { body, headers: typeOf(body) });
      expect(reply.status).toBe(404);
    }
    expect((await scene.person.visitor.get('/min-sida/uppgifter.json')).text).toBe(before);
  });

  test('answers that were held are saved to nobody but who gave them', async () => {
    const records = () =>
      Promise.all([scene.person, scene.another].map(({ visitor }) => visitor.get('/min-sida/uppgifter.json')));
    const before = (await records()).map(({ text }) => text);
    const { email, password } = scene.another;
    const svar = wholeForm(scene.exam.scenarios).toString().replace('save', 'hand-in');
    const reply = await new Visitor(scene.app.url).post('/logga-in', {
      email,
      password,
      svar,
      till: `/prov/${scene.exam.attempt}`,
    });
    expect(reply.status).toBe(303);
    expect((await records()).map(({ text }) => text)).toEqual(before);
  });

  test('who signs out is out: the old cookie opens nothing', async () => {
    const visitor = new Visitor(scene.app.url);
    const { email, password } = scene.another;
    expect((await visitor.post('/logga-in', { email, password })).status).toBe(303);
    const [cookie] = visitor.cookies;
    expect((await visitor.post('/logga-ut')).status).toBe(303);
    const again = await new Visitor(scene.app.url).get('/min-sida', { cookie: `${cookie?.name}=${cookie?.value}` });
    expect(kindOf(again, scene)).toBe(signIn);
  });
});

async function makeScene(): Promise<Scene> {
  const app = await startApp();
  const administrator = await makeAdministrator(app, { name: 'Administrativa Ada', email: 'ada@lindala.example' });
  const person = await makeEmployee(app, administrator, {
    name: 'Petronella Pettersson',
    email: 'petronella@lindala.example',
  });
  const another = await makeEmployee(app, administrator, { name: 'Gottfrid Gran', email: 'gottfrid@lindala.example' });
  const holder = await makeEmployee(app, administrator, { name: 'Ingeborg Intyg', email: 'ingeborg@lindala.example' });
  await readLessons(holder);
  const certificate = await passExam(holder);
  await readLessons(person);
  const failed = await failExam(person);
  const exam = await startExam(person);
  await answerExam(person, exam);
  const group = await makeGroup(administrator);
  await printPaper(administrator, group, 1);
  const invitation = await invite(app, administrator, { name: 'Oskar Osvarad', email: 'oskar@lindala.example' });
  await new Visitor(app.url).post('/glomt-losenord', { email: holder.email });
  const reset = await linkMailedTo(app.dataDir, holder.email, '/nytt-losenord/');
  const committee = await makePlace(administrator, 'committee', 'Omsorgsnämnden');
  const unit = await makePlace(administrator, 'unit', 'Hemtjänst norr', committee);
  await makePlace(administrator, 'unit', 'Hemtjänst söder', committee);
  const { id } = JSON.parse((await person.visitor.get('/min-sida/uppgifter.json')).text) as { id: string };
  return {
    app,
    administrator,
    person,
    personId: id,
    another,
    exam,
    failed,
    certificate,
    group,
    committee,
    unit,
    invitation: new URL(invitation).pathname,
    reset: new URL(reset).pathname,
  };
}

/** @returns its id */
async function makePlace({ visitor }: WithPassword, kind: string, placeName: string, parent = ''): Promise<string> {
  const form = { action: 'add', kind, placeName, placeCode: '', parent };
  expect((await visitor.post('/admin/organisation', form)).status).toBe(303);
  const page = (await visitor.get('/admin/organisation')).text;
  return new RegExp(`plats=([\\w-]+)"[^>]*>${placeName}<`).exec(page)?.[1] ?? '';
}

async function send(scene: Scene, actor: Actor, method: string, access: Access): Promise<Reply> {
  const path = access.path(scene);
  const visitor = path === '/logga-ut' ? await signedInAnew(scene, actor) : visitorOf(scene, actor);
  if (method === 'GET' || method === 'HEAD') return visitor.request(method, path);
  // Never empty: fetch sends no length with a DELETE that has nothing in it, and is refused for that before anything else.
  const form = access.form?.(scene) ?? { a: 'b' };
  const body = typeof form === 'string' ? form : new URLSearchParams(form);
  return visitor.request(method, path, { body, headers: typeOf(body) });
}

function typeOf(body: string | URLSearchParams): Record<string, string> {
  return { 'content-type': typeof body === 'string' ? 'application/json' : 'application/x-www-form-urlencoded' };
}

function visitorOf(scene: Scene, actor: Actor): Visitor {
  return actor === 'signedOut' ? new Visitor(scene.app.url) : scene[actor].visitor;
}

/** Signing out ends a session of its own, not the one that the rest of the table goes on with. */
async function signedInAnew(scene: Scene, actor: Actor): Promise<Visitor> {
  const visitor = new Visitor(scene.app.url);
  if (actor === 'signedOut') return visitor;
  const { email, password } = scene[actor];
  await visitor.post('/logga-in', { email, password });
  return visitor;
}

function kindOf(reply: Reply, scene: Scene): Expected {
  const { location } = reply;
  if (location === undefined) return isSignInPage(reply) ? 'sign-in page' : reply.status;
  if (location.startsWith('/logga-in?till=')) return signIn;
  return `→ ${location
    .replace(/#.*/, '')
    .replace(/\?sok=[\w-]+$/, '?sok=…')
    .replace(`/prov/${scene.exam.attempt}`, 'attempt')}`;
}

/** Signing in by way of another page, which is what was asked for. */
function isSignInPage({ status, text }: Reply): boolean {
  return status === 200 && text.includes(t('signIn.held')) && heading(text) === t('signIn.title');
}

/** Names and addresses that are none of this actor's business. */
function wordsOfOthers(scene: Scene, actor: Actor): string[] {
  const people = (['administrator', 'person', 'another'] as const)
    .filter((one) => one !== actor)
    .map((one) => scene[one]);
  return [
    ...people.flatMap(({ name, email }) => [name, email]),
    'Ingeborg Intyg',
    'ingeborg@',
    'Oskar Osvarad',
    'oskar@',
  ];
}

/** A reply without what must differ: the id that was asked for, and the clock. */
function shapeOf(reply: Reply, id: string): object {
  const headers = Object.fromEntries(
    [...reply.headers].filter(([name]) => name !== 'date' && name !== 'content-length'),
  );
  return {
    status: reply.status,
    text: reply.text.replaceAll(id, '…'),
    headers: JSON.parse(JSON.stringify(headers).replaceAll(id, '…')),
  };
}

function jsonAnswer({
  exam: {
    scenarios: [scenario],
  },
}: Scene): string {
  return JSON.stringify(scenario && { scenario: scenario.id, answer: rightAnswer(scenario) });
}

/** The exam's form as a browser sends it: every field, and the button of the first question. */
function wholeForm(scenarios: readonly Scenario[]): URLSearchParams {
  const fields = scenarios.flatMap((scenario) => [...answerFields(scenario, rightAnswer(scenario))]);
  return new URLSearchParams([...fields, ['action', 'save:1']]);
}

function firstPractice(): string {
  return [...course.scenarios.values()].find(({ use }) => use === 'practice')?.id ?? '';
}

/** Every document, as it lies on the disk. When a session was last used, and what the logs say of who has looked, are no changes. */
async function storedIn(dataDir: string): Promise<Readonly<Record<string, string>>> {
  const folders = [
    'people',
    'groups',
    'organisation',
    'settings',
    'imports',
    'import-layouts',
    'kept-certificates',
    'purges',
    'issued',
    'keys',
  ];
  const found: Record<string, string> = {};
  for (const folder of folders) {
    const names = await readdir(join(dataDir, folder)).catch(() => []);
    for (const name of names) found[`${folder}/${name}`] = await readFile(join(dataDir, folder, name), 'utf8');
  }
  return found;
}
