import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { throttleRules } from '#domain/account/throttle.ts';
import { rightAnswer } from '../support/answers.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { endApp } from '../support/end-app.ts';
import { plain } from '../support/html.ts';
import { linksMailedTo } from '../support/mail.ts';
import {
  type MadeGroup,
  makeAdministrator,
  makeEmployee,
  makeGroup,
  makeParticipant,
  type Participant,
  readLessons,
  type StartedExam,
  startExam,
  type WithPassword,
} from '../support/people.ts';
import { type Reply, Visitor } from '../support/visitor.ts';
import { sayingUntilWhen, t } from '../support/words.ts';

let app: RunningApp;
let admin: WithPassword;
let nadia: WithPassword;
let pupil: Participant;
let group: MadeGroup;
let exam: StartedExam;
/** Nadia's workplace, the pupil's school, and whoever attacks: all behind one address. */
const shared = { 'x-forwarded-for': '198.51.100.7' };

beforeAll(async () => {
  app = await startApp({ env: { TRUST_PROXY: '1' } });
  admin = await makeAdministrator(app);
  nadia = await makeEmployee(app, admin, { name: 'Nadia Lind', email: 'nadia@lindala.example' });
  group = await makeGroup(admin, { size: 50 });
  pupil = await makeParticipant(app, group, 'Elev Ett');
  // A browser follows to Min sida, and is known from then on.
  for (const { visitor } of [admin, nadia, pupil]) expect((await visitor.get('/min-sida')).status).toBe(200);
  await readLessons(nadia);
  exam = await startExam(nadia);
});
afterAll(() => endApp(app));

const send = (path: string, fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
  new Visitor(app.url).request('POST', path, {
    body: new URLSearchParams(fields),
    headers: { ...shared, ...headers },
  });

/** The device of somebody who has signed out: its mark, and no session. */
function deviceOf({ visitor }: { readonly visitor: Visitor }): Record<string, string> {
  const mark = visitor.cookies.find(({ name }) => name === 'device');
  return { cookie: `device=${mark?.value ?? ''}` };
}

const signInOnOwnDevice = () => send('/logga-in', { email: nadia.email, password: nadia.password }, deviceOf(nadia));
const returnOnOwnPhone = () => send('/kom-tillbaka', { code: pupil.code }, deviceOf(pupil));

async function save(): Promise<number> {
  const [scenario] = exam.scenarios;
  if (!scenario) throw new Error('an exam without questions');
  const sent = { scenario: scenario.id, answer: rightAnswer(scenario) };
  return (await nadia.visitor.postJson(`/prov/${exam.attempt}/svar`, sent)).status;
}

/** While an attack is under way, and after it. */
async function expectOthersToGoOn(attack: Promise<unknown>): Promise<void> {
  const during = await Promise.all([signInOnOwnDevice(), returnOnOwnPhone(), save()]);
  await attack;
  const after = [await signInOnOwnDevice(), await returnOnOwnPhone(), await save()] as const;
  for (const [signedIn, returned, saved] of [during, after])
    expect([signedIn?.status, returned?.status, saved]).toEqual([303, 303, 200]);
}

const many = (count: number, one: (number: number) => Promise<Reply>) =>
  Promise.all(Array.from({ length: count }, (_, number) => one(number)));

describe('nobody with right credentials on a known device is refused, and saving goes on', () => {
  test('security F5: while somebody guesses at the account, here and elsewhere', async () => {
    const guesses = many(2 * throttleRules.account.tries, (number) =>
      send('/logga-in', { email: nadia.email, password: 'fel' }, { 'x-forwarded-for': `203.0.113.${number % 2}` }),
    );
    await expectOthersToGoOn(guesses);
    // And one who is not known yet comes in from a network that does not guess.
    expect((await send('/logga-in', { email: nadia.email, password: nadia.password })).status).toBe(303);
  });

  test('security F5: while another site’s images ask for group codes, which counts for nobody', async () => {
    const image = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' };
    const asked = many(1_000, (number) => new Visitor(app.url).get(`/grupp?kod=FEL${number}`, { ...shared, ...image }));
    await expectOthersToGoOn(asked);
    for (const reply of await asked) expect([200, 503]).toContain(reply.status);
    // A right code is no better for it: nothing is looked up.
    const right = await new Visitor(app.url).get(`/grupp?kod=${group.code}`, { ...shared, ...image });
    expect(right.status).toBe(200);
    expect(right.text).toContain(group.code);
    const byPath = await new Visitor(app.url).get(`/grupp/${group.code}`, { ...shared, ...image });
    expect([byPath.status, byPath.location]).toEqual([303, `/grupp?kod=${group.code}`]);
    // Whoever is there comes in.
    expect((await new Visitor(app.url).get(`/grupp?kod=${group.code}`, shared)).status).toBe(303);
  });

  test('security F3: while two thousand new passwords are asked for', async () => {
    const asked = many(2_000, (number) => send('/glomt-losenord', { email: `paahittad.${number}@example.org` }));
    await expectOthersToGoOn(asked);
    const replies = await asked;
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(throttleRules.resetNetwork.tries);
    for (const reply of replies) {
      expect([200, 429, 503]).toContain(reply.status);
      if (reply.status !== 200) expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    const closed = replies.find(({ status }) => status === 429);
    expect(plain(closed?.text ?? '')).toMatch(sayingUntilWhen);
    // On the own device one still gets a letter.
    expect((await send('/glomt-losenord', { email: nadia.email }, deviceOf(nadia))).status).toBe(200);
    await expect.poll(() => linksMailedTo(app.dataDir, nadia.email, '/nytt-losenord/')).toHaveLength(1);
  });

  test('security F4: while four hundred sign in at once', async () => {
    const asked = many(400, (number) =>
      send('/logga-in', { email: `paahittad.${number}@example.org`, password: 'fel' }),
    );
    await expectOthersToGoOn(asked);
    const replies = await asked;
    const busy = replies.filter(({ status }) => status === 503);
    expect(busy.length).toBeGreaterThan(0);
    for (const reply of replies) expect([401, 429, 503]).toContain(reply.status);
    for (const reply of busy) expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
    // What was typed is still there, but not the password.
    const page = busy.find(({ text }) => text.includes('<form'));
    expect(plain(page?.text ?? '')).toContain(t('refusal.too-busy'));
    expect(page?.text).toMatch(/value="paahittad\.\d+@example\.org"/);
    expect(page?.text).not.toContain('value="fel"');
  });

  test('security F5: when the network has guessed so much that it is closed', async () => {
    const guess = (number: number) => send('/kom-tillbaka', { code: `gissning ${number}` });
    for (let round = 0; round < 4; round++) await many(100, (number) => guess(100 * round + number));
    expect((await guess(0)).status).toBe(429);
    expect((await send('/kom-tillbaka', { code: pupil.code })).status).toBe(429);
    await expectOthersToGoOn(Promise.resolve());
  });
});

test('security F5: the addresses of one IPv6 network are counted together', async () => {
  const guess = (number: number) =>
    send(
      '/kom-tillbaka',
      { code: `gissning ${number}` },
      { 'x-forwarded-for': `2001:db8:1:2::${number.toString(16)}` },
    );
  for (let round = 0; round < 3; round++) await many(100, (number) => guess(100 * round + number));
  expect((await guess(999)).status).toBe(429);
  const next = { 'x-forwarded-for': '2001:db8:1:3::1' };
  expect((await send('/kom-tillbaka', { code: 'gissning' }, next)).status).toBe(401);
});

test('a proxy that nobody has said to trust is told of once', async () => {
  const direct = await startApp();
  for (let time = 0; time < 3; time++) await new Visitor(direct.url).get('/logga-in', shared);
  expect(direct.output().match(/TRUST_PROXY=1/g)).toHaveLength(1);
  await endApp(direct);
  expect(app.output()).not.toContain('TRUST_PROXY');
});
