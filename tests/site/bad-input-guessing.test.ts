import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { throttleRules } from '#domain/account/throttle.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import { plain } from '../support/html.ts';
import { linkMailedTo, linksMailedTo } from '../support/mail.ts';
import {
  invite,
  type MadeGroup,
  makeAdministrator,
  makeEmployee,
  makeGroup,
  makeParticipant,
  passExam,
  readLessons,
  type WithPassword,
} from '../support/people.ts';
import { type Reply, Visitor } from '../support/visitor.ts';
import { saying, sayingUntilWhen } from '../support/words.ts';

describe('who tries to find out who has an account', () => {
  let app: RunningApp;
  let known: WithPassword;
  beforeAll(async () => {
    app = await startApp();
    const admin = await makeAdministrator(app);
    known = await makeEmployee(app, admin, { name: 'Karin Känd', email: 'kand@lindala.example' });
    await invite(app, admin, { name: 'Inte Svarat', email: 'inbjuden@lindala.example' });
  });
  afterAll(() => endApp(app));

  const addresses = ['kand@lindala.example', 'inbjuden@lindala.example', 'okand@lindala.example', 'inte en adress', ''];
  const withoutAddress = (reply: Reply, email: string) => ({
    status: reply.status,
    text: email
      ? reply.text.replaceAll(email, '…')
      : reply.text.replace(/(name="email"[^>]*) value(="")?/, '$1 value="…"'),
    headers: [...reply.headers].filter(([name]) => name !== 'date' && name !== 'content-length'),
  });

  test('a forgotten password gets the same answer, whoever asks', async () => {
    const replies = await Promise.all(
      addresses.map(async (email) =>
        withoutAddress(await new Visitor(app.url).post('/glomt-losenord', { email }), email),
      ),
    );
    expect(replies[0]?.status).toBe(200);
    for (const reply of replies) expect(reply).toEqual(replies[0]);
  });

  test('and mail goes only to who has an account and has a password', async () => {
    await linkMailedTo(app.dataDir, known.email, '/nytt-losenord/');
    for (const email of addresses.slice(1, 4))
      expect(await linksMailedTo(app.dataDir, email, '/nytt-losenord/')).toEqual([]);
  });

  test('signing in wrongly gets the same answer with an account and without', async () => {
    const [first, ...others] = await Promise.all(
      addresses
        .slice(0, 3)
        .map(async (email) =>
          withoutAddress(await new Visitor(app.url).post('/logga-in', { email, password: 'fel lösenord' }), email),
        ),
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
        for (; reply.status === 401; reply = await visitor.post('/logga-in', { email, password: 'fel lösenord' }))
          statuses.push(reply.status);
        return {
          tries: statuses.length,
          status: reply.status,
          text: reply.text.replaceAll(email, '…').replace(/kl\. \d\d:\d\d/, 'kl. …'),
        };
      }),
    );
    for (const one of exhausted) expect(one).toEqual(exhausted[0]);
  });

  // A time is printed, never judged: other work on the machine would decide.
  test('and about the same time, which is printed', async () => {
    const fresh = await startApp();
    const admin = await makeAdministrator(fresh);
    const there = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        makeEmployee(fresh, admin, { name: `Tid Tidsson ${n}`, email: `tid${n}@lindala.example` }),
      ),
    );
    const median = async (path: string, emails: readonly string[]) => {
      const times: number[] = [];
      for (const email of emails) {
        const start = performance.now();
        expect([200, 401]).toContain(
          (await new Visitor(fresh.url).post(path, { email, password: 'fel lösenord' })).status,
        );
        times.push(performance.now() - start);
      }
      return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]?.toFixed(1);
    };
    for (const path of ['/logga-in', '/glomt-losenord']) {
      const withAccount = await median(
        path,
        there.map(({ email }) => email),
      );
      const without = await median(
        path,
        there.map(({ email }) => `ingen.${email}`),
      );
      console.log(`${path}: median ${withAccount} ms with an account, ${without} ms without`);
    }
    await endApp(fresh);
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
  afterAll(() => endApp(app));

  const send = (path: string, fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>>) =>
    new Visitor(app.url).request('POST', path, { body: new URLSearchParams(fields), headers });

  test('an account is closed for a while from where it is guessed at, also to the right password, and says until when', async () => {
    const person = await makeEmployee(app, admin, { name: 'Låst Larsson', email: 'last@lindala.example' });
    const other = await makeEmployee(app, admin, { name: 'Öppen Olsson', email: 'oppen@lindala.example' });
    for (let tried = 0; tried < throttleRules.account.tries; tried++) {
      const reply = await send('/logga-in', { email: person.email, password: 'fel' }, school);
      expect(reply.status).toBe(401);
    }
    const closed = await send(
      '/logga-in',
      { email: ` ${person.email.toUpperCase()} `, password: person.password },
      school,
    );
    expect(closed.status).toBe(429);
    expect(closed.headers.getSetCookie()).toEqual([]);
    expect(plain(closed.text)).toMatch(sayingUntilWhen);
    expect(Number(closed.headers.get('retry-after'))).toBeGreaterThan(800);
    expect((await send('/logga-in', { email: other.email, password: other.password }, school)).status).toBe(303);
  });

  test('a right password forgets the wrong ones before it', async () => {
    const person = await makeEmployee(app, admin, { name: 'Glömsk Glad', email: 'glomsk@lindala.example' });
    for (let round = 0; round < 2; round++) {
      for (let tried = 0; tried < throttleRules.account.tries - 1; tried++)
        await send('/logga-in', { email: person.email, password: 'fel' }, school);
      expect((await send('/logga-in', { email: person.email, password: person.password }, school)).status).toBe(303);
    }
  });

  test('many tries at the same moment do not slip by together', async () => {
    const person = await makeEmployee(app, admin, { name: 'Samtidig Sund', email: 'samtidig@lindala.example' });
    const replies = await Promise.all(
      Array.from({ length: 40 }, () => send('/logga-in', { email: person.email, password: 'fel' }, school)),
    );
    expect(replies.filter(({ status }) => status === 401)).toHaveLength(throttleRules.account.tries);
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(40 - throttleRules.account.tries);
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
    expect(tried).toBe(throttleRules.network.tries);
    expect((await send('/kom-tillbaka', { code: pupil.code }, address)).status).toBe(429);
    // What the client itself writes first in the header does not count.
    expect(
      (await send('/kom-tillbaka', { code: pupil.code }, { 'x-forwarded-for': '1.2.3.4, 198.51.100.30' })).status,
    ).toBe(429);
    expect((await send('/kom-tillbaka', { code: pupil.code }, school)).status).toBe(303);
  });

  test('group codes cannot be guessed on and on, and the page says until when', async () => {
    const address = { 'x-forwarded-for': '198.51.100.40' };
    const guess = (code: string) => new Visitor(app.url).get(`/grupp/${code}`, address);
    let reply = await guess('FEL0');
    for (let tried = 1; reply.status === 404; tried++) reply = await guess(`FEL${tried}`);
    expect(reply.status).toBe(429);
    expect(plain(reply.text)).toMatch(sayingUntilWhen);
    expect((await guess(group.code)).status).toBe(429);
  });

  test('a certificate is never called unknown because others at the address have guessed', async () => {
    const address = { 'x-forwarded-for': '198.51.100.50' };
    const holder = await makeParticipant(app, group, 'Innehavare Ett');
    await readLessons(holder);
    const code = await passExam(holder);
    for (let tried = 0; tried <= throttleRules.network.tries; tried++)
      await new Visitor(app.url).get(`/intyg/gissning-${tried}.json`, address);
    for (const path of [`/intyg/${code}`, `/intyg/${code}.json`, `/intyg/${code}.pdf`, `/intyg?kod=${code}`]) {
      const reply = await new Visitor(app.url).get(path, address);
      expect({ path, status: reply.status, right: [200, 303, 429].includes(reply.status) }).toEqual({
        path,
        status: reply.status,
        right: true,
      });
    }
  });

  test('one address gets so many letters about its password, and no more', async () => {
    const person = await makeEmployee(app, admin, { name: 'Brev Brevsson', email: 'brev@lindala.example' });
    for (let asked = 0; asked < throttleRules.reset.tries; asked++) {
      expect((await send('/glomt-losenord', { email: person.email }, school)).status).toBe(200);
    }
    // Whoever it is: the same is said of an address that nobody has.
    const more = await send('/glomt-losenord', { email: person.email }, school);
    expect(more.status).toBe(429);
    expect(plain(more.text)).toMatch(saying('refusal.too-many-letters'));
    expect(Number(more.headers.get('retry-after'))).toBeGreaterThan(3000);
    // A letter to somebody else, asked for later, comes after all of these.
    const last = await makeEmployee(app, admin, { name: 'Sista Brevet', email: 'sista@lindala.example' });
    await send('/glomt-losenord', { email: last.email }, school);
    await linkMailedTo(app.dataDir, last.email, '/nytt-losenord/');
    expect(await linksMailedTo(app.dataDir, person.email, '/nytt-losenord/')).toHaveLength(throttleRules.reset.tries);
  });

  test('without a proxy that is trusted, what a client says of its address does not count', async () => {
    const direct = await startApp();
    let tried = 0;
    const guess = () =>
      new Visitor(direct.url).request('POST', '/kom-tillbaka', {
        body: new URLSearchParams({ code: `g ${tried}` }),
        headers: { 'x-forwarded-for': `10.0.0.${tried % 250}` },
      });
    for (; tried < throttleRules.network.tries; tried++) expect((await guess()).status).toBe(401);
    expect((await guess()).status).toBe(429);
    await endApp(direct);
  });
});
