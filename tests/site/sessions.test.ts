import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import { linksMailedTo } from '../support/mail.ts';
import { restartAfter, restedFor } from '../support/past.ts';
import {
  course,
  goodPassword,
  makeAdministrator,
  makeEmployee,
  makeGroup,
  makeParticipant,
  type WithPassword,
  type WithRole,
} from '../support/people.ts';
import { addSecondFactor, strengthen } from '../support/second-factor.ts';
import { expectStatus, Visitor } from '../support/visitor.ts';
import { t } from '../support/words.ts';

const list = '/min-sida/sakerhet/inloggningar';
const password = '/min-sida/sakerhet/losenord';
const phone = {
  'user-agent': 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36',
};

let app: RunningApp;
let admin: WithRole;
let employee: WithPassword;

beforeAll(async () => {
  app = await startApp();
  admin = await makeAdministrator(app);
  employee = await makeEmployee(app, admin, { name: 'Nils Nyberg', email: 'nils@lindala.example' });
});
afterAll(() => endApp(app));

async function signedIn({ email, password }: WithPassword, headers: Record<string, string> = {}): Promise<Visitor> {
  const visitor = new Visitor(app.url);
  const body = new URLSearchParams({ email, password });
  expectStatus(await visitor.request('POST', '/logga-in', { body, headers }), 303, 'signing in');
  return visitor;
}

const isSignedIn = async (visitor: Visitor) => (await visitor.get('/min-sida')).status === 200;
const cookieOf = (visitor: Visitor, name: string) => visitor.cookies.find((cookie) => cookie.name === name)?.value;

describe('security F7: signing in', () => {
  test('over a session ends that one', async () => {
    const visitor = await signedIn(employee);
    const before = cookieOf(visitor, 'session');
    const { email, password } = employee;
    expectStatus(await visitor.post('/logga-in', { email, password }), 303, 'signing in again');
    expect(cookieOf(visitor, 'session')).not.toBe(before);
    const old = await new Visitor(app.url).get('/min-sida', { cookie: `session=${before}` });
    expect(old.location).toMatch(/^\/logga-in/);
  });

  test('as somebody else on the same device ends the first one’s session', async () => {
    const visitor = await signedIn(admin);
    const before = cookieOf(visitor, 'session');
    const { email, password } = employee;
    expectStatus(await visitor.post('/logga-in', { email, password }), 303, 'signing in as another');
    const old = await new Visitor(app.url).get('/min-sida', { cookie: `session=${before}` });
    expect(old.location).toMatch(/^\/logga-in/);
  });

  test('leaves at most twenty sessions, though many sign in at once with a right code', async () => {
    const group = await makeGroup(admin);
    const { code, visitor } = await makeParticipant(app, group, 'Ali Hassan');
    const all = await Promise.all(
      Array.from({ length: 60 }, async () => {
        const one = new Visitor(app.url);
        return (await one.post('/kom-tillbaka', { code })).status === 303 ? one : undefined;
      }),
    );
    const open = await Promise.all([visitor, ...all].map(async (one) => one !== undefined && (await isSignedIn(one))));
    expect(open.filter(Boolean)).toHaveLength(20);
  });
});

describe('security F7: the list of one’s sessions', () => {
  test('names the device and never what it calls itself, and says which is this one', async () => {
    await signedIn(employee, phone);
    const here = await signedIn(employee);
    const page = expectStatus(await here.get(list), 200, 'the list').text;
    expect(page).toContain('Chrome på Android');
    expect(page.split(t('sessions.here'))).toHaveLength(2);
    expect(page).not.toContain('AppleWebKit');
    const stored = (await here.get('/min-sida/uppgifter.json')).text;
    expect(stored).not.toContain('AppleWebKit');
  });

  test('ends one, the others, or all', async () => {
    const [one, other, third] = [await signedIn(employee, phone), await signedIn(employee), await signedIn(employee)];
    const page = (await third.get(list)).text;
    const ids = [...page.matchAll(/name="session" value="([0-9a-f]{64})"/g)].map(([, id = '']) => id);
    expect(ids.length).toBeGreaterThanOrEqual(2);
    const ofPhone = /Chrome på Android.*?name="session" value="([0-9a-f]{64})"/s.exec(page)?.[1] ?? '';
    const ended = await third.post(list, { which: 'one', session: ofPhone });
    expect(ended.location).toBe(`${list}?klart=ja`);
    expect((await third.get(ended.location ?? '')).text).toContain(t('sessions.ended'));
    expect([await isSignedIn(one), await isSignedIn(other), await isSignedIn(third)]).toEqual([false, true, true]);
    await third.post(list, { which: 'others' });
    expect([await isSignedIn(other), await isSignedIn(third)]).toEqual([false, true]);
    const fourth = await signedIn(employee);
    const everywhere = await third.post(list, { which: 'all' });
    expect(everywhere.location).toBe('/logga-ut');
    expect(everywhere.headers.getSetCookie().join()).toMatch(/session=;.*Max-Age=0.*inloggad=;/);
    expect([await isSignedIn(third), await isSignedIn(fourth)]).toEqual([false, false]);
    expect(await linksMailedTo(app.dataDir, employee.email, '/nytt-losenord/')).toEqual([]);
  });

  test('cannot end somebody else’s', async () => {
    const mine = await signedIn(employee);
    const id =
      /name="session" value="([0-9a-f]{64})"/.exec((await (await signedIn(employee)).get(list)).text)?.[1] ?? '';
    await admin.visitor.post(list, { which: 'one', session: id });
    expect(await isSignedIn(mine)).toBe(true);
  });
});

describe('security F7: signing out', () => {
  test('stands in the head of every page of who is signed in, and of none other that knows', async () => {
    const visitor = await signedIn(employee);
    const form = /<nav class="site-nav".*?<form method="post" action="\/logga-ut"/s;
    const lesson = course.lessons[0] ?? '';
    for (const path of ['/min-sida', '/min-sida/om-mig', '/intyg', '/sla-upp', '/finns-inte', list, password]) {
      expect([path, form.test((await visitor.get(path)).text)]).toEqual([path, true]);
      const other = await new Visitor(app.url).get(path);
      expect([path, form.test(other.text)]).toEqual([path, false]);
    }
    // A page that is built ahead has it for its script to show, and a link for who has no scripts.
    for (const path of ['/', `/kurser/sekretess/${lesson}`, `/en/kurser/sekretess/${lesson}`, '/personuppgifter']) {
      const { text } = await new Visitor(app.url).get(path);
      expect(text).toMatch(/<form method="post" action="\/logga-ut"[^>]*hidden/);
      expect(text).toMatch(/<noscript><a[^>]*href="\/logga-ut"/);
    }
  });

  test('asks on a page of its own, and then says that one is out', async () => {
    const visitor = await signedIn(employee);
    expect((await visitor.get('/logga-ut')).text).toContain(t('signOut.lead'));
    expect(await isSignedIn(visitor)).toBe(true);
    expect(cookieOf(visitor, 'inloggad')).toBe('1');
    const out = await visitor.post('/logga-ut');
    expect([out.status, out.location]).toEqual([303, '/logga-ut']);
    // The device stays known: that is for when somebody has signed out (decision 0023).
    expect(visitor.cookies.map(({ name }) => name)).toEqual(['device']);
    expect((await visitor.get('/logga-ut')).text).toContain(t('signOut.done'));
  });

  test('the hint that somebody is signed in is no key, and does not outlive the session', async () => {
    const liar = new Visitor(app.url);
    const reply = await liar.get('/min-sida', { cookie: 'inloggad=1' });
    expect(reply.location).toMatch(/^\/logga-in/);
    expect(reply.headers.getSetCookie()).toEqual([expect.stringMatching(/^inloggad=; .*Max-Age=0/)]);
    const visitor = await signedIn(employee);
    const lost = await new Visitor(app.url).get('/min-sida', { cookie: `session=${cookieOf(visitor, 'session')}` });
    expect(lost.headers.getSetCookie()).toContainEqual(
      expect.stringMatching(/^inloggad=1; Path=\/; SameSite=Lax; Max-Age=/),
    );
  });
});

describe('changing the password', () => {
  test('ASVS 6.2.3: takes the present one, ends the others and is told', async () => {
    const who = await makeEmployee(app, admin, { name: 'Petra Palm', email: 'petra@lindala.example' });
    const elsewhere = await signedIn(who);
    const wanted = 'trappa mossa flygel';
    const wrong = await who.visitor.post(password, { present: 'fel lösenord', password: wanted });
    expect([wrong.status, wrong.text.includes(t('refusal.wrong-password'))]).toEqual([422, true]);
    expect(wrong.text).not.toContain(wanted);
    const short = await who.visitor.post(password, { present: goodPassword, password: 'kort' });
    expect([short.status, short.text.includes('id="password-error"')]).toEqual([422, true]);
    expect(await isSignedIn(elsewhere)).toBe(true);
    const changed = await who.visitor.post(password, { present: goodPassword, password: wanted });
    expect([changed.status, changed.location]).toEqual([303, `${password}?klart=ja`]);
    expect((await who.visitor.get(changed.location ?? '')).text).toContain(t('password.done'));
    expect([await isSignedIn(elsewhere), await isSignedIn(who.visitor)]).toEqual([false, true]);
    const old = await new Visitor(app.url).post('/logga-in', { email: who.email, password: goodPassword });
    expect(old.status).toBe(401);
  });

  test('asks who has a second factor for it, and has nothing for who has no password', async () => {
    const weak = await signedIn(admin);
    expect((await weak.get(password)).location).toMatch(/^\/bekrafta\?till=/);
    const { visitor } = await makeParticipant(app, await makeGroup(admin, { name: 'Elever' }), 'Vera Vik');
    expect((await visitor.get(password)).location).toBe('/min-sida');
  });
});

describe('security F7: what one signs in with', () => {
  test('a first factor is nothing for a session that a group’s code opened', async () => {
    const { visitor } = await makeParticipant(app, await makeGroup(admin, { name: 'Vikarier' }), 'Siv Sten');
    const page = expectStatus(await visitor.get('/min-sida/sakerhet'), 200, 'the page of factors').text;
    expect(page).toContain(t('strong.closed'));
    expect(page).not.toContain('name="sealed"');
  });

  test('whoever changes a factor chooses whether the other devices are signed out', async () => {
    const who = await makeEmployee(app, admin, { name: 'Ove Olsson', email: 'ove@lindala.example' });
    const [stays, goes] = [await signedIn(who), await signedIn(who)];
    const factor = await addSecondFactor(who.visitor);
    expect([await isSignedIn(stays), await isSignedIn(goes)]).toEqual([true, true]);
    await strengthen(who.visitor, { factor });
    expect((await who.visitor.get('/min-sida/sakerhet')).text).toContain(t('strong.endOthers', { count: 2 }));
    const codes = await who.visitor.post('/min-sida/sakerhet', { action: 'recovery', andra: 'ja' });
    expect(codes.text).toContain(t('strong.codesTitle'));
    expect([await isSignedIn(stays), await isSignedIn(goes), await isSignedIn(who.visitor)]).toEqual([
      false,
      false,
      true,
    ]);
  });
});

test('security F7: after two hours of rest the password or the factor comes first, and Min sida stays open', async () => {
  await strengthen(admin.visitor, admin);
  expect((await admin.visitor.get('/admin')).status).toBe(200);
  app = await restartAfter(app, { sessions: restedFor(2) });
  expect((await admin.visitor.get('/min-sida')).status).toBe(200);
  expect((await admin.visitor.get('/admin')).location).toBe('/bekrafta?till=%2Fadmin');
  expect((await admin.visitor.get('/admin')).location).toBe('/bekrafta?till=%2Fadmin');
  await strengthen(admin.visitor, admin);
  expect((await admin.visitor.get('/admin')).status).toBe(200);
  const rested = employee.visitor;
  if (!(await isSignedIn(rested))) return;
  expect((await rested.get(list)).text).toContain(t('sessions.confirm'));
  expect((await rested.post(list, { which: 'all' })).location).toMatch(/^\/bekrafta\?/);
  expect((await rested.get('/min-sida/sakerhet')).location).toMatch(/^\/bekrafta\?/);
});
